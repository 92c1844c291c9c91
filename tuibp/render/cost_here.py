"""Before there is a run to plot: C over one output's weighted input, with the tangent whose slope is its error."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import numpy as np

from tuibp.core.five_steps import Pass, activate, cost_of_output
from tuibp.core.network import Array
from tuibp.core.notation import of_neuron
from tuibp.locale import _
from tuibp.render.canvas import Canvas
from tuibp.render.dots import draw_curve
from tuibp.render.function_curve import span_of
from tuibp.render.lines import Row, fitted
from tuibp.render.numbers import significant
from tuibp.render.scene import Scene
from tuibp.render.typeset import sentence, typeset
from tuibp.session.reach import known

LEAST = 4
"""Rows that the picture needs, its foot included."""
LEFT = 8
"""Cells for the labels of the axis."""
WIDEST = 48
NARROWEST = 4.0
"""How far to either side of 0 C is drawn at least: of softmax no z is too far."""


_kept: WeakKeyDictionary[Pass, tuple[object, list[Row]]] = WeakKeyDictionary()


def cost_here(scene: Scene, width: int, height: int) -> list[Row]:
    """`height` rows: C of the example shown over z^L_j, all else as it is; empty where there is no curve to draw.

    Kept with the pass, because most keys leave it as it is.
    """
    state, j = scene.state, _output(scene)
    told = known(state, "delta", state.network.last, j)
    about = (j, told, width, height, state.wants_target, scene.palette, scene.glyphs)
    found = _kept.get(state.walk)
    if found is None or found[0] != about:
        found = _kept[state.walk] = about, _drawn(scene, j, told, width, height)
    return found[1]


def _drawn(scene: Scene, j: int, told: bool, width: int, height: int) -> list[Row]:
    state = scene.state
    last = state.network.last
    z = state.walk.z(last)
    if height < LEAST or state.wants_target or not np.isfinite([*z, state.walk.cost]).all():
        return []
    across, rows = min(width - LEFT - 2, WIDEST), height - 1
    span = max(span_of(scene, last, j), NARROWEST)
    at = np.linspace(-span, span, 2 * across)
    costs = cost_over(scene, j, at)
    low, high = 0.0, float(costs[np.isfinite(costs)].max(initial=0.0))
    if across < LEFT or high <= low:
        return []
    palette, g, canvas = scene.palette, scene.glyphs, Canvas(width, height)
    delta = float(state.walk.delta(last)[j])
    draw_curve(canvas, LEFT, 0, (costs - low) / (high - low), rows, palette.quiet, g)
    if told:
        tangent = (state.walk.cost + delta * (at - z[j]) - low) / (high - low)
        near = (np.abs(at - z[j]) <= span / 3) & (tangent >= 0.0) & (tangent <= 1.0)
        draw_curve(canvas, LEFT, 0, np.where(near, tangent, np.nan), rows, palette.accent_line, g)
    x = LEFT + min(int((z[j] + span) / (2 * span) * across), across - 1)
    y = min(int((1.0 - (state.walk.cost - low) / (high - low)) * rows), rows - 1)
    canvas.put(x, max(y, 0), sentence("◆", g), palette.strong)
    canvas.right(LEFT - 1, 0, significant(high, 2, g), palette.quiet)
    canvas.right(LEFT - 1, rows - 1, "0", palette.quiet)
    _foot(canvas, scene, j, across, span, delta if told else None)
    return [fitted(row, width) for row in canvas.rows()]


def cost_over(scene: Scene, j: int, at: Array) -> Array:
    """C (k,) of the example shown where output j's weighted input is each of `at` (k,) and all else is as it is."""
    network, walk = scene.state.network, scene.state.walk
    z = np.tile(walk.z(network.last), (at.size, 1))
    z[:, j] = at
    with np.errstate(all="ignore"):
        costs: Array = cost_of_output(network, z, activate(network, network.last, z), scene.state.shown.y)
    return costs


def _output(scene: Scene) -> int:
    """The output under the cursor, or the one with the largest error."""
    network, cursor = scene.state.network, scene.cursor
    if cursor.layer == network.last:
        return cursor.j
    return int(np.argmax(np.abs(scene.state.walk.delta(network.last))))


def _foot(canvas: Canvas, scene: Scene, j: int, across: int, span: float, delta: float | None) -> None:
    palette, g, y, last = scene.palette, scene.glyphs, canvas.height - 1, scene.state.network.last
    end, name = significant(span, 2, g), typeset(of_neuron("z", last, j), g)
    canvas.put(LEFT, y, g.minus + end, palette.quiet)
    canvas.right(LEFT + across, y, f"{name} {end}", palette.quiet)
    if delta is None:
        return
    label, value = sentence(_("slope") + f" {of_neuron('δ', last, j)} ", g), significant(delta, 2, g)
    label = typeset(label, g)
    if len(label + value) + 2 * len(end) + len(name) + 6 <= across:
        x = canvas.put(LEFT + (across - len(label + value) - len(name)) // 2, y, label, palette.quiet)
        canvas.put(x, y, value, palette.accent_line)
