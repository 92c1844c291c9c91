"""One number of somebody's beside the right one, how the right one is made, and the mistake that made theirs."""

from __future__ import annotations

import re

import numpy as np

from tuibp.core.index import pair, shown
from tuibp.core.mistakes.comparison import Named
from tuibp.core.mistakes.sides import Sides
from tuibp.core.notation import of_layer, of_neuron, short
from tuibp.locale import _
from tuibp.render.compare_network import Spot
from tuibp.render.lines import EMPTY, Line, rows_of, wrapped
from tuibp.render.numbers import alone
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence, typeset

NAMES = {"z": "z", "a": "a", "delta": "δ", "grad_w": "∂C/∂w", "grad_b": "∂C/∂b", "new_w": "w", "new_b": "b"}
TERMS = 3
"""Of a sum that are written out."""


def named(spot: Spot) -> str:
    """The number, as markup."""
    after = "'" if spot.quantity.startswith("new") else ""
    if spot.k is not None:
        return f"{of_layer(NAMES[spot.quantity], spot.layer)}{after}_{pair(spot.j, spot.k)}"
    return of_neuron(NAMES[spot.quantity], spot.layer, spot.j) + after


def of_array(quantity: str, layer: int) -> str:
    """A layer's array, as markup."""
    return of_layer(NAMES[quantity], layer) + ("'" if quantity.startswith("new") else "")


def equation(spot: Spot, last: int, sigma: str) -> tuple[str, str]:
    """Its equation's name, and the equation, as markup."""
    if spot.quantity == "delta":
        if spot.layer == last:
            return "BP1", f"∇_a C ⊙ {sigma}'(z^L)"
        return "BP2", f"((w^{{l+1}})^T δ^{{l+1}}) ⊙ {sigma}'(z^l)"
    return {
        "z": ("(25)", "w^l a^{l-1} + b^l"), "a": ("(25)", f"{sigma}(z^l)"), "grad_b": ("BP3", "∂C/∂b = δ"),
        "grad_w": ("BP4", "∂C/∂w = a_in δ_out"), "new_w": ("", "w − η ∂C/∂w"), "new_b": ("", "b − η ∂C/∂b"),
    }[spot.quantity]  # fmt: skip


def value_of(values: np.ndarray, spot: Spot) -> float:
    """The number of an array at the spot."""
    if spot.k is not None:
        return float(values[spot.j, spot.k])
    return float(values[min(spot.row, len(values) - 1), spot.j] if values.ndim == 2 else values[spot.j])


def is_right(sides: Sides, spot: Spot) -> bool:
    return bool(value_of(sides.near(spot.key), spot))


def number_panel(scene: Scene, sides: Sides, spot: Spot, searching: bool, width: int, height: int) -> Panel:
    """The panel of the number under the cursor; `searching` while the mistake is still looked for."""
    palette, g = scene.palette, scene.glyphs
    name, formula = equation(spot, sides.task.network.last, scene.state.network.function(spot.layer, spot.j).symbol)
    head: Line = (*(((name + " ", palette.accent),) if name else ()), (typeset(formula, g), palette.ink))
    lines: list[Line] = [EMPTY, head, EMPTY, *_both(scene, sides, spot, width - 1), EMPTY]
    for text, strong in _said(sides, spot, searching):
        style = palette.strong if strong else palette.ink
        lines += [*wrapped(sentence(typeset(text, g), g), max(width - 2, 8), style), EMPTY]
    title = _("{number} yours and ours").format(number=typeset(named(spot), g))
    return Panel(sentence(title, g), "", rows_of(lines, width, height, 1), title_accent=False)


def _both(scene: Scene, sides: Sides, spot: Spot, width: int) -> list[Line]:
    palette, g = scene.palette, scene.glyphs
    ours, theirs = value_of(sides.ours(spot.key), spot), sides.theirs(spot.key)
    labels = _("ours"), _("yours")
    cells = max(map(len, labels)) + 1
    right = theirs is not None and is_right(sides, spot)
    room = 7 if _terms(sides, spot, transposed=True) else 9
    first: Line = ((labels[0].ljust(cells), palette.quiet), (alone(ours, room, glyphs=g), palette.accent))
    lines = [_with(first, _terms(sides, spot, transposed=True), scene, width)]
    if theirs is None:
        held = sides.brought(spot.key)
        says = _("its shape is not that of ours") if held else _("you brought none")
        return [*lines, ((labels[1].ljust(cells), palette.quiet), (sentence(says, g), palette.quiet))]
    style = palette.accent if right else palette.wrong
    second: Line = ((labels[1].ljust(cells), palette.quiet), (alone(value_of(theirs, spot), room, glyphs=g), style))
    lines.append(_with(second, "" if right else _their_terms(sides, spot), scene, width))
    if not sides.brought(spot.key):
        carried = _("You brought none of these: yours are what your form makes of them.")
        lines += wrapped(sentence(carried, g), width - 1, palette.quiet)
    return lines


def _with(line: Line, terms: str, scene: Scene, width: int) -> Line:
    text = " " + typeset(terms, scene.glyphs)
    fits = bool(terms) and sum(len(part) for part, _style in line) + len(text) <= width
    return (*line, (text, scene.palette.quiet)) if fits else line


def _terms(sides: Sides, spot: Spot, transposed: bool) -> str:
    """What BP2 sums up: the weights that leave the neuron, or (not transposed) those that come into that number."""
    network = sides.task.network
    if spot.quantity != "delta" or spot.layer == network.last:
        return ""
    w = network.w(spot.layer + 1)
    if len(w) > TERMS or (not transposed and (w.shape[0] != w.shape[1])):
        return ""
    parts = w[:, spot.j] if transposed else w[spot.j]
    told = (f"{_bare(float(v))} {of_neuron('δ', spot.layer + 1, i)}" for i, v in enumerate(parts))
    return " + ".join(told).replace("+ −", "− ")


def _bare(value: float) -> str:
    return short(value).replace("0.", ".", 1) if abs(value) < 1 else short(value)


def _their_terms(sides: Sides, spot: Spot) -> str:
    """The same of theirs, where the named mistake is that w was not transposed."""
    single = [n for n in sides.verdict.mistakes if n.mistake.name == "w_not_transposed" and spot.layer in n.layers]
    return _terms(sides, spot, transposed=False) if single and len(sides.verdict.mistakes) == 1 else ""


def _said(sides: Sides, spot: Spot, searching: bool) -> list[tuple[str, bool]]:
    """Sentences, and whether they are the main ones."""
    verdict, first = sides.verdict, sides.verdict.first
    if sides.theirs(spot.key) is None or is_right(sides, spot):
        return []
    if searching:
        return [(_("The mistake is being looked for."), False)]
    if first is not None and spot.key != (first.quantity, first.layer) and not _made_here(verdict.mistakes, spot):
        return [(_("It follows from {name}.").format(name=of_array(first.quantity, first.layer)), False)]
    told: list[tuple[str, bool]] = []
    for one in verdict.mistakes:
        head, colon, rest = at_layer(one).partition(": ")
        told += [(head + ("." if colon else ""), True), *([(rest[:1].upper() + rest[1:], False)] if rest else [])]
    if not told:
        told = [(_("No known mistake makes these numbers."), False)]
    return told


def _made_here(mistakes: tuple[Named, ...], spot: Spot) -> bool:
    """Whether a named mistake changes this very array, and not only what it is made of."""
    return any(
        c.part == spot.quantity and (c.layers is None or spot.layer in c.layers) for n in mistakes for c in n.way
    )


def at_layer(one: Named) -> str:
    """The mistake's sentence; made in one layer alone, with that layer's number in the place of l."""
    if len(one.layers) != 1:
        return one.mistake.sentence
    layer = shown(one.layers[0])
    text = one.mistake.sentence.replace("^{l+1}", f"^{layer + 1}").replace("^{l−1}", f"^{layer - 1}")
    return re.sub(r"\^l(?![a-z])", f"^{layer}", text)
