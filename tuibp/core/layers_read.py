"""Every layer's numbers on a sample of the examples at once, and what is conspicuous in them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tuibp.core.activations import ACTIVATIONS
from tuibp.core.datasets import DataSet
from tuibp.core.five_steps import error_of_output, through_activation
from tuibp.core.judged import sampled
from tuibp.core.layers import layers_of
from tuibp.core.network import Array, Network

MOST = 200_000
"""So many numbers of a quantity are looked at in a layer; of more, evenly spread ones."""


@dataclass(frozen=True, eq=False)
class LayersRead:
    """By layer (0-based), rows are examples of the sample."""

    network: Network
    """Whose numbers they are."""
    z: tuple[Array, ...]
    """(m, n_l) each; of the input its x."""
    a: tuple[Array, ...]
    delta: tuple[Array, ...]
    """Of the input nothing, (m, 0)."""

    def values(self, quantity: str, layer: int) -> Array:
        """All numbers of a layer, `a`, `z`, `delta` or `w`, in one dimension: at most MOST of them."""
        found = self.network.w(layer) if quantity == "w" else getattr(self, quantity)[layer]
        return found.ravel()[:: -(-found.size // MOST) or 1]

    def saturated(self, layer: int) -> float | None:
        """The share of |z| from which on f is flat; None of a function that has no such place."""
        least = ACTIVATIONS[self.network.activations[layer - 1]].flat
        return None if least is None else float((np.abs(self.z[layer]) >= least).mean())

    def silent(self, layer: int) -> int | None:
        """How many relu neurons fire on none of the examples; None of a layer of another function."""
        if not ACTIVATIONS[self.network.activations[layer - 1]].turns_off:
            return None
        return int((~(self.z[layer] > 0).any(axis=0)).sum())


def read_layers(network: Network, data: DataSet) -> LayersRead:
    """On at most SAMPLE examples, fewer of a network so wide that MOST numbers of a layer would not do."""
    rows = sampled(len(data))[: max(MOST // max(network.sizes), 1)]
    with np.errstate(all="ignore"):
        found = layers_of(network, data.x[rows])
        delta = errors_of(network, found.z, found.a, data.y[rows])
    return LayersRead(network, found.z, found.a, (np.zeros((len(rows), 0)), *delta))


def errors_of(network: Network, z: tuple[Array, ...], a: tuple[Array, ...], y: Array) -> list[Array]:
    """δ of every layer, (m, n_l), from the first hidden one on."""
    last = network.last
    errors = [error_of_output(network, z[last], a[last], y)]
    for layer in reversed(range(1, last)):
        blame = errors[-1] @ network.w(layer + 1)
        errors.append(through_activation(network, layer, z[layer], a[layer], blame))
    return errors[::-1]
