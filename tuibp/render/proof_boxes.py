"""The two layers of a proof as boxes, where they are small: z, and what its line speaks of, in each neuron."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from tuibp.render.block import Block
from tuibp.render.boxes import frame
from tuibp.render.canvas import Canvas
from tuibp.render.headings import draw_heading
from tuibp.render.lens import SYMBOLS, shown
from tuibp.render.marks import Marks
from tuibp.render.numbers import plain
from tuibp.render.scene import Scene
from tuibp.render.shape import Shape
from tuibp.render.typeset import typeset

WIDTH, DIGITS, GAP = 11, 7, 4
TOP = 2
"""Rows that the headings take."""


def boxes_of(scene: Scene, layers: tuple[int, int], width: int, rows: int) -> tuple[Block, Block] | None:
    """Where the boxes of both layers stand; None where they do not fit."""
    sizes = [scene.state.network.sizes[layer] for layer in layers]
    heights = [_height(layer) for layer in layers]
    over = max(n * high for n, high in zip(sizes, heights, strict=True)) + TOP - rows
    if width < 2 * WIDTH + GAP + 1 or over > 0:
        return None
    made = []
    for layer, n, high, x in zip(layers, sizes, heights, (1, width - WIDTH), strict=True):
        block = Block.of(layer, n, Shape("box", WIDTH, high, 1, digits=DIGITS), TOP, rows - TOP)
        pitch = max(block.widest_pitch(rows - TOP), high)
        made.append(replace(block, pitch_y=pitch, x=x).centred(TOP, rows - TOP))
    return made[0], made[1]


def draw_proof_boxes(canvas: Canvas, scene: Scene, block: Block, lens: str, lit: Collection[int]) -> None:
    """`lens` is what the line speaks of; `lit` are the neurons that it speaks of."""
    palette, layer = scene.palette, block.layer
    draw_heading(canvas, scene, 0, block, WIDTH, shown(scene, layer, lens), Marks((), bool(lit), None))
    for j in range(block.count):
        at = block.place(j)
        assert at is not None
        frame(canvas, scene, block, j, j in lit, False, False)
        for row, name in enumerate(_lines(layer, lens), start=1):
            seen = shown(scene, layer, name)
            number = plain(seen.values, DIGITS, most_decimals=4, glyphs=scene.glyphs)
            bright = j in lit and name == lens
            canvas.put(at[0] + 1, at[1] + row, typeset(SYMBOLS[seen.lens], scene.glyphs), palette.quiet)
            style = palette.accent if bright else palette.ink if j in lit else palette.quiet
            canvas.right(at[0] + WIDTH - 1, at[1] + row, number(float(seen.values[j])), style)


def _lines(layer: int, lens: str) -> tuple[str, ...]:
    if layer == 0:
        return (lens,)
    return ("z", "a" if lens == "z" else lens)


def _height(layer: int) -> int:
    return 2 + len(_lines(layer, "z"))
