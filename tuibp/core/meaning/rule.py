"""A rule looks at a number and speaks or passes; and the rules that several tables share."""

from __future__ import annotations

import math
from collections.abc import Callable

from tuibp.core.kinks import Kink
from tuibp.core.meaning.claim import Sentence
from tuibp.core.meaning.sight import Sight
from tuibp.core.notation import of_neuron, short
from tuibp.locale import _

Rule = Callable[[Sight], Sentence | None]
"""A sentence where the rule applies, otherwise None."""


def first(rules: tuple[Rule, ...], sight: Sight) -> Sentence:
    """What the first rule says that applies."""
    for rule in rules:
        sentence = rule(sight)
        if sentence:
            return sentence
    raise AssertionError("the last rule of a table always applies")


def ran_away(s: Sight) -> Sentence | None:
    made_of_rounding = s.k is not None and not s.is_sure
    if s.certainty.finite and (math.isfinite(s.result) or made_of_rounding):
        return None
    return Sentence(too_large(), lambda t: t.overflows())


def too_large() -> str:
    return _("Numbers here are beyond 1e308, more than a double holds.")


def at_a_corner(s: Sight) -> Sentence | None:
    """Where C may have two slopes; of several corners δ takes each on its side, and may be neither slope of C."""
    found = s.corner
    if found is None:
        return None
    template = (
        _("{corner}: {delta} takes it for above 0; below, C may change otherwise.")
        if found.z > 0
        else _("{corner}: {delta} takes it for below 0; above, C may change otherwise.")
    )
    return Sentence(
        template.format(corner=corner_named(found), delta=s.name("δ")),
        lambda t: t.at_corner(found.layer, found.neuron),
    )


def corner_named(kink: Kink) -> str:
    """`z^2_1 is 0, where relu has a corner`."""
    template = (
        _("{z} is 0, where {f} has a corner")
        if kink.z == 0
        else _("Rounding cannot tell {z} from 0, where {f} has a corner")
    )
    return template.format(z=of_neuron("z", kink.layer, kink.neuron), f=kink.activation.replace("_", " "))


def no_error(s: Sight) -> Sentence | None:
    if s.delta != 0:
        return None
    return Sentence(
        _("{delta} is 0: a small change of {z} does not change C.").format(delta=s.name("δ"), z=s.name("z")),
        s.is_zero(),
    )


def lost_in_rounding(s: Sight) -> Sentence | None:
    if s.is_sure:
        return None
    return Sentence(
        _("{delta} came out as {value}, but rounding may have given it its sign.").format(
            delta=s.name("δ"), value=short(s.delta)
        ),
        lambda t: bool(abs(t.delta(s.layer)[s.j]) <= 1e4 * t.noise(s.layer)[s.j]),
    )
