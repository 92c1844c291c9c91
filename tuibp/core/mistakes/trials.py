"""Networks and examples made to tell mistakes apart: square layers and not, one example and several, saturated neurons,
zeros in x."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tuibp.core.mistakes.run import Task
from tuibp.core.network import Network, explicit, initialise
from tuibp.core.stream import Purpose, stream

SHAPES: tuple[tuple[tuple[int, ...], int, float], ...] = (
    ((4, 4, 4, 4), 1, 1.0), ((3, 5, 4, 2), 1, 1.0), ((4, 4, 3), 1, 6.0), ((4, 4, 4, 4), 3, 1.0), ((3, 5, 4, 2), 4, 1.0),
)  # fmt: skip
"""(sizes, examples, scale of x); square layers hide nothing but a transpose, and others not that."""


def trials(activations: str, output: str, cost: str, seed: int = 0) -> Iterator[Task]:
    """The trials, the simplest first; the first have one example. Deterministic."""
    for number, (sizes, m, scale) in enumerate(SHAPES):
        random = stream(seed, Purpose.TRIAL, number)
        names = [activations] * (len(sizes) - 2) + [output]
        network = initialise(sizes, names, cost, "gaussian", seed + number)
        x = scale * random.standard_normal((m, sizes[0]))
        x[:, -1] = 0.0 if number == 1 else x[:, -1]
        y = np.eye(sizes[-1])[random.integers(0, sizes[-1], m)]
        if number == 3 and activations in ("relu", "leaky_relu"):
            network = _at_the_corner(network)
        yield Task(network, x, y, eta=5.0, eta_known=False)


def _at_the_corner(network: Network) -> Network:
    """The same with a first hidden neuron whose z is exactly 0: what a mask makes of it shows."""
    weights, biases = ([array.copy() for array in arrays] for arrays in (network.weights, network.biases))
    weights[0][0], biases[0][0] = 0.0, 0.0
    return explicit(weights, biases, network.activations, network.cost, ())
