"""The network panel through the lens `plane`: the input's plane, and every neuron's own share of it as its tile."""

from __future__ import annotations

from dataclasses import replace

from tuibp.core.index import shown as counted
from tuibp.core.plane import bounds_of
from tuibp.locale import _
from tuibp.render.block import Block
from tuibp.render.canvas import Canvas
from tuibp.render.layout import Layout
from tuibp.render.lines import width_of
from tuibp.render.marks import marks
from tuibp.render.plane import draw_plane, legend
from tuibp.render.scene import Panel, Scene

LARGEST = 6
"""Rows of the largest tile."""
LEAST_PLANE = 4
GAP = 3
"""Cells between two layers."""


def plane_layout(scene: Scene, width: int, height: int) -> Layout:
    """The input's plane as large as leaves every layer its tiles, and the tiles as large as then fit.

    Where not even the smallest fit, the layers farthest from the cursor are left out.
    """
    sizes = scene.state.network.sizes
    top = 2 if not scene.compact else 1
    rows = max(height - top - 1, 1)
    plane = max(min(rows, (width - 8) * 3 // 10), min(LEAST_PLANE, rows))
    heights = dict.fromkeys(range(1, len(sizes)), 1)
    while plane > LEAST_PLANE and _total(sizes, heights, plane, rows) > width:
        plane -= 1
    while heights and _total(sizes, heights, plane, rows) > width:
        del heights[max(heights, key=lambda layer: abs(layer - max(scene.cursor.layer, 1)))]
    while larger := _larger(sizes, heights, plane, rows, width):
        heights = larger
    blocks = [_block(0, 1, 2 * plane, plane, rows, top)]
    blocks += [_block(layer, sizes[layer], 2 * h, h, rows, top) for layer, h in heights.items()]
    left = width - _total(sizes, heights, plane, rows)
    gap = GAP + max(min(left // max(len(blocks) - 1, 1), 6), 0)
    x, placed = 1, []
    for block in blocks:
        placed.append(replace(block, x=x))
        x += block.width + gap
    return Layout(tuple(placed), top - 1, len(blocks) < len(sizes))


def _larger(
    sizes: tuple[int, ...], heights: dict[int, int], plane: int, rows: int, width: int
) -> dict[int, int] | None:
    """The same with the smallest tiles of which a larger size fits one row higher; None where there are none."""
    for layer in sorted(heights, key=lambda layer: heights[layer]):
        larger = {**heights, layer: heights[layer] + 1}
        if larger[layer] <= min(LARGEST, rows) and _total(sizes, larger, plane, rows) <= width:
            return larger
    return None


def _total(sizes: tuple[int, ...], heights: dict[int, int], plane: int, rows: int) -> int:
    blocks = [_block(layer, sizes[layer], 2 * h, h, rows, 0) for layer, h in heights.items()]
    return 2 + 2 * plane + sum(GAP + b.width for b in blocks)


def _block(layer: int, count: int, wide: int, high: int, rows: int, top: int) -> Block:
    per_column = max(min(rows // high, count), 1)
    columns = -(-count // per_column)
    per_column = -(-count // columns)
    return Block(
        layer, count, "single", wide, high, per_column, columns, wide + 1, high, 0, 4, 1, None, 0, top
    )  # fmt: skip


def _headings(canvas: Canvas, scene: Scene, plan: Layout) -> None:
    """A layer's number, and its function where there is room."""
    network, palette, lit = scene.state.network, scene.palette, marks(scene)
    starts = [*(b.x for b in plan.blocks[1:]), canvas.width + 1]
    for block, until in zip(plan.blocks, starts, strict=True):
        name = network.activations[block.layer - 1] if block.layer else _("the plane")
        head = str(counted(block.layer))
        x = canvas.put(block.x, plan.heading, head, palette.accent if lit[block.layer].lit else palette.quiet)
        if x + 1 + len(name) < until:
            canvas.put(x + 1, plan.heading, name, palette.quiet)


def plane_network(scene: Scene, width: int, height: int) -> Panel:
    canvas, plan, palette = Canvas(width, height), plane_layout(scene, width, height), scene.palette
    state = scene.state
    last = state.network.last
    output = scene.cursor.j if scene.cursor.layer == last else 0
    first, *others = plan.blocks
    draw_plane(canvas, scene, first.x, first.y, first.cell_height, last, output, points=True)
    for block in others:
        for j in range(block.count):
            at = block.place(j)
            assert at is not None
            draw_plane(canvas, scene, *at, block.cell_height, block.layer, j, apart=block.count > 1)
            if (block.layer, j) == (scene.cursor.layer, scene.cursor.j):
                canvas.put(at[0] - 1, at[1] + (block.cell_height - 1) // 2, scene.glyphs.pointer, palette.accent)
    _headings(canvas, scene, plan)
    line, x = legend(scene), 1
    if width_of(line) < width:
        for text, style in line:
            x = canvas.put(x, height - 1, text, style)
    note = _("lens: {symbol}") if scene.view.lens == "plane" else _("lens: {symbol} follows the step")
    return Panel(_("Network"), note.format(symbol=_("plane")), canvas.rows())


def point_at(scene: Scene, width: int, height: int, x: int, y: int) -> tuple[float, float] | None:
    """The point (x_1, x_2) of the input's plane at a cell of the panel's inside; None beside the plane."""
    if scene.lens != "plane" or scene.state.nudge is not None:
        return None
    first = plane_layout(scene, width, height).blocks[0]
    across, down = x - first.x, y - first.y
    if not (0 <= across < first.cell_width and 0 <= down < first.cell_height):
        return None
    return bounds_of(scene.state.preset.data).point((across + 0.5) / first.cell_width, (down + 0.5) / first.cell_height)
