"""Random networks to experiment on, and forward passes written out sum by sum, as an oracle that shares no code."""

from __future__ import annotations

import cmath
import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
from hypothesis import strategies as st

from tuibp.core.example import Example
from tuibp.core.network import Modified, Network, initialise

SMOOTH = ("sigmoid", "tanh", "linear", "softmax")
KINKED = ("relu", "leaky_relu")


@st.composite
def networks(draw: st.DrawFn, kinked: bool = True, most_layers: int = 4, widest: int = 5) -> tuple[Network, Example]:
    """A network with an example that it can be asked about."""
    count = draw(st.integers(2, most_layers))
    sizes = draw(st.lists(st.integers(1, widest), min_size=count, max_size=count))
    names = (*SMOOTH, *KINKED) if kinked else SMOOTH
    activations = draw(st.lists(st.sampled_from(names), min_size=count - 1, max_size=count - 1))
    probability = activations[-1] == "sigmoid" or (activations[-1] == "softmax" and sizes[-1] > 1)
    cost = draw(st.sampled_from(("quadratic", "cross_entropy", "log_likelihood") if probability else ("quadratic",)))
    seed = draw(st.integers(0, 10_000))
    modified: list[Modified] = []
    if "softmax" not in activations and count > 2 and draw(st.booleans()):
        modified.append(Modified(1, draw(st.integers(0, sizes[1] - 1)), draw(st.sampled_from(("tanh", "linear")))))
    network = initialise(sizes, activations, cost, "gaussian", seed, modified)
    random = np.random.default_rng(seed)
    return network, Example.of(random.standard_normal(sizes[0]), random.uniform(0.1, 0.9, sizes[-1]))


@st.composite
def parameters(draw: st.DrawFn, network: Network) -> tuple[int, int, int | None]:
    """(layer, j, k) of one weight, or of one bias with k None."""
    layer = draw(st.integers(1, network.last))
    k = draw(st.none() | st.integers(0, network.sizes[layer - 1] - 1))
    return layer, draw(st.integers(0, network.sizes[layer] - 1)), k


def written_out(
    network: Network, x: Any, change: dict[tuple[int, int, int | None], complex]
) -> tuple[list[list[complex]], list[list[complex]]]:
    """z and a of each layer (layer 0 without z), one number after another, with some parameters changed."""
    a: list[list[complex]] = [list(x)]
    z: list[list[complex]] = [[]]
    for layer in range(1, network.layer_count):
        row: list[complex] = []
        for j in range(network.sizes[layer]):
            total = complex(network.b(layer)[j]) + change.get((layer, j, None), 0.0)
            for k, before in enumerate(a[-1]):
                total += (complex(network.w(layer)[j, k]) + change.get((layer, j, k), 0.0)) * before
            row.append(total)
        z.append(row)
        a.append(_activations(network, layer, row))
    return z, a


def _activations(network: Network, layer: int, z: list[complex]) -> list[complex]:
    if network.activations[layer - 1] == "softmax":
        # By differences, the derivative of an output near 1 keeps its digits.
        return [
            1.0 / (1.0 + sum(cmath.exp(other - z[j]) for k, other in enumerate(z) if k != j)) for j in range(len(z))
        ]
    functions: dict[str, Any] = {
        "sigmoid": lambda v: 1.0 / (1.0 + cmath.exp(-v)),
        "tanh": cmath.tanh,
        "linear": lambda v: v,
        "relu": lambda v: v if v.real > 0 else 0.0,
        "leaky_relu": lambda v: v if v.real > 0 else 0.01 * v,
    }
    return [functions[network.activation_of(layer, j)](v) for j, v in enumerate(z)]


def rests(network: Network, z: list[complex]) -> list[complex]:
    """1 − a of each output from its weighted input: subtracted from 1, an output near 1 would leave no digits."""
    if network.activations[-1] == "softmax":
        others = [sum(cmath.exp(other) for k, other in enumerate(z) if k != j) for j in range(len(z))]
        return [other / (other + cmath.exp(own)) for own, other in zip(z, others, strict=True)]
    if network.activations[-1] == "sigmoid":
        return [1.0 / (1.0 + cmath.exp(v)) for v in z]
    return [1.0 - a for a in _activations(network, network.last, z)]


def cost_written_out(network: Network, a: Sequence[complex], rest: Sequence[complex], y: Any) -> complex:
    """C of the output activations, with their `rests`."""
    if network.cost == "quadratic":
        return sum(((u - v) ** 2 for u, v in zip(a, y, strict=True)), 0j) / 2.0
    if network.cost == "log_likelihood":
        return -sum((v * cmath.log(u) for u, v in zip(a, y, strict=True)), 0j)
    return -sum((v * cmath.log(u) + (1.0 - v) * cmath.log(r) for u, r, v in zip(a, rest, y, strict=True)), 0j)


def every_parameter(network: Network) -> list[tuple[int, int, int | None]]:
    return [
        (layer, j, k)
        for layer in range(1, network.layer_count)
        for j, k in itertools.product(range(network.sizes[layer]), (None, *range(network.sizes[layer - 1])))
    ]
