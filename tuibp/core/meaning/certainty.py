"""What doubles can be sure of: how far rounding may have moved each z and δ, and where a corner makes two slopes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from tuibp.core.activations import ACTIVATIONS, Activation
from tuibp.core.example import Example
from tuibp.core.five_steps import Pass, slope
from tuibp.core.network import Array, Network

EPSILON = float(np.finfo(np.float64).eps)
CLEAR = 100.0
"""A number so many times its bound has two digits that are right."""
UNDERFLOW = 1e-300
"""Products below it have lost digits."""


@dataclass(frozen=True, eq=False)
class Certainty:
    """Bounds by layer (0-based); arrays are (n_l,)."""

    z: tuple[Array, ...]
    """|z| below it may as well be 0."""
    a: tuple[Array, ...]
    """The same for a."""
    delta: tuple[Array, ...]
    """The same for δ."""
    corner: tuple[Array, ...]
    """Whether a relu or leaky_relu stands at 0, so that f has two slopes there."""
    passes: tuple[Array, ...]
    """Whether anything gets through the neuron at all."""

    finite: bool
    """Whether every number of the pass is."""

    def ratio(self, given: Pass, one: int, other: int) -> float:
        """The largest error of one layer over the largest of another; 1 where rounding leaves either unclear."""
        sizes = []
        for layer in (one, other):
            delta = np.abs(given.delta(layer))
            j = int(delta.argmax())
            if delta[j] <= CLEAR * self.delta[layer][j]:
                return 1.0
            sizes.append(float(delta[j]))
        return sizes[0] / sizes[1]

    def of_weights(self, given: Pass, layer: int) -> Array:
        """The bound of each ∂C/∂w^l_jk, (n_l, n_{l-1})."""
        a, delta = np.abs(given.a(layer - 1)), np.abs(given.delta(layer))
        return np.outer(self.delta[layer], a) + np.outer(delta, self.a[layer - 1]) + EPSILON * np.outer(delta, a)

    def corner_after(self, network: Network, layer: int, j: int) -> tuple[int, int] | None:
        """The first (layer, neuron) at a corner that a change of z^l_j reaches, itself included; None for none."""
        reached = np.zeros(network.sizes[layer], dtype=bool)
        reached[j] = True
        for at in range(layer, network.layer_count):
            if at > layer:
                reached = (network.w(at)[:, reached] != 0).any(axis=1)
            if network.couples(at) and reached.any():
                reached = np.ones_like(reached)
            if (found := np.flatnonzero(reached & self.corner[at])).size:
                return at, int(found[0])
            reached = reached & self.passes[at]
            if not reached.any():
                return None
        return None


_known: WeakKeyDictionary[Pass, Certainty] = WeakKeyDictionary()


def certainty(network: Network, example: Example, given: Pass) -> Certainty:
    """The bounds of a pass; computed once for each."""
    if given not in _known:
        with np.errstate(all="ignore"):
            _known[given] = _bounds(network, example, given)
    return _known[given]


def _bounds(network: Network, example: Example, given: Pass) -> Certainty:
    z, a = [np.zeros_like(given.a(0))], [np.zeros_like(given.a(0))]
    corner, passes = [np.zeros(len(a[0]), dtype=bool)], [np.ones(len(a[0]), dtype=bool)]
    steepest = [np.ones_like(a[0])]
    for layer in range(1, network.layer_count):
        w, before = np.abs(network.w(layer)), np.abs(given.a(layer - 1))
        sums = w @ before + np.abs(network.b(layer))
        z.append(w @ a[-1] + (len(before) + 2) * EPSILON * sums + UNDERFLOW)
        kinked = _each(network, layer, lambda f: f.below is not None)
        corner.append(kinked & (np.abs(given.z(layer)) <= z[-1]))
        prime = slope(network, layer, given.z(layer), given.a(layer))
        passes.append((prime > 0) | corner[-1])
        steepest.append(_steepest(network, layer, given, z[-1], corner[-1]))
        here = given.a(layer)
        if network.couples(layer):
            a.append(_of_softmax(given.z(layer), here, float(z[-1].max())) + 4 * EPSILON * here + UNDERFLOW)
        else:
            moved = np.minimum(
                steepest[-1] * z[-1], np.where(_each(network, layer, lambda f: f.ends is not None), 2.0, np.inf)
            )
            a.append(moved + 4 * EPSILON * np.abs(here) + UNDERFLOW)
    delta = _of_errors(network, example, given, z, a, steepest, corner)
    layers = range(1, network.layer_count)
    told = (given.z, given.a, given.delta) if example.has_target else (given.z, given.a)
    known = [given.a(0), *(f(layer) for f in told for layer in layers)]
    finite = all(bool(np.isfinite(v).all()) for v in known)
    finite = finite and (not example.has_target or bool(np.isfinite(given.cost)))
    return Certainty(tuple(z), tuple(a), tuple(delta), tuple(corner), tuple(passes), finite)


def _of_softmax(z: Array, a: Array, off: float) -> Array:
    """How far softmax may go where each z may be `off` by so much: a_j = 1 / Σ_k e^(z_k − z_j)."""
    ahead = z[None, :] - z[:, None]
    others = 1.0 - np.eye(len(z))
    most = 1.0 / (1.0 + (np.exp(np.minimum(ahead - 2.0 * off, 700.0)) * others).sum(axis=1))
    least = 1.0 / (1.0 + (np.exp(np.minimum(ahead + 2.0 * off, 700.0)) * others).sum(axis=1))
    return np.maximum(most - a, a - least)


def _steepest(network: Network, layer: int, given: Pass, off: Array, corner: Array) -> Array:
    """The largest f' between z − off and z + off."""
    if network.couples(layer):
        return np.ones_like(off)
    z, a = given.z(layer), given.a(layer)
    nearest = np.where(_smooth(network, layer), np.maximum(np.abs(z) - off, 0.0), z)
    prime = slope(network, layer, nearest, a)
    rising = _each(network, layer, lambda f: f.smooth and f.ends is None)
    if rising.any():  # steepest at a side of what z may be, not nearest to 0
        sides = np.maximum(slope(network, layer, z - off, a), slope(network, layer, z + off, a))
        most = np.array([network.function(layer, j).steepest for j in range(network.sizes[layer])])
        prime = np.where(rising, np.where(off > 1.0, most, sides), prime)
    return np.where(corner, 1.0, prime)


def _each(network: Network, layer: int, of: Callable[[Activation], bool]) -> NDArray[np.bool_]:
    """(n_l,): what is so of each neuron's own function."""
    so = np.full(network.sizes[layer], of(ACTIVATIONS[network.activations[layer - 1]]))
    for modified in network.modified_in(layer):
        so[modified.neuron] = of(ACTIVATIONS[modified.activation])
    return so


def _smooth(network: Network, layer: int) -> NDArray[np.bool_]:
    return _each(network, layer, lambda f: f.smooth)


def _of_errors(
    network: Network,
    example: Example,
    given: Pass,
    z: list[Array],
    a: list[Array],
    steepest: list[Array],
    corner: list[Array],
) -> list[Array]:
    """Bounds of δ by layer, from the outputs back. At a corner δ may be that of either side."""
    outputs, y = np.abs(given.output), np.abs(example.y)
    off = a[-1] + 4 * EPSILON * (outputs + y)
    if network.cost == "quadratic":
        off = off * steepest[-1] + np.abs(given.output - example.y) * _change(
            network, network.last, z, steepest, corner
        )
    if network.couples(network.last):
        n = len(outputs)
        off = off + (a[-1] * y.sum() + y * a[-1].max() + outputs * a[-1].sum()) * n
        off = off + 16 * EPSILON * n * (outputs * (1.0 + y.sum()) + y)
    found = [off + UNDERFLOW]
    for layer in reversed(range(1, network.last)):
        w, after = np.abs(network.w(layer + 1)).T, np.abs(given.delta(layer + 1))
        blame = w @ after
        through = w @ found[0] + (len(after) + 2) * EPSILON * blame
        if network.couples(layer):
            share, off_share = given.a(layer), a[layer]
            size = float(share @ blame)
            bent = share * (through + float(share @ through) + 8 * EPSILON * len(share) * (blame + size))
            bent = bent + off_share * (blame + size) + share * float(off_share @ blame)
        else:
            bent = through * steepest[layer] + blame * _change(network, layer, z, steepest, corner)
        found.insert(0, bent + UNDERFLOW)
    return [np.zeros_like(given.a(0)), *found]


def _change(network: Network, layer: int, z: list[Array], steepest: list[Array], corner: list[Array]) -> Array:
    """How far rounding in z may have moved f'(z), or the other side of a corner has it."""
    bent = np.minimum(2.0 * z[layer] + 8 * EPSILON, 1.0) * steepest[layer]
    return np.where(_smooth(network, layer), bent, np.where(corner[layer], 1.0, 0.0))
