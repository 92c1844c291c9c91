"""What a whole step means for a layer here, chosen by its numbers. In each table the first rule that applies speaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tuibp.core.activations import ACTIVATIONS
from tuibp.core.example import Example
from tuibp.core.five_steps import Pass, slope
from tuibp.core.index import shown
from tuibp.core.meaning.sight import FADED, GROWN, RIGHT, SATURATED
from tuibp.core.network import Array, Network
from tuibp.core.notation import of_neuron, short, weight
from tuibp.core.steps import StepName
from tuibp.locale import _


@dataclass(frozen=True, eq=False)
class LayerSight:
    """A layer (0-based) and all that was computed around it."""

    network: Network
    example: Example
    given: Pass
    layer: int

    @property
    def size(self) -> int:
        return self.network.sizes[self.layer]

    @property
    def is_output(self) -> bool:
        return self.layer == self.network.last

    def errors(self, layer: int) -> Array:
        return self.given.delta(layer)

    def shares_of_steepest(self) -> Array:
        """f' over the largest that it can be, for each neuron."""
        slopes = slope(self.network, self.layer, self.given.z(self.layer), self.given.a(self.layer))
        names = [self.network.activation_of(self.layer, j) for j in range(self.size)]
        return slopes / np.array([ACTIVATIONS[name].steepest for name in names])


Rule = Callable[[LayerSight], str | None]


def ran_away(s: LayerSight) -> str | None:
    if np.isfinite(s.given.output).all() and np.isfinite(s.given.cost):
        return None
    return _("Not all numbers are finite: the weights have run away.")


def dark_inputs(s: LayerSight) -> str | None:
    dark = int((s.example.x == 0).sum())
    if not dark:
        return None
    return _("{dark} of {n} inputs are 0: the weights from them learn nothing from this example.").format(
        dark=dark, n=s.size
    )


def example_comes_in(s: LayerSight) -> str:
    return _("The example becomes the activations of layer 1: {n} numbers, given and not computed.").format(n=s.size)


def outputs_decide(s: LayerSight) -> str | None:
    y, a = s.example.y, s.given.output
    if not s.is_output or len(y) < 2 or int((y > 0.5).sum()) != 1:
        return None
    wanted, chosen = int(y.argmax()), int(a.argmax())
    cost = short(s.given.cost, 3)
    if wanted == chosen:
        return _("Output {chosen} is largest, and that is right. C is {cost}.").format(chosen=shown(chosen), cost=cost)
    return _("Output {chosen} is largest, but output {wanted} should be: wrong. C is {cost}.").format(
        chosen=shown(chosen), wanted=shown(wanted), cost=cost
    )


def outputs_miss(s: LayerSight) -> str | None:
    if not s.is_output:
        return None
    miss = s.given.output - s.example.y
    j = int(np.abs(miss).argmax())
    if abs(miss[j]) <= RIGHT * max(1.0, abs(float(s.example.y[j]))):
        return _("The outputs are as they should be: C is {cost}.").format(cost=short(s.given.cost, 3))
    template = (
        _("Output {number} is too high by {miss}; C is {cost}.")
        if miss[j] > 0
        else _("Output {number} is too low by {miss}; C is {cost}.")
    )
    return template.format(number=shown(j), miss=short(abs(float(miss[j]))), cost=short(s.given.cost, 3))


def neurons_are_off(s: LayerSight) -> str | None:
    off = int((s.given.a(s.layer) == 0).sum())
    if s.network.activations[s.layer - 1] != "relu" or not off:
        return None
    if off == s.size:
        return _("Every relu of this layer is off: nothing gets past it, and no error will come back.")
    return _("{off} of {n} neurons are off: relu lets nothing of theirs through.").format(off=off, n=s.size)


def neurons_are_saturated(s: LayerSight) -> str | None:
    if s.network.activations[s.layer - 1] not in ("sigmoid", "tanh"):
        return None
    flat = int((s.shares_of_steepest() < SATURATED).sum())
    if not flat:
        return None
    return _("{flat} of {n} neurons are saturated: little error will pass back through them.").format(
        flat=flat, n=s.size
    )


def activations_span(s: LayerSight) -> str:
    a = s.given.a(s.layer)
    if s.size == 1:
        return _("The neuron weighs what comes in, adds its bias and answers {a}.").format(a=short(float(a[0])))
    return _("Each neuron weighs what comes in and adds its bias. They answer {low} to {high}.").format(
        low=short(float(a.min())), high=short(float(a.max()))
    )


def no_errors(s: LayerSight) -> str | None:
    if np.abs(s.errors(s.layer)).max() > 1e-9:
        return None
    return _("No error here: there is nothing to put right on this example.")


def output_most_to_blame(s: LayerSight) -> str:
    delta = s.errors(s.layer)
    j = int(np.abs(delta).argmax())
    template = (
        _("Output {number} is most to blame: less {z} lowers C fastest.")
        if delta[j] > 0
        else _("Output {number} is most to blame: more {z} lowers C fastest.")
    )
    return template.format(number=shown(j), z=of_neuron("z", s.layer, j))


def errors_fade(s: LayerSight) -> str | None:
    outputs = float(np.abs(s.errors(s.network.last)).max())
    share = float(np.abs(s.errors(s.layer)).max()) / outputs if outputs else 1.0
    if s.network.last - s.layer < 2 or share >= FADED:
        return None
    return _("The errors fade: the largest here is {share} of the largest at the output.").format(share=short(share))


def errors_grow(s: LayerSight) -> str | None:
    after = float(np.abs(s.errors(s.layer + 1)).max())
    times = float(np.abs(s.errors(s.layer)).max()) / after if after else 1.0
    if times <= GROWN:
        return None
    return _("The errors grow: the largest here is {times} times that of layer {after}.").format(
        times=short(times), after=shown(s.layer + 1)
    )


def neuron_most_to_blame(s: LayerSight) -> str:
    delta = s.errors(s.layer)
    j = int(np.abs(delta).argmax())
    template = (
        _("The errors come back over the same weights. Neuron {number} is most to blame: less {z} lowers C.")
        if delta[j] > 0
        else _("The errors come back over the same weights. Neuron {number} is most to blame: more {z} lowers C.")
    )
    return template.format(number=shown(j), z=of_neuron("z", s.layer, j))


def weights_that_learn_nothing(s: LayerSight) -> str | None:
    gradients = s.given.grad_w(s.layer)
    idle = int((gradients == 0).sum())
    if 4 * idle < gradients.size:
        return None
    return _("{idle} of {n} weights learn nothing: what feeds them, or the error behind them, is 0.").format(
        idle=idle, n=gradients.size
    )


def steepest_weight(s: LayerSight) -> str:
    gradients = s.given.grad_w(s.layer)
    j, k = divmod(int(np.abs(gradients).argmax()), gradients.shape[1])
    return _("What came in times the error behind it. Steepest: ∂C/∂{w} = {value}.").format(
        w=weight(s.layer, j, k), value=short(float(gradients[j, k]))
    )


TABLES: dict[StepName, tuple[Rule, ...]] = {
    "input": (dark_inputs, example_comes_in),
    "feedforward": (
        ran_away,
        outputs_decide,
        outputs_miss,
        neurons_are_off,
        neurons_are_saturated,
        activations_span,
    ),
    "output_error": (ran_away, no_errors, output_most_to_blame),
    "backpropagate": (ran_away, no_errors, errors_fade, errors_grow, neuron_most_to_blame),
    "gradient": (ran_away, no_errors, weights_that_learn_nothing, steepest_weight),
}


def meaning_of_step(sight: LayerSight, step: StepName) -> str:
    """One sentence for this step and layer."""
    for rule in TABLES[step]:
        sentence = rule(sight)
        if sentence:
            return sentence
    raise AssertionError("the last rule of a table always applies")
