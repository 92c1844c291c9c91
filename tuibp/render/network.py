"""The network panel: every layer as a block of tiles, its wires, and beside the outputs what is wanted of them."""

from __future__ import annotations

import numpy as np
from rich.cells import cell_len

from tuibp.locale import _
from tuibp.render.block import Block
from tuibp.render.boxes import draw_boxes, wanted_in_frame
from tuibp.render.canvas import Canvas
from tuibp.render.headings import draw_heading, draw_way, power_of_all
from tuibp.render.layout import Layout, layout
from tuibp.render.legend import draw_legend, note_of
from tuibp.render.lens import LensValues, shown
from tuibp.render.marks import Marks, marks, target_of
from tuibp.render.numbers import shared
from tuibp.render.scene import Panel, Scene
from tuibp.render.tiles import draw_tiles
from tuibp.render.verified import with_proof
from tuibp.render.wanted import Wanted
from tuibp.render.wiring import connect, strongest


def power_of_tiles(scene: Scene, width: int, height: int) -> str:
    """The power of ten that the tiles of all layers share, for who says something else in the panel's note."""
    blocks = layout_of(scene, width, height).blocks
    return power_of_all(scene, blocks, {b.layer: shown(scene, b.layer) for b in blocks})


def network(scene: Scene, width: int, height: int) -> Panel:
    """The panel's inside, `width` × `height` cells."""
    if scene.lens == "plane" and scene.state.nudge is None:
        from tuibp.render.plane_network import plane_network  # who never looks at it does not wait for it

        return with_proof(scene, plane_network(scene, width, height), width)
    plan = layout_of(scene, width, height)
    experiment = scene.state.experiment
    canvas = Canvas(width, height)
    by_layer = marks(scene)
    if experiment is not None:
        _draw_wanted(canvas, scene, plan, by_layer)
        from tuibp.render.ripple import ripple  # with a nudge in hand only

        return ripple(canvas, scene, plan, experiment)
    seen = {b.layer: shown(scene, b.layer) for b in plan.blocks}
    for block in plan.blocks:
        draw_block(canvas, scene, block, seen[block.layer], by_layer[block.layer])
        if scene.symbol is not None:
            from tuibp.render.symbols import light  # for who asks what a symbol stands for

            light(canvas, scene, block, seen[block.layer], by_layer[block.layer])
    largest = strongest(scene, plan.blocks)
    for left, right in zip(plan.blocks, plan.blocks[1:], strict=False):
        connect(canvas, scene, left, right, largest)
    power = power_of_all(scene, plan.blocks, seen)
    draw_headings(canvas, scene, plan, seen, by_layer, power)
    _draw_wanted(canvas, scene, plan, by_layer)
    if scene.lens in ("delta", "grad_b"):
        from tuibp.render.error_norms import draw_norms  # not for the first picture

        draw_norms(canvas, scene, plan)
    if not scene.compact and max(scene.state.network.sizes[1:]) == 1 and scene.state.stop.step != "input":
        from tuibp.render.function_curve import draw_chain  # of chains only

        draw_chain(canvas, scene, plan)
    draw_legend(canvas, scene, plan, seen)
    panel = Panel(_("Network"), note_of(scene, plan, width, power), canvas.rows())
    return with_proof(scene, panel, width, power)


def layout_of(scene: Scene, width: int, height: int) -> Layout:
    """Where everything stands in a panel of this size; the same for drawing, clicks and arrow keys."""
    if scene.lens == "plane" and scene.state.nudge is None:
        from tuibp.render.plane_network import plane_layout

        return plane_layout(scene, width, height)
    return layout(wanted(scene, width, height), scene.cursor.layer, scene.cursor.j)


def wanted(scene: Scene, width: int, height: int) -> Wanted:
    data, sizes = scene.state.preset.data, scene.state.network.sizes
    names = max(map(cell_len, data.output_names), default=0)
    roomy = not scene.compact
    least = 2
    if target_of(scene.state.shown.y) is not None:
        margin = 5 if roomy else 2
    else:
        margin, least = 8 if roomy else 5, 5
    framed = scene.compact and target_of(scene.state.shown.y) is None
    return Wanted(sizes, width, height, data.image, names, margin, least, framed, scene.view.zoom)


def draw_block(canvas: Canvas, scene: Scene, block: Block, shown: LensValues, marks: Marks) -> None:
    if block.tile == "box":
        draw_boxes(canvas, scene, block, marks, shown)
    else:
        draw_tiles(canvas, scene, block, shown, marks)


def draw_headings(
    canvas: Canvas, scene: Scene, plan: Layout, seen: dict[int, LensValues], by_layer: tuple[Marks, ...], power: str
) -> None:
    """Every block's heading, each as long as the next block lets it be; the panel says `power` for all of them."""
    blocks = plan.blocks
    stop = scene.state.stop
    beside = 0 if by_layer[-1].target is not None else 2  # the y above the wanted values
    for n, block in enumerate(blocks):
        if n + 1 < len(blocks):
            until = blocks[n + 1].x - blocks[n + 1].label - 1
        else:  # the y stands above the right end of the wanted values
            until = min(canvas.width, block.x + block.width - block.label + 7) - 2 if beside else canvas.width
        room = until - (block.x - block.label)
        x = draw_heading(canvas, scene, plan.heading, block, room, seen[block.layer], by_layer[block.layer], power)
        crossed = block.layer + 1 if stop.step == "feedforward" else block.layer
        if stop.layer is not None and stop.layer == crossed and n + 1 < len(blocks):
            draw_way(canvas, scene, plan.heading, x + 1, until + 1)


def _draw_wanted(canvas: Canvas, scene: Scene, plan: Layout, by_layer: tuple[Marks, ...]) -> None:
    """To the right of the outputs: their y, or a pointer at the one that is wanted."""
    block = plan.block(scene.state.network.last)
    if block is None:
        return
    palette, y = scene.palette, scene.state.shown.y
    x = block.x + block.width - block.label
    target = by_layer[-1].target
    if target is not None:
        at = block.place(target)
        row = block.anchor(target)
        if at is not None and row is not None:
            text = f"{scene.glyphs.target} y" if canvas.width - x >= 4 else scene.glyphs.target
            canvas.put(x + 1, row, text, palette.accent)
        return
    if block.tile == "speck" or scene.state.wants_target or wanted_in_frame(scene, block, canvas.width):
        return
    gap = 2 if not scene.compact and canvas.width - x >= 8 else 0
    end = x + gap + 5
    while end < canvas.width and canvas.characters[plan.heading][end - 2].strip():
        end += 1  # past a scale that stands there
    canvas.right(end, plan.heading, "y", palette.quiet)
    whole = bool((y == np.rint(y)).all())
    form = shared(y, 5, least=0.01, most_decimals=0 if whole else 2, glyphs=scene.glyphs)
    for j in range(block.first, block.until):
        row = block.anchor(j)
        if row is not None:
            canvas.right(x + gap + 5, row, form(float(y[j])).strip(), palette.quiet)
