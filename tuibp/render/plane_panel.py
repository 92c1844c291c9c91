"""What the neuron under the cursor says all over the plane, large, and how that lies to the classes of the data. Of an
output, whose plane stands large in the grid already, what it reads most."""

from __future__ import annotations

import numpy as np

from tuibp.core.index import shown
from tuibp.core.network import Network
from tuibp.core.notation import of_neuron
from tuibp.core.plane import parted
from tuibp.locale import _
from tuibp.render.canvas import Canvas
from tuibp.render.lines import width_of, wrap
from tuibp.render.numbers import significant
from tuibp.render.plane import draw_plane, legend
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence, typeset

MARGIN = 2
LEAST, SEEN = 3, 5
"""Rows of a plane in which something can be seen; rows that are worth more than another sentence."""


def plane_panel(scene: Scene, width: int, height: int) -> Panel:
    """The panel's inside: the plane as large as leaves room for the sentence under it."""
    layer, j = shown_for(scene.state.network, scene.cursor.layer, scene.cursor.j)
    network = scene.state.network
    canvas, palette = Canvas(width, height), scene.palette
    widest = (width - 2 * MARGIN) // 2
    said = _said(scene, layer, j)
    told = [wrap(" ".join(said[:count]), width - MARGIN - 1) for count in range(len(said), 0, -1)]
    lines = next((t for t in told if min(height - len(t) - 3, widest) >= min(SEEN, widest)), [])
    rows = max(min(height - len(lines) - 3, widest), LEAST) if lines else min(height - 1, widest)
    top = min((height - rows - len(lines) - 2) // 2, 1)
    draw_plane(canvas, scene, MARGIN, top, rows, layer, j, points=layer == network.last)
    x, y = MARGIN, top + rows
    if layer == network.last and width_of(legend(scene)) < width - x:
        for text, style in legend(scene):
            x = canvas.put(x, y, text, style)
    for row, line in enumerate(lines, start=y + 2 - (rows + len(lines) + 3 > height)):
        canvas.put(MARGIN, row, sentence(line, scene.glyphs), palette.quiet)
    title = typeset(of_neuron("a", layer, j), scene.glyphs)
    return Panel(title, _("on the plane"), canvas.rows(), title_accent=True)


def shown_for(network: Network, layer: int, j: int) -> tuple[int, int]:
    """The neuron (layer, j) whose share of the plane is shown: of an output the hidden one that it reads with the
    largest weight."""
    if layer < network.last or layer < 2:
        return layer, j
    return layer - 1, int(np.argmax(np.abs(network.w(layer)[j])))


def _said(scene: Scene, layer: int, j: int) -> list[str]:
    """Only what was counted: what the output makes of it, the cuts that it is made of, and on which side of it the
    examples lie."""
    network, data, cursor = scene.state.network, scene.state.preset.data, scene.cursor
    told = parted(network, data, layer, j)
    if told is None or 0 in told.of:
        return []
    said = []
    if layer != cursor.layer:
        weight = significant(float(network.w(cursor.layer)[cursor.j, j]), 2, scene.glyphs)
        said.append(_("The output reads this neuron most, with weight {weight}.").format(weight=weight))
    if layer == 1:
        said.append(_("A straight cut."))
    elif layer == 2:
        cuts = {"n": network.sizes[1], "layer": shown(1), "count": told.cuts}
        said.append(_("Made of {n} straight cuts in layer {layer}; {count} cross this square.").format(**cuts))
    output = parted(network, data, cursor.layer, cursor.j) if cursor.layer == network.last else None
    if output is not None and network.sizes[-1] == 1:
        said.insert(1, _("The output has {right} of {n} points right.").format(right=output.right, n=sum(output.of)))
        return said
    names = data.class_names or ("0", "1")
    fields = {"p": told.high[0], "n": told.of[0], "first": names[0]}
    fields |= {"q": told.high[1], "m": told.of[1], "second": names[1]}
    return [*said, _("High at {p} of the {n} points of {first} and {q} of the {m} of {second}.").format(**fields)]
