"""The two layers that a proof is about, with what its line speaks of drawn bright."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from tuibp.core.proof import Line, Proof
from tuibp.locale import _
from tuibp.render.canvas import Canvas
from tuibp.render.headings import draw_heading
from tuibp.render.layout import layout
from tuibp.render.lens import shown
from tuibp.render.lines import wrap
from tuibp.render.lit import connect_lit, light
from tuibp.render.marks import Marks
from tuibp.render.network import wanted
from tuibp.render.numbers import significant
from tuibp.render.scene import Panel, Scene
from tuibp.render.tiles import draw_tiles
from tuibp.render.typeset import sentence, typeset

LENSES = {"z": "z", "a": "a", "δ": "delta", "σ'": "slope"}
LISTED = 3
"""Weights of the line that are written out below."""


def layers_of(proof: Proof) -> tuple[int, int]:
    """The layer that sends and the one that receives, 0-based: l and l + 1 for BP2, otherwise l − 1 and l."""
    first = proof.layer if proof.equation == "BP2" else proof.layer - 1
    return first, first + 1


def proof_network(scene: Scene, proof: Proof, line: Line, width: int, height: int) -> Panel:
    """`line` is the one that is lit."""
    canvas = Canvas(width, height)
    first, after = layers_of(proof)
    sizes = scene.state.network.sizes
    notes = _notes(scene, line, width - 2)
    room = height - len(notes) - 1
    image = scene.state.preset.data.image if first == 0 else None
    both = (sizes[first], sizes[after])
    doubles = ((0, "double"), (1, "double")) if max(both) * 2 + 2 <= room and width >= 24 and not image else ()
    want = replace(
        wanted(scene, width, room), sizes=both, image=image, singles=not doubles, margin=1, names=0, least_margin=1,
        zoom=doubles,
    )  # fmt: skip
    at = max(proof.layer - first, 0)
    plan = layout(want, at, proof.j)
    blocks = [replace(b, layer=b.layer + first) for b in plan.blocks]
    lens, marks = LENSES[line.lit.letter], Marks((), False, None)
    for n, block in enumerate(blocks):
        values = shown(replace(scene, lens=lens), block.layer, lens)
        values = replace(values, known=values.values.size)
        draw_tiles(canvas, scene, block, values, marks)
        bright = [j for layer, j in line.lit.neurons if layer == block.layer]
        for j in bright:
            light(canvas, scene, block, values, j)
        until = blocks[n + 1].x - blocks[n + 1].label - 1 if n + 1 < len(blocks) else width
        own = Marks((), bool(bright), None)
        draw_heading(canvas, scene, plan.heading, block, until - block.x + block.label, values, own)
    for left, right in pairwise(blocks):
        wires = [(j, k) for layer, j, k in line.lit.weights if layer == right.layer]
        connect_lit(canvas, scene, left, right, scene.state.network.w(right.layer), wires)
    for row, text in enumerate(notes):
        canvas.put(1, height - len(notes) + row, text, scene.palette.quiet)
    return Panel(_("Network"), _("lit: what the line speaks of") if width >= 44 else "", canvas.rows())


def _notes(scene: Scene, line: Line, width: int) -> list[str]:
    """The line's weights, where they are few."""
    if not 0 < len(line.lit.weights) <= LISTED:
        return []
    from tuibp.core.notation import weight

    network = scene.state.network
    parts = [
        f"{typeset(weight(layer, j, k), scene.glyphs)} {significant(float(network.w(layer)[j, k]), 3, scene.glyphs)}"
        for layer, j, k in line.lit.weights
    ]
    return wrap(sentence("   ".join(parts), scene.glyphs), width)[:2]
