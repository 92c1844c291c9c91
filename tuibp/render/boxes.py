"""A neuron as a box: z, a, δ and ∂C/∂b on a line each, its frame lit when the step computed something in it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from rich.style import Style

from tuibp.core.network import Array, largest
from tuibp.core.steps import Computed
from tuibp.render.block import Block
from tuibp.render.canvas import Canvas
from tuibp.render.lens import SYMBOLS, LensValues
from tuibp.render.marks import Marks, target_of
from tuibp.render.numbers import NumberFormat, plain, shared
from tuibp.render.scene import Scene
from tuibp.render.tiles import title_of
from tuibp.render.typeset import typeset
from tuibp.session.reach import known_count

BoxLine = tuple[str, Array, int, Computed | None]
"""A line of all boxes of a layer: its label in markup, its numbers, how many are known, what the step computes."""

Y_ROOM = 5
"""Cells beside the outputs that what is wanted of them takes."""
SHORT = {"grad_b": "∂b", "rate": "∂a", "term": "wa"}
"""Lenses whose symbol is too long for a box."""

ASKED = "?"
"""Stands for a number that a question waits for."""
LINES: tuple[tuple[str, Computed], ...] = (("z", "z"), ("a", "a"), ("δ", "delta"), (SHORT["grad_b"], "grad_b"))


def draw_boxes(canvas: Canvas, scene: Scene, block: Block, marks: Marks, shown: LensValues) -> None:
    """All boxes of a block that are seen."""
    rows = list(_rows(scene, block, shown))
    known = [values[:count] for _label, values, count, _quantity in rows]
    forms = [_form(scene, block, np.concatenate(known), numbers) for numbers in known]
    for j in range(block.first, block.until):
        _box(canvas, scene, block, marks, j, rows, forms)


def _form(scene: Scene, block: Block, every: Array, row: Array) -> NumberFormat:
    """As all numbers of the layer's boxes are written; a line far smaller than the others has a form of its own."""
    form = plain(every, block.digits, most_decimals=block.digits - 3, glyphs=scene.glyphs)
    if largest(row) < 10.0 ** (1 - form.decimals):
        return plain(row, block.digits, most_decimals=block.digits - 3, glyphs=scene.glyphs)
    return form


def _rows(scene: Scene, block: Block, shown: LensValues) -> Iterator[BoxLine]:
    """z, a, δ and ∂C/∂b, as many as there are lines; the last one makes room for the lens where it shows another."""
    layer = block.layer
    if layer == 0:
        yield _row(scene, 0, "", "a")
        return
    lines = [_row(scene, layer, label, quantity) for label, quantity in LINES]
    symbol = SHORT.get(shown.lens, SYMBOLS[shown.lens])
    through = (symbol, shown.values, shown.known, shown.quantity)
    count = block.cell_height - 2
    if symbol in [label for label, *_others in lines[:count]]:
        yield from lines[:count]
    else:
        yield from [*lines[: count - 1], through] if count > 2 else [lines[1], through]


def _row(scene: Scene, layer: int, label: str, quantity: Computed) -> BoxLine:
    values: Array = getattr(scene.state.walk, quantity)(layer)
    return label, values, known_count(scene.state, quantity, layer), quantity


def _box(
    canvas: Canvas, scene: Scene, block: Block, marks: Marks, j: int, rows: list[BoxLine], forms: list[NumberFormat]
) -> None:
    at = block.place(j)
    assert at is not None
    x, y = at
    palette = scene.palette
    frame(canvas, scene, block, j, marks.computed(j), marks.read, j == marks.cursor)
    last = x + block.cell_width - 2
    for row, ((label, values, count, quantity), form) in enumerate(zip(rows, forms, strict=True), start=1):
        known = j < count
        lit = quantity is not None and marks.computed_quantity(quantity, j)
        label_x = x + 2 if len(label) == 1 else x + 1
        canvas.put(label_x, y + row, typeset(label, scene.glyphs), palette.accent if lit else palette.quiet)
        if scene.is_asked(quantity, block.layer, j):
            canvas.right(last, y + row, ASKED, palette.accent)
            continue
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
    canvas: Canvas, scene: Scene, block: Block, j: int, lit: bool, read: bool, cursor: bool, glow: Style | None = None
) -> None:  # fmt: skip
    """Green when computed now, grey when read, faint otherwise. The cursor makes the title a badge, and changes
    nothing else: it moves often."""
    palette, g = scene.palette, scene.glyphs
    at = block.place(j)
    assert at is not None
    x, y = at
    title = title_of(scene, block, j)
    line = glow or (palette.accent_line if lit else palette.quiet if read else palette.line)
    width, height = block.cell_width, block.cell_height
    bare = palette.depth in ("none", "16") and cursor
    text = f"[{title}]" if bare else f" {title} "
    text = text[: width - 3]
    ends = g.sides if block.joined and j > block.first else g.corners
    canvas.put(x, y, ends[0] + g.horizontal * (width - 2) + ends[1], line)
    style = palette.strong + glow if glow else palette.strong if lit or cursor or read else palette.quiet
    canvas.put(x + 1, y, text, palette.badge if cursor and not bare else style)
    for row in range(y + 1, y + height - 1):
        canvas.put(x, row, g.vertical, line)
        canvas.put(x + width - 1, row, g.vertical, line)
    canvas.put(x, y + height - 1, g.corners[2] + g.horizontal * (width - 2) + g.corners[3], line)
    if wanted_in_frame(scene, block, canvas.width):
        canvas.right(x + width - 1, y + height - 1, f" y {_wanted(scene, j)} ", palette.quiet)


def wanted_in_frame(scene: Scene, block: Block, width: int) -> bool:
    """Whether what is wanted of an output stands in its frame, as there is no room beside it."""
    if block.layer < scene.state.network.last or block.tile != "box" or block.joined or scene.state.wants_target:
        return False
    return target_of(scene.state.shown.y) is None and width - block.x - block.cell_width < Y_ROOM


def _wanted(scene: Scene, j: int) -> str:
    y = scene.state.shown.y
    whole = bool((y == np.rint(y)).all())
    return shared(y, 5, least=0.01, most_decimals=0 if whole else 2, glyphs=scene.glyphs)(float(y[j])).strip()
