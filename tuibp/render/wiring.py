"""Which weights are drawn as wires between two blocks, how bright, and whose values stand on them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np

from tuibp.core.network import Array
from tuibp.render.block import Block
from tuibp.render.canvas import Canvas
from tuibp.render.numbers import alone
from tuibp.render.scene import Scene
from tuibp.render.wires import LEAST_ROOM, MOST, Wire, draw_wires
from tuibp.session.reach import reads

CLEAR = 8
"""Cells of a gap in which wires that cross can be told apart."""
VALUE = 5
"""Cells of a weight written on its wire."""


def connect(canvas: Canvas, scene: Scene, left: Block, right: Block, largest: float) -> None:
    """Draw the weights between two neighbouring blocks, if both are single columns with room between them."""
    x = left.x + left.cell_width
    width = right.x - right.label - x
    if not (left.spreads and right.spreads) or width < LEAST_ROOM or left.layer + 1 != right.layer:
        return
    before, after = left.tile == "single" and not left.ends_empty, right.tile != "box"
    x, width = x + before, width - before - after  # no wire touches a number
    w = scene.state.network.w(right.layer)
    pairs = list(_pairs(scene, w, right.layer, width))
    read = ("w", right.layer) in reads(scene.state) and scene.symbol is None
    wires = [_wire(scene, left, right, w, j, k, read, largest) for j, k in pairs]
    own = own_weights(scene, right.layer, w.shape)
    draw_wires(canvas, x, width, wires, scene.glyphs)
    if width >= VALUE + 2 and len(own) <= 6:
        _values(canvas, scene, left, right, w, own, x, width)


def strongest(scene: Scene, blocks: tuple[Block, ...]) -> float:
    """The largest |w| of the layers whose wires may be seen."""
    sizes = [
        float(np.abs(scene.state.network.w(b.layer)).max())
        for a, b in itertools.pairwise(blocks)
        if a.spreads and b.spreads
    ]
    return max(sizes, default=0.0)


def own_weights(scene: Scene, layer: int, shape: tuple[int, ...]) -> list[tuple[int, int]]:
    """The (j, k) of this layer's weights that make the number under the cursor at this step."""
    cursor = scene.cursor
    n, n_in = shape
    if scene.symbol is not None:
        from tuibp.render.symbol_parts import wires_of

        return wires_of(scene.symbol, layer, shape)
    if cursor.layer == layer and cursor.k is not None:
        return [(cursor.j, cursor.k)]
    backwards = cursor.layer == 0 or (scene.lens == "delta" and cursor.layer < scene.state.network.last)
    if backwards and cursor.layer == layer - 1:
        return [(j, cursor.j) for j in range(n)]
    if not backwards and cursor.layer == layer and not cursor.bias:
        return [(cursor.j, k) for k in range(n_in)]
    return []


def _pairs(scene: Scene, w: Array, layer: int, width: int) -> Iterator[tuple[int, int]]:
    """All that can be told apart; in a narrow gap or of very many only the cursor's own."""
    n, n_in = w.shape
    if n * n_in <= MOST and (width >= CLEAR or n_in == 1):
        yield from ((j, k) for j in range(n) for k in range(n_in))
    else:
        yield from own_weights(scene, layer, w.shape)


def _wire(scene: Scene, left: Block, right: Block, w: Array, j: int, k: int, read: bool, largest: float) -> Wire:
    start, end = left.anchor(k), right.anchor(j)
    assert start is not None
    assert end is not None
    value = float(w[j, k])
    strength = (abs(value) / largest) ** 0.7 if 0 < largest < float("inf") and value == value else 0.0
    own = (j, k) in own_weights(scene, right.layer, w.shape)
    chosen = own and (scene.symbol is not None or (scene.cursor.layer == right.layer and scene.cursor.k is not None))
    if chosen:
        style = scene.palette.accent_line
    else:
        share = (0.55 if own and read else 0.3 if read else 0.18) + (0.45 if own and read else 0.4) * strength
        style = scene.palette.blend("negative" if value < 0 else "positive", share)
    return Wire(start, end, value, style, 2 * chosen + (own and read) + strength)


def _values(
    canvas: Canvas, scene: Scene, left: Block, right: Block, w: Array, own: list[tuple[int, int]], x: int, width: int
) -> None:
    """Each of the cursor's weights on its wire, where the wires have parted, no other value stands and no heading."""
    taken: set[int] = set()
    into = len({j for j, _k in own}) == 1 and len(own) > 1
    for j, k in own:
        start, end = left.anchor(k), right.anchor(j)
        assert start is not None
        assert end is not None
        value = float(w[j, k])
        if not np.isfinite(value):
            continue
        text = alone(value, VALUE, glyphs=scene.glyphs).strip()
        for share in (0.28, 0.4, 0.2) if into else (0.62, 0.5, 0.75):
            y = round(start + (end - start) * share)
            y -= start == end  # above a level wire, not on it
            at = x + min(max(round(width * share - len(text) / 2), 0), width - len(text))
            if y not in taken and y + 1 not in taken and min(left.y, right.y) <= y < canvas.height:
                canvas.put(at, y, text, scene.palette.signed(value))
                for beside in (at - 1, at + len(text)):
                    if x <= beside < x + width:
                        canvas.put(beside, y, " ")
                taken.add(y)
                break
