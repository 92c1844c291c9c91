"""One neuron's weights as images, where the layer before is one: w ⊙ a = terms, or a · δ = ∂C/∂w in step 5."""

from __future__ import annotations

from dataclasses import dataclass

from tuibp.core.index import shown
from tuibp.core.network import largest
from tuibp.locale import _
from tuibp.render.lines import EMPTY, Line, rows_of
from tuibp.render.numbers import plain, significant
from tuibp.render.pictures import beside, picture, scale_for, size_of
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence, typeset
from tuibp.render.weights import Weights, in_step_five
from tuibp.session.reach import known

SUMS = 11
"""Cells of the column with Σ, b and z."""
GAP = 4
"""Cells between two images, an operator in them."""
ERROR = 15
"""Cells between two images that hold the error which makes the one of the other."""


@dataclass(frozen=True)
class Part:
    """What stands in some columns, and its name below."""

    lines: list[Line]
    width: int
    name: Line = ()


def images_fit(scene: Scene, seen: Weights, width: int, height: int) -> bool:
    """Whether images tell more than numbers here: all weights of one neuron, and no single one chosen."""
    shape = scene.state.preset.data.image
    if shape is None or seen.layer != 1 or seen.row is None or seen.exact:
        return False
    if in_step_five(scene) and not scene.compact:
        return False  # the equation panel shows them
    return scale_for(shape, _room(width), height) != 0


def _room(width: int) -> int:
    """Cells of one of three images."""
    return (width - 2 - 2 * GAP - 2 - SUMS) // 3


def image_panel(scene: Scene, seen: Weights, width: int, height: int) -> Panel:
    shape, j = scene.state.preset.data.image, seen.row or 0
    assert shape is not None
    scale = scale_for(shape, _room(width), height)
    wide, high = size_of(shape, scale)
    parts = _gradient(scene, j, scale, wide, high) if in_step_five(scene) else _terms(scene, j, scale, wide, high)
    lines = beside([(part.lines, part.width) for part in parts], 0, high)
    if height > high:
        lines += beside([([part.name], part.width) for part in parts], 0, 1)
    if height > high + 1:
        lines.insert(0, EMPTY)
    name = f"∂C/∂w^2_{shown(j)} = a^1 · δ^2_{shown(j)}" if in_step_five(scene) else f"w^2_{shown(j)} ⊙ a^1"
    title = typeset(name if height <= high else name.split()[0], scene.glyphs)
    note = _("the {n} weights as a picture").format(n=scene.state.network.sizes[0])
    return Panel(title, note, rows_of(lines, width, height, 2), title_accent=scene.view.panel == "matrix")


def _terms(scene: Scene, j: int, scale: int, wide: int, high: int) -> list[Part]:
    """w ⊙ a = terms, and what they add up to."""
    shape, palette = scene.state.preset.data.image, scene.palette
    assert shape is not None
    weights, inputs = scene.state.network.w(1)[j], scene.state.walk.a(0)
    terms = weights * inputs
    equals: Line = ((" =", palette.quiet),)
    times: Line = ((sentence(" ⊙", scene.glyphs), palette.quiet),)
    scales = [f" ±{significant(largest(abs(v)), 2, scene.glyphs)}" if wide >= 12 else "" for v in (weights, terms)]
    return [
        Part(picture(scene, weights, shape, scale), wide, _name(scene, f"w^2_{shown(j)}{scales[0]}", wide)),
        Part(_middle(times, high), GAP),
        Part(picture(scene, inputs, shape, scale, "activation"), wide, _name(scene, "a^1", wide)),
        Part(_middle(equals, high), GAP),
        Part(picture(scene, terms, shape, scale), wide, _name(scene, _("terms") + scales[1], wide)),
        Part([], 1),
        Part(_sums(scene, j, high), SUMS),
    ]


def _gradient(scene: Scene, j: int, scale: int, wide: int, high: int) -> list[Part]:
    """a · δ = ∂C/∂w: the picture of the gradients is the input's own, in the sign and strength of the error."""
    shape, palette = scene.state.preset.data.image, scene.palette
    delta, matrix = scene.state.walk.delta(1), scene.state.walk.grad_w(1)
    assert shape is not None
    there = known(scene.state, "grad_w", 1, j)
    slopes = matrix[j] if there else matrix[j] * 0.0
    error = plain([float(delta[j])], 9, glyphs=scene.glyphs)(float(delta[j]))
    product: Line = (
        (sentence(" · ", scene.glyphs), palette.quiet),
        (error, palette.accent),
        (" =", palette.quiet),
    )
    name = f"    δ^2_{shown(j)}"
    size = f"  ±{significant(largest(slopes), 3, scene.glyphs)}" if there else ""
    return [
        Part(picture(scene, scene.state.walk.a(0), shape, scale, "activation"), wide, _name(scene, "a^1", wide)),
        Part(_middle(product, high), ERROR, _name(scene, name, ERROR)),
        Part(picture(scene, slopes, shape, scale), wide, _name(scene, f"∂C/∂w^2_{shown(j)}{size}", wide + 14)),
    ]


def _name(scene: Scene, markup: str, width: int) -> Line:
    return ((typeset(markup, scene.glyphs)[:width], scene.palette.quiet),)


def _middle(line: Line, high: int) -> list[Line]:
    """A line beside the middle of an image."""
    return [*[EMPTY] * ((high - 1) // 2), line]


def _sums(scene: Scene, j: int, high: int) -> list[Line]:
    """Σ of the terms, bias and z, each on a line."""
    state, palette = scene.state, scene.palette
    z = state.walk.z(1)
    bias = float(state.network.b(1)[j])
    there = known(state, "z", 1, j)
    total = float(state.network.w(1)[j] @ state.walk.a(0))
    number = plain([total, bias, float(z[j])], 8, glyphs=scene.glyphs)
    rows = (("Σ", total, palette.ink), ("b", bias, palette.ink), ("z", float(z[j]), palette.accent))
    lines: list[Line] = []
    for name, value, style in rows:
        text = number(value if there or name == "b" else None)
        lines.append(
            (
                (f"{sentence(name, scene.glyphs):3}"[:3], palette.quiet),
                (text, style if there or name == "b" else palette.faint),
            )
        )
    return [*[EMPTY] * max((high - 3) // 2, 0), *lines]
