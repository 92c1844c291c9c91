"""The line of keys at the foot of a screen."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style

from tuibp.render.glyphs import Glyphs
from tuibp.render.lines import Line, Row, row_of, width_of
from tuibp.render.palette import Palette
from tuibp.render.typeset import sentence

Item = tuple[str, str, bool]
"""Key, label, and whether it can do something now."""
_IN_ASCII = {"↑↓←→": "arrows", "↑↓": "up/down", "←→": "left/right"}
"""Keys that stand close together, in ASCII, where each of them is a word."""
_SHORT = {"↑↓←→": "^v<>", "␣": "spc", "⌫": "bs", "[ ]": "[]"}
"""Keys in ASCII where their names would take the room of other keys."""


def footer(items: Sequence[Item], width: int, palette: Palette, glyphs: Glyphs) -> Row:
    """Keys, most important first; what does not fit is dropped from the end, but never the last one (help)
    nor esc before it."""
    pieces = [piece for _at, piece in _kept(items, width, palette, glyphs)]
    line: Line = tuple(
        piece for i, part in enumerate(pieces) for piece in ((("  ", Style.null()),) if i else ()) + part
    )
    return row_of(line, width, indent=1)


def key_at(items: Sequence[Item], width: int, palette: Palette, glyphs: Glyphs, x: int) -> tuple[int, float] | None:
    """(which of the items stands at a cell, how far along its keys: 0 to 1, more on its label); None between them."""
    at = 1
    for index, piece in _kept(items, width, palette, glyphs):
        if at <= x < at + width_of(piece):
            written = len(_written(items[index][0], glyphs))
            return index, (x - at) / max(written, 1)
        at += width_of(piece) + 2
    return None


def _kept(items: Sequence[Item], width: int, palette: Palette, glyphs: Glyphs) -> list[tuple[int, Line]]:
    """The items that fit, each with its place in the list; the way out, where it is beside the help, stays too."""
    pieces = [(i, _item(item, palette, glyphs)) for i, item in enumerate(items)]
    if glyphs.ascii and _width([piece for _i, piece in pieces]) > width:
        short = [(_SHORT.get(key, key), label, on) for key, label, on in items]
        pieces = [(i, _item(item, palette, glyphs)) for i, item in enumerate(short)]
    while len(pieces) > 1 and _width([piece for _i, piece in pieces]) > width:
        way_out = len(pieces) > 2 and items[pieces[-2][0]][0] == "esc"
        del pieces[-3 if way_out else -2]
    return pieces


def _written(key: str, glyphs: Glyphs) -> str:
    return (_IN_ASCII.get(key, "") if glyphs.ascii else "") or sentence(key, glyphs)


def _width(pieces: Sequence[Line]) -> int:
    """Cells of the line, with one empty cell at each end."""
    return sum(map(width_of, pieces)) + 2 * (len(pieces) - 1) + 2


def _item(item: Item, palette: Palette, glyphs: Glyphs) -> Line:
    key, label, enabled = item
    written = _written(key, glyphs)
    if not enabled:
        return ((f"{written} {sentence(label, glyphs)}", palette.faint),)
    return ((written, palette.accent), (f" {sentence(label, glyphs)}", palette.quiet))
