"""Weights as wires: braille lines between tiles, solid for positive and dotted for negative, the strongest on top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rich.style import Style

from tuibp.render.canvas import Canvas
from tuibp.render.glyphs import Glyphs

MOST = 150
"""Wires that a gap may show at once; beyond it only the cursor's neuron's are drawn."""
LEAST_ROOM = 3
"""Cells between tiles that a wire needs."""

DOTS = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]])
"""Braille dots by row and column within a cell."""


LINES_IN_ASCII = " -/.\\"


@dataclass(frozen=True)
class Wire:
    """A line from the right edge of one tile to the left edge of another, at their rows."""

    start: int
    end: int
    value: float
    style: Style
    on_top: float
    """Wires with more of it hide those with less."""


def draw_wires(canvas: Canvas, x: int, width: int, wires: Sequence[Wire], glyphs: Glyphs) -> None:
    """Draw into the columns x to x + width of the canvas; occupied cells are left alone."""
    ordered = sorted(wires, key=lambda w: w.on_top)
    if not ordered or width < 1:
        return
    if glyphs.ascii:
        _in_ascii(canvas, x, width, ordered)
        return
    top = min(min(w.start, w.end) for w in ordered)
    rows = max(max(w.start, w.end) for w in ordered) - top + 1
    masks, owners = _rasterised(ordered, width, rows, top)
    for y, column in zip(*np.nonzero(masks), strict=True):
        cell_x, cell_y = x + int(column), top + int(y)
        if canvas.inside(cell_x, cell_y) and canvas.characters[cell_y][cell_x] == " ":
            canvas.characters[cell_y][cell_x] = chr(0x2800 + int(masks[y, column]))
            canvas.styles[cell_y][cell_x] = ordered[owners[y, column]].style


def _rasterised(wires: Sequence[Wire], width: int, rows: int, top: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The dots of each cell, and which wire gives it its colour; both (rows, width)."""
    starts = np.array([4 * (w.start - top) + 2 for w in wires])
    ends = np.array([4 * (w.end - top) + 2 for w in wires])
    across = 2 * width - 1
    points = max(int(np.abs(ends - starts).max()), across) + 1
    along = np.linspace(0.0, 1.0, points)
    xs = np.broadcast_to(np.rint(along * across).astype(np.int64), (len(wires), points))
    ys = np.rint(starts[:, None] + (ends - starts)[:, None] * along).astype(np.int64)
    # Along a wire two dots and two gaps, counted in dots and not in points, whatever its slope.
    lengths = np.maximum(np.abs(ends - starts), across)
    step = np.rint(along * lengths[:, None]).astype(np.int64)
    negative = np.array([w.value < 0 for w in wires])
    drawn = ~(negative[:, None] & (step % 4 >= 2))
    cells = (ys // 4) * width + xs // 2
    masks = np.zeros(rows * width, dtype=np.int64)
    owners = np.zeros(rows * width, dtype=np.int64)
    np.bitwise_or.at(masks, cells[drawn], DOTS[ys % 4, xs % 2][drawn])
    owners[cells[drawn]] = np.broadcast_to(np.arange(len(wires))[:, None], cells.shape)[drawn]  # the last one wins
    return masks.reshape(rows, width), owners.reshape(rows, width)


def _in_ascii(canvas: Canvas, x: int, width: int, wires: Sequence[Wire]) -> None:
    """A character a column: `-`, `/` or a backslash for positive wires, dots for negative ones."""
    for wire in wires:
        rise = wire.end - wire.start
        line = "-" if abs(rise) < 0.3 * width else "/" if rise < 0 else "\\"
        for column in range(x, x + width):
            y = round(wire.start + rise * (column - x + 0.5) / width)
            if canvas.inside(column, y) and canvas.characters[y][column] in LINES_IN_ASCII:
                canvas.put(column, y, "." if wire.value < 0 else line, wire.style)
