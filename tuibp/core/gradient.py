"""The gradient on a mini-batch, as matrices in a workspace: rows are examples.

This is the mathematics of `five_steps` written to be fast, and it is written so here alone: every array is made once,
each operation writes into one of them (`a.dot(b, out)` is numpy's cheapest product), and nothing is computed that the
gradient does not need, as the input's error.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy import add, multiply, subtract

from tuibp.core.activations import ACTIVATIONS
from tuibp.core.five_steps import activate, cost_of_output, error_of_output
from tuibp.core.network import Array, Network, parameter_count, views

WIDE = 50_000
"""From this many weights on, `np.matmul` is faster than `dot` for a layer's ∇W from 10 examples on."""
LONG, MANY = 100, 20_000
"""From rows this long and this many weights on, `_outer` is faster than `dot` for one example's ∇W."""
LARGE = 100_000
"""Workspaces of networks with no more parameters than this are kept by `gradient`, at most SPARE at a time."""
SPARE = 8
CHUNK = 256
"""Examples that `last_layer` takes at a time, and the most that a kept workspace is for."""


@dataclass(frozen=True, eq=False)
class Gradient:
    """∂C/∂w and ∂C/∂b of the mean cost. Arrays are read-only views of `flat`, which is in the order of `parameters`."""

    weights: tuple[Array, ...]
    """One (n_l, n_{l-1}) array for each layer but the input."""
    biases: tuple[Array, ...]
    """One (n_l,) array for each layer but the input."""
    flat: Array
    """Shape (parameter_count,)."""


def gradient(network: Network, x: Array, y: Array) -> Gradient:
    """Gradient of the mean cost over x (m, n_in) and y (m, n_out), by BP1 to BP4 on all examples at once.

    Its `weights` are (n_l, n_{l-1}) and its `biases` (n_l,), one for each layer after the input. Raises ValueError
    where x or y does not fit the network.
    """
    x, y = rows_for(network, x, y)
    key = network.sizes, network.activations, network.cost, network.modified, len(x)
    workspace = _spare.pop(key, None)  # whoever takes it has it alone, whatever the thread
    if workspace is None:
        workspace = Workspace(network, len(x))
    else:
        workspace.bind(network.parameters)
    with np.errstate(all="ignore"):
        workspace.fill(x, y)
    if workspace.flat.size > LARGE or len(x) > CHUNK:
        flat = workspace.flat
    else:
        flat = workspace.flat.copy()
        if len(_spare) >= SPARE:
            _spare.clear()
        _spare[key] = workspace
    flat.flags.writeable = False
    return Gradient(*views(flat, network.sizes), flat)


def cost(network: Network, x: Array, y: Array) -> float:
    """Mean cost over x (m, n_in) and y (m, n_out), without L2 decay's part."""
    x, y = rows_for(network, x, y)
    with np.errstate(all="ignore"):
        return float(cost_of_output(network, *last_layer(network, x), y).mean())


def outputs(network: Network, x: Array) -> Array:
    """a^L (m, n_out) for rows x (m, n_in)."""
    return last_layer(network, x)[1]


def last_layer(network: Network, x: Array) -> tuple[Array, Array]:
    """(z^L, a^L), each (m, n_out), for rows x (m, n_in), a chunk at a time."""
    z_last, a_last = np.empty((len(x), network.sizes[-1])), np.empty((len(x), network.sizes[-1]))
    with np.errstate(all="ignore"):
        for at in range(0, len(x), CHUNK):
            z = a = x[at : at + CHUNK]
            for layer in range(1, network.layer_count):
                z = a.dot(network.w(layer).T) + network.b(layer)
                a = activate(network, layer, z)
            z_last[at : at + CHUNK], a_last[at : at + CHUNK] = z, a
    return z_last, a_last


def rows_for(network: Network, x: Array, y: Array) -> tuple[Array, Array]:
    """x and y as rows; one example may come as two vectors. Raises ValueError where they do not fit the network."""
    x, y = np.atleast_2d(np.asarray(x, dtype=np.float64)), np.atleast_2d(np.asarray(y, dtype=np.float64))
    if x.shape != (len(y), network.sizes[0]) or y.shape[1:] != network.sizes[-1:] or not len(x):
        raise ValueError(
            f"the network takes x (m, {network.sizes[0]}) and y (m, {network.sizes[-1]}), not {x.shape} and {y.shape}"
        )
    return x, y


_spare: dict[object, Workspace] = {}

_Factors = tuple[Array, Array, Callable[[Array, Array], object], Array | None, Array]


class Workspace:
    """The arrays for a network's shape and one size of mini-batch, and the one function that fills them.

    It reads the parameters where they lie, so they may be changed between two calls; `bind` points it elsewhere.
    Callers silence numpy's warnings around their calls (`np.errstate` costs as much as an operation here).
    """

    flat: Array
    """The gradient times `factor`, (parameter_count,), in the order of `parameters`; overwritten by each `fill`."""
    biases: tuple[Array, ...]
    """The part of it that belongs to the biases, layer by layer."""

    def __init__(self, network: Network, batch_size: int, factor: float = 1.0) -> None:
        sizes, m = network.sizes, batch_size
        self._network, self._m = network, m
        self._ones_dot, self._scale = np.ones(m).dot, np.array(factor / m)
        self.flat = aligned(parameter_count(sizes))
        self._weights, self.biases = views(self.flat, sizes)
        self._z, self._kept, self._a, self._delta = ([aligned(m, n) for n in sizes] for _ in range(4))
        self._difference = aligned(m, sizes[-1])
        self._difference_flat = self._difference.ravel()
        self._compared: Array | None = None  # the y that `_difference` tells a^L's difference from
        self._bound: Array | None = None
        self._by_difference = network.cost == "quadratic" and not network.couples(network.last)
        self.bind(network.parameters)

    def multiply_by(self, factor: float) -> None:
        """Give `factor` times the gradient from now on."""
        self._scale[...] = factor / self._m

    def bind(self, parameters: Array) -> None:
        """Read the parameters from this array, (parameter_count,), from now on."""
        if parameters is self._bound:
            return
        self._bound = parameters
        weights, biases = views(parameters, self._network.sizes)
        z, kept, a, delta = self._z, self._kept, self._a, self._delta
        layers = range(1, self._network.layer_count)
        times = {i: _times_derivative(self._network, i) for i in layers}
        self._forward = [
            (weights[i - 1].T, biases[i - 1][None], z[i], kept[i], a[i], _activation_into(self._network, i))
            for i in layers
        ]
        self._output = z[-1], kept[-1], a[-1], delta[-1], times[layers[-1]]
        self._backward = [
            (delta[i + 1].dot, weights[i], z[i], kept[i], a[i], delta[i], times[i]) for i in reversed(layers[:-1])
        ]
        self._gradients = [self._factors(i) for i in reversed(layers)]

    def _factors(self, layer: int) -> _Factors:
        """What makes a layer's gradient: δ and ∇b; δ transposed as a product, the a before (None: the input), ∇W."""
        delta, grad_b, grad_w = self._delta[layer], self.biases[layer - 1], self._weights[layer - 1]
        product: Callable[[Array, Array], object] = delta.T.dot
        if self._m == 1 and grad_w.shape[1] >= LONG and grad_w.size >= MANY:
            product = partial(_outer, delta.T)
        elif self._m >= 10 and grad_w.size >= WIDE:
            product = partial(np.matmul, delta.T)
        return delta, grad_b, product, self._a[layer - 1] if layer > 1 else None, grad_w

    def forward(self, x: Array) -> Array:
        """z and a of all layers for rows x (m, n_in); returns a^L, which the next call overwrites."""
        a, self._compared = x, None
        for w_transposed, b, z, kept, a_next, activation_into in self._forward:
            a.dot(w_transposed, z)
            add(z, b, z)
            activation_into(z, kept, a_next)
            a = a_next
        return a

    def fill(self, x: Array, y: Array) -> None:
        """A pass forward and one back: `flat` becomes factor times the gradient of the mean cost over rows x, y."""
        self.forward(x)
        self.backward(x, y)

    def backward(self, x: Array, y: Array) -> None:
        """BP1 to BP4 after `forward(x)`. The mean's 1/m goes into the output error, once for all gradients."""
        z, kept, a, delta, times_derivative = self._output
        if self._by_difference:  # BP1
            subtract(a, y, self._difference)
            self._compared = y
            multiply(self._difference, self._scale, delta)
            times_derivative(z, kept, a, delta)
        else:
            multiply(error_of_output(self._network, z, a, y), self._scale, delta)
        for error_dot, w, z, kept, a, delta, times_derivative in self._backward:  # BP2
            error_dot(w, delta)
            times_derivative(z, kept, a, delta)
        for delta, grad_b, delta_times, a_before, grad_w in self._gradients:  # BP3, BP4
            self._ones_dot(delta, grad_b)
            delta_times(x if a_before is None else a_before, grad_w)

    def error_norms(self) -> tuple[float, ...]:
        """Of each layer after the input ‖δ^l‖, as the root of its mean square over the rows of the last `fill`."""
        return tuple(math.sqrt(self._m * float((delta * delta).sum())) for delta in self._delta[1:])

    def gradient_norms(self) -> tuple[float, ...]:
        """Of each layer after the input ‖∂C/∂w^l‖ of the last `fill`, times `factor`."""
        return tuple(math.sqrt(float((grad_w * grad_w).sum())) for grad_w in self._weights)

    def cost(self, y: Array) -> float:
        """Mean cost over the rows of the last `forward` or `fill`."""
        if self._by_difference:
            if y is not self._compared:
                subtract(self._a[-1], y, self._difference)
            return float(self._difference_flat.dot(self._difference_flat)) * 0.5 / self._m
        z, _, a = self._output[:3]
        return float(cost_of_output(self._network, z, a, y).sum()) / self._m


def aligned(*shape: int) -> Array:
    """Room for numbers that begins at a multiple of 64 bytes, where vector instructions are fastest."""
    count = math.prod(shape)
    room = np.empty(count + 8)
    start = -room.ctypes.data % 64 // 8
    return room[start : start + count].reshape(shape)


def _outer(column: Array, row: Array, out: Array) -> None:
    """column · row, (n, 1) by (1, k). numpy gathers rows into buffers first, at three times the cost, if they fit."""
    with np.errstate():  # which the size of buffers ends with
        np.setbufsize(16)
        np.multiply(column, row, out)


def _activation_into(network: Network, layer: int) -> Callable[[Array, Array, Array], None]:
    """f_l in place, with the modified neurons' columns by their own functions."""
    into, modified = ACTIVATIONS[network.activations[layer - 1]].into, network.modified_in(layer)
    if not modified:
        return into

    def each(z: Array, kept: Array, a: Array) -> None:
        into(z, kept, a)
        for m in modified:
            a[:, m.neuron] = ACTIVATIONS[m.activation].value(z[:, m.neuron])

    return each


def _times_derivative(network: Network, layer: int) -> Callable[[Array, Array, Array, Array], None]:
    """f_l' in place, with the modified neurons' columns by their own derivatives."""
    times, modified = ACTIVATIONS[network.activations[layer - 1]].times_derivative, network.modified_in(layer)
    if not modified:
        return times

    def each(z: Array, kept: Array, a: Array, delta: Array) -> None:
        own = [
            delta[:, m.neuron] * ACTIVATIONS[m.activation].derivative(z[:, m.neuron], a[:, m.neuron]) for m in modified
        ]
        times(z, kept, a, delta)
        for m, column in zip(modified, own, strict=True):
            delta[:, m.neuron] = column

    return each
