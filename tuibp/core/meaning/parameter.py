"""What the rules for weights and for biases share."""

from __future__ import annotations

from tuibp.core.meaning.advice import parameter
from tuibp.core.meaning.between_layers import t_ratio
from tuibp.core.meaning.claim import Claim, Sentence, Truth, about, both, times_said
from tuibp.core.meaning.sight import FADED, RIGHT, SATURATED, SURE, Sight
from tuibp.core.notation import short
from tuibp.locale import _


def no_error_here(s: Sight) -> Sentence | None:
    if s.delta != 0:
        return None
    return Sentence(
        _("The error {delta} is 0, so {parameter} learns nothing.").format(delta=s.name("δ"), parameter=parameter(s)),
        s.is_zero(),
    )


def output_is_right(s: Sight) -> Sentence | None:
    if not s.is_output or not s.is_right or s.activation.couples or abs(s.result) > RIGHT:
        return None
    return Sentence(
        _("Output {number} is right already: the gradient of {parameter} is only {value}.").format(
            number=s.number, parameter=parameter(s), value=short(s.result)
        ),
        lambda t: s.is_near(t) and about(true_gradient(t, s), s.result),
    )


def neuron_is_saturated(s: Sight) -> Sentence | None:
    cancelled = s.is_output and s.network.cost != "quadratic"
    if not s.bends or cancelled or s.passes >= SATURATED:
        return None
    words = {"number": s.number, "slope": s.slope_of_most, "parameter": parameter(s)}
    if not s.is_output:
        return Sentence(
            _("Neuron {number} is saturated ({slope}), which slows {parameter} down.").format(**words), s.is_flat()
        )
    return Sentence(
        _("Output {number} is off by {miss}, but saturated ({slope}), which slows {parameter} down.").format(
            miss=short(abs(s.miss)), **words
        ),
        both(s.is_flat(), lambda t: about(t.a(s.layer)[s.j] - t.y()[s.j], s.miss)),
    )


def error_has_faded(s: Sight) -> Sentence | None:
    times = s.certainty.ratio(s.given, s.network.last, s.layer)
    if s.network.last - s.layer < 2 or times <= 1.0 / FADED:
        return None
    return Sentence(
        _("The errors here are {times} times smaller than at the output, which slows {parameter} down.").format(
            times=times_said(times), parameter=parameter(s)
        ),
        lambda t: about(t_ratio(t, s.network.last, s.layer), times),
    )


def is_judged_alone(s: Sight) -> bool:
    """Whether this is an output whose error has the sign of its own miss."""
    clear = abs(s.miss) > SURE * (s.certainty.a[s.layer][s.j] + 1e-16 * abs(s.y)) if s.is_output else False
    return bool(clear) and not s.activation.couples and s.miss * s.delta > 0


def misses(s: Sight) -> Claim:
    return lambda t: bool((t.a(s.layer)[s.j] - t.y()[s.j]) * s.miss > 0)


def true_gradient(t: Truth, s: Sight) -> float:
    return t.delta(s.layer)[s.j] * (1 if s.k is None else t.a(s.layer - 1)[s.k])


def small(text: str) -> str:
    return text[:1].lower() + text[1:]
