"""Which pixel of a picture stands at a cell of rows that were drawn with one."""

from __future__ import annotations

from collections.abc import Sequence

from tuibp.render.lines import Row, text_of

HALF = "▀"


def pixel_at(rows: Sequence[Row], x: int, y: int, shape: tuple[int, int]) -> int | None:
    """The pixel, counted row by row, of an image of `shape` (rows, columns) at cell (x, y); of two in a cell the upper
    one. None beside the images, where one has shrunk, and where they are not drawn in half blocks."""
    run = _run(rows, x, y)
    if run is None:
        return None
    left, end = run
    top = y
    while _run(rows, x, top - 1) == run:
        top -= 1
    scale, rest = divmod(end - left, shape[1])
    if scale < 1 or rest:
        return None
    row, column = 2 * (y - top) // scale, (x - left) // scale
    return row * shape[1] + column if row < shape[0] else None


def _run(rows: Sequence[Row], x: int, y: int) -> tuple[int, int] | None:
    """Where the half blocks around a cell begin and end."""
    text = text_of(rows[y]) if 0 <= y < len(rows) else ""
    if not 0 <= x < len(text) or text[x] != HALF:
        return None
    left = len(text[:x].rstrip(HALF))
    return left, x + len(text[x:]) - len(text[x:].lstrip(HALF))
