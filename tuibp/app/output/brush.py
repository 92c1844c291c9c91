"""Changes as text for the terminal: line by line, or pen by pen where that is shorter."""

from __future__ import annotations

from typing import NamedTuple

from tuibp.app.output.cells import Cell, Row, get_width
from tuibp.app.output.pen import SEEN_ON_A_SPACE, Pen
from tuibp.app.output.pen import change as change_pen

ERASED = 11
"""Blank cells from which on erasing them and stepping over them is shorter."""
BRIDGE = 3
"""Cells that are drawn again rather than stepped over."""


class Change(NamedTuple):
    """One line that differs."""

    y: int
    runs: list[tuple[int, int]]
    new: list[Cell]
    row: Row

    @property
    def cells(self) -> int:
        return sum(end - start for start, end in self.runs)


class Brush:
    """Draws changes and remembers the pen that the terminal holds."""

    def __init__(self, erases: bool) -> None:
        self.erases = erases
        self.pen: Pen | None = None

    def line(self, change: Change) -> str:
        """What brings the changed columns of a line up to date."""
        sent, at = [], -1
        y, changed, new, _ = change
        for start, end in changed:
            sent.append(self._move(y, at, start, new))
            text = self._text(y, start, end, new)
            sent.append(text)
            at = -1 if text.endswith("X") else end  # erasing leaves the cursor where it was
        return "".join(sent)

    def _move(self, y: int, at: int, start: int, new: list[Cell]) -> str:
        """The way to the next run: through what stands between, where that is shorter than a jump over it."""
        if at < 0:
            return _jump(y, start)
        forward = "\x1b[C" if start - at == 1 else f"\x1b[{start - at}C"
        between = new[at:start]
        if len(between) <= len(forward) and all(len(text) == 1 and text.isascii() for text, _ in between):
            pen = self.pen
            through = self._text(y, at, start, new)
            if len(through) <= len(forward):
                return through
            self.pen = pen
        return forward

    def _text(self, y: int, start: int, end: int, new: list[Cell]) -> str:
        sent = []
        x = start
        while x < end:
            text, wanted = new[x]
            if not text:
                x += 1
                continue
            code, self.pen = change_pen(self.pen, wanted)
            sent.append(code)
            if text == " " and self.erases and (blanks := _blanks(new, x, end)) >= ERASED:
                x += blanks
                sent.append(f"\x1b[{blanks}X" if x == end else f"\x1b[{blanks}X\x1b[{blanks}C")
                continue
            sent.append(text)
            x += 1
            if len(text) > 1 or (not text.isascii() and get_width(text) == 2):
                # Terminals differ in the width of such characters: what follows must not depend on it.
                x += get_width(text) - 1
                sent.append(_jump(y, x))
        return "".join(sent)

    def by_pen(self, changes: list[Change]) -> str:
        """The same changes, but everything of one pen together: on a slow line colours cost more than ways."""
        strokes: dict[Pen, list[Stroke]] = {}
        for change in changes:
            for stroke in _strokes(change, self.erases):
                strokes.setdefault(stroke.pen, []).append(stroke)
        sent: list[str] = []
        row, at = -1, -1
        ground = "" if self.pen is None else self.pen.background
        for pen in sorted(strokes, key=lambda pen: (pen.background != ground, pen.background, *pen[:2])):
            code, self.pen = change_pen(self.pen, pen)
            sent.append(code)
            for y, x, text, _, after in strokes[pen]:
                sent.append(_way(row, at, y, x))
                sent.append(text)
                row, at = y, after
        return "".join(sent)


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


def _strokes(change: Change, erases: bool) -> list[Stroke]:
    found: list[Stroke] = []
    new = change.new
    for start, end in change.runs:
        x = _bridged(found, start, new)
        while x < end:
            text, pen = new[x]
            blanks = _blanks(new, x, end) if text == " " else 0
            if erases and blanks >= ERASED:
                found.append(Stroke(change.y, x, f"\x1b[{blanks}X", pen, x))
                x += blanks
                continue
            width = max(1, get_width(text))
            after = -1 if len(text) > 1 or width == 2 else x + 1
            last = found[-1] if found and found[-1].after == x and not found[-1].erases else None
            if last is not None and _draws(last.pen, pen):
                found[-1] = last._replace(text=last.text + text, after=after)
            elif last is not None and _draws(pen, last.pen):  # blanks that this pen can just as well begin with
                found[-1] = last._replace(text=last.text + text, after=after, pen=pen)
            elif text:
                found.append(Stroke(change.y, x, text, pen, after))
            x += width
    return found


def _bridged(found: list[Stroke], start: int, new: list[Cell]) -> int:
    """Where the next run is to begin: a few cells that the same pen draws are shorter than a step over them."""
    if not found or found[-1].erases or not 0 < start - found[-1].after <= BRIDGE or found[-1].after < 0:
        return start
    last = found[-1]
    between = new[last.after : start]
    drawn = all(len(text) == 1 and text.isascii() and _draws(last.pen, pen) for text, pen in between)
    return last.after if drawn else start


def _draws(pen: Pen, wanted: Pen) -> bool:
    """Whether a pen can go on with a cell that wants another: a blank takes any pen on its ground."""
    if wanted.foreground:
        return pen == wanted
    return pen.background == wanted.background and not SEEN_ON_A_SPACE.intersection(pen.attributes)


def _way(row: int, at: int, y: int, x: int) -> str:
    """From where the cursor is to where the next stroke begins."""
    if row != y or not 0 <= at <= x:
        return _jump(y, x)
    return "" if at == x else "\x1b[C" if x - at == 1 else f"\x1b[{x - at}C"


def _blanks(cells: list[Cell], start: int, end: int) -> int:
    """How many cells from here on are blank in the same way."""
    x = start
    while x < end and cells[x] == cells[start]:
        x += 1
    return x - start


def _jump(y: int, x: int) -> str:
    return f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H"
