"""The line above the tiles: each layer's number, its function, the lens, and the way that the step takes."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from tuibp.core.index import shown as counted
from tuibp.locale import _
from tuibp.render.block import Block
from tuibp.render.canvas import Canvas
from tuibp.render.lens import SYMBOLS, LensValues, has_one_scale
from tuibp.render.lines import Line, width_of
from tuibp.render.marks import Marks
from tuibp.render.scene import Scene
from tuibp.render.typeset import sentence, typeset

SHORT = {"grad_b": "∂b", "rate": "∂a"}
"""Lenses whose symbol is long, as they are written where it does not fit."""


def power_of_all(scene: Scene, blocks: Sequence[Block], seen: dict[int, LensValues]) -> str:
    """`×10⁻³` where the numbers of all layers with errors are to be read with it, so that it need be said only once."""
    if not has_one_scale(scene):
        return ""
    numbers = [b for b in blocks if b.layer]
    labels = {_scale(scene, b, seen[b.layer]) if b.tile != "speck" else "" for b in numbers}
    return labels.pop() if len(labels) == 1 and len(numbers) > 1 else ""


def draw_heading(
    canvas: Canvas, scene: Scene, y: int, block: Block, room: int, shown: LensValues, marks: Marks, told: str = ""
) -> int:
    """The longest form of a layer's heading that fits into `room` cells; returns the x after it.

    A scale that fits into no form with the lens stands below, where there is a row; otherwise in place of the lens, or
    even of the layer's number: without it the tiles would be wrong. `told` is the scale that the panel says already.
    """
    x = block.x - block.label
    label = _scale(scene, block, shown)
    label = "" if label == told else label
    below = block.y > y + 1
    line = next((f for f in _forms(scene, block, shown, marks, label, below) if width_of(f) <= room), ())
    if label and not any(label in text for text, _style in line):
        if below:
            canvas.put(x, y + 1, label, scene.palette.quiet)
        else:
            line = ((label, scene.palette.quiet),)
    for text, style in line:
        x = canvas.put(x, y, text, style)
    return x


def _scale(scene: Scene, block: Block, shown: LensValues) -> str:
    """`×10⁻³`, which the tiles' numbers are to be read with; empty where there is none."""
    return shown.format(block.cell_width - 1, scene, block.tight).label if block.tile in ("double", "single") else ""


def _forms(scene: Scene, block: Block, shown: LensValues, marks: Marks, label: str, below: bool) -> list[Line]:
    palette = scene.palette
    number = str(counted(block.layer))
    space = "  " if not scene.compact else " "
    number_style = palette.accent if marks.lit else palette.strong if marks.read else palette.quiet
    name = _name(scene, block)
    head = (number, number_style)
    lens: Line = ()
    power: Line = ()
    if marks.preview:
        return [(head, (space + _("says"), palette.quiet)), (head,)]
    if block.tile not in ("box", "image") or shown.lens == "term":
        style = palette.accent if shown.lens == scene.lens and marks.lit else palette.strong
        lens = ((space, palette.quiet), (typeset(SYMBOLS[shown.lens], scene.glyphs), style))
        power = ((" " + label, palette.quiet),) if label else ()
    short: Line = ((typeset(SHORT[shown.lens], scene.glyphs), lens[1][1]),) if lens and shown.lens in SHORT else ()
    known: Line = lens + power
    named: Line = ((space + name, palette.quiet),)
    cut: Line = ()
    if block.cut:
        cut = ((f" {counted(block.first)}–{block.until} / {block.count}", palette.quiet),)
    forms: list[Line] = [(head, *named, *known, *cut), (head, *known, *cut)]
    if power:
        blank = (" ", palette.quiet)
        for symbol in (lens[1:], short):
            if symbol:
                forms.append((head, blank, *symbol, *power))
                if not below:
                    forms.append((head, blank, *symbol, (label, palette.quiet)))
        if not below:
            forms.append((head, *power))
    forms += [(head, *known), (head, (" ", palette.quiet), *lens[1:])]
    if short:
        forms.append((head, (" ", palette.quiet), *short))
    return [*forms, (head,)]


def _name(scene: Scene, block: Block) -> str:
    if block.layer == 0:
        size = scene.state.preset.data.image
        if size is None:
            return _("input")
        times = sentence("×", scene.glyphs)
        return _("input {size}").format(size=f"{size[1]}{times}{size[0]}")
    return scene.state.network.activations[block.layer - 1]


def draw_way(canvas: Canvas, scene: Scene, y: int, x: int, until: int) -> None:
    """`◂── BP2` in the gap that the step crosses backwards, `FF ──▸` where it goes forwards."""
    step = scene.state.stop.step
    g = scene.glyphs
    if step == "backpropagate":
        parts: Line = ((g.backward, scene.palette.accent), (" BP2", scene.palette.accent))
    elif step == "feedforward":
        parts = (("FF ", scene.palette.accent), (g.forward, scene.palette.accent))
    else:
        return
    length = sum(cell_len(text) for text, _style in parts)
    if until - x < length + 2:
        return
    at = until - length - 1 if step == "backpropagate" else x + (until - x - length) // 2
    for text, style in parts:
        at = canvas.put(at, y, text, style)
