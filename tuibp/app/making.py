"""The value that a screen is about: at once where that is quick, otherwise in the background, and how far it is."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, Generic, TypeVar

from tuibp.core.network import NetworkError

if TYPE_CHECKING:
    from tuibp.app.background import Background
    from tuibp.core.network import Network

Value = TypeVar("Value")
Told = Callable[[float], object]
"""Gets the share that is done, 0 to 1."""
AT_ONCE = 3_000
"""Parameters of a network for which all that these screens show takes a few milliseconds."""
GRACE = 0.03
"""Seconds that a key waits for what is being made, so that no picture of waiting is painted for nothing."""
FRAME = 0.1
"""Seconds between pictures while one waits."""


class Abandoned(Exception):
    """Another value is wanted by now, or none."""


class Making(Generic[Value]):
    """Of several that are asked for one after the other, the last counts; the others are given up."""

    def __init__(self, what: str, ready: Callable[[], None], background: Background) -> None:
        """`what` is made, as a person would say it; `ready` is called, from any thread, when there is more of it."""
        self.what = what
        self.value: Value | None = None
        """The last that was made; it stays while the next is being made."""
        self.refused = ""
        """Why there is no value of what was asked for last."""
        self.share: float | None = None
        """Of what is being made, so much is done; None where nothing is."""
        self._ready, self._background = ready, background
        self._asked = 0
        self._waiting = False

    def make(self, network: Network, work: Callable[[Told], Value]) -> None:
        """Make what `work` gives for a network; it may call what it gets, and is given up there."""
        self._asked += 1
        self.refused, self.share = "", 0.0
        asked = self._asked
        if network.parameters.size <= AT_ONCE:
            self._make(work, asked)
            return
        over = self._background(self.what, lambda: self._make(work, asked))
        self._waiting = not over.wait(GRACE)

    def stop(self) -> None:
        """Give up what is being made."""
        self._asked += 1
        self.share = None

    @property
    def under_way(self) -> bool:
        return self.share is not None

    def _make(self, work: Callable[[Told], Value], asked: int) -> None:
        try:
            made = work(self._teller(asked))
            if asked == self._asked:
                self.value = made
        except Abandoned:
            pass
        except NetworkError as error:
            if asked == self._asked:
                self.refused = str(error)
        finally:
            if asked == self._asked:
                self.share = None
                if self._waiting:
                    self._ready()

    def _teller(self, asked: int) -> Told:
        painted = monotonic()

        def told(share: float) -> None:
            nonlocal painted
            if asked != self._asked:
                raise Abandoned
            self.share = share
            if monotonic() - painted >= FRAME:
                painted = monotonic()
                self._ready()

        return told
