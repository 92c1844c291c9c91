"""The network with rate factors on its wires and one path from a weight to the cost drawn bright (53)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tuibp.core.rate_factors import RateFactors
from tuibp.locale import _
from tuibp.render.canvas import Canvas
from tuibp.render.headings import draw_heading
from tuibp.render.layout import layout
from tuibp.render.lens import shown
from tuibp.render.lit import connect_lit, light
from tuibp.render.marks import Marks
from tuibp.render.network import wanted
from tuibp.render.scene import Panel, Scene
from tuibp.render.tiles import draw_tiles
from tuibp.render.typeset import sentence


def paths_network(scene: Scene, path: Sequence[int], rates: RateFactors, width: int, height: int) -> Panel:
    """`path` has a neuron a layer, from that of the parameter to the output; empty draws no path.

    Where the parameter under the cursor is a weight, the neuron that it comes from belongs to the path as well.
    """
    canvas = Canvas(width, height)
    last = scene.state.network.last
    way = {last - len(path) + 1 + n: j for n, j in enumerate(path)}
    first = min(way, default=0)
    if first > 0 and scene.cursor.k is not None and scene.cursor.layer == first:
        way[first - 1] = scene.cursor.k
    want = replace(wanted(scene, width, height), singles=True, margin=1, least_margin=1, zoom=())
    plan = layout(want, scene.cursor.layer, scene.cursor.j)
    for n, block in enumerate(plan.blocks):
        values = shown(replace(scene, lens="a"), block.layer, "a")
        values = replace(values, known=values.values.size)
        draw_tiles(canvas, scene, block, values, Marks((), False, None))
        if block.layer in way:
            light(canvas, scene, block, values, way[block.layer])
        following = plan.blocks[n + 1] if n + 1 < len(plan.blocks) else None
        until = following.x - following.label - 1 if following else width
        line = replace(block, tile="box")  # whose heading says no lens
        draw_heading(canvas, scene, plan.heading, line, until - block.x + block.label, values, Marks((), False, None))
    for left, right in pairwise(plan.blocks):
        both = left.layer in way and right.layer in way
        own = [(way[right.layer], way[left.layer])] if both else []
        connect_lit(canvas, scene, left, right, rates.into(right.layer), own)
    derivative = sentence("∂a/∂a", scene.glyphs)
    return Panel(_("Network"), _("rate factors {derivative} on the wires").format(derivative=derivative), canvas.rows())
