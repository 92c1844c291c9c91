"""What a whole step means for a layer here, chosen by its numbers. In each table the first rule that applies speaks."""

from __future__ import annotations

import numpy as np

from tuibp.core.index import shown
from tuibp.core.kinks import kink_at
from tuibp.core.meaning.between_layers import errors_fade, errors_grow
from tuibp.core.meaning.certainty import CLEAR, UNDERFLOW
from tuibp.core.meaning.claim import Claim, Sentence, Truth, about, both
from tuibp.core.meaning.forward_steps import FEEDFORWARD, INPUT_STEP
from tuibp.core.meaning.layer import LayerSight, Rule, cost_is, ran_away
from tuibp.core.meaning.rule import corner_named
from tuibp.core.meaning.sight import SURE, largest_of, tied_with
from tuibp.core.notation import of_neuron, short, weight
from tuibp.core.steps import StepName
from tuibp.locale import _


def corner_in_the_way(s: LayerSight) -> Sentence | None:
    """Of any neuron whose error is the largest, or may be beyond the corner; or of any, where all errors are 0."""
    delta = np.abs(s.errors(s.layer))
    asked = np.flatnonzero((delta >= 0.99 * delta.max()) | (s.certainty.delta[s.layer] >= 1e-3 * delta.max()))
    found = next(filter(None, (s.certainty.corner_after(s.network, s.layer, int(j)) for j in asked)), None)
    if found is None:
        return None
    layer, j = found
    kink = kink_at(s.network, s.given, layer, j)
    template = (
        _("{corner}: the errors take it for above 0; below, C may change otherwise.")
        if kink.z > 0
        else _("{corner}: the errors take it for below 0; above, C may change otherwise.")
    )
    return Sentence(
        template.format(corner=corner_named(kink)),
        lambda t: t.at_corner(layer, j),
    )


def no_errors(s: LayerSight) -> Sentence | None:
    if s.errors(s.layer).any():
        return None
    return Sentence(
        _("All errors of layer {layer} are 0: its weights learn nothing from this example. C is {cost}.").format(
            layer=shown(s.layer), cost=short(s.given.cost, 3)
        ),
        both(cost_is(s), lambda t: bool((abs(t.delta(s.layer)) <= t.noise(s.layer)).all())),
    )


def errors_lost_in_rounding(s: LayerSight) -> Sentence | None:
    delta = np.abs(s.errors(s.layer))
    j = int(delta.argmax())
    if delta[j] > SURE * s.certainty.delta[s.layer][j]:
        return None
    return Sentence(
        _("The errors of layer {layer} are so near 0 that rounding hides their signs.").format(layer=shown(s.layer)),
        lambda t: bool(abs(t.delta(s.layer)[j]) <= 1e4 * t.noise(s.layer)[j]),
    )


def several_most_to_blame(s: LayerSight) -> Sentence | None:
    delta = np.abs(s.errors(s.layer))
    j = int(delta.argmax())
    if largest_of(delta, s.certainty.delta[s.layer]) is not None:
        return None
    tied, value = tied_with(delta, j), float(delta[j])
    text = (
        _("{n} neurons share the largest error of layer {layer}, {value}.")
        if tied > 1
        else _("The largest errors of layer {layer} are {value}; rounding hides which is larger.")
    )

    def claim(t: Truth) -> bool:
        true, noise = np.sort(abs(t.delta(s.layer))), 1e4 * t.noise(s.layer).max()
        return bool(true[-2] >= (1 - 1e-6) * true[-1] - noise) and (
            about(true[-1], value) or bool(abs(true[-1] - value) <= noise)
        )

    return Sentence(text.format(n=tied, layer=shown(s.layer), value=short(value)), claim)


def output_most_to_blame(s: LayerSight) -> Sentence:
    delta = s.errors(s.layer)
    j = int(np.abs(delta).argmax())
    template = (
        _("Output {number} has the largest error: lowering {z} lowers C fastest.")
        if delta[j] > 0
        else _("Output {number} has the largest error: raising {z} lowers C fastest.")
    )
    return Sentence(template.format(number=shown(j), z=of_neuron("z", s.layer, j)), _leads(s, j))


def neuron_most_to_blame(s: LayerSight) -> Sentence:
    delta = s.errors(s.layer)
    j = int(np.abs(delta).argmax())
    template = (
        _("The errors come back over the same weights. The largest is neuron {number}’s: lowering {z} lowers C.")
        if delta[j] > 0
        else _("The errors come back over the same weights. The largest is neuron {number}’s: raising {z} lowers C.")
    )
    return Sentence(template.format(number=shown(j), z=of_neuron("z", s.layer, j)), _leads(s, j))


def weights_that_learn_nothing(s: LayerSight) -> Sentence | None:
    gradients = s.given.grad_w(s.layer)
    turns = [s.certainty.corner_after(s.network, s.layer, j) is not None for j in range(len(gradients))]
    idle = (gradients == 0) & ~np.outer(turns, s.given.a(s.layer - 1) != 0)
    count = int(idle.sum())
    if 4 * count < gradients.size:
        return None

    def claim(t: Truth) -> bool:
        true = abs(np.outer(t.delta(s.layer), t.a(s.layer - 1)))
        near = np.outer(t.noise(s.layer), abs(t.a(s.layer - 1)) + 1e-290) + 1e-290
        near += np.outer(abs(t.delta(s.layer)), t.noise_of_a(s.layer - 1))
        return bool((true <= near)[idle].all())

    return Sentence(
        _("{idle} of {n} weights learn nothing: what feeds them, or the error behind them, is 0.").format(
            idle=count, n=gradients.size
        ),
        claim,
    )


def steepest_weight(s: LayerSight) -> Sentence:
    gradients = s.given.grad_w(s.layer)
    size = np.abs(gradients).ravel()
    place = largest_of(size, 1e-10 * size)
    off = np.outer(s.certainty.delta[s.layer], np.abs(s.given.a(s.layer - 1))).max()
    off += np.outer(np.abs(s.errors(s.layer)), s.certainty.a[s.layer - 1]).max()
    if place is None or size[place] <= CLEAR * (off + UNDERFLOW):
        return Sentence(
            _("A weight’s gradient is what came in times the error behind it."),
            lambda t: len(t.delta(s.layer)) * len(t.a(s.layer - 1)) == gradients.size,
        )
    j, k = divmod(place, gradients.shape[1])
    value = float(gradients[j, k])

    def claim(t: Truth) -> bool:
        true = np.outer(t.delta(s.layer), t.a(s.layer - 1))
        return about(true[j, k], value) and largest_of(abs(true).ravel(), 0.0 * true.ravel()) == place

    return Sentence(
        _("A weight’s gradient is what came in times the error behind it. Largest: ∂C/∂{w} = {value}.").format(
            w=weight(s.layer, j, k), value=short(value)
        ),
        claim,
    )


def _leads(s: LayerSight, j: int) -> Claim:
    """That neuron j has the largest error, alone, and that moving its z as is said lowers C."""
    sign = -1.0 if s.errors(s.layer)[j] > 0 else 1.0

    def claim(t: Truth) -> bool:
        true = abs(t.delta(s.layer))
        return largest_of(true, 0.0 * true) == j and t.lowers(s.layer, j, sign)

    return claim


TABLES: dict[StepName, tuple[Rule, ...]] = {
    "input": INPUT_STEP,
    "feedforward": FEEDFORWARD,
    "output_error": (
        ran_away,
        corner_in_the_way,
        no_errors,
        errors_lost_in_rounding,
        several_most_to_blame,
        output_most_to_blame,
    ),
    "backpropagate": (
        ran_away,
        corner_in_the_way,
        no_errors,
        errors_lost_in_rounding,
        errors_fade,
        errors_grow,
        several_most_to_blame,
        neuron_most_to_blame,
    ),
    "gradient": (
        ran_away,
        corner_in_the_way,
        no_errors,
        errors_lost_in_rounding,
        weights_that_learn_nothing,
        steepest_weight,
    ),
}


def meaning_of_step(sight: LayerSight, step: StepName) -> str:
    """One sentence for this step and layer."""
    return spoken_of_step(sight, step).text


def spoken_of_step(sight: LayerSight, step: StepName) -> Sentence:
    """The same with what it claims."""
    with np.errstate(all="ignore"):
        for rule in TABLES[step]:
            sentence = rule(sight)
            if sentence:
                return sentence
    raise AssertionError("the last rule of a table always applies")
