"""Work that a key has begun in the background, and that the person waits for or gives up."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tuibp.app.background import Background

AT_ONCE = 0.05
"""Seconds that a key may take."""
FRAME = 0.1
"""Seconds between words on how far it has come."""


class Stopped(Exception):
    """The person did not want to wait."""


class Awaited(ABC):
    """While it runs, nothing else may be done to the session.

    `tick` is called from the thread, now and then; `done` at the end, with whether it came there.
    """

    def __init__(
        self, what: str, tick: Callable[[], None], done: Callable[[bool], object], background: Background
    ) -> None:
        """`what` is computed, as a person would say it."""
        self._tick, self._done = tick, done
        self._stopped = False
        self.so_far, self._painted = (0, 0), monotonic()
        self.failed = False
        """Whether an error, which is told, has ended it."""
        self._over = background(what, self._work)

    @abstractmethod
    def make(self) -> object:
        """Do the work; calls `heed` now and then."""

    @property
    @abstractmethod
    def told(self) -> str:
        """How far it is."""

    @abstractmethod
    def in_the_way(self, key: str) -> str:
        """Why nothing else is done meanwhile; this key stops it."""

    def stop(self) -> None:
        """Soon."""
        self._stopped = True

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until it is over, or for so long; whether it is."""
        return self._over.wait(seconds)

    def heed(self, made: int, total: int) -> None:
        """So much is done."""
        if self._stopped:
            raise Stopped
        self.so_far = made, total
        if monotonic() - self._painted >= FRAME:
            self._painted = monotonic()
            self._tick()

    def _work(self) -> None:
        reached = False
        try:
            self.make()
            reached = True
        except Stopped:
            pass
        except Exception:
            self.failed = True
            raise
        finally:
            self._done(reached)
