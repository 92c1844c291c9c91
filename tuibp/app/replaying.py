"""Replays a moment of the log in the background, where that takes longer than a key may."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tuibp.app.awaited import Awaited
from tuibp.locale import _
from tuibp.render.numbers import grouped

if TYPE_CHECKING:
    from tuibp.app.background import Background
    from tuibp.session.lineage import Moment
    from tuibp.session.log import Log


class Replay(Awaited):
    """A replay under way. At its end the log has the moment at hand."""

    def __init__(
        self,
        log: Log,
        moment: Moment,
        tick: Callable[[], None],
        done: Callable[[bool], object],
        background: Background,
    ) -> None:
        self._log, self._moment = log, moment
        super().__init__(_("That moment"), tick, done, background)

    def make(self) -> None:
        self._log.state(self._moment, self.heed)

    @property
    def told(self) -> str:
        made, total = self.so_far
        if not total:
            return _("Replaying …   esc stops")
        return _("Replaying: {made} of {total} updates   esc stops").format(made=grouped(made), total=grouped(total))

    def in_the_way(self, key: str) -> str:
        return _("A replay is under way; {key} stops it.").format(key=key)
