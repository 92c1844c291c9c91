"""What a neuron says over the plane of two inputs, in half blocks, with the data's points and the example on it."""

from __future__ import annotations

import numpy as np

from tuibp.core.network import Array
from tuibp.core.plane import bounds_of, leaning, plane_of
from tuibp.locale import _
from tuibp.render.canvas import Canvas
from tuibp.render.image import EMPTY, drawn, levels_of
from tuibp.render.lines import Line
from tuibp.render.scene import Scene
from tuibp.render.typeset import sentence

MOST_POINTS = 400
BEHIND = 0.5
"""Of the colours' strength where points stand on them."""


def draw_plane(
    canvas: Canvas,
    scene: Scene,
    x: int,
    y: int,
    rows: int,
    layer: int,
    j: int,
    points: bool = False,
    apart: bool = False,
) -> None:
    """A square picture of 2·rows cells by rows, from cell (x, y) on: orange where a^l_j is high, blue where it is low.

    Where a value is not finite there is no colour. With `apart` its last half row stays empty, so that a picture below
    does not touch it.
    """
    state, palette, g = scene.state, scene.palette, scene.glyphs
    pixels = 2 * rows
    values = plane_of(state.network, bounds_of(state.preset.data), pixels)[layer][:, :, j]
    leans = leaning(state.network, layer, j, values) * (BEHIND if points else 1.0)
    levels = np.where(np.isfinite(leans), levels_of(np.nan_to_num(leans), "diverging", 1.0), EMPTY)
    if apart and rows > 1:
        levels = levels.copy()
        levels[-1] = EMPTY
    canvas.blit(x, y, drawn(levels[::2], levels[1::2], palette, "diverging", g))
    if points:
        _draw_points(canvas, scene, x, y, rows)


def _draw_points(canvas: Canvas, scene: Scene, x: int, y: int, rows: int) -> None:
    data, palette = scene.state.preset.data, scene.palette
    assert data.labels is not None
    step = -(-len(data) // MOST_POINTS)
    for row in range(0, len(data), step):
        cx, cy = cell_of(scene, data.x[row], rows)
        second = min(int(data.labels[row]), 1)
        ground = canvas.styles[y + cy][x + cx]
        style = palette.coloured_on(ground, "positive" if second else "negative")
        canvas.put(x + cx, y + cy, marks_of(scene)[second], style)
    cx, cy = cell_of(scene, scene.state.shown.x, rows)
    canvas.put(x + cx, y + cy, sentence("◆", scene.glyphs), palette.badge)


def marks_of(scene: Scene) -> tuple[str, str]:
    """A point of the first class and of the second: told apart without colour."""
    return ("o", "x") if scene.glyphs.ascii else ("◦", "•")


def cell_of(scene: Scene, point: Array, rows: int) -> tuple[int, int]:
    """The cell of a point in a picture of 2·rows by rows; at its edge where the point lies outside."""
    across, down = bounds_of(scene.state.preset.data).share(point[None])[0].tolist()
    return min(max(int(across * 2 * rows), 0), 2 * rows - 1), min(max(int(down * rows), 0), rows - 1)


def legend(scene: Scene) -> Line:
    """`◦ first  • second  ◆ the example`."""
    palette, names = scene.palette, scene.state.preset.data.class_names or ("0", "1")
    line: Line = ()
    for mark, name, style in zip(marks_of(scene), names[:2], (palette.negative, palette.positive), strict=False):
        line = (*line, (mark, style), (f" {name}   ", palette.quiet))
    return (*line, (sentence("◆", scene.glyphs), palette.accent), (" " + _("the example"), palette.quiet))
