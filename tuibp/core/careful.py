"""Finite differences as a careful engineer would make them: only what lies downstream of a weight is computed again,
and many weights go through it in one product of matrices.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tuibp.core.activations import ACTIVATIONS, Values
from tuibp.core.costs import value
from tuibp.core.downstream import TINY, cost_from, cost_turned
from tuibp.core.example import Example
from tuibp.core.five_steps import activate, cost_of_output
from tuibp.core.network import Array, Network

Method = Literal["complex", "central", "forward"]

AT_ONCE = 1 << 18
"""Numbers of one layer that are held at a time."""


@dataclass(frozen=True, eq=False)
class RowChanges:
    """What C did when each parameter of some rows of one layer was changed."""

    layer: int
    rows: Array
    """Neurons of the layer, (r,)."""
    change: Values
    """C changed less C, (r, n_{l-1} + 1): a column for each weight into the neuron, and the last for its bias."""
    multiply_adds: int
    """Multiplications with addition that this took."""


def full_pass(network: Network) -> int:
    """Multiplications with addition in one forward pass: one a weight."""
    return sum(w.size for w in network.weights)


def each(network: Network, layer: int) -> int:
    """The same for one changed parameter of a layer: into its neuron's z, and from there what lies downstream."""
    if layer == network.last or network.couples(layer):
        return 1 + _products(network, layer)
    return 1 + network.sizes[layer + 1] + _products(network, layer + 1)


def everything(network: Network) -> int:
    """The same for every parameter, and the pass that they are compared with."""
    layers = range(1, network.layer_count)
    changed = sum((network.w(i).size + network.b(i).size) * each(network, i) for i in layers)
    return full_pass(network) + changed


def changes(network: Network, example: Example, step: complex, at_most: int | None = None) -> Iterator[RowChanges]:
    """Change every parameter by `step` (imaginary for a complex step), each alone, some rows of a layer at a time.

    With `at_most`, no more parameters of a layer than about that: rows evenly spread over it.
    """
    z, a = [example.x], [example.x]
    for layer in range(1, network.layer_count):
        z.append(network.w(layer) @ a[-1] + network.b(layer))
        a.append(activate(network, layer, z[-1]))
    for layer in range(1, network.layer_count):
        inputs = np.append(a[layer - 1], 1.0) * step
        taken = chosen(network, layer, at_most)
        portion = max(1, AT_ONCE // (inputs.size * _width(network, layer)))
        for at in range(0, len(taken), portion):
            rows = taken[at : at + portion]
            moved = z[layer][rows, None] + inputs
            change = _through(network, layer, rows, moved, z, a, example.y)
            yield RowChanges(layer, rows, change, moved.size * each(network, layer))


def chosen(network: Network, layer: int, at_most: int | None) -> Array:
    """The rows of a layer that are taken: all, or evenly spread ones with about `at_most` parameters."""
    count = network.sizes[layer]
    taken = count if at_most is None else min(count, max(1, at_most // (network.sizes[layer - 1] + 1)))
    return np.linspace(0, count - 1, taken).astype(int)


def quotients(
    network: Network, example: Example, method: Method, step: float, at_most: int | None = None
) -> Iterator[tuple[RowChanges, Array]]:
    """The rows of `changes`, and every partial derivative of theirs, (r, n_{l-1} + 1).

    `complex` is Im C(w + i step) / step, `central` (C(w + step) - C(w - step)) / (2 step), `forward`
    (C(w + step) - C(w)) / step.
    """
    if method == "complex":
        for turned in changes(network, example, step * 1j, at_most):
            yield turned, turned.change.imag / step
    elif method == "forward":
        for up in changes(network, example, step, at_most):
            yield up, up.change / step
    else:
        both = zip(changes(network, example, step, at_most), changes(network, example, -step, at_most), strict=True)
        for up, down in both:
            yield up, (up.change - down.change) / (2.0 * step)


def _through(
    network: Network, layer: int, rows: Array, moved: Values, z: list[Array], a: list[Array], y: Array
) -> Values:
    """C changed less C for each of the moved weighted inputs (r, n)."""
    before = cost_of_output(network, z[-1], a[-1], y)
    if network.couples(layer):
        whole = np.broadcast_to(z[layer].astype(moved.dtype), (*moved.shape, z[layer].size)).copy()
        whole[np.arange(len(rows)), :, rows] = moved
        return cost_from(network, layer, whole, y) - before
    if layer == network.last:
        return _of_outputs(network, rows, moved, z[layer], y)
    change = _neurons(network, layer, rows, moved) - a[layer][rows, None]
    into_next = network.w(layer + 1).T[rows, None, :]
    if np.iscomplexobj(moved) and float(np.abs(moved.imag).max()) < TINY:
        return cost_turned(network, layer + 1, z[layer + 1], change.imag[:, :, None] * into_next, y) - before
    return cost_from(network, layer + 1, z[layer + 1] + change[:, :, None] * into_next, y) - before


def _neurons(network: Network, layer: int, rows: Array, moved: Values) -> Values:
    """The activations of some neurons of a layer that couples nothing, from their own weighted inputs (r, n)."""
    a = ACTIVATIONS[network.activations[layer - 1]].value(moved)
    for m in network.modified_in(layer):
        for at in np.flatnonzero(rows == m.neuron):
            a[at] = ACTIVATIONS[m.activation].value(moved[at])
    return a


def _of_outputs(network: Network, rows: Array, moved: Values, z: Array, y: Array) -> Values:
    """The cost is a sum over the outputs: only the changed output's part of it is computed again."""
    change = np.empty_like(moved)
    names = np.array([network.activation_of(network.last, int(j)) for j in rows])
    for name in dict.fromkeys(names.tolist()):
        own = np.flatnonzero(names == name)
        wanted = y[rows[own], None, None]
        both = np.append(moved[own], z[rows[own], None], axis=1)[:, :, None]
        parts = value(network.cost, name, both, ACTIVATIONS[name].value(both), wanted)
        change[own] = parts[:, :-1] - parts[:, -1:]
    return change


def _products(network: Network, layer: int) -> int:
    """Multiply-adds from the weighted inputs of `layer` to the output."""
    return sum(network.w(later).size for later in range(layer + 1, network.layer_count))


def _width(network: Network, layer: int) -> int:
    return max(network.sizes[layer:]) if network.couples(layer) else max(network.sizes[layer + 1 :], default=1)
