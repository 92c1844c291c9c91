"""What the terminal shows, as far as it was sent: the other half of every comparison."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf

from rich.color import ColorSystem

from tuibp.app.output.brush import Brush, LineChange, Stroke, weight
from tuibp.app.output.cells import BLANK, Cell, SegmentRow, cells_of
from tuibp.app.output.order import Order
from tuibp.app.output.pen import Pen
from tuibp.app.output.pen import change as change_pen


class LastFrame:
    """The cells of the last frame sent, and the pen that the terminal holds."""

    def __init__(self, erases: bool = False, by_pen: bool = True) -> None:
        """`erases`: whether the terminal erases in the colour of the ground, so that blanks need not be written;
        `by_pen`: whether changes may come in any order, which a multiplexer would pass on as many more bytes."""
        self._brush = Brush(erases)
        self._by_pen = by_pen
        self._rows: list[SegmentRow | None] = []
        self._lines: list[list[Cell] | None] = []
        self._width = 0
        self._clear = False
        self._order = Order(0)
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

    def update(self, rows: Sequence[SegmentRow], width: int, system: ColorSystem | None, limit: float = inf) -> str:
        """What to send so that the terminal shows this; "" where it does already.

        Beyond about `limit` characters changes are left for the next frame (`behind` says so), in the order of `Order`.
        """
        if (width, len(rows)) != (self._width, len(self._rows)):
            self._lines, self._width = [None] * len(rows), width
            self._rows, self._order = [None] * len(rows), Order(len(rows))
        self.behind = False
        sent = [self._wiped(width)] if self._clear else []
        changes = list(self._changes(rows, width, system))
        if limit < inf:
            self._order.watch(rows)
        strokes = [stroke for change in changes for stroke in self._brush.strokes(change)]
        if limit < inf and weight(strokes, set()) > limit:
            strokes = self._chosen(changes, limit)
        else:
            for change in changes:
                self._take(change)
                self._order.sent(change.y)
        sent.append(self._brush.by_pen(strokes) if self._by_pen else self._brush.draw(strokes))
        return "".join(sent)

    def _chosen(self, changes: list[LineChange], limit: float) -> list[Stroke]:
        """What the next frame has room for; it counts as shown."""
        pieces = [(piece, self._brush.strokes(piece)) for change in changes for piece in change.pieces()]
        pieces.sort(key=lambda found: self._order.rank(found[0].y, weight(found[1], set())))
        chosen: list[Stroke] = []
        pens: set[Pen] = set()
        used = 0
        for number, (piece, strokes) in enumerate(pieces):
            used += weight(strokes, pens)
            if number and used > limit:
                self._leave({left.y for left, _ in pieces[number:]})
                break
            chosen += strokes
            self._take(piece)
            self._order.sent(piece.y)
        return chosen

    def _leave(self, lines: set[int]) -> None:
        """For the next frame."""
        self.behind = True
        for y in lines:
            self._rows[y] = None  # only parts of it are shown
            self._order.left(y)

    def _take(self, change: LineChange) -> None:
        """It counts as shown."""
        self._rows[change.y] = change.row
        line = self._lines[change.y]
        if line is None:
            self._lines[change.y] = list(change.new)
            return
        for start, end in change.runs:
            line[start:end] = change.new[start:end]

    def _changes(self, rows: Sequence[SegmentRow], width: int, system: ColorSystem | None) -> Iterator[LineChange]:
        for y, row in enumerate(rows):
            before = self._rows[y]
            if before is None or (row is not before and row != before):
                new = cells_of(row, width, system)
                found = runs(self._lines[y], new)
                if found:
                    yield LineChange(y, found, new, row)
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
