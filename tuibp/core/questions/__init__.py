"""Questions about a network and an example, made from their numbers by one of a fixed set, each with its reason.

A lesson's file says which question is asked, and never what is right. Layers, neurons and weights count from 0 here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tuibp.core.network import NetworkError
from tuibp.core.questions.case import Ask, Case
from tuibp.core.questions.costs import cost_of_change, cost_of_update, which_way
from tuibp.core.questions.counts import number_of_passes, number_of_paths
from tuibp.core.questions.errors import largest_delta, sign_of_delta, slowest_layer
from tuibp.core.questions.forwards import largest_activation, sign_of_z
from tuibp.core.questions.gradients import batch_agrees, zero_gradient
from tuibp.core.questions.mistake import which_mistake
from tuibp.core.questions.question import Question
from tuibp.core.questions.values import value
from tuibp.locale import _

__all__ = ["KINDS", "Ask", "Case", "Kind", "Question", "question"]


@dataclass(frozen=True)
class Kind:
    """One of the fixed set: what makes it, and which of an `Ask`'s fields it takes."""

    make: Callable[[Ask, Case], Question]
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    """What it can do without."""


KINDS: dict[str, Kind] = {
    "sign_of_z": Kind(sign_of_z, ("layer", "neuron")),
    "largest_activation": Kind(largest_activation, ("layer",)),
    "sign_of_delta": Kind(sign_of_delta, ("layer", "neuron")),
    "largest_delta": Kind(largest_delta, ("layer",)),
    "slowest_layer": Kind(slowest_layer),
    "zero_gradient": Kind(zero_gradient, ("layer", "neuron")),
    "which_way": Kind(which_way, ("layer", "neuron"), ("weight",)),
    "cost_of_change": Kind(cost_of_change, ("layer", "neuron", "by"), ("weight",)),
    "cost_of_update": Kind(cost_of_update),
    "batch_agrees": Kind(batch_agrees, ("layer", "neuron"), ("weight",)),
    "number_of_passes": Kind(number_of_passes),
    "number_of_paths": Kind(number_of_paths, ("layer", "neuron", "weight")),
    "value": Kind(value, ("of", "layer", "neuron"), ("weight",)),
    "which_mistake": Kind(which_mistake, ("mistake",)),
}
"""By the name that a lesson's file asks with."""


def question(ask: Ask, case: Case) -> Question:
    """The question, with its answer. Raises NetworkError where the network has no such number, or none to ask for."""
    network = case.network
    if ask.layer is not None:
        least = 0 if ask.what == "largest_activation" or ask.of == "a" else 1
        if not least <= ask.layer < network.layer_count:
            raise NetworkError(
                _("there are layers {first} to {last} to ask about").format(first=least + 1, last=network.layer_count)
            )
        if ask.neuron is not None and ask.neuron >= network.sizes[ask.layer]:
            raise NetworkError(
                _("layer {layer} has neurons 1 to {count}").format(layer=ask.layer + 1, count=network.sizes[ask.layer])
            )
        if ask.weight is not None and ask.weight >= network.sizes[ask.layer - 1]:
            raise NetworkError(
                _("a neuron of layer {layer} has weights 1 to {count}").format(
                    layer=ask.layer + 1, count=network.sizes[ask.layer - 1]
                )
            )
    return KINDS[ask.what].make(ask, case)
