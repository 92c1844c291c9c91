"""What a weighted input means here. The first rule of the table that applies speaks."""

from __future__ import annotations

from tuibp.core.meaning.rule import Rule, ran_away
from tuibp.core.meaning.sight import CANCELLED, DOMINANT, SATURATED, Sight
from tuibp.core.notation import short
from tuibp.core.terms import Term
from tuibp.locale import _

UNDECIDED = 0.5
"""Within this distance of 0 a weighted input has hardly decided anything."""


def nothing_comes_in(s: Sight) -> str | None:
    if any(t.value for t in s.derivation.terms[:-1]):
        return None
    if s.derivation.terms[-1].value == 0:
        return _("Nothing comes in and there is no bias: {z} is 0, whatever the example.").format(z=s.name("z"))
    return _("Nothing comes in: {z} is the bias alone.").format(z=s.name("z"))


def one_term_makes_it(s: Sight) -> str | None:
    k, term = s.loudest()[0]
    if abs(term.value) < DOMINANT * s.flow:
        return None
    if k == len(s.derivation.terms) - 1:
        return _("Nearly all of it is the bias, {value}: the inputs say little here.").format(value=short(term.value))
    return _("Nearly all of it is one term, {term} = {value}.").format(term=_written(term), value=short(term.value))


def for_and_against_cancel(s: Sight) -> str | None:
    if abs(s.result) >= min(CANCELLED * s.flow, UNDECIDED):
        return None
    plus, minus = _sides(s)
    return _("For and against nearly cancel, {plus} and {minus}: a little more of either decides.").format(
        plus=short(plus), minus=short(minus)
    )


def bias_overrules(s: Sight) -> str | None:
    bias = s.derivation.terms[-1].value
    said = s.result - bias
    if said * s.result >= 0:
        return None
    return _("The inputs say {said}, and the bias {bias} overrules them.").format(said=short(said), bias=short(bias))


def far_out(s: Sight) -> str | None:
    if not s.bends or s.passes >= SATURATED:
        return None
    side = _("1") if s.z > 0 else (_("0") if s.f == "σ" else _("−1"))
    return _("So far out that {f} is flat here: {a} will be nearly {side}, and little can change it.").format(
        f=s.f, a=s.name("a"), side=side
    )


def one_side_outweighs(s: Sight) -> str:
    plus, minus = _sides(s)
    k, term = s.loudest()[0]
    named = _("the bias") if k == len(s.derivation.terms) - 1 else _written(term)
    if not plus or not minus:
        return _("All terms pull one way; the largest is {term}, {value}.").format(term=named, value=short(term.value))
    template = (
        _("What speaks for it, {plus}, outweighs what speaks against, {minus}. Largest: {term}, {value}.")
        if s.result > 0
        else _("What speaks against it, {minus}, outweighs what speaks for it, {plus}. Largest: {term}, {value}.")
    )
    return template.format(plus=short(plus), minus=short(minus), term=named, value=short(term.value))


WEIGHTED_INPUT: tuple[Rule, ...] = (
    ran_away,
    nothing_comes_in,
    for_and_against_cancel,
    one_term_makes_it,
    bias_overrules,
    far_out,
    one_side_outweighs,
)


def _sides(s: Sight) -> tuple[float, float]:
    values = [t.value for t in s.derivation.terms]
    return sum(v for v in values if v > 0), sum(v for v in values if v < 0)


def _written(term: Term) -> str:
    return " ".join(f.name for f in term.factors)
