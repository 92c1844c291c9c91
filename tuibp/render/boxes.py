"""A neuron as a box: z, a, δ and ∂C/∂b on a line each, its frame lit when the step computed something in it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from rich.style import Style

from tuibp.core.network import Array
from tuibp.core.steps import Computed
from tuibp.render.block import Block
from tuibp.render.canvas import Canvas
from tuibp.render.marks import Marks
from tuibp.render.numbers import NumberFormat, plain
from tuibp.render.scene import Scene
from tuibp.render.tiles import title_of
from tuibp.render.typeset import typeset
from tuibp.session.reach import known_count

LINES: tuple[tuple[str, Computed], ...] = (("z", "z"), ("a", "a"), ("δ", "delta"), ("∂b", "grad_b"))


def draw_boxes(canvas: Canvas, scene: Scene, block: Block, marks: Marks) -> None:
    """All boxes of a block that are seen."""
    lines = list(_lines(scene, block))
    known = [values[: known_count(scene.state, quantity, block.layer)] for _label, quantity, values in lines]
    form = plain(
        np.concatenate(known) if known else [], block.digits, most_decimals=block.digits - 3, glyphs=scene.glyphs
    )
    for j in range(block.first, block.until):
        _box(canvas, scene, block, marks, j, lines, form)


def _lines(scene: Scene, block: Block) -> Iterator[tuple[str, Computed, Array]]:
    seen, layer = scene.state.walk, block.layer
    if layer == 0:
        yield "", "a", seen.a(0)
        return
    for label, quantity in LINES[: block.cell_height - 2]:
        values: Array = getattr(seen, quantity)(layer)
        yield label, quantity, values


def _box(
    canvas: Canvas, scene: Scene, block: Block, marks: Marks, j: int,
    lines: list[tuple[str, Computed, Array]], form: NumberFormat,
) -> None:  # fmt: skip
    at = block.place(j)
    assert at is not None
    x, y = at
    palette = scene.palette
    computed = marks.computed(j)
    frame(canvas, scene, block, x, y, title_of(scene, block, j), computed, marks.read, j == marks.cursor)
    last = x + block.cell_width - 2
    for row, (label, quantity, values) in enumerate(lines, start=1):
        known = j < known_count(scene.state, quantity, block.layer)
        lit = marks.computed_quantity(quantity, j)
        label_x = x + 2 if block.digits > 7 or len(label) == 1 else x + 1
        canvas.put(label_x, y + row, typeset(label, scene.glyphs), palette.accent if lit else palette.quiet)
        style = _number_style(scene, lit, known)
        canvas.right(last, y + row, form(float(values[j]) if known else None), style)


def _number_style(scene: Scene, lit: bool, known: bool) -> Style:
    palette = scene.palette
    if not known:
        return palette.quiet
    if lit:
        return Style(bold=True, reverse=True) if palette.depth == "none" else palette.accent
    return palette.ink


def frame(
    canvas: Canvas, scene: Scene, block: Block, x: int, y: int, title: str, lit: bool, read: bool, cursor: bool,
    glow: Style | None = None,
) -> None:  # fmt: skip
    """Green when computed now, grey when read, faint otherwise. The cursor makes the title a badge, and changes
    nothing else: it moves often."""
    palette, g = scene.palette, scene.glyphs
    line = glow or (palette.accent_line if lit else palette.quiet if read else palette.faint)
    width, height = block.cell_width, block.cell_height
    bare = palette.depth in ("none", "16") and cursor
    text = f"[{title}]" if bare else f" {title} "
    room = width - 3
    text = text[:room]
    top = g.corners[0] + g.horizontal * (width - 2) + g.corners[1]
    canvas.put(x, y, top, line)
    style = palette.strong + glow if glow else palette.strong if lit or cursor or read else palette.quiet
    canvas.put(x + 1, y, text, palette.badge if cursor and not bare else style)
    for row in range(y + 1, y + height - 1):
        canvas.put(x, row, g.vertical, line)
        canvas.put(x + width - 1, row, g.vertical, line)
    canvas.put(x, y + height - 1, g.corners[2] + g.horizontal * (width - 2) + g.corners[3], line)
