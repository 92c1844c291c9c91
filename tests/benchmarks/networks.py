"""The networks and mini-batches that are measured."""

from __future__ import annotations

import numpy as np

from tuibp.core.network import Array, Network, initialise

NETWORKS = ((64, 30, 10), (784, 30, 10), (784, 100, 10), (784, 500, 500, 10), (1000, 1000, 1))
BATCHES = (1, 10, 32, 256)


def sigmoid_network(sizes: tuple[int, ...]) -> Network:
    """Sigmoid neurons and quadratic cost, as the book's."""
    return initialise(sizes, "sigmoid", "quadratic", "scaled", seed=1)


def batch(sizes: tuple[int, ...], size: int) -> tuple[Array, Array]:
    """Inputs between 0 and 1 and one-hot outputs (m, n)."""
    random = np.random.default_rng(2)
    return random.uniform(size=(size, sizes[0])), np.eye(sizes[-1])[random.integers(sizes[-1], size=size)]
