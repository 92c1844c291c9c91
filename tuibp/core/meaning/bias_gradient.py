"""What the gradient of a bias means here (BP3). The first rule of the table that applies speaks."""

from __future__ import annotations

import numpy as np

from tuibp.core.meaning.advice import advice
from tuibp.core.meaning.claim import Sentence, Truth, both
from tuibp.core.meaning.parameter import (
    error_has_faded,
    is_judged_alone,
    misses,
    neuron_is_saturated,
    no_error_here,
    output_is_right,
    small,
)
from tuibp.core.meaning.rule import Rule, at_a_corner, lost_in_rounding, ran_away
from tuibp.core.meaning.sight import Sight, largest_of
from tuibp.locale import _


def hardest_pulled_bias(s: Sight) -> Sentence | None:
    errors = np.abs(s.errors(s.layer))
    if len(errors) < 3 or largest_of(errors, s.certainty.delta[s.layer]) != s.j:
        return None
    said, claim = advice(s)

    def largest(t: Truth) -> bool:
        true = abs(t.delta(s.layer))
        return largest_of(true, 0.0 * true) == s.j

    return Sentence(
        _("The largest error of its layer, and a bias’s gradient is that error. {advice}").format(advice=said),
        both(largest, claim),
    )


def only_the_bias_learns(s: Sight) -> Sentence | None:
    if s.given.a(s.layer - 1).any():
        return None
    said, claim = advice(s)
    return Sentence(
        _("All that comes in is 0: of this neuron only the bias learns. {advice}").format(advice=said),
        both(claim, lambda t: bool((abs(t.a(s.layer - 1)) <= t.noise_of_a(s.layer - 1)).all())),
    )


def output_bias_should_move(s: Sight) -> Sentence | None:
    if not is_judged_alone(s):
        return None
    said, claim = advice(s)
    template = (
        _("Output {number} is too high, and a bias’s gradient is the error itself: {advice}")
        if s.delta > 0
        else _("Output {number} is too low, and a bias’s gradient is the error itself: {advice}")
    )
    return Sentence(template.format(number=s.number, advice=small(said)), both(misses(s), claim))


def bias_should_move(s: Sight) -> Sentence:
    said, claim = advice(s)
    return Sentence(
        _("A bias’s gradient is the error {delta} itself. {advice}").format(delta=s.name("δ"), advice=said), claim
    )


BIAS_GRADIENT: tuple[Rule, ...] = (
    ran_away,
    at_a_corner,
    no_error_here,
    lost_in_rounding,
    output_is_right,
    neuron_is_saturated,
    error_has_faded,
    only_the_bias_learns,
    hardest_pulled_bias,
    output_bias_should_move,
    bias_should_move,
)
