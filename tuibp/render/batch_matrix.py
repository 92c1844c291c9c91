"""∂C/∂w of one layer as a mini-batch has it, a mean a cell, with the biases' beside them."""

from __future__ import annotations

from tuibp.core.index import shown
from tuibp.core.mini_batch import MiniBatch
from tuibp.core.network import largest
from tuibp.locale import _
from tuibp.render.canvas import Canvas
from tuibp.render.numbers import shared
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence, typeset
from tuibp.render.weights import Weights
from tuibp.render.window import page

WIDTHS = (10, 9, 8, 7)
"""Cells of a number, its gap included, the widest that fits first."""


def mean_matrix(scene: Scene, batch: MiniBatch, seen: Weights, width: int, height: int) -> Panel:
    """Rows are neurons, columns what they read; of a large matrix the part around the cursor."""
    palette, g, layer = scene.palette, scene.glyphs, seen.layer
    means, biases = batch.mean_grad_w[layer], batch.mean_delta[layer]
    n, m = means.shape
    label = len(f"j={shown(n - 1)}") + 2
    cell = next((c for c in WIDTHS if label + (m + 1) * c + 2 <= width), WIDTHS[-1])
    column = int(abs(means[seen.row or 0]).argmax()) if seen.column is None else seen.column
    columns = page(m, max((width - label - 2) // cell - 1, 1), column)
    rows = page(n, max(height - 1, 1), seen.row or 0)
    number = shared([largest(means), largest(biases)], cell - 1, least=0.1, most_decimals=5, glyphs=g)
    scale = largest(means)
    canvas = Canvas(width, height)
    bias_at = label + len(columns) * cell + 2 + cell
    for at, k in enumerate(columns, start=1):
        style = palette.accent if k == seen.column else palette.quiet
        canvas.right(label + at * cell, 0, f"k={shown(k)}", style)
    biased = bias_at <= width
    if biased:
        canvas.right(bias_at, 0, typeset("∂C/∂b", g), palette.accent_line if seen.bias else palette.quiet)
    for y, j in enumerate(rows, start=1):
        here = j == seen.row
        if here:
            canvas.put(0, y, g.pointer, palette.accent)
        canvas.put(1, y, f"j={shown(j)}", palette.accent if here else palette.quiet)
        for at, k in enumerate(columns, start=1):
            value = float(means[j, k])
            chosen = here and seen.exact and not seen.bias and k == seen.column
            style = palette.badge if chosen else palette.diverging(value, scale)
            canvas.right(label + at * cell, y, number(value).rjust(cell), style)
        if biased:
            canvas.right(bias_at, y, number(float(biases[j])), palette.badge if here and seen.bias else palette.ink)
    title = typeset(f"∂C/∂w^{shown(layer)}", g) + (f" {number.label}" if number.label else "")
    note = _("mean")
    if len(columns) < m:
        dash = sentence("–", g)
        first, last = shown(columns.start), columns.stop
        note = _("mean, columns {first}{dash}{last} of {m}").format(first=first, dash=dash, last=last, m=m)
    return Panel(title, note, canvas.rows(), title_accent=scene.view.panel == "matrix")
