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


@dataclass(frozen=True)
class Parted:
    """How a neuron's share of the plane lies to the data's first two classes, counted on every example."""

    high: tuple[int, int]
    """Examples of each class at which the neuron leans high."""
    of: tuple[int, int]
    """Examples of each class."""
    cuts: int
    """Neurons of layer 2 whose straight line z = 0 crosses the square."""

    @property
    def right(self) -> int:
        """Examples on the right side, where high means the second class."""
        return self.of[0] - self.high[0] + self.high[1]


def parted(network: Network, data: DataSet, layer: int, j: int) -> Parted | None:
    """None without two classes, or where a value is not finite."""
    labels = data.labels
    a = layers_of(network, data.x).a[layer][:, j]
    if labels is None or not np.isfinite(a).all():
        return None
    lean = leaning(network, layer, j, a) > 0
    high = [int(np.count_nonzero(lean & (labels == label))) for label in (0, 1)]
    count = [int(np.count_nonzero(labels == label)) for label in (0, 1)]
    bounds = bounds_of(data)
    corners = np.array([bounds.point(across, down) for across in (0.0, 1.0) for down in (0.0, 1.0)])
    z = corners @ network.w(1).T + network.b(1)
    cuts = int(np.count_nonzero((z.max(axis=0) > 0) & (z.min(axis=0) < 0)))
    return Parted((high[0], high[1]), (count[0], count[1]), cuts)


def leaning(network: Network, layer: int, j: int, a: Array) -> Array:
    """a^l_j as −1 to 1: 0 in the middle of what its function can say, or at 0 where it has no ends."""
    ends = ACTIVATIONS[network.activation_of(layer, j)].ends
    if ends is not None:
        low, high = ends
        return np.clip((2.0 * a - low - high) / (high - low), -1.0, 1.0)
    largest = float(np.abs(a[np.isfinite(a)]).max(initial=0.0))
    scaled: Array = a / largest if largest > 0 else np.zeros_like(a)
    return scaled
