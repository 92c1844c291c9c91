"""Questions about gradients: which is zero, and whether a mini-batch agrees on one."""

from __future__ import annotations

import numpy as np

from tuibp.core.mini_batch import mini_batch
from tuibp.core.network import NetworkError
from tuibp.core.notation import of_neuron, short, weight
from tuibp.core.questions.case import Ask, Case
from tuibp.core.questions.question import Number, Question
from tuibp.locale import _

MOST = 2
"""Weights into a neuron that can be listed as choices, beside `none`."""


def zero_gradient(ask: Ask, case: Case) -> Question:
    """Which of the weights into a neuron gets no gradient. Raises NetworkError where several do."""
    layer, j = ask.at
    row = case.given.grad_w(layer)[j]
    zeros = np.flatnonzero(row == 0)
    if len(row) > MOST or len(zeros) > 1:
        raise NetworkError(_("this asks for one weight of at most {most}").format(most=MOST))
    names = [f"∂C/∂{weight(layer, j, k)}" for k in range(len(row))]
    chosen = int(zeros[0]) if len(zeros) else len(row)
    told = chosen if len(zeros) else int(np.abs(row).argmin())
    return Question(
        _("Which of these gradients is zero?"),
        chosen,
        f"{names[told]} = {short(float(row[told]))}",
        case.meaning("gradient", layer, j, told),
        (*names, _("none of them")),
        told_by=Number("grad_w", layer, j, len(row) - 1),
    )


def batch_agrees(ask: Ask, case: Case) -> Question:
    """Whether the examples of the next mini-batch would move a weight or bias in the same direction."""
    layer, j = ask.at
    batch = mini_batch(case.network, case.data, case.training, case.update)
    delta = batch.delta[layer][:, j]
    each = delta if ask.weight is None else delta * batch.a[layer - 1][:, ask.weight]
    up, down, n = int((each < 0).sum()), int((each > 0).sum()), len(each)
    name = of_neuron("b", layer, j) if ask.weight is None else weight(layer, j, ask.weight)
    chosen = 2 if up and down else 0 if up else 1
    if n < 2 or not (up or down):
        raise NetworkError(_("no two examples of this mini-batch would move {name}").format(name=name))
    return Question(
        _("Will the {n} examples of the next mini-batch pull {name} the same way?").format(n=n, name=name),
        chosen,
        _("{up} pull {name} up, {down} down").format(up=up, down=down, name=name),
        _("On average ∂C/∂{name} is {mean}, and the update follows that alone.").format(
            name=name, mean=short(float(each.mean()))
        ),
        (_("all of them up"), _("all of them down"), _("some up, some down")),
    )
