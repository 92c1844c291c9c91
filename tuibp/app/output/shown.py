"""What the terminal shows, as far as it was sent: the other half of every comparison."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf

from rich.color import ColorSystem

from tuibp.app.output.brush import Brush, Change
from tuibp.app.output.cells import BLANK, Cell, Row, cells_of
from tuibp.app.output.pen import Pen
from tuibp.app.output.pen import change as change_pen

CALM = 0.9
"""What a frame leaves of a line's record of changes."""


class Shown:
    """The cells of the last frame sent, and the pen that the terminal holds."""

    def __init__(self, erases: bool = False, by_pen: bool = True) -> None:
        """`erases`: whether the terminal erases in the colour of the ground, so that blanks need not be written;
        `by_pen`: whether changes may come in any order, which a multiplexer would pass on as many more bytes."""
        self._brush = Brush(erases)
        self._by_pen = by_pen
        self._rows: list[Row | None] = []
        self._lines: list[list[Cell] | None] = []
        self._width = 0
        self._clear = False
        self._waited: list[int] = []
        self._unrest: list[float] = []
        self._drawn_before: Sequence[Row | None] = []
        self.behind = False
        """Whether the last frame left something for the next."""

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows of the last frame."""
        return self._width, len(self._rows)

    def forget(self, clear: bool = False) -> None:
        """Nobody knows what the terminal shows; with `clear`, wipe it before the next frame."""
        self._rows, self._lines, self._brush.pen = [], [], None
        self.behind = False
        self._clear = self._clear or clear

    def update(self, rows: Sequence[Row], width: int, system: ColorSystem | None, limit: float = inf) -> str:
        """What to send so that the terminal shows this; "" where it does already.

        Beyond about `limit` characters lines are left for the next frame (`behind` says so). Lines that were quiet
        until now go first, since that is where the answer to a key stands, and waiting makes the others more urgent.
        """
        if (width, len(rows)) != (self._width, len(self._rows)):
            self._lines, self._width = [None] * len(rows), width
            self._rows, self._waited, self._unrest = [None] * len(rows), [0] * len(rows), [0.0] * len(rows)
            self._drawn_before = [None] * len(rows)
        sent = [self._wiped(width)] if self._clear else []
        changes = list(self._changes(rows, width, system))
        if limit < inf:
            self._watch(rows)
            changes.sort(key=lambda change: self._unrest[change.y] ** 2 / (1 + self._waited[change.y]))
        taken = self._take(changes, limit)
        if taken:
            sent.append(self._drawn(taken))
        return "".join(sent)

    def _watch(self, rows: Sequence[Row]) -> None:
        """Learn which lines change by themselves: those that do so from frame to frame, sent or not."""
        for y, row in enumerate(rows):
            self._unrest[y] = self._unrest[y] * CALM + (1 - CALM) * (row != self._drawn_before[y])
        self._drawn_before = list(rows)

    def _drawn(self, taken: list[Change]) -> str:
        """The changes as text, in the shorter of two orders."""
        before = self._brush.pen
        line_by_line = "".join(self._brush.line(change) for change in taken)
        if not self._by_pen:
            return line_by_line
        after, self._brush.pen = self._brush.pen, before
        pen_by_pen = self._brush.by_pen(taken)
        if len(pen_by_pen) < len(line_by_line):
            return pen_by_pen
        self._brush.pen = after
        return line_by_line

    def _take(self, changes: list[Change], limit: float) -> list[Change]:
        """The changes that the next frame has room for; what they change counts as shown."""
        taken: list[Change] = []
        room, pen = limit, self._brush.pen
        self.behind = False
        for change in changes:
            size = 0 if self.behind or limit == inf else len(self._brush.line(change))
            self.behind = self.behind or (bool(taken) and size > room)
            if self.behind:
                self._waited[change.y] += 1
                continue
            self._rows[change.y], self._lines[change.y], self._waited[change.y] = change.row, change.new, 0
            room -= size
            taken.append(change)
        self._brush.pen = pen
        return taken

    def _changes(self, rows: Sequence[Row], width: int, system: ColorSystem | None) -> Iterator[Change]:
        for y, row in enumerate(rows):
            before = self._rows[y]
            if before is None or row != before:
                new = cells_of(row, width, system)
                found = runs(self._lines[y], new)
                if found:
                    yield Change(y, found, new, row)
                else:
                    self._rows[y] = row

    def _wiped(self, width: int) -> str:
        self._clear = False
        sent, self._brush.pen = change_pen(None, Pen())
        self._lines = [[BLANK] * width for _ in self._lines]
        return sent + "\x1b[2J"


def runs(old: list[Cell] | None, new: list[Cell]) -> list[tuple[int, int]]:
    """Columns [start, end) that differ; a wide character is never split."""
    if old is None:
        return [(0, len(new))] if new else []
    found: list[tuple[int, int]] = []
    x, width = 0, len(new)
    while x < width:
        if old[x] == new[x]:
            x += 1
            continue
        start = x - 1 if x and not new[x][0] else x
        while x < width and (old[x] != new[x] or not new[x][0]):
            x += 1
        found.append((start, x))
    return found
