"""What an input means here. The first rule of the table that applies speaks."""

from __future__ import annotations

import numpy as np

from tuibp.core.meaning.rule import Rule, ran_away
from tuibp.core.meaning.sight import Sight
from tuibp.core.notation import percent, short
from tuibp.locale import _


def input_is_dark(s: Sight) -> str | None:
    if s.a != 0:
        return None
    return _("{x} is 0: it adds nothing to any neuron, and the weights from it learn nothing.").format(x=s.name("a"))


def input_is_alone(s: Sight) -> str | None:
    if s.network.sizes[0] > 1:
        return None
    return _("The only input: all that the network knows of this example is {value}.").format(value=short(s.a))


def input_is_largest(s: Sight) -> str | None:
    x = np.abs(s.example.x)
    if abs(s.a) < x.max():
        return None
    if int((x == x.max()).sum()) > 1:
        return _("As large as any of the {n} inputs: the weights from it learn most.").format(n=len(x))
    return _("The largest of the {n} inputs: the weights from it learn most.").format(n=len(x))


def input_is_negative(s: Sight) -> str | None:
    if s.a > 0:
        return None
    return _("Given, and negative: it turns round what its weights do, and their gradients’ signs.")


def input_is_given(s: Sight) -> str:
    share = s.a / float(np.abs(s.example.x).max())
    return _("Given, not computed. The weights from it learn {share} as much as those from the largest input.").format(
        share=percent(share)
    )


INPUT: tuple[Rule, ...] = (
    ran_away,
    input_is_dark,
    input_is_alone,
    input_is_largest,
    input_is_negative,
    input_is_given,
)
