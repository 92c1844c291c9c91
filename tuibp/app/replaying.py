"""Replays a moment of the log in the background, where that takes longer than a key may."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

from tuibp.locale import _
from tuibp.render.numbers import grouped

if TYPE_CHECKING:
    from tuibp.app.background import Background
    from tuibp.session.lineage import Moment
    from tuibp.session.log import Log

AT_ONCE = 0.05
"""Seconds of replay that a key may take."""
FRAME = 0.1
"""Seconds between words on how far it has come."""


class Stopped(Exception):
    """The person did not want to wait."""


class Replay:
    """A replay under way. While it runs, nothing else may go to another moment of the log or add to it.

    `tick` is called from the thread, now and then; `done` at the end, with whether the moment has been reached: the log
    then has it at hand.
    """

    def __init__(
        self,
        log: Log,
        moment: Moment,
        tick: Callable[[], None],
        done: Callable[[bool], object],
        background: Background,
    ) -> None:
        self._log, self._moment = log, moment
        self._tick, self._done = tick, done
        self._stopped = False
        self._made, self._painted = (0, 0), monotonic()
        self.failed = False
        """Whether an error, which is told, has ended it."""
        self._over = background(_("That moment"), self._work)

    def stop(self) -> None:
        """Soon."""
        self._stopped = True

    def wait(self) -> None:
        self._over.wait()

    @property
    def told(self) -> str:
        made, total = self._made
        if not total:
            return _("Replaying …   esc stops")
        return _("Replaying: {made} of {total} updates   esc stops").format(made=grouped(made), total=grouped(total))

    def _heed(self, made: int, total: int) -> None:
        if self._stopped:
            raise Stopped
        self._made = made, total
        if monotonic() - self._painted >= FRAME:
            self._painted = monotonic()
            self._tick()

    def _work(self) -> None:
        reached = False
        try:
            self._log.state(self._moment, self._heed)
            reached = True
        except Stopped:
            pass
        except Exception:
            self.failed = True
            raise
        finally:
            self._done(reached)
