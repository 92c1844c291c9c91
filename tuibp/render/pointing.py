"""From what is drawn to what is meant: the neuron under the mouse, where an arrow key leads, tiles of another size."""

from __future__ import annotations

from tuibp.render.block import Block
from tuibp.render.network import layout_of
from tuibp.render.scene import Scene
from tuibp.render.shape import TILES
from tuibp.session.cursor import Cursor

Zoom = tuple[tuple[int, str], ...]


def hit(scene: Scene, width: int, height: int, x: int, y: int) -> Cursor | None:
    """The neuron whose tile is drawn at a cell of the panel's inside."""
    for block in layout_of(scene, width, height).blocks:
        neuron = block.at(x, y)
        if neuron is not None:
            return Cursor(block.layer, neuron)
    return None


def neighbour(scene: Scene, width: int, height: int, direction: str) -> Cursor:
    """The neuron `up`, `down`, `left` or `right` of the cursor as drawn; at an edge the cursor's own."""
    plan, cursor = layout_of(scene, width, height), scene.cursor
    here = Cursor(cursor.layer, cursor.j)
    block = plan.block(cursor.layer)
    if block is None:
        return here
    column, row = block.cell_of(cursor.j)
    if direction in ("up", "down"):
        below = block.neuron_at(column, row + (1 if direction == "down" else -1))
        return here if below is None else Cursor(block.layer, below)
    step = 1 if direction == "right" else -1
    beside = block.neuron_at(column + step, row)
    if beside is not None:
        return Cursor(block.layer, beside)
    sizes = scene.state.network.sizes
    if not 0 <= cursor.layer + step < len(sizes):
        return here
    following = plan.block(cursor.layer + step)
    if following is None:  # out of sight in a narrow window; the cursor brings it in
        return Cursor(cursor.layer + step, min(cursor.j, sizes[cursor.layer + step] - 1))
    return Cursor(following.layer, _level_with(block.row_y(row), following, from_left=step > 0))


def zoomed(scene: Scene, width: int, height: int, by: int) -> Zoom:
    """The view's zoom with the cursor's layer one tile larger (by > 0) or smaller; unchanged where there is none."""
    block = layout_of(scene, width, height).block(scene.cursor.layer)
    if block is None:
        return scene.view.zoom
    at = TILES.index(block.tile) if block.tile in TILES else 1  # from an image to its numbers
    wanted = min(max(at - by, 0), len(TILES) - 1)
    others = tuple((layer, tile) for layer, tile in scene.view.zoom if layer != scene.cursor.layer)
    return (*others, (scene.cursor.layer, TILES[wanted]))


def _level_with(y: int, block: Block, from_left: bool) -> int:
    """The neuron of the nearest column of a block whose row is nearest to y."""
    column = 0 if from_left else block.cell_of(block.count - 1)[0]
    found = [
        (abs(block.row_y(row) - y), n)
        for row in range(block.rows_in(column))
        if (n := block.neuron_at(column, row)) is not None
    ]
    return min(found)[1] if found else block.count - 1
