"""Which changes go first on a slow line: the answer to a key before what changes by itself, short before long."""

from __future__ import annotations

from collections.abc import Sequence

from tuibp.app.output.cells import SegmentRow

CALM = 0.9
"""What a frame leaves of a line's record of changes."""
TOP = 3
"""Lines that tell where one is: title, steps and what the panels tell of."""
LONG = 2_000
"""Characters of a change that make it as late as one that never rests."""


class Order:
    """What is known of every line: how often it changes by itself, and how many frames its changes have waited."""

    def __init__(self, lines: int) -> None:
        self._unrest = [0.0] * lines
        self._waited = [0] * lines
        self._drawn: Sequence[SegmentRow | None] = [None] * lines

    def watch(self, rows: Sequence[SegmentRow]) -> None:
        """Learn which lines change by themselves: those that do so from frame to frame, sent or not."""
        for y, row in enumerate(rows):
            drawn = self._drawn[y]
            self._unrest[y] = self._unrest[y] * CALM + (1 - CALM) * (row is not drawn and row != drawn)
        self._drawn = list(rows)

    def sent(self, y: int) -> None:
        """It was among the first."""
        self._waited[y] = 0

    def left(self, y: int) -> None:
        """It waits for the next frame."""
        self._waited[y] += 1

    def rank(self, y: int, size: int) -> float:
        """How late a change of so many characters is.

        What a key did is a short change in a line that was quiet, or stands at the top.
        """
        unrest = self._unrest[y] ** 2
        lateness = unrest / 4 if y < TOP else unrest + size / LONG
        return lateness / (1 + self._waited[y])
