"""The network while a nudge is in hand: how every activation moves, exact beside first order, and which stay still."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from rich.cells import cell_len
from rich.style import Style

from tuibp.core.index import pair
from tuibp.core.index import shown as counted
from tuibp.core.network import Array
from tuibp.core.nudge import Nudge
from tuibp.core.perturbation import Perturbation
from tuibp.locale import _
from tuibp.render.block import Block
from tuibp.render.boxes import frame
from tuibp.render.canvas import Canvas
from tuibp.render.headings import draw_heading
from tuibp.render.layout import Layout
from tuibp.render.lens import LensValues, diverging, shown
from tuibp.render.marks import Marks
from tuibp.render.numbers import alone, plain, significant
from tuibp.render.scene import Panel, Scene
from tuibp.render.tiles import draw_tiles
from tuibp.render.typeset import sentence, typeset
from tuibp.render.wires import LEAST_ROOM, MOST, Wire, draw_wires

APPROX = "≈"
BESIDE = 2
"""Cells at the right end of the headings that belong to the y above the wanted outputs."""


def ripple(canvas: Canvas, scene: Scene, plan: Layout, experiment: Perturbation) -> Panel:
    """The panel, everything where it stood before the nudge: `plan` is that of the five steps."""
    moves = _moves(experiment)
    largest = max((float(np.abs(da).max()) for da, _first in moves), default=0.0)
    for n, block in enumerate(plan.blocks):
        da = moves[block.layer][0]
        marks = Marks((), False, scene.cursor.j if scene.cursor.layer == block.layer else None)
        tiles = _shown(scene, block, da)
        if block.tile == "box":
            _draw_boxes(canvas, scene, block, experiment, moves[block.layer], largest)
        else:
            draw_tiles(canvas, scene, block, tiles, marks)
        following = plan.blocks[n + 1] if n + 1 < len(plan.blocks) else None
        until = following.x - following.label - 1 if following else canvas.width - BESIDE
        draw_heading(canvas, scene, plan.heading, block, until - block.x + block.label, tiles, marks)
    for left, right in pairwise(plan.blocks):
        _connect(canvas, scene, left, right, experiment.nudge, moves)
    _say(canvas, scene, experiment)
    note = _("exact, and {approx} first order").format(approx=scene.glyphs.approx)
    return Panel(_("Ripple"), note, canvas.rows())


def _moves(experiment: Perturbation) -> tuple[tuple[Array, Array], ...]:
    """(Δa, Δa to first order) of every layer; zeros before the nudge."""
    found = {r.layer: (r.da, r.da_first_order) for r in experiment.ripple}
    sizes = [experiment.before.a(layer).size for layer in range(experiment.before.last + 1)]
    return tuple(found.get(layer, (np.zeros(n),) * 2) for layer, n in enumerate(sizes))


def _shown(scene: Scene, block: Block, da: Array) -> LensValues:
    """Tiles tell Δa; the input, which cannot move, its a."""
    return shown(scene, 0, "a") if block.layer == 0 else diverging("ripple", da, da.size, None)


def _draw_boxes(
    canvas: Canvas, scene: Scene, block: Block, experiment: Perturbation, moved: tuple[Array, Array], largest: float
) -> None:
    lines = _lines(experiment, block, moved)
    forms = [
        plain(values, block.digits, most_decimals=block.digits - 3, plus=label != "a", glyphs=scene.glyphs)
        for label, values in lines
    ]
    for j in range(block.first, block.until):
        at = block.place(j)
        assert at is not None
        x, y = at
        moves = moved[0][j] != 0.0
        cursor = scene.cursor.layer == block.layer and scene.cursor.j == j
        glow = _glow(scene, float(moved[0][j]), largest)
        frame(canvas, scene, block, j, moves, False, cursor, glow if moves else None)
        for row, ((label, values), form) in enumerate(zip(lines, forms, strict=True), start=1):
            number = float(values[j])
            style = _style(scene, label, moves, glow)
            label_x = x + 2 if len(label) == 1 else x + 1
            name = "" if block.layer == 0 else sentence(label, scene.glyphs)
            canvas.put(label_x + (label == APPROX and block.digits > 7), y + row, name, scene.palette.quiet)
            canvas.right(x + block.cell_width - 2, y + row, form(number) if number or label == "a" else "0", style)


def _lines(experiment: Perturbation, block: Block, moved: tuple[Array, Array]) -> list[tuple[str, Array]]:
    """What stands in a box: a as it was, Δa exact and to first order; Δz too where there is a line for it."""
    a = experiment.before.a(block.layer)
    if block.layer == 0:
        return [("a", a)]
    dz = next((r.dz for r in experiment.ripple if r.layer == block.layer), np.zeros_like(a))
    lines = [("a", a), ("Δa", moved[0]), (APPROX, moved[1])]
    return [("Δz", dz), *lines] if block.cell_height > 5 else lines[5 - block.cell_height :]


def _style(scene: Scene, label: str, moves: bool, glow: Style) -> Style:
    palette = scene.palette
    if label == "a":
        return palette.ink
    if not moves:
        return palette.quiet
    return glow + Style(bold=True, reverse=palette.depth == "none" or None) if label == "Δa" else palette.ink


def _glow(scene: Scene, da: float, largest: float) -> Style:
    """The accent, as bright as the neuron moves."""
    share = abs(da) / largest if 0 < largest < float("inf") else 0.0
    return scene.palette.blend("accent", 0.45 + 0.55 * share**0.5)


def _connect(
    canvas: Canvas, scene: Scene, left: Block, right: Block, nudge: Nudge, moves: tuple[tuple[Array, Array], ...]
) -> None:
    """Wires: those that carry the change are bright, the nudged one is lit and says by how much."""
    x = left.x + left.cell_width
    width = right.x - right.label - x
    if not (left.spreads and right.spreads) or width < LEAST_ROOM or left.layer + 1 != right.layer:
        return
    w = scene.state.network.w(right.layer)
    largest = float(np.abs(w).max())
    chosen = (nudge.j, nudge.k) if nudge.kind == "parameter" and nudge.layer == right.layer else None
    wires = [
        _wire(scene, left, right, j, k, float(w[j, k]), largest, (j, k) == chosen, moves[left.layer][0][k] != 0.0)
        for j, k in _pairs(w, chosen)
    ]
    draw_wires(canvas, x, width, wires, scene.glyphs)
    carried = [(j, k) for j, k in _pairs(w, None) if moves[left.layer][0][k] != 0.0]
    if nudge.layer == left.layer and len(carried) <= 4:
        for j, k in carried:
            text = "w " + alone(float(w[j, k]), 5, glyphs=scene.glyphs).strip()
            _write(canvas, left, right, j, k, x, width, text, 0.55, scene.palette.quiet)
    if chosen is not None and nudge.k is not None:
        sign = "+" if nudge.delta > 0 else ""
        text = sentence(f"Δw {sign}", scene.glyphs) + significant(nudge.delta, 3, scene.glyphs)
        _write(canvas, left, right, nudge.j, nudge.k, x, width, text, 0.3, scene.palette.accent)


def _pairs(w: Array, chosen: tuple[int, int | None] | None) -> Iterator[tuple[int, int]]:
    n, n_in = w.shape
    if n * n_in <= MOST:
        yield from ((j, k) for j in range(n) for k in range(n_in))
    elif chosen is not None and chosen[1] is not None:
        yield chosen[0], chosen[1]


def _wire(
    scene: Scene, left: Block, right: Block, j: int, k: int, value: float, largest: float, chosen: bool, carries: bool
) -> Wire:
    start, end = left.anchor(k), right.anchor(j)
    assert start is not None
    assert end is not None
    strength = (abs(value) / largest) ** 0.7 if 0 < largest < float("inf") and value == value else 0.0
    share = 0.45 + 0.5 * strength if carries else 0.14 + 0.3 * strength
    style = scene.palette.accent_line if chosen else scene.palette.blend("negative" if value < 0 else "positive", share)
    return Wire(start, end, value, style, 2 * chosen + carries + strength)


def _write(
    canvas: Canvas, left: Block, right: Block, j: int, k: int, x: int, width: int, text: str, share: float, style: Style
) -> None:
    """A few words on a wire, if the gap has room for them."""
    start, end = left.anchor(k), right.anchor(j)
    assert start is not None
    assert end is not None
    if cell_len(text) > width:
        return
    y = round(start + (end - start) * share) - (start == end)
    canvas.put(x + min(max(round(width * share - cell_len(text) / 2), 0), width - cell_len(text)), y, text, style)


def _say(canvas: Canvas, scene: Scene, experiment: Perturbation) -> None:
    """What moves and what does not, in the bottom row where it is free."""
    x, y = (1 if scene.compact else 2), canvas.height - 1
    if y < 0 or "".join(canvas.characters[y]).strip():
        return
    for text in _sentences(experiment):
        said = sentence(text, scene.glyphs)
        if cell_len(said) <= canvas.width - x:
            canvas.put(x, y, said, scene.palette.quiet)
            return


def _sentences(experiment: Perturbation) -> tuple[str, ...]:
    """From the longest to the shortest."""
    nudge = experiment.nudge
    still = not any(moved.da.any() for moved in experiment.ripple)
    if nudge.kind == "direction":
        long = _("Every weight and bias moves a little; so does everything after the input.")
        return long, _("Every weight and bias moves a little.")
    if nudge.kind == "demon":
        name = typeset(f"z^{counted(nudge.layer)}_{counted(nudge.j)}")
    elif nudge.k is None:
        name = typeset(f"b^{counted(nudge.layer)}_{counted(nudge.j)}")
    else:
        name = typeset(f"w^{counted(nudge.layer)}_{pair(nudge.j, nudge.k)}")
        if still and experiment.before.a(nudge.layer - 1)[nudge.k] == 0.0:
            source = typeset(f"a^{counted(nudge.layer - 1)}_{counted(nudge.k)}")
            return (_("Nothing moves: {name} multiplies {source}, which is 0.").format(name=name, source=source),)
    if still:
        return (_("No activation moves: the change is lost on the way."),)
    return (
        _("Only what lies downstream of {name} moves; everything else is still.").format(name=name),
        _("Only what lies downstream of {name} moves.").format(name=name),
    )
