"""Questions whose answer is a count."""

from __future__ import annotations

import math

from tuibp.core.notation import weight
from tuibp.core.questions.case import Ask, Case
from tuibp.core.questions.question import Question
from tuibp.locale import _


def number_of_passes(ask: Ask, case: Case) -> Question:  # noqa: ARG001  # as all makers
    """What (46) takes for one gradient."""
    n = int(case.network.parameters.size)
    return Question(
        _("{n:,} weights and biases: how many forward passes does (46) need for one gradient?").format(n=n),
        n + 1,
        f"{n + 1:,}",
        _("One pass for C as it is, and one for each of the {n:,} that is moved a little.").format(n=n),
        whole=True,
    )


def number_of_paths(ask: Ask, case: Case) -> Question:
    """Paths (53) from a weight to the cost: one neuron of every layer behind it."""
    layer, j = ask.at
    assert ask.weight is not None
    behind = case.network.sizes[layer + 1 :]
    n = math.prod(behind)
    name = weight(layer, j, ask.weight)
    product = " · ".join(map(str, behind))
    return Question(
        _("How many paths lead from {name} to C?").format(name=name),
        n,
        f"{n:,}",
        _("One neuron of each layer behind, in every combination: {product} = {n:,}.").format(product=product, n=n)
        if len(behind) > 1
        else _("A path goes through one neuron of each layer behind."),
        whole=True,
    )
