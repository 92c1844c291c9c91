"""Questions about the way forward."""

from __future__ import annotations

from tuibp.core.index import shown
from tuibp.core.notation import of_neuron, short
from tuibp.core.questions.case import Ask, Case
from tuibp.core.questions.errors import clearly_largest, sign_choice, signs
from tuibp.core.questions.question import Number, Question
from tuibp.locale import _


def sign_of_z(ask: Ask, case: Case) -> Question:
    layer, j = ask.at
    z, name = float(case.given.z(layer)[j]), of_neuron("z", layer, j)
    return Question(
        _("What sign will {z} have?").format(z=name), sign_choice(z), f"{name} = {short(z)}",
        case.meaning("z", layer, j), signs(), told_by=Number("z", layer, j),
    )  # fmt: skip


def largest_activation(ask: Ask, case: Case) -> Question:
    assert ask.layer is not None
    layer = ask.layer
    a = case.given.a(layer)
    j = clearly_largest(a - a.min() if a.min() < 0 else a)
    name = of_neuron("a", layer, j)
    return Question(
        _("Which neuron of layer {layer} will have the largest activation?").format(layer=shown(layer)),
        j,
        _("neuron {j}: {name} = {value}").format(j=shown(j), name=name, value=short(float(a[j]))),
        case.meaning("a", layer, j),
        layer=layer,
        told_by=Number("a", layer, len(a) - 1),
    )
