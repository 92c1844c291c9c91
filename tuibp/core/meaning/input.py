"""What an input means here. The first rule of the table that applies speaks."""

from __future__ import annotations

import numpy as np

from tuibp.core.meaning.claim import Sentence, about
from tuibp.core.meaning.rule import Rule, ran_away
from tuibp.core.meaning.sight import Sight, largest_of, tied_with
from tuibp.core.notation import percent, short
from tuibp.locale import _


def input_is_dark(s: Sight) -> Sentence | None:
    if s.a != 0:
        return None
    return Sentence(
        _("{x} is 0: the weights from it learn nothing from this example.").format(x=s.name("a")),
        lambda t: not any(t.a(0)[s.j] * t.delta(1)),
    )


def input_is_alone(s: Sight) -> Sentence | None:
    if s.network.sizes[0] > 1:
        return None
    return Sentence(
        _("The only input: all that the network knows of this example is {value}.").format(value=short(s.a)),
        lambda t: len(t.a(0)) == 1 and about(t.a(0)[0], s.a),
    )


def input_is_largest(s: Sight) -> Sentence | None:
    x = np.abs(s.example.x)
    tied = tied_with(x, s.j)
    if largest_of(x, np.zeros_like(x)) == s.j:
        text, count = _("The largest of the {n} inputs{learn}."), 1
    elif tied > 1 and abs(s.a) >= x.max() * (1 - 1e-12):
        text, count = _("One of {tied} inputs, out of {n}, that are the largest{learn}."), tied
    else:
        return None
    learns = _learns(s)
    return Sentence(
        text.format(n=len(x), tied=count, learn=_(": the weights from it learn most") if learns else ""),
        lambda t: (
            bool(abs(t.a(0)[s.j]) >= (1 - 1e-9) * abs(t.a(0)).max())
            and tied_with(abs(t.a(0)), s.j) == count
            and (not learns or bool(t.delta(1).any()))
        ),
    )


def input_is_negative(s: Sight) -> Sentence | None:
    if s.a > 0:
        return None
    return Sentence(
        _("A negative input: raising a weight from it lowers the z that the weight feeds."),
        lambda t: bool(t.a(0)[s.j] < 0),
    )


def input_is_given(s: Sight) -> Sentence:
    share = s.a / float(np.abs(s.example.x).max())
    template = (
        _("Given, not computed. The weights from it learn {share} as much as those from the largest input.")
        if _learns(s)
        else _("Given, not computed: {share} of the largest input.")
    )
    return Sentence(
        template.format(share=percent(share)), lambda t: bool(abs(t.a(0)[s.j] / abs(t.a(0)).max() - share) < 1e-9)
    )


def _learns(s: Sight) -> bool:
    """Whether any error of layer 2 is certainly not 0."""
    return any(s.is_sure_of(1, j) for j in range(s.network.sizes[1]))


INPUT: tuple[Rule, ...] = (
    ran_away,
    input_is_dark,
    input_is_alone,
    input_is_largest,
    input_is_negative,
    input_is_given,
)
