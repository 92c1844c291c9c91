"""The cursor on a symbol of the equation: where it stands, what it stands for, and which of the grid it lights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from rich.style import Style

from tuibp.core.index import shown
from tuibp.core.notation import of_layer, of_neuron, weight, weights_into, weights_out_of
from tuibp.core.symbols import Kind, Symbol, symbols
from tuibp.locale import _
from tuibp.render.block import Block
from tuibp.render.canvas import Canvas
from tuibp.render.lens import LensValues
from tuibp.render.lines import Line, wrapped
from tuibp.render.marks import Marks
from tuibp.render.paragraphs import Paragraph
from tuibp.render.scene import Scene
from tuibp.render.setting import Setting
from tuibp.render.symbol_parts import QUANTITIES
from tuibp.render.tiles import tile_text
from tuibp.render.typeset import typeset
from tuibp.session.reach import known, known_count

FEW = 4
"""More numbers than these are told by the largest of them."""


def all_of(paragraphs: Sequence[Paragraph], scene: Scene) -> list[Symbol]:
    """The symbols of a panel, in the order in which they are read."""
    at, last = scene.cursor, scene.state.network.last
    return [symbol for p in paragraphs if p.formula for symbol in symbols(p.formula, at.layer, last, at.j, at.k)]


def marked(paragraph: Paragraph, symbol: Symbol, scene: Scene) -> Paragraph:
    """The paragraph with the symbol as the cursor shows it."""
    # Lines are broken at blanks alone: counted without them, a symbol stays where it was.
    before, upto = (
        _solid(typeset(paragraph.formula[:end], scene.glyphs)) + paragraph.lead for end in (symbol.start, symbol.end)
    )
    lines, seen = [], 0
    for line in paragraph.lines:
        pieces: list[tuple[str, Style]] = []
        for text, style in line:
            for character in text:
                solid = not character.isspace()
                inside = before <= seen < upto if solid else before < seen < upto
                pieces.append((character, scene.palette.badge if inside else style))
                seen += solid
        lines.append(tuple(_joined(pieces)))
    return replace(paragraph, lines=tuple(lines))


def _solid(text: str) -> int:
    return sum(not character.isspace() for character in text)


def _joined(pieces: list[tuple[str, Style]]) -> Iterator[tuple[str, Style]]:
    text, last = "", Style.null()
    for character, style in pieces:
        if text and style != last:
            yield text, last
            text = ""
        text, last = text + character, style
    if text:
        yield text, last


def told_of(scene: Scene, setting: Setting, symbol: Symbol) -> list[Line]:
    """Its name and numbers, and below them in words what it is."""
    palette = setting.palette
    name: Line = ((setting.formula(name_of(scene, symbol)) + " = ", palette.ink),)
    first = (*name, *_numbers(scene, setting, symbol))
    words = wrapped(typeset(_words(symbol), setting.glyphs), setting.width, palette.quiet)
    return [first, *words]


def name_of(scene: Scene, symbol: Symbol) -> str:
    """Its name with all its indices, in markup."""
    layer, j, k = symbol.layer, symbol.j, symbol.k
    if symbol.weights:
        if j is not None and k is not None:
            name = weight(layer, j, k)
        elif k is not None:
            name = weights_out_of(layer, k)
        else:
            name = of_layer("w", layer) if j is None else weights_into(layer, j)
        return name if symbol.kind == "w" else f"∂C/∂{name}"
    if symbol.kind == "y":
        return f"y_{shown(j or 0)}"
    letter = {"slope": "z", "∂C/∂a": "a", "∂C/∂b": "b"}.get(symbol.kind, symbol.kind)
    name = of_layer(letter, layer) if j is None else of_neuron(letter, layer, j)
    if symbol.kind == "slope":
        return f"{scene.state.network.function(layer, j or 0).symbol}'({name})"
    return f"∂C/∂{name}" if symbol.kind.startswith("∂") else name


def _numbers(scene: Scene, setting: Setting, symbol: Symbol) -> Line:
    """The number; of several each, or of many the largest; a dot where the steps have not come to it."""
    state, palette = scene.state, setting.palette
    if not is_known(scene, symbol):
        return ((setting.glyphs.dot, palette.line),)
    values = symbol.values(state.network, state.walk, state.shown.y)
    flat = values.ravel()
    if (flat.size <= FEW and flat.size * (setting.cells + 2) + 8 <= setting.width) or flat.size == 1:
        return setting.join([((setting.number(float(v)), palette.accent),) for v in flat], ", ")
    sizes = np.where(np.isfinite(flat), np.abs(flat), -1.0)
    largest = float(flat[int(sizes.argmax())])
    size = setting.glyphs.times.join(map(str, values.shape))
    text = _("{size} numbers, largest {value}").format(size=size, value=setting.number(largest))
    return ((setting.say(text), palette.accent),)


def is_known(scene: Scene, symbol: Symbol) -> bool:
    """Whether the five steps have come to all of its numbers."""
    state = scene.state
    if symbol.kind == "∂C/∂a":
        after = min(symbol.layer + 1, state.network.last)
        return known_count(state, "delta", after) == state.network.sizes[after]
    quantity = QUANTITIES.get(symbol.kind)
    if quantity is None or (quantity == "a" and not symbol.layer):
        return True
    j = state.network.sizes[symbol.layer] - 1 if symbol.j is None else symbol.j
    return known(state, quantity, symbol.layer, j, symbol.k if quantity == "grad_w" else None)


def _words(symbol: Symbol) -> str:
    layer, j, k = shown(symbol.layer), symbol.j, symbol.k
    fields = {"layer": layer, "before": layer - 1, "j": shown(j or 0), "k": shown(k or 0)}
    if symbol.transposed or (symbol.kind == "w" and j is None and k is not None):
        return _(
            "The weights out of neuron {k} of layer {before}: the wires of step 2, walked backwards. Nothing is "
            "undone: they multiply once more."
        ).format(**fields)
    if symbol.weights:
        return _weights(symbol).format(**fields)
    if symbol.layer == 0:
        return (_("The inputs.") if j is None else _("Input {j} of this example.")).format(**fields)
    return (_of_layer(symbol.kind) if j is None else _of_neuron(symbol.kind)).format(**fields)


def _weights(symbol: Symbol) -> str:
    one = symbol.j is not None and symbol.k is not None
    if symbol.kind == "w":
        return (
            _("The weight from neuron {k} of layer {before} to neuron {j} of layer {layer}.")
            if one
            else _("The weights into neuron {j} of layer {layer}, one from each neuron of layer {before}.")
        )
    return (
        _("How fast C grows with the weight from neuron {k} to neuron {j} of layer {layer}.")
        if one
        else _("How fast C grows with each weight into neuron {j} of layer {layer}.")
    )


def _of_neuron(kind: Kind) -> str:
    return {
        "a": _("The activation of neuron {j} of layer {layer}: what it sends on."),
        "z": _("The weighted input of neuron {j} of layer {layer}."),
        "δ": _("The error of neuron {j} of layer {layer}: how fast C grows with its z."),
        "slope": _("The slope of neuron {j}’s function at its z: how much of a change passes through it."),
        "b": _("The bias of neuron {j} of layer {layer}."),
        "y": _("What is wanted of output {j} in this example."),
        "∂C/∂a": _("How fast C grows with the activation of neuron {j} of layer {layer}."),
        "∂C/∂b": _("How fast C grows with the bias of neuron {j} of layer {layer}."),
    }[kind]  # fmt: skip


def _of_layer(kind: Kind) -> str:
    return {
        "a": _("The activations of layer {layer}."),
        "z": _("The weighted inputs of layer {layer}."),
        "δ": _("The errors of layer {layer}, the layer after it: step 4 takes them from there."),
        "∂C/∂a": _("How fast C grows with each activation of layer {layer}."),
    }.get(kind, _("One number for each neuron of layer {layer}."))


# On the grid


def light(canvas: Canvas, scene: Scene, block: Block, shown: LensValues, marks: Marks) -> None:
    """The tiles that the symbol stands for, in the accent; boxes light their own lines, a whole picture stays one."""
    lit = [j for j in range(block.first, block.until) if marks.computed(j)]
    if block.tile == "box" or (len(lit) > 1 and block.tile in ("image", "speck")):
        return
    form = shown.format(block.cell_width - 1, scene, block.tight) if block.tile in ("single", "double") else None
    for j in lit:
        at = block.pixel(j) if block.tile == "image" else block.place(j)
        if at is None:
            continue
        if form is None:
            canvas.put(*at, "@" if scene.glyphs.ascii else "█", scene.palette.accent)
        else:
            text = tile_text(form, float(shown.values[j]) if j < shown.known else None, block)
            canvas.put(*at, text, scene.palette.badge)
