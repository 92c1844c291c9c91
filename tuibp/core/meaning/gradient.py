"""What a gradient means here: of a weight, and of a bias. The first rule of a table that applies speaks."""

from __future__ import annotations

import numpy as np

from tuibp.core.index import shown
from tuibp.core.meaning.rule import Rule, ran_away
from tuibp.core.meaning.sight import FADED, SATURATED, Sight
from tuibp.core.notation import of_neuron, short, weight
from tuibp.locale import _

SMALL_INPUT = 0.1
"""An activation below this share of its layer's largest teaches its weights little."""


def no_error_here(s: Sight) -> str | None:
    if s.delta != 0:
        return None
    return _("{delta} is 0: no error reaches this neuron, and {parameter} learns nothing.").format(
        delta=s.name("δ"), parameter=_parameter(s)
    )


def output_is_right(s: Sight) -> str | None:
    if not s.is_output or not s.is_right or s.activation.couples:
        return None
    return _("Output {number} is right already, so {parameter} is nearly left in peace.").format(
        number=s.number, parameter=_parameter(s)
    )


def neuron_is_saturated(s: Sight) -> str | None:
    cancelled = s.is_output and s.network.cost != "quadratic"
    if not s.bends or cancelled or s.passes >= SATURATED:
        return None
    words = {"number": s.number, "prime": f"{s.f}′", "slope": short(s.slope), "parameter": _parameter(s)}
    if not s.is_output:
        return _("Neuron {number} is saturated ({prime} is {slope}): {parameter} learns slowly.").format(**words)
    return _("Output {number} is off by {miss}, yet {parameter} learns slowly: saturated, {prime} is {slope}.").format(
        miss=short(abs(s.miss)), **words
    )


def error_has_faded(s: Sight) -> str | None:
    largest, outputs = float(np.abs(s.errors(s.layer)).max()), float(np.abs(s.errors(s.network.last)).max())
    if s.network.last - s.layer < 2 or largest >= FADED * outputs:
        return None
    return _("The error has faded before it came here: {parameter} learns far more slowly than the last layer.").format(
        parameter=_parameter(s)
    )


# Weights: ∂C/∂w^l_jk


def nothing_came_in(s: Sight) -> str | None:
    if _came_in(s) != 0:
        return None
    return _("{a} is 0: this weight is not to blame, and learns nothing.").format(a=_sender(s))


def twins(s: Sight) -> str | None:
    """Neurons that start equal stay equal."""
    rows = s.given.grad_w(s.layer)
    same_weights = bool((s.network.w(s.layer) == s.network.w(s.layer)[0]).all())
    if len(rows) == 1 or s.is_output or not same_weights or not (rows == rows[0]).all():
        return None
    return _("Every neuron of layer {layer} gets the same gradient: they start as twins and stay twins.").format(
        layer=shown(s.layer)
    )


def little_came_in(s: Sight) -> str | None:
    largest = float(np.abs(s.given.a(s.layer - 1)).max())
    share = abs(_came_in(s)) / largest
    if share >= SMALL_INPUT:
        return None
    return _("{a} is only {value}, so this weight has little to learn. {advice}").format(
        a=_sender(s), value=short(_came_in(s)), advice=_advice(s)
    )


def steepest_of_all(s: Sight) -> str | None:
    gradients = np.abs(s.given.grad_w(s.layer))
    if gradients.size < 3 or abs(s.result) < gradients.max() or int((gradients == gradients.max()).sum()) > 1:
        return None
    return _("The steepest of the {n} weights of its layer. {advice}").format(n=gradients.size, advice=_advice(s))


def input_turns_the_sign(s: Sight) -> str | None:
    if _came_in(s) > 0:
        return None
    template = (
        _("{neuron} should fall, and {a} is negative: raising {w} lowers C.")
        if s.delta > 0
        else _("{neuron} should rise, and {a} is negative: lowering {w} lowers C.")
    )
    return template.format(neuron=s.name("z"), a=_sender(s), w=_parameter(s))


def output_weight_should_move(s: Sight) -> str | None:
    if not _is_judged_alone(s):
        return None
    template = (
        _("Output {number} is too high and {a} feeds it: {advice}")
        if s.delta > 0
        else _("Output {number} is too low and {a} feeds it: {advice}")
    )
    return template.format(number=s.number, a=_sender(s), advice=_small(_advice(s)))


def weight_should_move(s: Sight) -> str:
    template = (
        _("{z} should fall and {a} feeds it: {advice}")
        if s.delta > 0
        else _("{z} should rise and {a} feeds it: {advice}")
    )
    return template.format(z=s.name("z"), a=_sender(s), advice=_small(_advice(s)))


WEIGHT_GRADIENT: tuple[Rule, ...] = (
    ran_away,
    nothing_came_in,
    no_error_here,
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


# Biases: ∂C/∂b^l_j


def hardest_pulled_bias(s: Sight) -> str | None:
    errors = np.abs(s.errors(s.layer))
    if len(errors) < 3 or abs(s.delta) < errors.max() or int((errors == errors.max()).sum()) > 1:
        return None
    return _("The most blamed neuron of its layer, and a bias gets the error whole. {advice}").format(advice=_advice(s))


def only_the_bias_learns(s: Sight) -> str | None:
    if s.given.a(s.layer - 1).any():
        return None
    return _("All that comes in is 0, so the weights learn nothing here: only the bias does. {advice}").format(
        advice=_advice(s)
    )


def output_bias_should_move(s: Sight) -> str | None:
    if not _is_judged_alone(s):
        return None
    template = (
        _("Output {number} is too high, and the bias gets its error whole: {advice}")
        if s.delta > 0
        else _("Output {number} is too low, and the bias gets its error whole: {advice}")
    )
    return template.format(number=s.number, advice=_small(_advice(s)))


def bias_should_move(s: Sight) -> str:
    return _("A bias feeds z with weight 1, so its gradient is the error {delta} itself. {advice}").format(
        delta=s.name("δ"), advice=_advice(s)
    )


BIAS_GRADIENT: tuple[Rule, ...] = (
    ran_away,
    no_error_here,
    output_is_right,
    neuron_is_saturated,
    error_has_faded,
    only_the_bias_learns,
    hardest_pulled_bias,
    output_bias_should_move,
    bias_should_move,
)


def _is_judged_alone(s: Sight) -> bool:
    """Whether this is an output whose error has the sign of its own miss."""
    return s.is_output and not s.activation.couples and s.miss * s.delta > 0


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _parameter(s: Sight) -> str:
    return s.name("b") if s.k is None else weight(s.layer, s.j, s.k)


def _sender(s: Sight) -> str:
    assert s.k is not None
    return of_neuron("a", s.layer - 1, s.k)


def _came_in(s: Sight) -> float:
    assert s.k is not None
    return float(s.given.a(s.layer - 1)[s.k])


def _advice(s: Sight) -> str:
    """`Lowering w^2_12 by 0.1 lowers C by about 0.03.`, with a change so small that the straight line still tells."""
    change = 0.1
    while change > 1e-6 and change * abs(s.result) > 0.5 * s.given.cost:
        change /= 10.0
    template = (
        _("Lowering {p} by {change} lowers C by about {much}.")
        if s.result > 0
        else _("Raising {p} by {change} lowers C by about {much}.")
    )
    return template.format(p=_parameter(s), change=short(change), much=short(abs(change * s.result)))
