"""Rows of the screen as an SVG picture. It names no font from elsewhere, and every word has a place of its own, so that
no viewer's idea of a space or of a letter's width can move what follows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import SVG_EXPORT_THEME

from tuibp.render.palette import Palette

CELL = (8.4, 18)
"""Width and height of a cell in pixels, for a font of 14."""
FONTS = "DejaVu Sans Mono, Menlo, Consolas, Liberation Mono, monospace"


def svg(rows: Sequence[Iterable[Segment]], width: int, palette: Palette, title: str) -> str:
    """A picture of a screen `width` cells wide."""
    columns, lines = CELL[0] * width, CELL[1] * len(rows)
    ground, ink = palette.colours["ground"], palette.colours["ink"]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {columns:g} {lines:g}" width="{columns:g}" '
        f'height="{lines:g}" font-family="{FONTS}" font-size="14" role="img">\n<title>{escape(title)}</title>\n'
        f'<rect width="100%" height="100%" fill="{ground}"/>\n'
    )
    return head + "\n".join(line for y, s in enumerate(rows) for line in _line(s, y, ground, ink)) + "\n</svg>\n"


def _line(row: Iterable[Segment], y: int, ground: str, ink: str) -> Iterator[str]:
    x = 0
    words: list[str] = []
    for segment in Segment.simplify(row):
        style, text = segment.style or Style.null(), segment.text
        fore, back = colour_of(style.color, ink), colour_of(style.bgcolor, ground)
        if style.reverse:
            fore, back = back, fore
        length = cell_len(text)
        if back != ground:
            at, wide = x * CELL[0], length * CELL[0]
            yield f'<rect x="{at:g}" y="{y * CELL[1]}" width="{wide:g}" height="18" fill="{back}"/>'
        words += _words(text, style, x, y, fore)
        x += length
    yield from words


def _words(text: str, style: Style, x: int, y: int, fore: str) -> Iterator[str]:
    look = ' font-weight="bold"' if style.bold else ""
    look += ' opacity="0.6"' if style.dim else ""
    for found in re.finditer(r"[^ ]+", text):
        at = (x + cell_len(text[: found.start()])) * CELL[0]
        if set(found[0]) == {"▀"}:
            # Half blocks as rectangles: fonts draw them with seams.
            wide = len(found[0]) * CELL[0]
            yield f'<rect x="{at:g}" y="{y * CELL[1]}" width="{wide:g}" height="9" fill="{fore}"/>'
        else:
            long = f' textLength="{cell_len(found[0]) * CELL[0]:g}"' if len(found[0]) > 1 else ""
            yield f'<text x="{at:g}" y="{y * CELL[1] + 14}"{long} fill="{fore}"{look}>{escape(found[0])}</text>'


def colour_of(colour: Color | None, default: str) -> str:
    """In CSS."""
    return default if colour is None or colour.is_default else colour.get_truecolor(SVG_EXPORT_THEME).hex
