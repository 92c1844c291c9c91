"""Weights as numbers: rows are neurons, columns what they read, the bias apart, gradients beside or below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rich.style import Style

from tuibp.core.index import shown
from tuibp.core.network import Array, largest
from tuibp.locale import _
from tuibp.render.canvas import Canvas
from tuibp.render.numbers import NumberFormat, plain, shared
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence, typeset
from tuibp.render.weights import Weights, gradient_row
from tuibp.render.window import page, window
from tuibp.session.cursor import Cursor
from tuibp.session.reach import known_count

WIDTHS = (11, 9, 8, 7)
"""Cells of a number, its gap included, the widest that fits first."""
APART = 4
"""Cells between the biases and the gradients."""


@dataclass(frozen=True)
class Grid:
    """Where columns and rows stand."""

    label: int
    """Cells of the rows' names."""
    cell: int
    rows: range
    columns: range
    beside: bool
    """Whether the gradients have columns of their own; otherwise they have one row, for the cursor's neuron."""
    bias_at: int
    gradients_at: int

    def digits(self, values: Array) -> int:
        """Cells of such numbers without their gap: where none is negative, the sign's cell is gap enough."""
        signed = self.cell > 7 or bool(values.min(initial=0.0) < 0)
        return self.cell - (2 if self.cell > 9 else signed)

    def x(self, k: int) -> int:
        """The cell after the number of column k."""
        return self.label + (k - self.columns.start + 1) * self.cell


def grid(scene: Scene, seen: Weights, width: int, height: int) -> Grid:
    """The widest numbers with which all columns fit, gradients included; otherwise a window of columns."""
    n, m = scene.state.network.w(seen.layer).shape
    label = len(f"j={n}") + 2
    for beside in (True, False):
        for cell in WIDTHS:
            needed = label + m * cell + 2 + cell + (APART + m * cell if beside else 0)
            if needed + 1 <= width:
                return _grid(seen, label, cell, n, range(m), beside, height)
    cell = 8 if width >= 60 else 7
    room = max((width - label - 3 - cell) // cell, 1)
    columns = window(m, room, _heaviest(scene, seen)) if seen.column is None else page(m, room, seen.column)
    return _grid(seen, label, cell, n, columns, False, height)


def _grid(seen: Weights, label: int, cell: int, n: int, columns: range, beside: bool, height: int) -> Grid:
    bias_at = label + len(columns) * cell + 2 + cell
    others = 1 + beside + _below(seen, beside)
    rows = page(n, max(height - others, 1), seen.row or 0)
    return Grid(label, cell, rows, columns, beside, bias_at, bias_at + APART)


def _below(seen: Weights, beside: bool) -> int:
    """Rows below the numbers: the sums of the columns, or what the row of the cursor is multiplied with."""
    return 2 if seen.columns_read else int(seen.row is not None and not beside)


def _heaviest(scene: Scene, seen: Weights) -> int:
    """The input that weighs most in the layer: where a window looks when nobody chose, whatever the neuron."""
    weights, inputs = scene.state.network.w(seen.layer), scene.state.walk.a(seen.layer - 1)
    return int(np.argmax(np.abs(weights).sum(axis=0) * np.abs(inputs)))


def number_panel(scene: Scene, seen: Weights, width: int, height: int) -> Panel:
    g = grid(scene, seen, width, height)
    canvas = Canvas(width, height)
    n, m = scene.state.network.w(seen.layer).shape
    spare = height - len(g.rows) - 1 - g.beside - _below(seen, g.beside)
    top = int(spare >= 2)
    if g.beside:
        _gradient_heading(canvas, scene, seen, g, top)
        top += 1
    _heading(canvas, scene, seen, g, top)
    _numbers(canvas, scene, seen, g, top + 1)
    below = top + 1 + len(g.rows)
    if seen.columns_read:
        _column_sums(canvas, scene, seen, g, below + (spare >= 3 or (spare == 1)), height)
    elif seen.row is not None and (not g.beside or spare >= 3) and below < height:
        _line_below(canvas, scene, seen, g, below + (g.beside or spare >= 3))
    return Panel(*_title(scene, seen, g, n, m), canvas.rows(), title_accent=scene.view.panel == "matrix")


def number_at(scene: Scene, seen: Weights, width: int, height: int, x: int, y: int) -> Cursor | None:
    """The weight or bias whose number, or whose gradient beside it, stands at a cell."""
    g = grid(scene, seen, width, height)
    spare = height - len(g.rows) - 1 - g.beside - _below(seen, g.beside)
    row = y - int(spare >= 2) - int(g.beside) - 1
    if not 0 <= row < len(g.rows):
        return None
    j = g.rows.start + row
    if g.bias_at - g.cell <= x < g.bias_at:
        return Cursor(seen.layer, j, bias=True)
    for start in (g.label, g.gradients_at) if g.beside else (g.label,):
        column = (x - start) // g.cell
        if 0 <= column < len(g.columns):
            return Cursor(seen.layer, j, g.columns.start + column)
    return None


def _title(scene: Scene, seen: Weights, g: Grid, n: int, m: int) -> tuple[str, str]:
    title = typeset(f"w^{shown(seen.layer)}", scene.glyphs)
    if len(g.rows) < n:
        at = shown(seen.row) if seen.row is not None else shown(g.rows.start)
        title += "  " + _("row {j} of {n}").format(j=at, n=n)
    if len(g.columns) == m:
        return title, _("weights into layer {layer}").format(layer=shown(seen.layer))
    dash = sentence("–", scene.glyphs)
    first, last = shown(g.columns.start), g.columns.stop
    return title, _("columns {first}{dash}{last} of {m}").format(first=first, dash=dash, last=last, m=m)


def _heading(canvas: Canvas, scene: Scene, seen: Weights, g: Grid, y: int) -> None:
    palette = scene.palette
    for k in g.columns:
        style = palette.accent if k == seen.column else palette.quiet
        canvas.right(g.x(k), y, f"k={k + 1}", style)
        if g.beside:
            canvas.right(g.gradients_at + (k - g.columns.start + 1) * g.cell, y, f"k={k + 1}", style)
    name = typeset(f"δ^{shown(seen.layer)}", scene.glyphs) if seen.columns_read else "b"
    canvas.right(g.bias_at, y, name, palette.accent_line if seen.bias else palette.quiet)


def _numbers(canvas: Canvas, scene: Scene, seen: Weights, g: Grid, y: int) -> None:
    network, palette = scene.state.network, scene.palette
    w, b = network.w(seen.layer), network.b(seen.layer)
    scale = network.largest_weight(seen.layer)
    number = plain([scale], g.digits(w), glyphs=scene.glyphs)
    if seen.columns_read:  # the errors that multiply the columns stand where otherwise the biases do
        b = scene.state.walk.delta(seen.layer)
    bias = plain([largest(b)], g.digits(w), glyphs=scene.glyphs)  # as the weights: their gap is wide enough
    slope = _gradient_format(scene, seen, g)
    for row, j in enumerate(g.rows):
        here = j == seen.row
        if here:
            canvas.put(0, y + row, scene.glyphs.pointer, palette.accent)
        canvas.put(1, y + row, f"j={j + 1}", palette.accent if here else palette.quiet)
        values = w[j, g.columns.start : g.columns.stop].tolist()
        for k, value in zip(g.columns, values, strict=True):
            style = palette.diverging(value, scale)
            if (seen.exact and here and k == seen.column and not seen.bias) or _meant(scene, j, k):
                style = palette.badge
            canvas.right(g.x(k), y + row, number(value).rjust(g.cell), style)
        on_bias = here and seen.bias
        text = bias(float(b[j]))
        canvas.right(g.bias_at, y + row, text, palette.badge if on_bias else palette.ink)
        if g.beside:
            slopes = gradient_row(scene.state, seen.layer, j, g.columns)
            _slopes(canvas, scene, seen, g, y + row, g.gradients_at, slopes, slope, here)


def _meant(scene: Scene, j: int, k: int) -> bool:
    """Whether the symbol under the cursor stands for this weight."""
    symbol = scene.symbol
    return symbol is not None and symbol.kind == "w" and symbol.j in (None, j) and symbol.k in (None, k)


def _gradient_format(scene: Scene, seen: Weights, g: Grid) -> NumberFormat:
    matrix = scene.state.walk.grad_w(seen.layer)
    digits = g.digits(matrix)
    return shared([largest(matrix)], digits, least=1e-3 if digits >= 9 else 0.01, glyphs=scene.glyphs)


def _slopes(
    canvas: Canvas, scene: Scene, seen: Weights, g: Grid, y: int, x: int, slopes: Sequence[float | None],
    number: NumberFormat, here: bool,
) -> None:  # fmt: skip
    """One neuron's gradients from cell x on: on grounds of their own scale, or dots."""
    palette, matrix = scene.palette, scene.state.walk.grad_w(seen.layer)
    scale = largest(matrix)
    for i, slope in enumerate(slopes):
        style: Style = palette.faint if slope is None else palette.diverging(slope, scale)
        if slope is not None and here and seen.exact and g.columns.start + i == seen.column:
            style = palette.badge
        canvas.right(x + (i + 1) * g.cell, y, number(slope).rjust(g.cell), style)


def _gradient_heading(canvas: Canvas, scene: Scene, seen: Weights, g: Grid, y: int) -> None:
    name = typeset(f"∂C/∂w^{shown(seen.layer)}", scene.glyphs)
    there = any(s is not None for j in g.rows for s in gradient_row(scene.state, seen.layer, j, g.columns))
    text = f"{name} {_gradient_format(scene, seen, g).label}" if there else _("{name} at step 5").format(name=name)
    end = g.gradients_at + len(g.columns) * g.cell
    style = scene.palette.accent_line if there else scene.palette.faint
    canvas.right(end, y, sentence(text.strip(), scene.glyphs), style)
    canvas.right(g.label + len(g.columns) * g.cell, y, _("weights"), scene.palette.quiet)


def _line_below(canvas: Canvas, scene: Scene, seen: Weights, g: Grid, y: int) -> None:
    """Below the weights what they are multiplied with; from step 5 on the gradients of the cursor's neuron."""
    assert seen.row is not None
    slopes = gradient_row(scene.state, seen.layer, seen.row, g.columns)
    if not g.beside and any(s is not None for s in slopes):
        number = _gradient_format(scene, seen, g)
        mark = sentence("∂", scene.glyphs) + number.label.removeprefix("×")
        canvas.put(1, y, mark[: g.label - 1], scene.palette.accent_line)
        _slopes(canvas, scene, seen, g, y, g.label, slopes, number, True)
        return
    before = seen.layer - 1
    there = known_count(scene.state, "a", before)
    inputs = scene.state.walk.a(before)
    number = plain([largest(inputs)], g.digits(inputs), glyphs=scene.glyphs)
    canvas.put(1, y, typeset(f"a^{shown(before)}", scene.glyphs), scene.palette.quiet)
    for k in g.columns:
        canvas.right(g.x(k), y, number(float(inputs[k]) if k < there else None), scene.palette.quiet)


def _column_sums(canvas: Canvas, scene: Scene, seen: Weights, g: Grid, y: int, height: int) -> None:
    """(w^l)^T δ^l: what BP2 makes of the columns."""
    state, palette = scene.state, scene.palette
    delta = state.walk.delta(seen.layer)
    sums = delta @ state.network.w(seen.layer)
    layer = shown(seen.layer)
    name = typeset(f"(w^{layer})^T δ^{layer}", scene.glyphs)
    number = plain([largest(sums)], g.digits(sums), glyphs=scene.glyphs)
    if y + 1 < height:
        told = _("{name}: errors sent back to each neuron k").format(name=name)
        canvas.put(1, y, sentence(told, scene.glyphs), palette.quiet)
        y += 1
    there = known_count(state, "delta", seen.layer - 1)
    for k in g.columns:
        value = float(sums[k]) if k < there else None
        canvas.right(g.x(k), y, number(value), palette.accent if k == seen.column else palette.ink)
