"""Curves and bars in braille dots, two across and four down in a cell; in ASCII a `*` a cell."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from rich.style import Style

from tuibp.render.canvas import Canvas
from tuibp.render.glyphs import Glyphs

Array = NDArray[np.float64]
BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""Of the dot in row y and column x of a cell."""
BLANK = 0x2800


def draw_curve(canvas: Canvas, x: int, y: int, heights: Array, rows: int, style: Style, glyphs: Glyphs) -> None:
    """A curve from cell (x, y) in `rows` rows, `heights` as shares of the height for each column of dots.

    Neighbours are joined; what lies outside or is not finite is left out.
    """
    full = 4 * rows - 1
    last: int | None = None
    for column, share in enumerate(heights.tolist()):
        if not np.isfinite(share) or not -1.0 <= share <= 2.0:
            last = None
            continue
        at = round((1.0 - share) * full)
        first = at if last is None or abs(last - at) <= 1 else last + (1 if at > last else -1)
        for dot in range(min(first, at), max(first, at) + 1):
            if 0 <= dot <= full:
                put_dot(canvas, 2 * x + column, 4 * y + dot, style, glyphs)
        last = at


def draw_bars(canvas: Canvas, x: int, y: int, counts: Array, style: Style, glyphs: Glyphs) -> None:
    """A bar of at most four dots in the row y for each column of dots, the largest count four dots high."""
    most = float(counts.max(initial=0.0))
    for column, count in enumerate(counts.tolist()):
        for dot in range(int(np.ceil(4 * count / most)) if most > 0 else 0):
            put_dot(canvas, 2 * x + column, 4 * y + 3 - dot, style, glyphs)


def put_dot(canvas: Canvas, column: int, row: int, style: Style, glyphs: Glyphs) -> None:
    """One dot; it joins the dots that its cell has, and gives them its style."""
    x, y = column // 2, row // 4
    if not canvas.inside(x, y):
        return
    if glyphs.ascii:
        canvas.put(x, y, "*", style)
        return
    there = ord(canvas.characters[y][x])
    bits = there - BLANK if BLANK <= there < BLANK + 256 else 0
    canvas.put(x, y, chr(BLANK + (bits | BITS[row % 4][column % 2])), style)
