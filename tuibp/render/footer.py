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
    """Keys, most important first; what does not fit is dropped from the end, but never the last one (help)."""
    pieces = [_item(item, palette, glyphs) for item in items]
    if glyphs.ascii and _width(pieces) > width:
        pieces = [_item((_SHORT.get(key, key), label, enabled), palette, glyphs) for key, label, enabled in items]
    while len(pieces) > 1 and _width(pieces) > width:
        del pieces[-2]
    line: Line = tuple(
        piece for i, part in enumerate(pieces) for piece in ((("  ", Style.null()),) if i else ()) + part
    )
    return row_of(line, width, indent=1)


def _width(pieces: Sequence[Line]) -> int:
    """Cells of the line, with one empty cell at each end."""
    return sum(map(width_of, pieces)) + 2 * (len(pieces) - 1) + 2


def _item(item: Item, palette: Palette, glyphs: Glyphs) -> Line:
    key, label, enabled = item
    written = _IN_ASCII.get(key, "") if glyphs.ascii else ""
    written = written or sentence(key, glyphs)
    if not enabled:
        return ((f"{written} {sentence(label, glyphs)}", palette.faint),)
    return ((written, palette.accent), (f" {sentence(label, glyphs)}", palette.quiet))
