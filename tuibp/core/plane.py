"""The plane of a network of two inputs: what every neuron says at every point of it."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np

from tuibp.core.activations import ACTIVATIONS
from tuibp.core.datasets import DataSet
from tuibp.core.layers import layers_of
from tuibp.core.network import Array, Network

MARGIN = 0.18
"""Of the data's extent, around it."""
KEPT = 4
"""Sizes of which a network's plane is kept."""


@dataclass(frozen=True)
class Bounds:
    """A square of the plane: x_1 goes to the right, x_2 upwards."""

    left: float
    bottom: float
    side: float

    def share(self, x: Array) -> Array:
        """Points (m, 2) as shares of the square from its top left, (m, 2)."""
        shares: Array = np.stack([(x[:, 0] - self.left) / self.side, 1.0 - (x[:, 1] - self.bottom) / self.side], axis=1)
        return shares

    def point(self, across: float, down: float) -> tuple[float, float]:
        """The point at shares of the square from its top left."""
        return self.left + across * self.side, self.bottom + (1.0 - down) * self.side


def has_plane(network: Network, data: DataSet) -> bool:
    """Whether there is a plane worth looking at: two inputs, and examples of more than one class on it."""
    labels = data.labels
    return network.sizes[0] == 2 and labels is not None and bool((labels != labels[0]).any())


_bounds: WeakKeyDictionary[DataSet, Bounds] = WeakKeyDictionary()


def bounds_of(data: DataSet) -> Bounds:
    """The smallest square around all examples, with a margin."""
    found = _bounds.get(data)
    if found is None:
        low, high = data.x.min(axis=0), data.x.max(axis=0)
        extent = float((high - low).max()) or 1.0
        side = extent * (1 + 2 * MARGIN)
        corner = (low + high) / 2 - side / 2
        found = _bounds[data] = Bounds(float(corner[0]), float(corner[1]), side)
    return found


_planes: WeakKeyDictionary[Network, dict[tuple[Bounds, int], tuple[Array, ...]]] = WeakKeyDictionary()


def plane_of(network: Network, bounds: Bounds, pixels: int) -> tuple[Array, ...]:
    """a^l at the middle of each of pixels × pixels squares, (pixels, pixels, n_l) for each layer, the top row first.

    Kept for the network: the same arrays come back while it lives.
    """
    kept = _planes.setdefault(network, {})
    found = kept.get((bounds, pixels))
    if found is None:
        middle = (np.arange(pixels) + 0.5) / pixels
        across = bounds.left + middle * bounds.side
        up = bounds.bottom + (1.0 - middle) * bounds.side
        points = np.stack([np.tile(across, pixels), np.repeat(up, pixels)], axis=1)
        found = tuple(a.reshape(pixels, pixels, -1) for a in layers_of(network, points).a)
        if len(kept) >= KEPT:
            kept.clear()
        kept[bounds, pixels] = found
    return found


def leaning(network: Network, layer: int, j: int, a: Array) -> Array:
    """a^l_j as −1 to 1: 0 in the middle of what its function can say, or at 0 where it has no ends."""
    name = network.activation_of(layer, j)
    if ACTIVATIONS[name].probability:
        return np.clip(2.0 * a - 1.0, -1.0, 1.0)
    if name == "tanh":
        return a
    largest = float(np.abs(a[np.isfinite(a)]).max(initial=0.0))
    scaled: Array = a / largest if largest > 0 else np.zeros_like(a)
    return scaled
