"""What the terminal shows, as far as it was sent: the other half of every comparison."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import NamedTuple

from rich.color import ColorSystem
from textual.strip import Strip

from tuibp.app.output.cells import BLANK, Cell, cells_of, get_width
from tuibp.app.output.pen import Pen
from tuibp.app.output.pen import change as change_pen

ERASED = 11
"""Blank cells from which on erasing them and stepping over them is shorter."""
CALM = 0.9
"""What a frame leaves of a line's record of changes."""


class Change(NamedTuple):
    """One line that differs."""

    y: int
    runs: list[tuple[int, int]]
    new: list[Cell]

    @property
    def cells(self) -> int:
        return sum(end - start for start, end in self.runs)


class Shown:
    """The cells of the last frame sent, and the pen that the terminal holds."""

    def __init__(self, erases: bool = False) -> None:
        """`erases`: whether the terminal erases in the colour of the ground, so that blanks need not be written."""
        self.erases = erases
        self._strips: list[Strip | None] = []
        self._lines: list[list[Cell] | None] = []
        self._pen: Pen | None = None
        self._width = 0
        self._clear = False
        self._waited: list[int] = []
        self._unrest: list[float] = []
        self.behind = False
        """Whether the last frame left something for the next."""

    def forget(self, clear: bool = False) -> None:
        """Nobody knows what the terminal shows; with `clear`, wipe it before the next frame."""
        self._strips, self._lines, self._pen = [], [], None
        self.behind = False
        self._clear = self._clear or clear

    def update(self, strips: list[Strip], width: int, system: ColorSystem | None, limit: float = inf) -> str:
        """What to send so that the terminal shows this; "" where it does already.

        Beyond about `limit` characters lines are left for the next frame (`behind` says so). Lines that were quiet
        until now go first, since that is where the answer to a key stands, and waiting makes the others more urgent.
        """
        if (width, len(strips)) != (self._width, len(self._strips)):
            self._lines, self._width = [None] * len(strips), width
            self._strips, self._waited, self._unrest = [None] * len(strips), [0] * len(strips), [0.0] * len(strips)
        sent = [self._wiped(width)] if self._clear else []
        room = limit
        changes = list(self._changes(strips, width, system))
        self._unrest = [unrest * CALM for unrest in self._unrest]
        for change in changes:
            self._unrest[change.y] += change.cells * (1 - CALM)
        if limit < inf:
            changes.sort(key=lambda change: self._unrest[change.y] / (1 + self._waited[change.y]))
        self.behind = False
        for change in changes:
            pen = self._pen
            text = self._line(change.y, change.runs, change.new) if room > 0 else ""
            if room <= 0 or (len(text) > room and room < limit):
                self._pen, self.behind, room = pen, True, 0
                self._waited[change.y] += 1
                continue
            self._strips[change.y], self._lines[change.y], self._waited[change.y] = strips[change.y], change.new, 0
            room -= len(text)
            sent.append(text)
        return "".join(sent)

    def _changes(self, strips: list[Strip], width: int, system: ColorSystem | None) -> Iterator[Change]:
        for y, strip in enumerate(strips):
            before = self._strips[y]
            if before is None or strip != before:
                new = cells_of(strip, width, system)
                found = runs(self._lines[y], new)
                if found:
                    yield Change(y, found, new)
                else:
                    self._strips[y] = strip

    def _wiped(self, width: int) -> str:
        self._clear = False
        sent, self._pen = change_pen(None, Pen())
        self._lines = [[BLANK] * width for _ in self._lines]
        return sent + "\x1b[2J"

    def _line(self, y: int, changed: list[tuple[int, int]], new: list[Cell]) -> str:
        """What brings the changed columns of a line up to date."""
        sent, at = [], -1
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
            pen = self._pen
            through = self._text(y, at, start, new)
            if len(through) <= len(forward):
                return through
            self._pen = pen
        return forward

    def _text(self, y: int, start: int, end: int, new: list[Cell]) -> str:
        sent = []
        x = start
        while x < end:
            text, wanted = new[x]
            if not text:
                x += 1
                continue
            code, self._pen = change_pen(self._pen, wanted)
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


def _blanks(cells: list[Cell], start: int, end: int) -> int:
    """How many cells from here on are blank in the same way."""
    x = start
    while x < end and cells[x] == cells[start]:
        x += 1
    return x - start


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


def _jump(y: int, x: int) -> str:
    return f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H"
