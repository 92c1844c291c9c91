"""Where a network has a corner: a relu or leaky_relu whose weighted input is 0, or so near it that a step crosses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tuibp.core.activations import ACTIVATIONS
from tuibp.core.example import Example
from tuibp.core.five_steps import Pass, walk
from tuibp.core.network import Network
from tuibp.core.notation import of_neuron, short
from tuibp.locale import _


@dataclass(frozen=True)
class Kink:
    """One neuron at its corner (0-based): f has one slope on either side, and f' must take one of them."""

    layer: int
    neuron: int
    z: float
    activation: str


def has_corner(network: Network, layer: int, j: int) -> bool:
    """Whether the neuron's own function has one, wherever its z is."""
    return network.function(layer, j).below is not None


def corner(kink: Kink) -> str:
    """`z^2_1 is exactly 0, where relu has a corner: its slope is 0 on one side and 1 on the other.`, in markup."""
    template = (
        _("{z} is exactly 0, where {f} has a corner: its slope is {below} below and 1 above.")
        if kink.z == 0.0
        else _("{z} is {value}, as good as 0, where {f} has a corner: its slope is {below} below and 1 above.")
    )
    return template.format(
        z=of_neuron("z", kink.layer, kink.neuron),
        value=short(kink.z),
        f=kink.activation.replace("_", " "),
        below=short(ACTIVATIONS[kink.activation].below or 0.0),
    )


def kink_at(network: Network, given: Pass, layer: int, neuron: int) -> Kink:
    """This neuron's, where it is known to stand at its corner."""
    return Kink(layer, neuron, float(given.z(layer)[neuron]), network.activation_of(layer, neuron))


def kinks_within(network: Network, example: Example, index: int, step: float) -> tuple[Kink, ...]:
    """Those that a change of parameter number `index` by `step`, up or down, carries to the other side of 0."""
    with np.errstate(all="ignore"):
        before = walk(network, example)
        sides = [walk(_moved(network, index, by), example) for by in (step, -step)]
    found = []
    for layer in range(1, network.layer_count):
        z = before.z(layer)
        crosses = np.any([(side.z(layer) > 0) != (z > 0) for side in sides], axis=0)
        for j in np.flatnonzero(crosses).tolist():
            if has_corner(network, layer, j):
                found.append(Kink(layer, j, float(z[j]), network.activation_of(layer, j)))
    return tuple(found)


def _moved(network: Network, index: int, by: float) -> Network:
    parameters = network.parameters.copy()
    parameters[index] += by
    return network.with_parameters(parameters)
