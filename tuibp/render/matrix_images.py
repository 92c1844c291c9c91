"""One neuron's weights as images, where the layer before is one: w ⊙ a = terms, or a δ = ∂C/∂w in step 5."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tuibp.core.index import shown
from tuibp.core.network import Array
from tuibp.locale import _
from tuibp.render.lines import EMPTY, Line, rows_of
from tuibp.render.numbers import plain, significant
from tuibp.render.pictures import beside, picture, scale_for, size_of
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence, typeset
from tuibp.render.weights import Weights, in_step_five, largest
from tuibp.session.reach import known

SUMS = 11
"""Cells of the column with Σ, b and z."""
GAP = 4
"""Cells between two images, an operator in them."""


@dataclass(frozen=True, eq=False)
class Shown:
    """One image and its name."""

    name: str
    values: Array
    kind: Literal["activation", "diverging"]


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
    shape, palette = scene.state.preset.data.image, scene.palette
    assert shape is not None
    scale = scale_for(shape, _room(width), height)
    wide, high = size_of(shape, scale)
    images = _images(scene, seen)
    names = [typeset(i.name, scene.glyphs) for i in images]
    operators = ["", sentence("·δ=", scene.glyphs)] if in_step_five(scene) else [sentence(" ⊙", scene.glyphs), " ="]
    parts: list[tuple[list[Line], int]] = []
    for i, shown_image in enumerate(images):
        parts.append((picture(scene, shown_image.values, shape, scale, shown_image.kind), wide))
        if i < 2:
            parts.append(([*[EMPTY] * ((high - 1) // 2), ((operators[i], palette.quiet),)], GAP))
    parts.append(([], 1))
    parts.append((_sums(scene, seen, high), SUMS))
    lines = beside(parts, 0, high)
    if height > high:
        scales = [
            f" ±{significant(largest(abs(i.values)), 2, scene.glyphs)}" if i.kind == "diverging" and wide >= 12 else ""
            for i in images
        ]
        labels = [
            ((sentence(f"{name}{extra}", scene.glyphs)[:wide], palette.quiet),)
            for name, extra in zip(names, scales, strict=True)
        ]
        lines += beside([([label], wide + GAP) for label in labels], 0, 1)
    if height > high + 1:
        lines.insert(0, EMPTY)
    title = names[2] if in_step_five(scene) else names[0]
    if height <= high:
        title = f"{names[0]} {operators[0].strip()} {names[1]} = {names[2]}"
    note = _("the {n} weights as a picture").format(n=scene.state.network.sizes[0])
    return Panel(title, note, rows_of(lines, width, height, 2), title_accent=scene.view.panel == "matrix")


def _images(scene: Scene, seen: Weights) -> tuple[Shown, Shown, Shown]:
    """w ⊙ a = terms; in step 5 w as it is, and a with what δ makes of it."""
    j = seen.row or 0
    row, inputs = Shown(f"w^2_{shown(j)}", scene.state.network.w(1)[j], "diverging"), scene.state.walk.a[0]
    if in_step_five(scene):
        matrix = scene.state.walk.grad_w[1]
        assert matrix is not None
        slopes = matrix[j] if known(scene.state, "grad_w", 1, j) else matrix[j] * 0.0
        return row, Shown("a^1", inputs, "activation"), Shown(f"∂C/∂w^2_{shown(j)}", slopes, "diverging")
    return row, Shown("a^1", inputs, "activation"), Shown(_("terms"), row.values * inputs, "diverging")


def _sums(scene: Scene, seen: Weights, high: int) -> list[Line]:
    """Σ of the terms, bias and z, each on a line; in step 5 the error that the inputs are multiplied with."""
    state, palette, j = scene.state, scene.palette, seen.row or 0
    if in_step_five(scene):
        delta = state.walk.delta[1]
        assert delta is not None
        number = plain([float(delta[j])], 8, glyphs=scene.glyphs)
        error: Line = ((sentence("δ  ", scene.glyphs), palette.quiet), (number(float(delta[j])), palette.accent))
        return [*[EMPTY] * ((high - 1) // 2), error]
    z = state.walk.z[1]
    assert z is not None
    bias = float(state.network.b(1)[j])
    there = known(state, "z", 1, j)
    total = float(state.network.w(1)[j] @ state.walk.a[0])
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
