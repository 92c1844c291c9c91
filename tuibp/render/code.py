"""The equation's line as numpy code in the equation panel, its shapes beside it, and the number that it gives."""

from __future__ import annotations

from tuibp.core.as_code import Code, Orientation, as_code
from tuibp.core.explanation import explain
from tuibp.locale import _
from tuibp.render.lines import Line, folded, rows_of, spread, width_of, wrapped
from tuibp.render.numbers import significant
from tuibp.render.paragraphs import Paragraph, fitted
from tuibp.render.scene import Panel, Scene
from tuibp.render.subject import subject_of
from tuibp.render.typeset import sentence, typeset

MARGIN = 2


def code_panel(scene: Scene, orientation: Orientation, width: int, height: int) -> Panel:
    """For the number under the cursor; its value is a dot until the steps have come to it."""
    palette, g, state = scene.palette, scene.glyphs, scene.state
    subject = subject_of(scene)
    quantity = "gradient" if subject.weight or subject.bias else subject.quantity
    code = as_code(state.network, quantity, subject.layer, subject.j, subject.k, orientation)
    told = explain(state.network, state.shown, quantity, subject.layer, subject.j, subject.k, state.walk)
    inner = width - MARGIN - 1
    value = significant(told.result, 6, g) if subject.known else g.dot
    picked: Line = ((code.picked, palette.strong),)
    told_value: Line = (("  # " + value, palette.accent if subject.known else palette.quiet),)
    whole = width_of(picked) + width_of(told_value) <= inner
    end = [(*picked, *told_value)] if whole else [*folded(picked, inner, 2), told_value]
    again = _("k: examples as rows") if orientation == "vector" else _("k: the equation again")
    paragraphs = [
        Paragraph(tuple(_lines(scene, code, inner))),
        Paragraph(tuple(end)),
        Paragraph(tuple(wrapped(sentence(_said(orientation), g), inner, palette.quiet)), rank=2),
        Paragraph(
            tuple(part for text in code.functions for part in folded(((text, palette.faint),), inner, 4)), rank=3
        ),
        Paragraph(tuple(wrapped(sentence(again, g), inner, palette.quiet)), rank=1),
    ]
    lines = fitted(paragraphs, height)
    title = _("{name} as code").format(name=typeset(told.name, g))
    return Panel(title, "numpy", rows_of(lines, width, height, MARGIN), title_accent=True)


def _lines(scene: Scene, code: Code, width: int) -> list[Line]:
    """Each assignment with its shapes at the right where they fit, otherwise below it."""
    palette, g, lines = scene.palette, scene.glyphs, list[Line]()
    for line in code.lines:
        shapes: Line = ((_ascii(line.shapes, g.ascii), palette.quiet),)
        text: Line = ((line.text, palette.ink),)
        both = spread(text, shapes, width)
        if width_of(text) + width_of(shapes) + 2 <= width:
            lines.append(both)
        else:
            lines += folded(text, width, 4)
            lines += folded((("  # ", palette.faint), *shapes), width, 4)
    return lines


def _ascii(shapes: str, wanted: bool) -> str:
    return shapes.replace("ᵀ", ".T").replace("→", "->").replace("·", " x ") if wanted else shapes


def _said(orientation: Orientation) -> str:
    if orientation == "vector":
        return _("One example: a vector a layer, as in the book.")
    return _("As frameworks have it: m examples are the rows, and a gradient is their mean.")
