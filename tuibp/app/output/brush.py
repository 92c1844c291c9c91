"""Changes as text for the terminal: line by line, or pen by pen where that is shorter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tuibp.app.output.cells import Cell, SegmentRow, get_width
from tuibp.app.output.pen import PLAIN, SEEN_ON_A_SPACE, Pen, cost
from tuibp.app.output.pen import change as change_pen
from tuibp.app.output.route import FEW, way

ERASED, ERASED_LAST = 11, 6
"""Blank cells from which on erasing them is shorter: where more follows, and at the end of a run."""
APART = 6
"""Cells between two changes of a line that have nothing to do with each other."""
WAY = 5
"""Bytes of a way, as a rule."""
NEAR = 12
"""Strokes of one pen among which the nearest is sought."""
HALVES = str.maketrans("▀▄", "▄▀")


class LineChange(NamedTuple):
    """One line that differs."""

    y: int
    runs: list[tuple[int, int]]
    new: list[Cell]
    row: SegmentRow
    last: bool = True
    """Whether nothing else of the line differs to the right."""

    def pieces(self) -> Iterator[LineChange]:
        """The change in parts that stand apart."""
        first = 0
        for number, (start, _) in enumerate(self.runs):
            if number > first and start - self.runs[number - 1][1] >= APART:
                yield self._replace(runs=self.runs[first:number], last=False)
                first = number
        yield self._replace(runs=self.runs[first:])


class Stroke(NamedTuple):
    """Neighbouring cells that one pen draws."""

    y: int
    x: int
    text: str
    pen: Pen
    after: int
    """Where the cursor is then; -1 where terminals differ."""

    def turned(self) -> Stroke:
        """Half blocks look the same upside down, in exchanged colours."""
        return self._replace(text=self.text.translate(HALVES), pen=self.pen.exchanged)


def weight(strokes: Iterable[Stroke], pens: set[Pen]) -> int:
    """About as many bytes as strokes take when pen by pen they go; `pens` are there already, and are added to."""
    size = 0
    for stroke in strokes:
        size += WAY + (len(stroke.text) if stroke.text.isascii() else len(stroke.text.encode()))
        if stroke.pen not in pens:
            pens.add(stroke.pen)
            size += len(stroke.pen.foreground) + len(stroke.pen.background)
    return size


class Group(NamedTuple):
    """Strokes that are drawn together."""

    pen: Pen
    halves: bool
    """Whether they are half blocks alone, which can be drawn turned upside down as well."""


class Brush:
    """Draws changes and remembers the pen that the terminal holds."""

    def __init__(self, erases: bool) -> None:
        self.erases = erases
        """Whether the terminal erases in the colour of the ground."""
        self.pen: Pen | None = None

    def strokes(self, change: LineChange) -> list[Stroke]:
        """What brings the changed columns of a line up to date, from left to right."""
        return list(_strokes(change, self.erases))

    def by_pen(self, strokes: Iterable[Stroke]) -> str:
        """Everything of one pen together: on a slow line colours cost more than ways."""
        return self.draw(self._in_order(strokes))

    def draw(self, strokes: Iterable[Stroke]) -> str:
        """The strokes one after another."""
        sent: list[str] = []
        row, at = -1, -1
        for y, x, text, pen, after in strokes:
            code, self.pen = change_pen(self.pen, pen)
            sent += (way(row, at, y, x, self.erases), code, text)
            row, at = y, after
        return "".join(sent)

    def _in_order(self, strokes: Iterable[Stroke]) -> Iterator[Stroke]:
        """Always on to the pen that is the shortest to change to, and with it to the stroke that is the nearest."""
        groups: dict[Group, list[Stroke]] = {}
        for stroke in strokes:
            halves = not stroke.text.strip("▀▄") and stroke.pen.exchangeable
            if halves and stroke.pen.exchanged < stroke.pen:
                stroke = stroke.turned()
            groups.setdefault(Group(stroke.pen, halves), []).append(stroke)
        choices = dict.fromkeys((group.pen, group) for group in groups)
        choices |= dict.fromkeys((group.pen.exchanged, group) for group in groups if group.halves)
        now, row, at = self.pen, -1, -1
        while choices:
            pen, group = min(choices, key=lambda choice: cost(now, choice[0]))
            del choices[group.pen, group]
            choices.pop((group.pen.exchanged, group), None)
            left = groups[group]
            while left:
                near = range(min(len(left), NEAR))
                stroke = left.pop(min(near, key=lambda i: len(way(row, at, left[i].y, left[i].x, self.erases))))
                yield stroke if pen == group.pen else stroke.turned()
                row, at = stroke.y, stroke.after
            now = change_pen(now, pen)[1]


def _strokes(change: LineChange, erases: bool) -> Iterator[Stroke]:
    y, runs, new = change[:3]
    tail = _tail(new) if erases and change.last else len(new)
    parts: list[str] = []
    """The text of the stroke that is being made; it begins at `begun`, is drawn with `held` and ends before `at`."""
    begun, held, at = 0, PLAIN, -1
    for start, end in runs:
        x = at if parts and _bridges(new, held, at, start) else start
        while x < end:
            text, pen = new[x]
            blanks = _blanks(new, x, end) if erases and text == " " else 0
            to_end = x >= tail and (end - x > FEW or end < runs[-1][1])
            erased = to_end or blanks >= (ERASED_LAST if x + blanks == end else ERASED)
            goes_on = at == x and not erased and (_draws(held, pen) or _draws(pen, held))
            if parts and not goes_on:
                yield Stroke(y, begun, "".join(parts), held, at)
                parts = []
            if erased:
                yield Stroke(y, x, "\x1b[K" if to_end else f"\x1b[{blanks}X", pen, x)
                if to_end:
                    return
                x, at = x + blanks, -1
                continue
            if not parts:
                begun, held = x, pen
            elif pen.foreground:  # blanks that this pen can just as well have begun with
                held = pen
            width = get_width(text) if text else 1
            # Terminals differ in the width of some characters, and in where the cursor is past the last column.
            at = -1 if len(text) > 1 or width == 2 or x + width == len(new) else x + 1
            parts.append(text)
            x += width
    if parts:
        yield Stroke(y, begun, "".join(parts), held, at)


def _tail(new: list[Cell]) -> int:
    """Where a line's blank end begins, if erasing to the end is shorter than writing it."""
    x = len(new)
    if x and new[-1][0] == " ":
        while x and new[x - 1] == new[-1]:
            x -= 1
    return x


def _bridges(new: list[Cell], held: Pen, at: int, start: int) -> bool:
    """Whether to go on to the next run by drawing what stands between: a few cells are shorter than a step."""
    if at < 0 or start - at >= APART:
        return False
    between = new[at:start]
    short = len(between) <= len(way(0, at, 0, start, False))
    return (
        short
        and _draws(held, new[start][1])
        and all(len(text) == 1 and text.isascii() and _draws(held, pen) for text, pen in between)
    )


def _draws(pen: Pen, wanted: Pen) -> bool:
    """Whether a pen can go on with a cell that wants another: a blank takes any pen on its ground."""
    if wanted.foreground:
        return pen == wanted
    return pen.background == wanted.background and not SEEN_ON_A_SPACE.intersection(pen.attributes)


def _blanks(cells: list[Cell], start: int, end: int) -> int:
    """How many cells from here on are blank in the same way."""
    x = start
    while x < end and cells[x] == cells[start]:
        x += 1
    return x - start
