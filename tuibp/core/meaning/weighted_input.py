"""What a weighted input means here. The first rule of the table that applies speaks."""

from __future__ import annotations

import numpy as np

from tuibp.core.meaning.claim import Claim, Sentence, Truth, about, both
from tuibp.core.meaning.rule import Rule, ran_away
from tuibp.core.meaning.sides import has_sides, sides
from tuibp.core.meaning.sight import CANCELLED, DOMINANT, SATURATED, SURE, Sight, largest_of
from tuibp.core.notation import short
from tuibp.core.terms import Term
from tuibp.locale import _

LEAST = 1e-290
"""What comes in below it is nothing."""


def nothing_comes_in(s: Sight) -> Sentence | None:
    off = np.abs(s.network.w(s.layer)[s.j]) @ s.certainty.a[s.layer - 1]
    if any(t.value for t in s.derivation.terms[:-1]) or off > LEAST:
        return None
    bias = s.derivation.terms[-1].value
    text = (
        _("Nothing comes in and the bias is 0, so {z} is 0.") if bias == 0 else _("Nothing comes in: {z} is the bias.")
    )

    def claim(t: Truth) -> bool:
        terms = t.terms(s.layer, s.j)
        return not (abs(terms[:-1]) > 1e-290).any() and about(t.z(s.layer)[s.j], bias)

    return Sentence(text.format(z=s.name("z")), claim)


def all_is_lost_in_rounding(s: Sight) -> Sentence | None:
    small = 1e-9 * float(np.abs(s.network.w(s.layer)[s.j]).max())  # a bound may be far too wide, a sum is what it is
    if s.flow > min(small, SURE * s.certainty.z[s.layer][s.j]):
        return None
    return Sentence(
        _("What {z} sums up is no more than rounding: it may as well be 0.").format(z=s.name("z")),
        lambda t: bool(abs(t.terms(s.layer, s.j)).sum() <= 1e4 * t.noise_of_z(s.layer)[s.j]),
    )


def for_and_against_cancel(s: Sight) -> Sentence | None:
    if abs(s.result) >= CANCELLED * s.flow:
        return None
    plus, minus = sides(s)
    return Sentence(
        _("What raises {z}, {plus}, and what lowers it, {minus}, nearly cancel.").format(
            z=s.name("z"), plus=short(plus), minus=short(minus)
        ),
        both(_has_sides(s), lambda t: _cancels(t, s.layer, s.j)),
    )


def _has_sides(s: Sight) -> Claim:
    return has_sides(s, lambda t: t.terms(s.layer, s.j), 1e-9)


def _cancels(t: Truth, layer: int, j: int) -> bool:
    return bool(abs(t.z(layer)[j]) <= 1.001 * CANCELLED * abs(t.terms(layer, j)).sum())


def one_term_makes_it(s: Sight) -> Sentence | None:
    k, term = s.loudest()[0]
    if abs(term.value) < DOMINANT * s.flow:
        return None
    template = (
        _("Nearly all of it is the bias, {value}: the inputs say little here.")
        if k == len(s.derivation.terms) - 1
        else _("Nearly all of it is one term, {term} = {value}.")
    )

    def claim(t: Truth) -> bool:
        terms = t.terms(s.layer, s.j)
        return about(terms[k], term.value) and bool(abs(terms[k]) >= 0.999 * DOMINANT * abs(terms).sum())

    return Sentence(template.format(term=_written(term), value=short(term.value)), claim)


def bias_overrules(s: Sight) -> Sentence | None:
    bias = s.derivation.terms[-1].value
    said = sum(t.value for t in s.derivation.terms[:-1])
    if said * s.result >= 0 or abs(said) < 1e-9 * (s.flow - abs(bias)):
        return None

    def claim(t: Truth) -> bool:
        terms = t.terms(s.layer, s.j)
        return about(terms[:-1].sum(), said) and about(terms[-1], bias) and bool(terms[-1] * t.z(s.layer)[s.j] > 0)

    return Sentence(
        _("The inputs say {said}, and the bias {bias} outweighs them.").format(said=short(said), bias=short(bias)),
        claim,
    )


def far_out(s: Sight) -> Sentence | None:
    ends = s.activation.ends
    if not s.bends or ends is None or s.passes >= SATURATED:
        return None
    side = ends[s.z > 0]
    return Sentence(
        _("So far out that {f} is flat: {a} will be nearly {side}, and little can change it.").format(
            f=s.f, a=s.name("a"), side=short(side)
        ),
        both(s.is_flat(), lambda t: bool(abs(t.a(s.layer)[s.j] - side) < 0.06)),
    )


def one_side_outweighs(s: Sight) -> Sentence:
    plus, minus = sides(s)
    values = np.array([abs(t.value) for t in s.derivation.terms])
    k = largest_of(values, 1e-12 * values)
    template = (
        _("All terms have one sign.{largest}")
        if not plus or not minus
        else _("What raises {z}, {plus}, outweighs what lowers it, {minus}.{largest}")
        if s.result > 0
        else _("What lowers {z}, {minus}, outweighs what raises it, {plus}.{largest}")
    )

    def claim(t: Truth) -> bool:
        terms = t.terms(s.layer, s.j)
        return k is None or largest_of(abs(terms), 0.0 * terms) == k

    return Sentence(
        template.format(z=s.name("z"), plus=short(plus), minus=short(minus), largest=_largest(s, k)),
        both(claim, _has_sides(s), lambda t: bool(t.z(s.layer)[s.j] * s.result > 0)),
    )


WEIGHTED_INPUT: tuple[Rule, ...] = (
    ran_away,
    nothing_comes_in,
    all_is_lost_in_rounding,
    for_and_against_cancel,
    one_term_makes_it,
    bias_overrules,
    far_out,
    one_side_outweighs,
)


def _largest(s: Sight, k: int | None) -> str:
    if k is None:
        return ""
    term = s.derivation.terms[k]
    named = _("the bias") if k == len(s.derivation.terms) - 1 else _written(term)
    return _(" Largest: {term}, {value}.").format(term=named, value=short(term.value))


def _written(term: Term) -> str:
    return " ".join(f.name for f in term.factors)
