"""Random networks as awkward as they come: zeros, ties, corners, dead and modified neurons, huge and tiny scales."""

from __future__ import annotations

from typing import Any

import numpy as np

from tuibp.core.example import Example
from tuibp.core.five_steps import walk
from tuibp.core.network import Array, Modified, Network, parameter_count, views

ELEMENTWISE = ("sigmoid", "tanh", "relu", "leaky_relu", "linear")
COSTS = ("quadratic", "cross_entropy", "log_likelihood")
DEEP = 0.005
"""The share that are one neuron wide and 500 layers deep."""


def awkward(seed: int) -> tuple[Network, Example]:
    """A network and an example, drawn by the seed alone."""
    random = np.random.default_rng([12, seed])
    deep = random.random() < DEEP
    sizes = [1] * 501 if deep else random.integers(1, 6, random.integers(2, 6)).tolist()
    cost = str(random.choice(COSTS, p=(0.5, 0.25, 0.25)))
    mixed = random.random() < 0.5
    hidden = str(random.choice((*ELEMENTWISE, "softmax")))
    names = [str(random.choice((*ELEMENTWISE, "softmax"))) if mixed else hidden for _ in sizes[1:-1]]
    names.append(str(random.choice((*ELEMENTWISE, "softmax") if cost == "quadratic" else ("sigmoid", "softmax"))))
    if names[-1] == "softmax" and cost == "cross_entropy":
        sizes[-1] = max(sizes[-1], 2)
    parameters = numbers(random, parameter_count(sizes))
    for w, b in zip(*views(parameters, sizes), strict=True):
        kind = random.random()
        if kind < 0.1:  # twins
            w[...], b[...] = w[0], b[0]
        elif kind < 0.2:  # a neuron to which nothing leads, and from which nothing comes
            w[random.integers(len(w))] = w[:, random.integers(w.shape[1])] = 0.0
    network = Network(tuple(sizes), parameters, tuple(names), cost, modified(random, sizes, names, cost))
    x = numbers(random, sizes[0])
    return network, Example.of(x, target(random, network, x))


def numbers(random: np.random.Generator, n: int) -> Any:
    """Normal, whole (so that they tie and cancel), tenths (that nearly cancel), zeros, saturating, of any scale."""
    kind = random.choice(6, p=(0.35, 0.25, 0.12, 0.03, 0.1, 0.15))
    if kind == 1:
        return random.integers(-2, 3, n).astype(float)
    if kind == 2:
        return random.integers(-3, 4, n) * 0.1
    if kind == 3:
        return np.zeros(n)
    scale = (
        1.0 if kind == 0 else 30.0 if kind == 4 else 10.0 ** float(random.choice((-300, -30, -9, -3, 3, 9, 30, 300)))
    )
    return random.standard_normal(n) * scale


def target(random: np.random.Generator, network: Network, x: Array) -> Array:
    """One of n, soft, tied, of another scale, or what the network says."""
    n, kind = network.sizes[-1], random.random()
    if network.cost != "quadratic" and kind > 0.7:
        kind = 0.5
    if kind < 0.35:
        return np.eye(n)[random.integers(n)]
    if kind < 0.6:
        return random.random(n)
    if kind < 0.7:
        return random.integers(0, 2, n).astype(float)
    if kind < 0.8:
        with np.errstate(all="ignore"):
            said = walk(network, Example.of(x, np.zeros(n))).output.copy()
        return np.where(np.isfinite(said), said, 0.0)
    return numbers(random, n)


def modified(random: np.random.Generator, sizes: list[int], names: list[str], cost: str) -> tuple[Modified, ...]:
    """Perhaps some neurons with functions of their own."""
    free = [i for i, name in enumerate(names, 1) if name != "softmax" and (i < len(names) or cost == "quadratic")]
    if not free or random.random() < 0.7:
        return ()
    places = {(layer, int(random.integers(sizes[layer]))) for layer in random.choice(free, 2).tolist()}
    return tuple(Modified(layer, j, str(random.choice(ELEMENTWISE))) for layer, j in sorted(places))
