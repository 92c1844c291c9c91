"""A layer's neurons as tiles: boxes that tell everything, doubles and singles that tell the lens's value, specks."""

from __future__ import annotations

import math

import numpy as np
from rich.cells import cell_len
from rich.style import Style

from tuibp.core.index import shown as counted
from tuibp.core.network import Array
from tuibp.render.block import Block
from tuibp.render.canvas import Canvas
from tuibp.render.image import EMPTY, Levels, drawn, image, levels_of, shade
from tuibp.render.lens import LensValues
from tuibp.render.marks import Marks
from tuibp.render.numbers import NumberFormat
from tuibp.render.padding import at_left
from tuibp.render.scene import Scene


def draw_tiles(canvas: Canvas, scene: Scene, block: Block, shown: LensValues, marks: Marks) -> None:
    """All tiles of a block that are seen, boxes excepted."""
    if block.tile == "image":
        _draw_image(canvas, scene, block, shown, marks)
    elif block.tile == "speck":
        _draw_specks(canvas, scene, block, shown, marks)
    else:
        _draw_numbers(canvas, scene, block, shown, marks)


def name_of(scene: Scene, layer: int, neuron: int) -> str:
    """A neuron's name: what its output stands for, or its number."""
    names = scene.state.preset.data.output_names
    if names and layer == scene.state.network.last:
        return names[neuron]
    return str(counted(neuron))


def title_of(scene: Scene, block: Block, neuron: int) -> str:
    """A neuron's number or name, and its own function where that is not its layer's."""
    title = name_of(scene, block.layer, neuron)
    own = [m.activation for m in scene.state.network.modified_in(block.layer) if m.neuron == neuron]
    return " ".join([title, *own])


def tile_style(scene: Scene, shown: LensValues, value: float, bold: bool = False) -> Style:
    """Text and ground of a tile with this value."""
    if not math.isfinite(value):
        return scene.palette.wrong
    if shown.scale == "activation":
        return scene.palette.activation(shown.share(value), bold)
    return scene.palette.diverging(value, shown.high, bold)


def _draw_numbers(canvas: Canvas, scene: Scene, block: Block, shown: LensValues, marks: Marks) -> None:
    palette = scene.palette
    form = shown.format(block.cell_width - 1, scene, block.tight)
    values = shown.values.tolist()
    plain = scene.glyphs.ascii or palette.depth in ("16", "none")
    for j in range(block.first, block.until):
        at = block.place(j)
        if at is None:
            continue
        x, y = at
        known = j < shown.known
        bold = j == marks.cursor or j == marks.predicted
        if marks.preview:
            _bar(canvas, scene, block, marks, j, values[j])
            continue
        still = shown.lens == "ripple" and values[j] == 0.0
        style = tile_style(scene, shown, values[j], bold) if known and not still else palette.quiet
        text = "0 ".rjust(block.cell_width) if still else tile_text(form, values[j] if known else None, block)
        if scene.is_asked(shown.quantity, block.layer, j):
            text, style, known = "? ".rjust(block.cell_width), palette.accent, False
        canvas.put(x, y, text, style)
        if known and plain and not still and block.tile == "single":
            canvas.put(x + block.cell_width - 1, y, *_shade_of(scene, shown, values[j]))
        if block.tile == "double":
            _second_row(canvas, scene, block, shown, j, style, values[j] if known and not still else None)
        if block.label:
            _label(canvas, scene, block, marks, j)
        if j == marks.cursor:
            brackets(canvas, scene, x, y, block, text)


def _bar(canvas: Canvas, scene: Scene, block: Block, marks: Marks, j: int, value: float) -> None:
    """Before the first step: how much the output says, as a bar; red where it is the answer and wrong."""
    at = block.place(j)
    assert at is not None
    palette = scene.palette
    room = block.cell_width - 1
    share = min(max(value, 0.0), 1.0) if math.isfinite(value) else 0.0
    wrong = j == marks.predicted != marks.target
    style = palette.wrong if wrong else palette.accent_line if j == marks.target else palette.quiet
    canvas.put(*at, (scene.glyphs.bar * round(share * room)).ljust(room), style)
    if block.label:
        _label(canvas, scene, block, marks, j)
    elif block.tile == "double":
        canvas.put(at[0], at[1] + 1, name_of(scene, block.layer, j)[:room], style)
    if block.label and wrong:
        canvas.right(at[0] - 1, at[1], name_of(scene, block.layer, j)[: block.label - 1], palette.wrong)


def tile_text(form: NumberFormat, value: float | None, block: Block) -> str:
    """A number on its tile, whose last cell is empty unless the number needs it."""
    return form(value).ljust(block.cell_width)


def _second_row(
    canvas: Canvas, scene: Scene, block: Block, shown: LensValues, j: int, style: Style, value: float | None
) -> None:
    """The neuron's number, on the tile's ground; the output's name where it has no label of its own. A neuron of
    another kind than its layer says so where there is room."""
    at = block.place(j)
    assert at is not None
    x, y = at
    label = scene.palette.label(style) if value is not None else scene.palette.quiet
    name = "" if block.label else name_of(scene, block.layer, j)
    if cell_len(name) > block.cell_width - 2:
        name = str(counted(j))
    titled = title_of(scene, block, j)
    if name and titled.startswith(name) and cell_len(titled) < block.cell_width - 1:
        name = titled
    canvas.put(x, y + 1, at_left(f" {name}", block.cell_width), label)
    if value is not None and (scene.glyphs.ascii or scene.palette.depth in ("16", "none")):
        character, colour = _shade_of(scene, shown, value)
        canvas.put(x + block.cell_width - 3, y + 1, character * 2, colour)


def _shade_of(scene: Scene, shown: LensValues, value: float) -> tuple[str, Style]:
    share = shown.share(value) if shown.scale == "activation" else value / shown.high if shown.high > 0 else 0.0
    if not math.isfinite(share):
        return "!", scene.palette.wrong
    if shown.scale == "diverging":  # the number beside it has the sign
        return scene.glyphs.shades[round(min(abs(share) ** 0.7, 1.0) * 4)], scene.palette.signed(share)
    return shade(share, scene.palette, "activation", scene.glyphs)


def _label(canvas: Canvas, scene: Scene, block: Block, marks: Marks, j: int) -> None:
    at = block.place(j)
    assert at is not None
    palette = scene.palette
    if j == marks.target or j == marks.cursor:
        style = palette.accent
    elif j == marks.predicted:
        style = palette.strong
    elif marks.lit and marks.computed(j):
        style = palette.ink
    else:
        style = palette.quiet
    name = name_of(scene, block.layer, j)
    canvas.right(at[0] - 1, at[1], name[: block.label - 1], style)


def brackets(canvas: Canvas, scene: Scene, x: int, y: int, block: Block, text: str) -> None:
    """Around the cursor's tile, outside its ground so that they can be seen on any value."""
    style = scene.palette.accent
    left = x if text.startswith(" ") else x - 1
    right = x + block.cell_width - text.endswith(" ")
    for row in range(block.cell_height):
        canvas.put(left, y + row, "[", style)
        canvas.put(right, y + row, "]", style)


def _levels(shown: LensValues, values: Array) -> Levels:
    if shown.scale == "diverging":
        return levels_of(values, "diverging", shown.high)
    return levels_of((values - shown.low) / max(shown.high - shown.low, 1e-300), "activation", 1.0)


def _draw_specks(canvas: Canvas, scene: Scene, block: Block, shown: LensValues, marks: Marks) -> None:
    palette = scene.palette
    cells = block.rows * block.columns
    levels = np.full(cells, EMPTY)
    known = max(min(block.until, shown.known) - block.first, 0)
    values = np.nan_to_num(shown.values[block.first : block.first + known], nan=0.0)
    levels[:known] = _levels(shown, values)
    columns = levels.reshape(block.columns, block.rows).T
    canvas.blit(block.x, block.y, drawn(columns[::2], columns[1::2], palette, shown.scale, scene.glyphs))
    for j in range(block.first + known + known % 2, block.until, 2):
        at = block.place(j)
        assert at is not None
        canvas.put(*at, scene.glyphs.dot, palette.line)
    if marks.cursor is not None:
        _point_at_speck(canvas, scene, block, marks.cursor)


def _point_at_speck(canvas: Canvas, scene: Scene, block: Block, neuron: int) -> None:
    at = block.place(neuron)
    if at is None:
        return
    upper = (neuron - block.first) % 2 == 0
    mark = "@" if scene.glyphs.ascii else "▀" if upper else "▄"
    canvas.restyle(at[0], at[1], 1, Style(color=scene.palette.accent.color, bold=True))
    style = canvas.styles[at[1]][at[0]]
    canvas.put(*at, mark, style if scene.palette.depth != "none" else scene.palette.badge)


def _draw_image(canvas: Canvas, scene: Scene, block: Block, shown: LensValues, marks: Marks) -> None:
    assert block.image is not None
    values = shown.values
    if shown.scale == "activation":
        values = (values - shown.low) / max(shown.high - shown.low, 1e-300)
    if shown.known < values.size:
        values = np.where(np.arange(values.size) < shown.known, values, 0.0)
    picture = image(
        values.reshape(block.image), scene.palette, kind=shown.scale, scale=block.scale,
        limit=1.0 if shown.scale == "activation" else shown.high, glyphs=scene.glyphs,
    )  # fmt: skip
    canvas.blit(block.x, block.y, picture)
    if marks.cursor is not None:
        x, y = block.pixel(marks.cursor)
        style = Style(color=scene.palette.accent.color, bold=True)
        for row in range(max(block.scale // 2, 1)):
            if block.scale > 1:
                canvas.put(x, y + row, "[", style)
                canvas.put(x + block.scale - 1, y + row, "]", style)
            else:
                canvas.put(x, y, "+", style)
