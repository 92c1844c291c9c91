"""A neuron's function and its derivative, large: where it works now, and where on it the data is."""

from __future__ import annotations

import numpy as np

from tuibp.core.activations import ACTIVATIONS
from tuibp.core.index import shown
from tuibp.core.notation import of_neuron
from tuibp.locale import _
from tuibp.render.canvas import Canvas
from tuibp.render.dots import draw_curve
from tuibp.render.function_curve import function_curve, span_of
from tuibp.render.lines import Row, fitted
from tuibp.render.numbers import significant
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence, typeset
from tuibp.session.reach import known

LEFT = 5


def why_no_function(scene: Scene) -> str:
    """Why the neuron under the cursor has no curve to look at; empty where it has one."""
    layer, j = scene.cursor.layer, scene.cursor.j
    if layer == 0:
        return _("An input has no function; choose a neuron behind it.")
    if scene.state.network.couples(layer):
        return _("Softmax is no curve: each output depends on every z of its layer.")
    if not known(scene.state, "z", layer, j):
        return _("Its z is not computed yet; step 2 does that.")
    return "" if np.isfinite(scene.state.walk.z(layer)[j]) else _("Its z is not finite.")


def function_page(scene: Scene, width: int, height: int) -> Panel:
    """f above and f′ below, each over the same z."""
    layer, j = scene.cursor.layer, scene.cursor.j
    upper = (height + 1) // 2
    rows = [
        *function_curve(scene, layer, j, width, upper, widest=width),
        *_slope(scene, layer, j, width, height - upper),
    ]
    symbol = ACTIVATIONS[scene.state.network.activation_of(layer, j)].symbol
    title = sentence(_("{f} and {f}′").format(f=symbol), scene.glyphs)
    return Panel(title, _("neuron {j} of layer {layer}").format(j=shown(j), layer=shown(layer)), rows)


def _slope(scene: Scene, layer: int, j: int, width: int, height: int) -> list[Row]:
    """The derivative with the point on it."""
    palette, g, network = scene.palette, scene.glyphs, scene.state.network
    function, z = ACTIVATIONS[network.activation_of(layer, j)], float(scene.state.walk.z(layer)[j])
    span, rows, across = span_of(scene, layer, j), height - 2, width - LEFT - 2
    canvas = Canvas(width, height)
    at = np.linspace(-span, span, 2 * across)
    slopes = function.derivative(at, function.value(at))
    here = float(function.derivative(np.array([z]), function.value(np.array([z])))[0])
    top = float(max(slopes.max(), here)) or 1.0
    name = typeset(function.symbol + chr(39), g)
    canvas.put(2, 0, name, palette.ink)
    told = _("{share} of at most {most}").format(
        share=significant(here, 2, g), most=significant(function.steepest, 2, g)
    )
    canvas.put(3 + len(name), 0, told, palette.quiet)
    draw_curve(canvas, LEFT, 1, slopes / top, rows, palette.quiet, g)
    x = LEFT + min(int((z + span) / (2 * span) * across), across - 1)
    canvas.put(x, 1 + min(int((1.0 - here / top) * rows), rows - 1), sentence("◆", g), palette.strong)
    canvas.right(LEFT - 1, 1, significant(top, 2, g), palette.quiet)
    canvas.right(LEFT - 1, rows, "0", palette.quiet)
    value = f"{typeset(of_neuron('z', layer, j), g)} = {significant(z, 3, g)}"
    canvas.put(max(min(x - len(value) // 2, width - len(value) - 1), LEFT), height - 1, value, palette.accent_line)
    return [fitted(row, width) for row in canvas.rows()]
