"""What the neuron under the cursor says all over the plane, large, and how that lies to the data's classes."""

from __future__ import annotations

from tuibp.core.index import shown
from tuibp.core.notation import of_neuron
from tuibp.core.plane import Parted, parted
from tuibp.locale import _
from tuibp.render.canvas import Canvas
from tuibp.render.lines import width_of, wrap
from tuibp.render.plane import draw_plane, legend
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence, typeset

MARGIN = 2
LEAST = 3
"""Rows of a plane in which something can be seen."""


def plane_panel(scene: Scene, width: int, height: int) -> Panel:
    """The panel's inside: the plane as large as leaves room for the sentence under it."""
    layer, j = scene.cursor.layer, scene.cursor.j
    network, data = scene.state.network, scene.state.preset.data
    canvas, palette = Canvas(width, height), scene.palette
    lines = wrap(" ".join(_said(scene, parted(network, data, layer, j))), width - MARGIN - 1)
    rows = min(height - len(lines) - 3, (width - 2 * MARGIN) // 2)
    if rows < LEAST:
        rows, lines = min(height - 1, (width - 2 * MARGIN) // 2), []
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


def _said(scene: Scene, told: Parted | None) -> list[str]:
    """Only what was counted: the cuts that it is made of, and on which side of it the examples lie."""
    if told is None or 0 in told.of:
        return []
    layer, last = scene.cursor.layer, scene.state.network.last
    names = scene.state.preset.data.class_names or ("0", "1")
    said = []
    if layer == 1:
        said.append(_("A straight cut."))
    elif layer == 2:
        cuts = {"n": scene.state.network.sizes[1], "layer": shown(1), "count": told.cuts}
        said.append(_("Made of {n} straight cuts in layer {layer}; {count} cross this square.").format(**cuts))
    if layer == last and scene.state.network.sizes[last] == 1:
        said.append(_("It has {right} of {n} points right.").format(right=told.right, n=sum(told.of)))
    else:
        said.append(
            _("High at {p} of the {n} points of {first} and {q} of the {m} of {second}.").format(
                p=told.high[0], n=told.of[0], first=names[0], q=told.high[1], m=told.of[1], second=names[1]
            )
        )
    return said
