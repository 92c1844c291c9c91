"""One neuron's weights as numbers where the layer before is an image: they stand as the pixels do."""

from __future__ import annotations

from tuibp.core.index import pair, shown
from tuibp.core.network import largest
from tuibp.locale import _
from tuibp.render.canvas import Canvas
from tuibp.render.numbers import plain
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import typeset
from tuibp.render.weights import Weights, in_step_five
from tuibp.render.window import page
from tuibp.session.reach import known

CELL = 6
LABEL = 6


def pixels_fit(scene: Scene, seen: Weights) -> bool:
    """Whether the cursor is on a weight, or the bias, of a neuron that reads an image."""
    return scene.state.preset.data.image is not None and seen.layer == 1 and seen.exact


def pixel_panel(scene: Scene, seen: Weights, width: int, height: int) -> Panel:
    """A window of the image around the weight under the cursor; what is told of that weight stands beside."""
    shape, palette, j = scene.state.preset.data.image, scene.palette, seen.row or 0
    assert shape is not None
    weights = scene.state.network.w(1)[j]
    k = seen.column if seen.column is not None else len(weights) - 1
    row, column = divmod(k, shape[1])
    rows, columns = _window(shape, k, width, height)
    canvas = Canvas(width, height)
    number, scale = plain([largest(weights)], CELL - 1, glyphs=scene.glyphs), largest(weights)
    for x, c in enumerate(columns):
        style = palette.accent_line if c == column and not seen.bias else palette.quiet
        canvas.right(LABEL + (x + 1) * CELL, 0, f"+{c}" if c else "k", style)
    for y, r in enumerate(rows, start=1):
        here = r == row and not seen.bias
        canvas.put(1, y, f"k={r * shape[1] + 1}", palette.accent_line if here else palette.quiet)
        for x, c in enumerate(columns):
            value = float(weights[r * shape[1] + c])
            style = palette.badge if here and c == column else palette.diverging(value, scale)
            canvas.right(LABEL + (x + 1) * CELL, y, number(value).rjust(CELL), style)
    _told(canvas, scene, seen, LABEL + len(columns) * CELL + 2, k)
    title = typeset(f"w^2_{shown(j)}", scene.glyphs)
    note = _("row {r}, column {c} of the image").format(r=row + 1, c=column + 1)
    return Panel(title, _("the bias") if seen.bias else note, canvas.rows(), title_accent=scene.view.panel == "matrix")


def _window(shape: tuple[int, int], k: int, width: int, height: int) -> tuple[range, range]:
    """The rows and columns of the image that are shown around a pixel."""
    row, column = divmod(k, shape[1])
    return page(shape[0], height - 1, row), page(shape[1], max((width - LABEL - 1) // CELL, 1), column)


def number_of_pixel(scene: Scene, seen: Weights, width: int, height: int, x: int, y: int) -> int | None:
    """The k of the weight that stands at a cell of the panel; None where there is none."""
    shape = scene.state.preset.data.image
    assert shape is not None
    last = shape[0] * shape[1] - 1
    rows, columns = _window(shape, seen.column if seen.column is not None else last, width, height)
    across = (x - LABEL) // CELL
    if x < LABEL or across >= len(columns) or not 1 <= y <= len(rows):
        return None
    return rows[y - 1] * shape[1] + columns[across]


def _told(canvas: Canvas, scene: Scene, seen: Weights, x: int, k: int) -> None:
    """Weight, input and term of the pixel under the cursor, and from step 5 on the gradient, where there is room."""
    room = canvas.width - x - 1
    if room < 15:
        return
    state, palette, j = scene.state, scene.palette, seen.row or 0
    number = plain([1.0], 7, glyphs=scene.glyphs)
    w, a = float(state.network.w(1)[j, k]), float(state.walk.a(0)[k])
    told = [(f"w^2_{pair(j, k)}", w, palette.accent), (f"a^1_{shown(k)}", a, palette.ink)]
    told.append((_("term"), w * a, palette.signed(w * a)))
    matrix = state.walk.grad_w(1)
    if seen.bias:
        told = [(f"b^2_{shown(j)}", float(state.network.b(1)[j]), palette.accent)]
    elif in_step_five(scene) and known(state, "grad_w", 1, j, k):
        told.append((_("∂C/∂w"), float(matrix[j, k]), palette.signed(float(matrix[j, k]))))
    for y, (name, value, style) in enumerate(told, start=1):
        text = typeset(name, scene.glyphs)
        canvas.put(x, y, text, palette.quiet)
        canvas.right(min(x + 16, canvas.width), y, number(value), style)
