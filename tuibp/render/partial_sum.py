"""A sum half way: the terms that the steps have come to, what they add up to so far, and how many are to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibp.locale import _, ngettext
from tuibp.render.paragraphs import Paragraph
from tuibp.render.term_table import TermColumns

if TYPE_CHECKING:
    from tuibp.core.explanation import Explanation
    from tuibp.render.lines import Line
    from tuibp.render.scene import Scene
    from tuibp.render.setting import Setting
    from tuibp.render.subject import Subject

IN_TERMS = {
    "feedforward": ("a", "z"), "output_error": ("delta",), "backpropagate": ("delta",), "gradient": ("gradient",),
}  # fmt: skip
"""The numbers that a step makes term by term; of a gradient each term is a number of its own."""


def terms_reached(scene: Scene, subject: Subject) -> int:
    """How many terms the steps have come to of a number that they are in the middle of; 0 of any other."""
    place, stop = scene.state.place, scene.state.stop
    if subject.known or place.term is None or (stop.layer, place.neuron) != (subject.layer, subject.j):
        return 0
    return place.term + 1 if subject.quantity in IN_TERMS.get(stop.step, ()) else 0


def partial_sum(setting: Setting, made: Explanation, count: int, rows: int) -> list[Paragraph]:
    """The first `count` terms, the latest of them lit, in about `rows` lines."""
    first = max(count - max(rows - 4, 1), 0)
    listed = made.terms[first:count]
    labels = [setting.formula(f"k={k + 1}") for k in range(first, count)]
    sums = made.so_far(first), made.so_far(count)
    columns = TermColumns(setting, listed, sums, max(map(len, labels)))
    lines: list[Line] = []
    if first:
        earlier = ngettext("{n} term before", "{n} terms before", first).format(n=first)
        lines.append(columns.total(sums[0], setting.say(earlier)))
    lines += [columns.row(term, label) for term, label in zip(listed, labels, strict=True)]
    *others, (label, _old) = lines[-1]
    lines[-1] = (*others, (label, setting.palette.accent))
    so_far = columns.total(sums[1], setting.say(_("so far")))
    return [Paragraph((*lines, so_far)), still_to_come(setting, len(made.terms) - count)]


def still_to_come(setting: Setting, left: int) -> Paragraph:
    text = ngettext("{n} term is still to come.", "{n} terms are still to come.", left).format(n=left)
    return Paragraph(((setting.quiet(text),),), 2)
