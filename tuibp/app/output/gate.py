"""When the next frame may go: after the terminal has shown the last one. It knows no terminal and no clock."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from math import inf

REPORT = "\x1b[6n"
"""Asks the terminal where its cursor is; the answer comes when all before it has been shown."""
MUTE_AFTER = 2.0
"""Seconds without a first answer after which a terminal counts as mute."""
SILENT_AFTER = 5.0
"""Seconds without an answer after which the line counts as silent."""
LOST_AFTER = 10.0
BURST = 24_000.0
"""Bytes that a budget saves up: a first screen, or the answers to a few keys, go at once; only painting that goes on
and on is held to the rate."""
LIVE_BURST = 1_500.0
"""Bytes that it saves up while something paints by itself, which would fill any line for as long as there are more."""
LIVE = 1.0
"""Seconds for which a frame that answers no key counts as the next of many."""
LOOK_AGAIN = 0.02


@dataclass
class Gate:
    """One frame in flight. Frames are told apart by order alone: reports come back as they were asked for."""

    budget: float | None = None
    """Bytes a second to hold to, where reports come from a multiplexer and tell nothing of the line behind it."""
    strays: int = 0
    """Reports still on their way that were asked for before there was a frame."""
    _flying: deque[tuple[int, float]] = field(default_factory=deque)
    _answered: bool = False
    _first: float | None = None
    _not_before: float = -inf
    _moved: float = 0.0
    _live_until: float = -inf

    @property
    def asked(self) -> bool:
        return self._first is not None

    def mute(self, now: float) -> bool:
        """Whether the terminal answers no reports; then only what it has taken counts."""
        return not self._answered and self._first is not None and now - self._first >= MUTE_AFTER

    def sent(self, size: int, now: float, reported: bool = True, answer: bool = True) -> None:
        """A frame went out, as the answer to a key or by itself, and the request for a report unless the terminal is
        mute."""
        if reported:
            self._flying.append((size, now))
        self._first = now if self._first is None else self._first
        self._moved = now
        if self.budget is not None:
            if not answer and now - self._first > LIVE:  # a first screen comes in several frames
                self._live_until = now + LIVE
            self._not_before = max(now - self._burst(now) / self.budget, self._not_before) + size / self.budget

    def credit(self, now: float) -> float:
        """Bytes that may go at once: what the budget saved up while nothing was sent, at most so much."""
        return inf if self.budget is None else min(self._burst(now), (now - self._not_before) * self.budget)

    def _burst(self, now: float) -> float:
        return LIVE_BURST if now < self._live_until else BURST

    def answered(self, now: float) -> tuple[int, float] | None:
        """A report came. Returns size and flight time of the frame it was for."""
        self._answered = True
        self._moved = now
        if self.strays and (self._first is None or now - self._first < MUTE_AFTER):
            self.strays -= 1
            return None
        if not self._flying:
            return None
        size, since = self._flying.popleft()
        return size, now - since

    def open(self, now: float, pending: int) -> bool:
        """Whether the next frame may go."""
        if now < self._not_before or pending:
            return False
        return not self._flying or self.mute(now)

    def look_again(self, now: float) -> float:
        """Seconds after which to ask again, if no report comes before."""
        if now < self._not_before:
            return self._not_before - now
        if not self._flying or self.mute(now):
            return LOOK_AGAIN
        if not self._answered and self._first is not None:
            return max(LOOK_AGAIN, self._first + MUTE_AFTER - now)
        return 1.0

    def silent(self, now: float, pending: int) -> bool:
        """Whether something has been on its way for so long that the line may be dead."""
        waiting = pending > 0 or (self._answered and bool(self._flying))
        return waiting and now - self._moved >= SILENT_AFTER

    def lost(self, now: float, last_key: float) -> bool:
        """Whether a report can only have been lost: keys still come, ten seconds after it was asked for."""
        return bool(self._flying) and last_key - self._flying[0][1] > LOST_AFTER and now - last_key < LOST_AFTER

    def reset(self) -> None:
        """Nothing is in flight any more: the program was suspended, its terminal's answers went elsewhere."""
        self._flying.clear()
        self.strays = 0
        self._not_before = -inf
