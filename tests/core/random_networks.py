"""Three hundred networks of all kinds, numbered: every activation, cost and modified neuron, one to six layers deep."""

from __future__ import annotations

import numpy as np

from tuibp.core.activations import ACTIVATIONS
from tuibp.core.example import Example
from tuibp.core.network import Modified, Network, initialise

COUNT = 300
SMOOTH_OR_NOT = [name for name in ACTIVATIONS if name != "softmax"]


def random_network(number: int) -> tuple[Network, Example]:
    """Network `number` of them, with an example; layers with weights: one to six, in turn."""
    random = np.random.default_rng(number)
    depth = number % 6 + 1
    sizes = random.integers(1, 6, depth + 1).tolist()
    names = [str(random.choice(list(ACTIVATIONS))) for _ in range(depth)]
    cost = str(random.choice(["quadratic", "cross_entropy", "log_likelihood"]))
    if cost != "quadratic":
        names[-1] = str(random.choice(["sigmoid", "softmax"]))
        sizes[-1] = max(sizes[-1], 2)  # a softmax alone is 1, and its cost may be infinite
    modified: list[Modified] = []
    for layer in range(1, depth + (cost == "quadratic")):
        if names[layer - 1] != "softmax" and random.uniform() < 0.4:
            modified.append(Modified(layer, int(random.integers(sizes[layer])), str(random.choice(SMOOTH_OR_NOT))))
    network = initialise(sizes, names, cost, str(random.choice(["gaussian", "scaled"])), number, modified)
    y = random.uniform(0.0, 1.0, sizes[-1])
    kind = random.integers(3)
    if kind == 0:  # one of its classes, as data have it
        y = np.eye(sizes[-1])[random.integers(sizes[-1])]
    elif kind == 1:
        y = y / y.sum()
    return network, Example.of(random.standard_normal(sizes[0]), y)


def numbers_of(whole: bool, sample: int) -> list[int]:
    """All three hundred, or evenly spread ones that keep every depth."""
    return list(range(COUNT)) if whole else np.unique(np.linspace(0, COUNT - 1, sample).astype(int)).tolist()
