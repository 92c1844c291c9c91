"""A line of the screen as cells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from rich.cells import get_character_cell_size
from rich.color import ColorSystem
from rich.segment import Segment

from tuibp.app.output.pen import PLAIN, Pen, pen_of

Cell = tuple[str, Pen]
"""A character with what combines with it, and its pen. The right half of a wide character is ""."""

SegmentRow = Iterable[Segment]
"""A line of the screen, as styled text."""

BLANK: Cell = (" ", PLAIN.blank)

HALVES = str.maketrans("▀▄█", "   ")
"""Half blocks in the colour of their ground are blanks."""

_narrow = re.compile("[ -~¡-ʬͰ-ҁ‐-‧‰-⁞⁰-₎ℂ-⅏←-⇿∀-⋿─-▟■-◿⠀-⣿]*").fullmatch
"""Text of characters that are one cell wide, whoever counts."""


def cells_of(row: SegmentRow, width: int, system: ColorSystem | None) -> list[Cell]:
    """The cells of a line, exactly `width` of them."""
    cells: list[Cell] = []
    for segment in row:
        if not segment.control:
            cells.extend(_cells(segment.text, pen_of(segment.style, system)))
    if len(cells) < width:
        cells.extend([BLANK] * (width - len(cells)))
    elif len(cells) > width:
        del cells[width:]
    if cells and get_width(cells[-1][0]) == 2:
        cells[-1] = BLANK  # half of it would fall off the edge
    return cells


@lru_cache(maxsize=8192)
def _cells(text: str, pen: Pen) -> tuple[Cell, ...]:
    blank = (" ", pen.blank)
    if pen.exchangeable and pen.exchanged == pen:
        text = text.translate(HALVES)
    if _narrow(text):
        return tuple(blank if character == " " else (character, pen) for character in text)
    cells: list[Cell] = []
    for character in text:
        size = get_width(character)
        if size == 0:
            # What has no width could be an escape or turn text around; of these only accents are drawn.
            if cells and cells[-1][0] and unicodedata.category(character) in ("Mn", "Me"):
                cells[-1] = (cells[-1][0] + character, pen)
        elif character == " ":
            cells.append(blank)
        else:
            cells.append((character if character.isprintable() else "�"[:size], pen))
            if size == 2:
                cells.append(("", pen))
    return tuple(cells)


def get_width(text: str) -> int:
    """Cells that one character takes, with what combines with it."""
    return get_character_cell_size(text[0]) if text else 0
