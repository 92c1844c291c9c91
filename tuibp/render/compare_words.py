"""Sentences on a comparison that the screen and the command line share."""

from __future__ import annotations

from tuibp.core.index import shown
from tuibp.core.mistakes.apart import teller
from tuibp.core.mistakes.comparison import Comparison
from tuibp.core.mistakes.hints import Hint
from tuibp.core.mistakes.run import Task
from tuibp.locale import _


def hint_of(hint: Hint) -> str:
    """What the array that differs first has in common with the right one."""
    if hint.kind == "shape":
        return _("Its shape is {shape}.").format(shape=hint.shape)
    if hint.kind == "transposed":
        return _("It is the right one, transposed.")
    if hint.kind == "factor":
        return _("Every number of it is {factor:.6g} times the right one.").format(factor=hint.factor)
    return _("Its numbers are those of layer {layer}.").format(layer=shown(hint.layer))


def apart(task: Task, verdict: Comparison) -> str:
    """What would tell the mistakes apart that make the same numbers."""
    return {
        "example": _("Another example would tell them apart."),
        "batch": _("A mini-batch of several examples would tell them apart."),
        "width": _("Layers of unequal width would tell them apart."),
        "nothing": _("No other example nor width would tell them apart by these arrays."),
    }[teller(verdict.task or task, verdict)]
