"""The function of a neuron where it works now: its curve, the point on it, the tangent, and the data's z below."""

from __future__ import annotations

import numpy as np
from rich.cells import cell_len

from tuibp.core.activations import ACTIVATIONS
from tuibp.core.network import Array
from tuibp.core.notation import of_neuron
from tuibp.locale import _
from tuibp.render.canvas import Canvas
from tuibp.render.dots import draw_bars, draw_curve
from tuibp.render.layout import Layout
from tuibp.render.lines import Row, fitted
from tuibp.render.numbers import significant
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence, typeset
from tuibp.session.reach import known
from tuibp.session.spread import spread_of

LEAST = 6
"""Rows that the picture needs, its heading and foot included."""
MOST = 12
WIDEST = 48
"""Cells of a curve beside other things."""
FEET, SHORTEST, TALLEST = 4, 3, 7
"""Rows below the curves of a chain; rows of one, at least and at most."""
FLAT = 0.1
"""Below this share of its steepest a slope is called flat."""


def curve_fits(scene: Scene, layer: int, j: int, height: int) -> bool:
    """Whether there is room, and a z to draw: softmax is no curve, as every output hangs on every z."""
    if layer == 0 or height < LEAST or not known(scene.state, "z", layer, j):
        return False
    z = float(scene.state.walk.z(layer)[j])
    return np.isfinite(z) and not scene.state.network.couples(layer)


def curve_panel(scene: Scene, width: int, height: int) -> Panel | None:
    """The curve of the cursor's neuron as a panel of its own; None where there is none to draw."""
    layer, j = scene.cursor.layer, scene.cursor.j
    if not curve_fits(scene, layer, j, height + 1):
        return None
    rows = function_curve(scene, layer, j, width, height + 1)[1:]
    symbol = ACTIVATIONS[scene.state.network.activation_of(layer, j)].symbol
    title = sentence(f"{symbol} " + _("where it works now"), scene.glyphs)
    return Panel(title, typeset(of_neuron("z", layer, j), scene.glyphs), rows)


def function_curve(scene: Scene, layer: int, j: int, width: int, height: int, widest: int = WIDEST) -> list[Row]:
    """`height` rows: a heading, the curve, and below it the range of z with the slope at the point."""
    palette, g = scene.palette, scene.glyphs
    symbol = scene.state.network.function(layer, j).symbol
    left, rows = 5, height - 2
    across = min(width - left - 2, widest)
    canvas = Canvas(width, height)
    canvas.put(2, 0, sentence(f"{symbol} ", g), palette.ink)
    canvas.put(3 + cell_len(symbol), 0, _("where it works now"), palette.quiet)
    slope, (low, high) = put_curve(canvas, scene, layer, j, left, 1, across, rows)
    canvas.right(left - 1, 1, significant(high, 2, g), palette.quiet)
    canvas.right(left - 1, rows, significant(low, 2, g), palette.quiet)
    span, data = span_of(scene, layer, j), spread_of(scene.state, layer, j)
    _foot(canvas, scene, layer, j, left, across, span, slope, data)
    return [fitted(row, width) for row in canvas.rows()]


def put_curve(
    canvas: Canvas, scene: Scene, layer: int, j: int, left: int, top: int, across: int, rows: int
) -> tuple[float, tuple[float, float]]:
    """The curve from cell (left, top) on, `across` cells by `rows`; returns the slope at the point and (low, high), the
    ends of what is drawn."""
    state, palette, g = scene.state, scene.palette, scene.glyphs
    function, z = state.network.function(layer, j), float(state.walk.z(layer)[j])
    data, span = spread_of(state, layer, j), span_of(scene, layer, j)
    at = np.linspace(-span, span, 2 * across)
    curve = function.value(at)
    low, high = function.ends or (float(curve.min()), float(curve.max()))
    a, slope = float(function.value(np.array([z]))[0]), _slope(scene, layer, j, z)

    def share(values: Array) -> Array:
        scaled: Array = (values - low) / (high - low)
        return scaled

    if data is not None:
        counts = np.histogram(np.clip(data, -span, span), bins=2 * across, range=(-span, span))[0]
        draw_bars(canvas, left, top + rows - 1, counts.astype(np.float64), palette.quiet, g)
    draw_curve(canvas, left, top, share(curve), rows, palette.quiet, g)
    near = np.abs(at - z) <= span / 4
    tangent = np.where(near, share(a + slope * (at - z)), np.nan)
    tangent = np.where((tangent < 0.0) | (tangent > 1.0), np.nan, tangent)
    draw_curve(canvas, left, top, tangent, rows, palette.accent_line, g)
    point_x = left + min(int((z + span) / (2 * span) * across), across - 1)
    point_y = min(int((1.0 - float(share(np.array([a]))[0])) * rows), rows - 1)
    canvas.put(point_x, top + max(point_y, 0), sentence("◆", g), palette.strong)
    return slope, (low, high)


def draw_chain(canvas: Canvas, scene: Scene, plan: Layout) -> None:
    """Under each box of a network with one neuron a layer its function where it works now, where rows are free."""
    if not plan.blocks or max(scene.state.network.sizes[1:]) > 1 or any(b.tile != "box" for b in plan.blocks):
        return
    top, end = max(b.y + b.height for b in plan.blocks) + 1, canvas.height - FEET
    while top < end and "".join(canvas.characters[top]).strip():
        top += 2
    rows = min(end - top, TALLEST)
    if rows < SHORTEST:
        return
    for block in plan.blocks[1:]:
        if not curve_fits(scene, block.layer, 0, LEAST):
            continue
        slope, _ends = put_curve(canvas, scene, block.layer, 0, block.x, top, block.cell_width, rows)
        symbol = typeset(scene.state.network.function(block.layer, 0).symbol + "'", scene.glyphs)
        x = canvas.put(block.x, top + rows, f"{symbol} ", scene.palette.quiet)
        canvas.put(x, top + rows, significant(slope, 2, scene.glyphs), scene.palette.ink)


def span_of(scene: Scene, layer: int, j: int) -> float:
    """How far to either side of 0 a neuron's function is drawn."""
    name = scene.state.network.activation_of(layer, j)
    return _span(name, float(scene.state.walk.z(layer)[j]), spread_of(scene.state, layer, j))


def _span(name: str, z: float, data: Array | None) -> float:
    """So far that the point and nearly all of the data can be seen."""
    furthest = max(abs(z), 0.0 if data is None else float(np.quantile(np.abs(data), 0.95)))
    span = ACTIVATIONS[name].span
    return max(span, 1.15 * furthest) if np.isfinite(furthest) else span


def _slope(scene: Scene, layer: int, j: int, z: float) -> float:
    function = ACTIVATIONS[scene.state.network.activation_of(layer, j)]
    at = np.array([z])
    return float(function.derivative(at, function.value(at))[0])


def _foot(
    canvas: Canvas, scene: Scene, layer: int, j: int, left: int, across: int, span: float, slope: float,
    data: Array | None,
) -> None:  # fmt: skip
    palette, g, y = scene.palette, scene.glyphs, canvas.height - 1
    function = ACTIVATIONS[scene.state.network.activation_of(layer, j)]
    end = significant(span, 2, g)
    canvas.put(left, y, g.minus + end, palette.quiet)
    canvas.right(left + across, y, f"z {end}", palette.quiet)
    name, value = f"{_('slope')} {typeset(function.symbol + chr(39), g)} ", significant(slope, 2, g)
    state = condition(function.name, slope / function.steepest, data)
    text = name + value + (f" {state}" if state else "")
    if cell_len(text) + len(end) * 2 + 6 > across:
        text, name = value + (f" {state}" if state else ""), ""
    x = left + (across - cell_len(text)) // 2
    x = canvas.put(x, y, sentence(name, g), palette.quiet)
    x = canvas.put(x, y, value, palette.accent_line)
    canvas.put(x, y, f" {state}" if state else "", palette.ink)


def condition(name: str, share: float, data: Array | None) -> str:
    """What the place on the curve means: saturated, off, dead; empty where the function is as steep as it should be.

    `share` is f' here over the steepest there is; a relu is dead where it is off for all of the data looked at.
    """
    if ACTIVATIONS[name].below == 0.0:
        if data is not None and bool((data <= 0).all()):
            return _("dead")
        return _("off") if share == 0.0 else ""
    return _("saturated") if ACTIVATIONS[name].ends is not None and share < FLAT else ""
