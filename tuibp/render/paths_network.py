"""The network with rate factors on its wires and one path from a weight to the cost drawn bright (53)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from rich.style import Style

from tuibp.core.network import Array
from tuibp.core.rate_factors import RateFactors
from tuibp.locale import _
from tuibp.render.block import Block
from tuibp.render.canvas import Canvas
from tuibp.render.headings import draw_heading
from tuibp.render.layout import layout
from tuibp.render.lens import Shown, shown
from tuibp.render.marks import Marks
from tuibp.render.network import wanted
from tuibp.render.scene import Panel, Scene
from tuibp.render.tiles import draw_tiles, name_of
from tuibp.render.wires import LEAST_ROOM, MOST, Wire, draw_wires


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
            _light(canvas, scene, block, values, way[block.layer])
        following = plan.blocks[n + 1] if n + 1 < len(plan.blocks) else None
        until = following.x - following.label - 1 if following else width
        line = replace(block, tile="box")  # whose heading says no lens
        draw_heading(canvas, scene, plan.heading, line, until - block.x + block.label, values, Marks((), False, None))
    for left, right in pairwise(plan.blocks):
        _connect(canvas, scene, left, right, rates.into(right.layer), way)
    derivative = "da/da" if scene.glyphs.ascii else "∂a/∂a"
    return Panel(_("Network"), _("rate factors {derivative} on the wires").format(derivative=derivative), canvas.rows())


def _light(canvas: Canvas, scene: Scene, block: Block, values: Shown, neuron: int) -> None:
    """A neuron of the path: its tile in the accent, its name too."""
    at = block.pixel(neuron) if block.tile == "image" else block.place(neuron)
    if at is None:
        return
    palette = scene.palette
    if block.tile in ("single", "double"):
        form = values.format(block.cell_width - 1, scene)
        canvas.put(*at, form(float(values.values[neuron])) + " ", palette.badge)
        if block.label:
            canvas.right(at[0] - 1, at[1], name_of(scene, block.layer, neuron)[: block.label - 1], palette.accent)
    else:
        canvas.put(*at, "@" if scene.glyphs.ascii else "█", palette.accent)


def _connect(canvas: Canvas, scene: Scene, left: Block, right: Block, factors: Array, way: dict[int, int]) -> None:
    x = left.x + left.width - left.label
    width = right.x - right.label - x - (right.label > 0)
    if width < LEAST_ROOM:
        return
    own = (way[right.layer], way[left.layer]) if left.layer in way and right.layer in way else None
    largest = float(np.abs(factors).max(initial=0.0))
    wires = []
    for j, k in _pairs(left, right, factors, own):
        start, end = _row(left, k), _row(right, j)
        if start is not None and end is not None:
            value = float(factors[j, k])
            style = _style(scene, value, largest, (j, k) == own)
            wires.append(Wire(start, end, value, style, abs(value) / (largest or 1.0) + 2 * ((j, k) == own)))
    draw_wires(canvas, x, width, wires, scene.glyphs)


def _pairs(left: Block, right: Block, factors: Array, own: tuple[int, int] | None) -> Iterator[tuple[int, int]]:
    n, n_in = factors.shape
    if left.spreads and right.spreads and n * n_in <= MOST:
        yield from ((j, k) for j in range(n) for k in range(n_in))
    elif own is not None:
        yield own


def _row(block: Block, neuron: int) -> int | None:
    return block.pixel(neuron)[1] if block.tile == "image" else block.anchor(neuron)


def _style(scene: Scene, value: float, largest: float, own: bool) -> Style:
    """Full colour on the path; elsewhere by |∂a/∂a|, and quiet enough that the path stands out."""
    strength = (abs(value) / largest) ** 0.7 if 0 < largest < float("inf") and value == value else 0.0
    return scene.palette.blend("negative" if value < 0 else "positive", 1.0 if own else 0.2 + 0.35 * strength)
