"""What the gradient of a weight means here (BP4). The first rule of the table that applies speaks."""

from __future__ import annotations

import numpy as np

from tuibp.core.index import shown
from tuibp.core.meaning.advice import advice
from tuibp.core.meaning.claim import Claim, Sentence, Truth, about, both
from tuibp.core.meaning.parameter import (
    error_has_faded,
    is_judged_alone,
    misses,
    neuron_is_saturated,
    no_error_here,
    output_is_right,
    small,
    true_gradient,
)
from tuibp.core.meaning.rule import Rule, at_a_corner, lost_in_rounding, ran_away
from tuibp.core.meaning.sight import SURE, Sight, largest_of
from tuibp.core.network import Array
from tuibp.core.notation import of_neuron, short
from tuibp.locale import _

SMALL_INPUT = 0.1
"""An activation below this share of its layer's largest slows its weights down."""


def nothing_came_in(s: Sight) -> Sentence | None:
    if _came_in(s) != 0:
        return None
    return Sentence(
        _("{a} is 0: changing this weight changes nothing, so it learns nothing.").format(a=_sender(s)),
        lambda t: bool(abs(t.a(s.layer - 1)[s.k]) <= t.noise_of_a(s.layer - 1)[s.k]),
    )


def input_lost_in_rounding(s: Sight) -> Sentence | None:
    if abs(_came_in(s)) > SURE * s.certainty.a[s.layer - 1][s.k] and s.result != 0:
        return None
    return Sentence(
        _("Rounding leaves the sign of {a} uncertain, and with it which way this weight should go.").format(
            a=_sender(s)
        ),
        lambda t: bool(
            abs(t.a(s.layer - 1)[s.k]) <= 1e4 * t.noise_of_a(s.layer - 1)[s.k] or abs(true_gradient(t, s)) < 1e-290
        ),
    )


def twins(s: Sight) -> Sentence | None:
    """Neurons that are equal, with all their weights in and out, stay equal."""
    if s.is_output or s.network.sizes[s.layer] == 1 or s.network.modified_in(s.layer):
        return None
    same = (_alike(s.network.w(s.layer)), _alike(s.network.b(s.layer)), _alike(s.network.w(s.layer + 1).T))
    if not all(same) or not _alike(s.given.delta(s.layer)):
        return None
    return Sentence(
        _("Every neuron of layer {layer} gets the same gradient: they started as twins and stay twins.").format(
            layer=shown(s.layer)
        ),
        lambda t: bool(
            np.ptp(t.delta(s.layer)) <= 1e-9 * abs(t.delta(s.layer)).max()
            and np.ptp(t.a(s.layer)) <= 1e-9 * abs(t.a(s.layer)).max()
            and _alike(np.array([t.terms(s.layer, j) for j in range(len(t.a(s.layer)))]))
        ),
    )


def little_came_in(s: Sight) -> Sentence | None:
    largest = float(np.abs(s.given.a(s.layer - 1)).max())
    if abs(_came_in(s)) >= SMALL_INPUT * largest:
        return None
    said, claim = advice(s)

    def is_small(t: Truth) -> bool:
        a = abs(t.a(s.layer - 1))
        return bool(a[s.k] < 1.001 * SMALL_INPUT * a.max()) and about(a[s.k], abs(_came_in(s)))

    return Sentence(
        _("{a} is only {value}, the largest beside it {largest}: this weight learns little. {advice}").format(
            a=_sender(s), value=short(_came_in(s)), largest=short(largest), advice=said
        ),
        both(is_small, claim),
    )


def steepest_of_all(s: Sight) -> Sentence | None:
    gradients = np.abs(s.given.grad_w(s.layer))
    place = s.j * gradients.shape[1] + (s.k or 0)
    off = s.certainty.of_weights(s.given, s.layer)
    if gradients.size < 3 or largest_of(gradients.ravel(), off.ravel()) != place:
        return None
    said, claim = advice(s)

    def steepest(t: Truth) -> bool:
        true = abs(np.outer(t.delta(s.layer), t.a(s.layer - 1)).ravel())
        return largest_of(true, 0.0 * true) == place

    return Sentence(
        _("The steepest of the {n} weights of its layer. {advice}").format(n=gradients.size, advice=said),
        both(steepest, claim),
    )


def input_turns_the_sign(s: Sight) -> Sentence | None:
    if _came_in(s) > 0:
        return None
    said, claim = advice(s)
    template = (
        _("{z} should fall, and {a} is negative: {advice}")
        if s.delta > 0
        else _("{z} should rise, and {a} is negative: {advice}")
    )
    return Sentence(
        template.format(z=s.name("z"), a=_sender(s), advice=small(said)),
        both(s.lowers(), lambda t: bool(t.a(s.layer - 1)[s.k] < 0), claim),
    )


def output_weight_should_move(s: Sight) -> Sentence | None:
    if not is_judged_alone(s):
        return None
    said, claim = advice(s)
    template = (
        _("Output {number} is too high and {a} feeds it: {advice}")
        if s.delta > 0
        else _("Output {number} is too low and {a} feeds it: {advice}")
    )
    return Sentence(
        template.format(number=s.number, a=_sender(s), advice=small(said)), both(misses(s), _feeds(s), claim)
    )


def weight_should_move(s: Sight) -> Sentence:
    said, claim = advice(s)
    template = (
        _("{z} should fall and {a} feeds it: {advice}")
        if s.delta > 0
        else _("{z} should rise and {a} feeds it: {advice}")
    )
    return Sentence(
        template.format(z=s.name("z"), a=_sender(s), advice=small(said)), both(s.lowers(), _feeds(s), claim)
    )


WEIGHT_GRADIENT: tuple[Rule, ...] = (
    ran_away,
    nothing_came_in,
    at_a_corner,
    no_error_here,
    lost_in_rounding,
    input_lost_in_rounding,
    twins,
    output_is_right,
    neuron_is_saturated,
    error_has_faded,
    little_came_in,
    steepest_of_all,
    input_turns_the_sign,
    output_weight_should_move,
    weight_should_move,
)


def _feeds(s: Sight) -> Claim:
    return lambda t: bool(t.a(s.layer - 1)[s.k] > 0)


def _alike(rows: Array) -> bool:
    return bool((rows == rows[0]).all())


def _sender(s: Sight) -> str:
    assert s.k is not None
    return of_neuron("a", s.layer - 1, s.k)


def _came_in(s: Sight) -> float:
    assert s.k is not None
    return float(s.given.a(s.layer - 1)[s.k])
