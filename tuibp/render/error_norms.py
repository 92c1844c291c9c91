"""How large each layer's error is: a number under its tiles, and what one layer back makes of it, in a sentence."""

from __future__ import annotations

import numpy as np

from tuibp.core.index import shown
from tuibp.locale import _
from tuibp.render.canvas import Canvas
from tuibp.render.glyphs import Glyphs
from tuibp.render.layout import Layout
from tuibp.render.lines import width_of
from tuibp.render.numbers import significant
from tuibp.render.scene import Scene
from tuibp.render.typeset import sentence
from tuibp.session.reach import known_count
from tuibp.session.view import DEEP

EVEN = 3.0
"""Within this factor of their mean, layers are said to do about the same."""
HARDLY = 20.0
"""So many times smaller than the output's, an error hardly moves its layer."""


def norms_of(scene: Scene) -> list[tuple[int, float | None]]:
    """(layer, ‖δ^l‖) of each layer after the input, on the example shown; None where the steps have not come yet."""
    state = scene.state
    found: list[tuple[int, float | None]] = []
    for layer in range(1, state.network.layer_count):
        whole = known_count(state, "delta", layer) == state.network.sizes[layer]
        found.append((layer, float(np.linalg.norm(state.walk.delta(layer))) if whole else None))
    return found


def gradient_norms_of(scene: Scene) -> list[tuple[int, float | None]]:
    """(layer, ‖∂C/∂w^l‖), the same for the gradients."""
    state = scene.state
    found: list[tuple[int, float | None]] = []
    for layer in range(1, state.network.layer_count):
        whole = known_count(state, "grad_w", layer) == state.network.sizes[layer]
        found.append((layer, float(np.linalg.norm(state.walk.grad_w(layer))) if whole else None))
    return found


def spread(norms: list[tuple[int, float]], glyphs: Glyphs) -> str:
    """How far apart the gradients of layers (layer, ‖∂C/∂w^l‖) are; empty where that is not known."""
    sizes = np.array([norm for _layer, norm in norms])
    if len(sizes) < 2 or not np.isfinite(sizes).all() or not (sizes > 0).all():
        return ""
    if sizes.max() < 2 * sizes.min():
        return _("The gradients of all layers are of about the same size.")
    low, high = norms[int(sizes.argmin())][0], norms[int(sizes.argmax())][0]
    text = _("The gradient of layer {high} is the largest, {n} times that of layer {low}, the smallest.")
    return text.format(high=shown(high), low=shown(low), n=significant(float(sizes.max() / sizes.min()), 2, glyphs))


def draw_norms(canvas: Canvas, scene: Scene, plan: Layout) -> None:
    """Under the tiles of a deep network whose errors are looked at, in rows that nothing else needs."""
    if scene.lens not in ("delta", "grad_b") or scene.state.network.layer_count < DEEP or plan.scrolls:
        return
    norms = dict(norms_of(scene))
    bottom = max(block.y + block.height for block in plan.blocks)
    y = bottom + (not scene.compact and bottom + 3 < canvas.height)
    if all(norm is None for norm in norms.values()) or y >= canvas.height - 1:
        return
    palette, g = scene.palette, scene.glyphs
    taken = canvas.put(plan.blocks[0].x, y, sentence("‖δ‖", g), palette.quiet)
    for block in plan.blocks[1:]:
        norm = norms[block.layer]
        text = g.dot if norm is None else significant(norm, 2, g)
        end = block.x - block.label + block.width
        if end - len(text) > taken:
            canvas.right(end, y, text, palette.faint if norm is None else palette.ink)
            taken = end
    said = fading([(layer, norm) for layer, norm in norms.items() if norm is not None], g)
    if said and y + 2 < canvas.height and width_of(((said, palette.quiet),)) < canvas.width - plan.blocks[0].x:
        canvas.put(plan.blocks[0].x, y + 1, said, palette.quiet)


def fading(norms: list[tuple[int, float]], glyphs: Glyphs) -> str:
    """What one layer back makes of the errors (layer, ‖δ^l‖), of neighbouring layers; empty where nothing is clear."""
    sizes = np.array([norm for _layer, norm in norms])
    if len(sizes) < 3 or not np.isfinite(sizes).all() or not (sizes > 0).all():
        return ""
    whole = float(sizes[-1] / sizes[0])
    smaller = whole > 1
    back = np.maximum(sizes[1:] / sizes[:-1], 1e-300) ** (1 if smaller else -1)
    mean = float(np.exp(np.log(back).mean()))
    fields = {"n": significant(mean, 2, glyphs)}
    if sizes.max() < 2 * sizes.min():
        return _("The errors of all layers are of about the same size.")
    if (back > mean * EVEN).any() or (back < mean / EVEN).any() or mean < 1.2:
        ends = {"first": shown(norms[0][0]), "last": shown(norms[-1][0])}
        fields = {"n": significant(whole if smaller else 1 / whole, 2, glyphs)}
        if smaller:
            return _("From layer {last} back to layer {first} the error becomes {n} times smaller.").format(
                **ends, **fields
            )
        return _("From layer {last} back to layer {first} the error becomes {n} times larger.").format(**ends, **fields)
    if not smaller:
        return _("Each layer back, the error is about {n} times larger: the first layers move most.").format(**fields)
    if whole > HARDLY:
        return _("Each layer back, the error is about {n} times smaller: the first layers hardly learn.").format(
            **fields
        )
    return _("Each layer back, the error is about {n} times smaller.").format(**fields)
