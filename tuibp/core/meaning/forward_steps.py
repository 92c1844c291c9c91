"""What the input and the feedforward step mean for a layer. The first rule of a table that applies speaks."""

from __future__ import annotations

import numpy as np

from tuibp.core.activations import ACTIVATIONS
from tuibp.core.index import shown
from tuibp.core.meaning.claim import Sentence, Truth, about, both
from tuibp.core.meaning.layer import LayerSight, Rule, cost_is, ran_away
from tuibp.core.meaning.sight import RIGHT, SATURATED, SURE, bounded, largest_of
from tuibp.core.notation import short
from tuibp.locale import _


def dark_inputs(s: LayerSight) -> Sentence | None:
    dark = int((s.example.x == 0).sum())
    if not dark:
        return None
    return Sentence(
        _("{dark} of {n} inputs are 0: the weights from them learn nothing from this example.").format(
            dark=dark, n=s.size
        ),
        lambda t: int((t.a(0) == 0).sum()) == dark and len(t.a(0)) == s.size,
    )


def example_comes_in(s: LayerSight) -> Sentence:
    return Sentence(
        _("The example becomes the activations of layer 1: {n} numbers, given and not computed.").format(n=s.size),
        lambda t: len(t.a(0)) == s.size,
    )


def outputs_decide(s: LayerSight) -> Sentence | None:
    y, a = s.example.y, s.given.output
    if not s.has_target or len(y) < 2 or int((y > 0.5).sum()) != 1 or y.max() <= 0:
        return None
    wanted, cost = int(y.argmax()), short(s.given.cost, 3)
    chosen = largest_of(a, s.certainty.a[-1])
    if chosen is None:
        return None

    def claim(t: Truth) -> bool:
        outputs = t.a(s.layer)
        return largest_of(outputs, 0.0 * outputs) == chosen and int(t.y().argmax()) == wanted

    template = (
        _("Output {chosen} is largest, and that is right. C is {cost}.")
        if wanted == chosen
        else _("Output {chosen} is largest, but output {wanted} should be: wrong. C is {cost}.")
    )
    return Sentence(template.format(chosen=shown(chosen), wanted=shown(wanted), cost=cost), both(claim, cost_is(s)))


def outputs_are_right(s: LayerSight) -> Sentence | None:
    """Of functions with a range of their own; of others nothing but the miss can be told."""
    if not s.has_target or not all(bounded(ACTIVATIONS[name]) for name in s.names):
        return None
    miss = float(np.abs(s.given.output - s.example.y).max())
    if miss > RIGHT:
        return None
    return Sentence(
        _("Every output is within {miss} of its target: C is {cost}.").format(
            miss=short(miss), cost=short(s.given.cost, 3)
        ),
        both(cost_is(s), lambda t: about(abs(t.a(s.layer) - t.y()).max(), miss) or miss < 1e-12),
    )


def outputs_miss(s: LayerSight) -> Sentence | None:
    if not s.has_target:
        return None
    miss = s.given.output - s.example.y
    j = int(np.abs(miss).argmax())
    if abs(miss[j]) <= SURE * (s.certainty.a[-1][j] + 1e-16 * abs(s.example.y[j])):
        return Sentence(
            _("No output misses its target by more than rounding: C is {cost}.").format(cost=short(s.given.cost, 3)),
            cost_is(s),
        )
    template = (
        _("Output {number} is too high by {miss}; C is {cost}.")
        if miss[j] > 0
        else _("Output {number} is too low by {miss}; C is {cost}.")
    )
    return Sentence(
        template.format(number=shown(j), miss=short(abs(float(miss[j]))), cost=short(s.given.cost, 3)),
        both(cost_is(s), lambda t: about(t.a(s.layer)[j] - t.y()[j], float(miss[j]))),
    )


def neurons_are_off(s: LayerSight) -> Sentence | None:
    z, corner = s.given.z(s.layer), s.certainty.corner[s.layer]
    off = [j for j, name in enumerate(s.names) if ACTIVATIONS[name].turns_off and z[j] < 0 and not corner[j]]
    if not off:
        return None
    text = (
        _("Every neuron of this layer is a relu below 0: all give 0, and no error will come back.")
        if len(off) == s.size
        else _("{off} of {n} neurons are relus below 0: they give 0, and no error passes back through them.")
    )

    def claim(t: Truth) -> bool:
        return all(t.z(s.layer)[j] < 0 and t.a(s.layer)[j] == 0 and t.delta(s.layer)[j] == 0 for j in off)

    return Sentence(text.format(off=len(off), n=s.size), claim)


def neurons_are_saturated(s: LayerSight) -> Sentence | None:
    bends = np.array([ACTIVATIONS[name].smooth for name in s.names])
    flat = np.flatnonzero((s.shares_of_steepest() < SATURATED) & bends)
    if not flat.size:
        return None
    return Sentence(
        _("{flat} of {n} neurons are saturated: less than a tenth of an error passes back through them.").format(
            flat=flat.size, n=s.size
        ),
        lambda t: all(t.slope_share(s.layer, int(j)) < 1.001 * SATURATED for j in flat),
    )


def activations_span(s: LayerSight) -> Sentence:
    a = s.given.a(s.layer)
    low, high = float(a.min()), float(a.max())
    text = (
        _("The neuron weighs what comes in, adds its bias and answers {low}.")
        if s.size == 1
        else _("Each neuron weighs what comes in and adds its bias. They answer {low} to {high}.")
    )
    return Sentence(
        text.format(low=short(low), high=short(high)),
        lambda t: _near(t, s, t.a(s.layer).min(), low) and _near(t, s, t.a(s.layer).max(), high),
    )


def _near(_t: Truth, s: LayerSight, true: float, said: float) -> bool:
    return about(true, said) or bool(abs(true - said) <= 2.0 * s.certainty.a[s.layer].max())


FEEDFORWARD: tuple[Rule, ...] = (
    ran_away,
    outputs_decide,
    outputs_are_right,
    outputs_miss,
    neurons_are_off,
    neurons_are_saturated,
    activations_span,
)
INPUT_STEP: tuple[Rule, ...] = (dark_inputs, example_comes_in)
