"""Some neurons and wires of the network drawn bright, and the rest quiet: what a path or a line of a proof is about."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np
from rich.style import Style

from tuibp.core.network import Array
from tuibp.render.block import Block
from tuibp.render.canvas import Canvas
from tuibp.render.lens import LensValues
from tuibp.render.scene import Scene
from tuibp.render.tiles import name_of, tile_text
from tuibp.render.wires import LEAST_ROOM, MOST, Wire, draw_wires

Pair = tuple[int, int]
"""(j, k): the wire into neuron j from neuron k before it."""


def light(canvas: Canvas, scene: Scene, block: Block, values: LensValues, neuron: int) -> None:
    """A neuron of the path: its tile in the accent, its name too."""
    at = block.pixel(neuron) if block.tile == "image" else block.place(neuron)
    if at is None:
        return
    palette = scene.palette
    if block.tile in ("single", "double"):
        form = values.format(block.cell_width - 1, scene, block.tight)
        canvas.put(*at, tile_text(form, float(values.values[neuron]), block), palette.badge)
        if block.label:
            canvas.right(at[0] - 1, at[1], name_of(scene, block.layer, neuron)[: block.label - 1], palette.accent)
    else:
        canvas.put(*at, "@" if scene.glyphs.ascii else "█", palette.accent)


def connect_lit(
    canvas: Canvas, scene: Scene, left: Block, right: Block, factors: Array, own: Collection[Pair], apart: bool = False
) -> None:
    """Wires between two layers by their factors (n, n_in), those of `own` in full colour; or, set `apart`, in the
    accent, where it matters which they are and not how strong."""
    x = left.x + left.width - left.label
    width = right.x - right.label - x - (right.label > 0)
    if width < LEAST_ROOM:
        return
    largest = float(np.abs(factors).max(initial=0.0))
    wires = []
    for j, k in _pairs(left, right, factors, own):
        start, end = _row(left, k), _row(right, j)
        if start is not None and end is not None:
            value = float(factors[j, k])
            style = _set_apart(scene, (j, k) in own) if apart else _style(scene, value, largest, (j, k) in own)
            wires.append(Wire(start, end, value, style, abs(value) / (largest or 1.0) + 2 * ((j, k) in own)))
    draw_wires(canvas, x, width, wires, scene.glyphs)


def _pairs(left: Block, right: Block, factors: Array, own: Collection[Pair]) -> Iterator[Pair]:
    n, n_in = factors.shape
    if left.spreads and right.spreads and n * n_in <= MOST:
        yield from ((j, k) for j in range(n) for k in range(n_in))
    else:
        yield from list(own)[:MOST]


def _row(block: Block, neuron: int) -> int | None:
    return block.pixel(neuron)[1] if block.tile == "image" else block.anchor(neuron)


def _style(scene: Scene, value: float, largest: float, own: bool) -> Style:
    """Full colour on the path; elsewhere by |∂a/∂a|, and quiet enough that the path stands out."""
    strength = (abs(value) / largest) ** 0.7 if 0 < largest < float("inf") and value == value else 0.0
    return scene.palette.blend("negative" if value < 0 else "positive", 1.0 if own else 0.2 + 0.35 * strength)


def _set_apart(scene: Scene, own: bool) -> Style:
    return scene.palette.accent_line if own else scene.palette.line
