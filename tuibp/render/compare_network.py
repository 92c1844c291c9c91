"""The network with somebody's numbers on it: a ✓ beside what is right, a ✗ beside what is not, with the right one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

import numpy as np
from rich.style import Style

from tuibp.core.mistakes.precision import Key, Mask
from tuibp.core.mistakes.sides import Sides
from tuibp.core.network import Array, largest
from tuibp.locale import _
from tuibp.render.block import Block
from tuibp.render.boxes import frame
from tuibp.render.canvas import Canvas
from tuibp.render.headings import draw_heading
from tuibp.render.layout import layout
from tuibp.render.lens import shown
from tuibp.render.marks import Marks
from tuibp.render.network import wanted
from tuibp.render.numbers import NumberFormat, plain
from tuibp.render.scene import Panel, Scene
from tuibp.render.shape import Shape
from tuibp.render.tiles import draw_tiles
from tuibp.render.wires import LEAST_ROOM, MOST, Wire, draw_wires

Numbers = TypeVar("Numbers", Array, Mask)
WIDTH, INPUT_WIDTH, DIGITS = 13, 9, 7
TOP = 1
LEAST_GAP = 4
LABELS = {"z": "z", "a": "a", "delta": "δ", "grad_b": "∂b", "new_b": "b′"}
LENSES = {
    "z": "z",
    "a": "a",
    "delta": "delta",
    "grad_w": "delta",
    "grad_b": "grad_b",
    "new_w": "delta",
    "new_b": "grad_b",
}
"""What tiles show while an array of this kind is looked at."""


@dataclass(frozen=True)
class Spot:
    """The number that is looked at; 0-based."""

    quantity: str
    layer: int
    j: int
    k: int | None = None
    """Where it is a weight's."""
    row: int = 0
    """Which example of the mini-batch."""

    @property
    def key(self) -> Key:
        return self.quantity, self.layer


def marks_of(scene: Scene) -> tuple[str, str]:
    """What stands beside a right number, and beside a wrong one."""
    return ("=", "x") if scene.glyphs.ascii else ("✓", "✗")


def compare_network(scene: Scene, sides: Sides, spot: Spot, known: set[Key], width: int, height: int) -> Panel:
    """`known` is what the walk has come to."""
    canvas = Canvas(width, height)
    blocks = _boxes(scene, sides, spot, known, width, height) or _tiles(canvas, scene, sides, spot, known)
    for block in blocks:
        if block.tile == "box":
            _draw_boxes(canvas, scene, sides, spot, known, block)
    for left, right in pairwise(blocks):
        _connect(canvas, scene, sides, spot, left, right)
    m = sides.task.m
    note = _("example {n} of {m}").format(n=spot.row + 1, m=m) if m > 1 else ""
    return Panel(_("Network"), note, canvas.rows())


def of_row(values: Numbers, row: int) -> Numbers:
    """An array's numbers, one for each neuron: of an example where it has several, else as they are."""
    if values.ndim < 2:
        return values
    one: Numbers = values[min(row, len(values) - 1)]
    return one


def _lines(spot: Spot) -> tuple[str, ...]:
    """The quantities in a box."""
    if spot.quantity in ("grad_w", "grad_b"):
        return "a", "delta", "grad_b"
    return ("a", "delta", "new_b") if spot.quantity in ("new_w", "new_b") else ("z", "a", "delta")


def _wrong(sides: Sides, spot: Spot, known: set[Key], layer: int) -> Iterator[tuple[str, int]]:
    """(quantity, neuron) of the layer's box that differ; where a neuron has several, the first."""
    seen: set[int] = set()
    for quantity in _lines(spot):
        key = (quantity, layer)
        if key in known and sides.theirs(key) is not None:
            for j in np.flatnonzero(~of_row(sides.near(key), spot.row)).tolist():
                if j not in seen:
                    seen.add(j)
                    yield quantity, j


def _boxes(scene: Scene, sides: Sides, spot: Spot, known: set[Key], width: int, height: int) -> list[Block]:
    """Where every layer's boxes stand; none where they do not fit."""
    sizes = scene.state.network.sizes
    widths = [INPUT_WIDTH, *[WIDTH] * (len(sizes) - 1)]
    gaps = len(sizes) - 1
    room = width - sum(widths) - 2
    more = [any(True for _ in _wrong(sides, spot, known, layer)) for layer in range(len(sizes))]
    heights = [3, *(5 + extra for extra in more[1:])]
    if room < gaps * LEAST_GAP or max(n * h for n, h in zip(sizes, heights, strict=True)) > height - TOP:
        return []
    gap, blocks, x = min(room // gaps, 12), list[Block](), 1
    for layer, (n, wide, high) in enumerate(zip(sizes, widths, heights, strict=True)):
        block = Block.of(layer, n, Shape("box", wide, high, 1, digits=DIGITS), TOP, height - TOP)
        pitch = max(min(block.widest_pitch(height - TOP), max(heights)), high)
        blocks.append(replace(block, pitch_y=pitch, x=x).centred(TOP, height - TOP))
        x += wide + gap
    return blocks


def _draw_boxes(canvas: Canvas, scene: Scene, sides: Sides, spot: Spot, known: set[Key], block: Block) -> None:
    layer, palette = block.layer, scene.palette
    until = block.cell_width + 3
    draw_heading(canvas, scene, 0, block, until, shown(scene, layer, "a"), Marks((), layer == spot.layer, None))
    wrong = {j: quantity for quantity, j in _wrong(sides, spot, known, layer)}
    for j in range(block.count):
        at = block.place(j)
        assert at is not None
        cursor = layer == spot.layer and j == spot.j
        glow = palette.role("wrong") if j in wrong else None
        frame(canvas, scene, block, j, False, False, cursor, glow)
        x, y = at
        if layer == 0:
            value = float(sides.task.x[spot.row, j])
            canvas.right(
                x + block.cell_width - 1, y + 1, plain([value], DIGITS, glyphs=scene.glyphs)(value), palette.ink
            )
            continue
        row = y
        for quantity in _lines(spot):
            row += 1
            _box_line(canvas, scene, sides, spot, (quantity, layer) in known, block, j, row, quantity)
            if wrong.get(j) == quantity:
                row += 1
                ours = of_row(sides.ours((quantity, layer)), spot.row)
                canvas.right(x + block.cell_width - 2, row, _form(scene, ours)(float(ours[j])), palette.accent)


def _form(scene: Scene, values: Array) -> NumberFormat:
    return plain(values, DIGITS, most_decimals=4, glyphs=scene.glyphs)


def _box_line(
    canvas: Canvas, scene: Scene, sides: Sides, spot: Spot, known: bool, block: Block, j: int, row: int, quantity: str
) -> None:
    palette, key = scene.palette, (quantity, block.layer)
    at = block.place(j)
    assert at is not None
    label = "d" if scene.glyphs.ascii and quantity == "delta" else LABELS[quantity]
    label = {"∂b": "db", "b′": "b'"}.get(label, label) if scene.glyphs.ascii else label
    theirs = sides.theirs(key) if known else None
    end = at[0] + block.cell_width - 2
    canvas.put(at[0] + 2 - (len(label) > 1), row, label, palette.quiet)
    if theirs is None:
        canvas.right(end, row, scene.glyphs.dot, palette.quiet)
        return
    values = of_row(theirs, spot.row)
    right = bool(of_row(sides.near(key), spot.row)[j])
    style: Style = palette.ink if right else palette.wrong
    canvas.right(
        end, row, _form(scene, values)(float(values[j])), style if sides.brought(key) else style + Style(italic=True)
    )
    canvas.put(end, row, marks_of(scene)[not right], palette.accent_line if right else palette.wrong)


def _tiles(canvas: Canvas, scene: Scene, sides: Sides, spot: Spot, known: set[Key]) -> list[Block]:
    """The layers as tiles where boxes do not fit; a wrong one is in the colour of what is wrong."""
    lens = LENSES[spot.quantity]
    quantity = "grad_b" if lens == "grad_b" else lens
    want = replace(wanted(scene, canvas.width, canvas.height), singles=True, margin=1, least_margin=1, zoom=())
    plan = layout(want, spot.layer, spot.j)
    for n, block in enumerate(plan.blocks):
        key = (quantity, block.layer)
        cursor = spot.j if block.layer == spot.layer else None
        values = shown(scene, block.layer, "a" if block.layer == 0 else lens)
        theirs = sides.theirs(key) if block.layer else sides.task.x
        if theirs is not None:
            own = np.asarray(of_row(theirs, spot.row), dtype=np.float64)
            high = values.high if block.layer == 0 else max(largest(own), 1e-300)
            values = replace(values, values=own, known=own.size if block.layer == 0 or key in known else 0, high=high)
        draw_tiles(canvas, scene, block, values, Marks((), False, cursor))
        if block.layer and theirs is not None and key in known:
            _cross_out(canvas, scene, block, of_row(sides.near(key), spot.row))
        until = plan.blocks[n + 1].x - plan.blocks[n + 1].label - 1 if n + 1 < len(plan.blocks) else canvas.width
        draw_heading(
            canvas, scene, plan.heading, block, until - block.x + block.label, values, Marks((), False, cursor)
        )
    return list(plan.blocks)


def _cross_out(canvas: Canvas, scene: Scene, block: Block, near: Mask) -> None:
    for j in range(block.first, block.until):
        at = block.place(j)
        if at is None:
            continue
        x, y = at
        if block.tile in ("single", "double"):
            right = bool(near[j])
            mark = marks_of(scene)[not right]
            canvas.put(x + block.cell_width - 1, y, mark, scene.palette.accent_line if right else scene.palette.wrong)
        elif not near[j]:
            canvas.restyle(x, y, block.cell_width, scene.palette.wrong)


def _connect(canvas: Canvas, scene: Scene, sides: Sides, spot: Spot, left: Block, right: Block) -> None:
    """The weights; while a layer's ∂C/∂w or weights after are looked at, those that differ in the colour of that."""
    x = left.x + left.cell_width
    width = right.x - right.label - x
    w = scene.state.network.w(right.layer)
    if not (left.spreads and right.spreads) or width < LEAST_ROOM or w.size > MOST or left.layer + 1 != right.layer:
        return
    of_weights = spot.quantity in ("grad_w", "new_w") and spot.layer == right.layer
    near = sides.near(spot.key) if of_weights else np.ones(w.shape, dtype=np.bool_)
    most = max(largest(w), 1e-300)
    wires = []
    for j, k in np.ndindex(w.shape):
        start, end = left.anchor(k), right.anchor(j)
        if start is None or end is None:
            continue
        value, lit = float(w[j, k]), of_weights and (j, k) == (spot.j, spot.k)
        share = abs(value) / most
        style = scene.palette.blend("positive" if value >= 0 else "negative", 0.35 + 0.65 * share)
        if of_weights:
            style = scene.palette.role("wrong") if not near[j, k] else scene.palette.faint
        wires.append(Wire(start, end, value, scene.palette.accent_line if lit else style, share + 2 * lit))
    draw_wires(canvas, x, width, wires, scene.glyphs)
