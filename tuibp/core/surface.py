"""The cost over a plane in the space of all parameters: of two weights, of a path, or of two random directions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tuibp.core.gradient import Workspace
from tuibp.core.network import Array, Network, views
from tuibp.core.stream import Purpose, stream

Kind = Literal["weights", "path", "random"]
WORK = 2_000_000
"""Examples times parameters of one point, about a millisecond; fewer examples are taken of a larger network."""
ROWS = 20, 500
"""Examples that are taken at the least and at the most."""
STRIDES = (16, 8, 4, 2, 1)
"""Points of the grid from one to the next that are computed: coarse first, each of them once."""


@dataclass(frozen=True, eq=False)
class Plane:
    """All parameters that are `origin` + s·u + t·v."""

    kind: Kind
    origin: Array
    """(P,)"""
    u: Array
    """(P,), orthogonal to v."""
    v: Array
    held: float | None = None
    """The share of a path's squared length from its mean that the plane holds; None of one that no path chose."""

    def at(self, parameters: Array) -> Array:
        """(s, t) of the point of the plane that is nearest to each row of parameters (k, P), (k, 2)."""
        off = np.atleast_2d(parameters) - self.origin
        return np.stack([off @ self.u / (self.u @ self.u), off @ self.v / (self.v @ self.v)], axis=1)


def of_weights(network: Network, first: int, second: int) -> Plane:
    """Two numbers of `network.parameters`, by their places, which differ; (s, t) are how far they are changed."""
    u, v = np.zeros((2, network.parameters.size))
    u[first] = v[second] = 1.0
    return Plane("weights", network.parameters, u, v)


def of_random(network: Network, seed: int) -> Plane:
    """Two drawn directions in which each neuron's weights are as long as its own, so that what is large moves much; of
    length 1 where its own are 0."""
    drawn = stream(seed, Purpose.DIRECTION, 2).standard_normal((2, network.parameters.size))
    for direction in drawn:
        for of_layer, own in zip(views(direction, network.sizes)[0], network.weights, strict=True):
            length = np.linalg.norm(of_layer, axis=1, keepdims=True)
            its_own = np.linalg.norm(own, axis=1, keepdims=True)
            of_layer *= np.where(its_own > 0, its_own, 1.0) / np.maximum(length, 1e-300)
        for biases in views(direction, network.sizes)[1]:
            biases[...] = 0.0
    u, v = drawn
    v = v - (u @ v) / (u @ u) * u
    if not v @ v > 1e-12 * (u @ u):  # of a single weight there is one direction: the biases are the other
        v[...] = 0.0
        for biases in views(v, network.sizes)[1]:
            biases[...] = 1.0
    return Plane("random", network.parameters, u, v)


def of_path(path: Array) -> Plane | None:
    """The two directions in which the points of a path (k, P) lie farthest apart; None of a path that has no two."""
    middle = path.mean(axis=0)
    off = path - middle
    gram = off @ off.T  # (k, k): k is small, P is not
    values, vectors = np.linalg.eigh(gram)
    first, second = values[-1], values[-2] if len(values) > 1 else 0.0
    if not np.isfinite(values).all() or second <= 1e-12 * max(first, 1e-300):
        return None
    u, v = (vectors[:, -n] @ off for n in (1, 2))
    u, v = u / np.linalg.norm(u), v / np.linalg.norm(v)
    total = float(np.maximum(values, 0.0).sum())
    return Plane("path", middle, u, v - (u @ v) * u, float((first + second) / total))


@dataclass(frozen=True)
class Window:
    """What is seen of a plane."""

    s: tuple[float, float]
    t: tuple[float, float]

    def scaled(self, factor: float) -> Window:
        """About the same middle."""
        return Window(_scaled(self.s, factor), _scaled(self.t, factor))


def _scaled(span: tuple[float, float], factor: float) -> tuple[float, float]:
    middle, half = (span[0] + span[1]) / 2, (span[1] - span[0]) / 2 * factor
    return middle - half, middle + half


def around(points: Array, least: float) -> Window:
    """A window that shows points (k, 2) with a margin, and reaches at least so far to either side of the last."""
    last = points[-1]
    spans = []
    for axis in (0, 1):
        low = min(float(points[:, axis].min()), float(last[axis]) - least)
        high = max(float(points[:, axis].max()), float(last[axis]) + least)
        margin = 0.08 * (high - low)
        spans.append((low - margin, high + margin))
    return Window(spans[0], spans[1])


@dataclass(frozen=True, eq=False)
class Surface:
    """As far as it is computed."""

    costs: Array
    """(h, w), the first row at the largest t; where a point is not computed yet, the nearest coarser one's."""
    done: float
    """The share of the points that is computed."""
    examples: int
    """How many the costs are means over."""


def sample(network: Network, count: int) -> NDArray[np.intp]:
    """Examples, evenly spread among so many, that a point's cost is the mean over."""
    most = min(max(WORK // network.parameters.size, ROWS[0]), ROWS[1], count)
    return np.linspace(0, count - 1, most).astype(np.intp)


def surface(
    network: Network, x: Array, y: Array, plane: Plane, window: Window, shape: tuple[int, int]
) -> Iterator[Surface]:
    """The mean cost over rows x, y at the middles of h by w equal parts of a window, point by point, coarse first: the
    records share one array, which fills up."""
    h, w = shape
    s = _middles(window.s, w)
    t = _middles(window.t, h)[::-1]
    workspace, moved = Workspace(network, len(x)), np.empty(network.parameters.size)
    workspace.bind(moved)
    costs, known, made = np.full(shape, np.nan), np.zeros(shape, bool), 0
    for stride in STRIDES:
        for i in range(0, h, stride):
            on_row = plane.origin + t[i] * plane.v
            for j in range(0, w, stride):
                if known[i, j]:
                    continue
                np.add(on_row, s[j] * plane.u, moved)
                with np.errstate(all="ignore"):
                    workspace.forward(x)
                    cost = workspace.cost(y)
                costs[i : i + stride, j : j + stride][~known[i : i + stride, j : j + stride]] = cost
                known[i, j] = True
                made += 1
                yield Surface(costs, made / costs.size, len(x))


def _middles(span: tuple[float, float], count: int) -> Array:
    return span[0] + (np.arange(count) + 0.5) / count * (span[1] - span[0])
