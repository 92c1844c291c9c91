"""Changes as text for the terminal: line by line, or pen by pen where that is shorter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tuibp.app.output.cells import Cell, Row, get_width
from tuibp.app.output.pen import SEEN_ON_A_SPACE, Pen, cost
from tuibp.app.output.pen import change as change_pen
from tuibp.app.output.route import way

ERASED, ERASED_LAST = 11, 6
"""Blank cells from which on erasing them is shorter: where more follows, and at the end of a run."""
NEAR = 12
"""Strokes of one pen among which the nearest is sought."""
HALVES = str.maketrans("▀▄", "▄▀")


class Change(NamedTuple):
    """One line that differs."""

    y: int
    runs: list[tuple[int, int]]
    new: list[Cell]
    row: Row


class Stroke(NamedTuple):
    """Neighbouring cells that one pen draws."""

    y: int
    x: int
    text: str
    pen: Pen
    after: int
    """Where the cursor is then; -1 where terminals differ."""

    @property
    def erases(self) -> bool:
        return self.text.startswith("\x1b")

    def turned(self) -> Stroke:
        """Half blocks look the same upside down, in exchanged colours."""
        return self._replace(text=self.text.translate(HALVES), pen=self.pen.exchanged)


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

    def line(self, change: Change) -> str:
        """What brings the changed columns of a line up to date."""
        return self._draw(_strokes(change, self.erases))

    def by_pen(self, changes: list[Change]) -> str:
        """The same changes, but everything of one pen together: on a slow line colours cost more than ways."""
        return self._draw(self._in_order([s for change in changes for s in _strokes(change, self.erases)]))

    def _draw(self, strokes: Iterable[Stroke]) -> str:
        sent: list[str] = []
        row, at = -1, -1
        for y, x, text, pen, after in strokes:
            code, self.pen = change_pen(self.pen, pen)
            sent += (way(row, at, y, x, self.erases), code, text)
            row, at = y, after
        return "".join(sent)

    def _in_order(self, strokes: list[Stroke]) -> Iterator[Stroke]:
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


def _strokes(change: Change, erases: bool) -> list[Stroke]:
    found: list[Stroke] = []
    y, runs, new, _ = change
    tail = _tail(new) if erases else len(new)
    for start, end in runs:
        x = _bridged(found, start, new)
        while x < end:
            text, pen = new[x]
            if x >= tail:
                found.append(Stroke(y, x, "\x1b[K", pen, x))
                return found
            blanks = _blanks(new, x, end) if erases and text == " " else 0
            if blanks >= (ERASED_LAST if x + blanks == end else ERASED):
                found.append(Stroke(y, x, f"\x1b[{blanks}X", pen, x))
                x += blanks
                continue
            width = max(1, get_width(text))
            # Terminals differ in the width of some characters, and in where the cursor is past the last column.
            after = -1 if len(text) > 1 or width == 2 or x + width == len(new) else x + 1
            last = found[-1] if found and found[-1].after == x and not found[-1].erases else None
            if last is not None and _draws(last.pen, pen):
                found[-1] = last._replace(text=last.text + text, after=after)
            elif last is not None and _draws(pen, last.pen):  # blanks that this pen can just as well begin with
                found[-1] = last._replace(text=last.text + text, after=after, pen=pen)
            elif text:
                found.append(Stroke(y, x, text, pen, after))
            x += width
    return found


def _tail(new: list[Cell]) -> int:
    """Where a line's blank end begins, if erasing to the end is shorter than writing it."""
    x = len(new)
    if x and new[-1][0] == " ":
        while x and new[x - 1] == new[-1]:
            x -= 1
    return x


def _bridged(found: list[Stroke], start: int, new: list[Cell]) -> int:
    """Where the next run is to begin: a few cells that the same pen draws are shorter than a step over them."""
    if not found or found[-1].erases or not 0 <= found[-1].after < start:
        return start
    last = found[-1]
    step = len(way(last.y, last.after, last.y, start, False))
    between = new[last.after : start]
    drawn = len(between) <= step and all(
        len(text) == 1 and text.isascii() and _draws(last.pen, pen) for text, pen in between
    )
    return last.after if drawn else start


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
