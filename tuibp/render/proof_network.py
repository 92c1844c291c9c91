"""The two layers that a proof is about, with what its line speaks of drawn bright."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tuibp.core.proof import Proof, ProofLine
from tuibp.locale import _
from tuibp.render.block import Block
from tuibp.render.canvas import Canvas
from tuibp.render.headings import draw_heading
from tuibp.render.layout import layout
from tuibp.render.lens import shown
from tuibp.render.lines import wrap
from tuibp.render.lit import connect_lit, light
from tuibp.render.marks import Marks
from tuibp.render.network import wanted
from tuibp.render.numbers import significant
from tuibp.render.proof_boxes import boxes_of, draw_proof_boxes
from tuibp.render.scene import Panel, Scene
from tuibp.render.tiles import draw_tiles
from tuibp.render.typeset import sentence, typeset
from tuibp.session.place import Place
from tuibp.session.state import State

LENSES = {"z": "z", "a": "a", "δ": "delta", "σ'": "slope"}
LISTED = 3
"""Weights of the line that are written out below."""


def layers_of(proof: Proof) -> tuple[int, int]:
    """The layer that sends and the one that receives, 0-based: l and l + 1 for BP2, otherwise l − 1 and l."""
    first = proof.layer if proof.equation == "BP2" else proof.layer - 1
    return first, first + 1


def proof_network(scene: Scene, proof: Proof, line: ProofLine, width: int, height: int) -> Panel:
    """`line` is the one that is lit."""
    canvas = Canvas(width, height)
    notes = _notes(scene, line, width - 2)
    lens = LENSES[line.lit.letter]
    scene = replace(scene, state=all_known(scene.state), lens=lens)
    boxes = boxes_of(scene, layers_of(proof), width, height - len(notes) - 1)
    blocks = _tiles(canvas, scene, proof, line, height - len(notes) - 1) if boxes is None else boxes
    for block in boxes or ():
        draw_proof_boxes(canvas, scene, block, lens, _bright(line, block))
    for left, right in pairwise(blocks):
        wires = [(j, k) for layer, j, k in line.lit.weights if layer == right.layer]
        connect_lit(canvas, scene, left, right, scene.state.network.w(right.layer), wires, apart=True)
    for row, text in enumerate(notes):
        canvas.put(1, height - len(notes) + row, text, scene.palette.quiet)
    return Panel(_("Network"), _("lit: what the line speaks of") if width >= 44 else "", canvas.rows())


def _tiles(canvas: Canvas, scene: Scene, proof: Proof, line: ProofLine, room: int) -> Sequence[Block]:
    """Both layers as tiles, what the line speaks of in the accent."""
    first, after = layers_of(proof)
    width, lens = canvas.width, scene.lens
    sizes = scene.state.network.sizes
    image = scene.state.preset.data.image if first == 0 else None
    both = (sizes[first], sizes[after])
    doubles = ((0, "double"), (1, "double")) if max(both) * 2 + 2 <= room and width >= 24 and not image else ()
    want = replace(
        wanted(scene, width, room), sizes=both, image=image, singles=not doubles, margin=1, names=0, least_margin=1,
        zoom=doubles,
    )  # fmt: skip
    plan = layout(want, max(proof.layer - first, 0), proof.j)
    blocks = [replace(b, layer=b.layer + first) for b in plan.blocks]
    for n, block in enumerate(blocks):
        values = shown(scene, block.layer, lens)
        draw_tiles(canvas, scene, block, values, Marks((), False, None))
        bright = _bright(line, block)
        for j in bright:
            light(canvas, scene, block, values, j)
        until = blocks[n + 1].x - blocks[n + 1].label - 1 if n + 1 < len(blocks) else width
        own = Marks((), bool(bright), None)
        draw_heading(canvas, scene, plan.heading, block, until - block.x + block.label, values, own)
    return blocks


def _bright(line: ProofLine, block: Block) -> list[int]:
    """The neurons of a layer that the line speaks of."""
    return [j for layer, j in line.lit.neurons if layer == block.layer]


def all_known(state: State) -> State:
    """The same after its last step: a proof speaks of numbers that the steps have still to come to."""
    return state.at(Place(len(state.stops) - 1))


def _notes(scene: Scene, line: ProofLine, width: int) -> list[str]:
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
