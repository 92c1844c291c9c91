"""Derivatives that are measured, not derived: a complex step of one z, a, w or b through the rest of the network.

All of it is computed with the longest doubles that the machine has (80 bits on most), so that sums that nearly cancel
still agree to the digits of a double. The real part of every number is the walk's own to the bit: a step so small does
not reach it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tuibp.core.activations import ACTIVATIONS, Values
from tuibp.core.example import Example
from tuibp.core.five_steps import Pass, cost_of_output, walk
from tuibp.core.logarithms import log_of, log_of_rest
from tuibp.core.network import Network

LONG = np.longdouble
STEP = LONG(1e-20)
"""Its square is beyond what a number holds beside another, while products of it with the smallest double are not 0."""
AT_ONCE = 1 << 15
"""Numbers of one layer that are turned at a time."""


@dataclass(frozen=True, eq=False)
class Measured:
    """One example's pass in long doubles, and every rate in it by a complex step. Layers and neurons are 0-based."""

    network: Network
    y: Values
    """The output wanted, (n_L,)."""
    seen: Pass
    """The five steps themselves, in long doubles: what backpropagation says."""
    told: Callable[[float], object] = float
    """Gets the share of what takes longest that is done, 0 to 1; what it raises ends the work."""

    def z(self, layer: int) -> Values:
        return self.seen.z(layer)

    def a(self, layer: int) -> Values:
        return self.seen.a(layer)

    def delta(self, layer: int) -> Values:
        """δ^l as steps 3 and 4 compute it, (n_l,)."""
        return self.seen.delta(layer)

    def probabilities(self) -> tuple[Values, Values]:
        """a^L and 1 − a^L, each (n_L,), by their logarithms: with all digits however near 0 or 1; else as they are."""
        last = self.network.last
        a, z = self.a(last).copy(), self.z(last)
        rest = 1.0 - a
        if self.network.couples(self.network.last):
            name = self.network.activations[-1]
            return np.exp(log_of(name, z)), np.exp(log_of_rest(name, z))
        for j in range(len(a)):
            name = self.network.activation_of(last, j)
            if ACTIVATIONS[name].probability:
                a[j], rest[j] = np.exp(log_of(name, z[j])), np.exp(log_of_rest(name, z[j]))
        return a, rest

    def cost_by_z(self, layer: int, which: list[int]) -> Values:
        """∂C/∂z^l_i for each neuron i of `which`, (len(which),): each z turned alone, and followed to the cost."""
        portion = max(1, AT_ONCE // max(self.network.sizes[layer:]))
        rates = []
        for at in range(0, len(which), portion):
            self.told(at / len(which))
            rates.append(self._to_cost(layer, self._turned(layer, which[at : at + portion])))
        return np.concatenate(rates) / STEP

    def cost_by_activation(self) -> Values:
        """∂C/∂a^L_m for every output, (n_L,): each a turned alone in the cost's own formula."""
        (a, rest), y = self.probabilities(), self.y
        # A logarithm asks for a step that is small beside what it is of.
        step = np.full_like(a, STEP) if self.network.cost == "quadratic" else STEP * np.minimum(a, rest)
        turn = 1j * np.diag(step)
        if self.network.cost == "quadratic":
            cost = 0.5 * ((self.a(self.network.last) + turn - y) ** 2).sum(axis=-1)
        else:
            cost = -_times(y, np.log(a + turn)).sum(axis=-1)
        if self.network.cost == "cross_entropy":
            cost = cost - _times(1.0 - y, np.log(rest - turn)).sum(axis=-1)
        return np.asarray(cost.imag / step)

    def cost_by_parameter(self, layer: int, j: int, k: int | None) -> Values:
        """∂C/∂w^l_jk, or ∂C/∂b^l_j where k is None, (1,)."""
        turn = np.zeros((1, self.network.sizes[layer]), dtype=LONG)
        turn[0, j] = self._z_turned(layer, j, k)
        return np.asarray(self._to_cost(layer, turn) / STEP)

    def z_by_parameter(self, layer: int, j: int, k: int | None) -> Values:
        """∂z^l_i/∂w^l_jk (or by b^l_j) for every neuron i of the layer, (n_l,)."""
        turn = np.zeros(self.network.sizes[layer], dtype=LONG)
        turn[j] = self._z_turned(layer, j, k)
        return np.asarray(turn / STEP)

    def addends_by_parameter(self, layer: int, j: int, k: int | None) -> Values:
        """How fast each addend w^l_ji a^{l-1}_i, and b^l_j, of z^l_j changes with w^l_jk (or b^l_j), (n_{l-1} + 1,)."""
        return np.asarray(self._addends(layer, j, k).imag / STEP)

    def activation_by_z(self, layer: int, j: int) -> Values:
        """∂a^l_i/∂z^l_j for every neuron i of the layer, (n_l,)."""
        return np.asarray(self._through(layer, self._turned(layer, [j]))[0] / STEP)

    def next_by_z(self, layer: int, j: int) -> Values:
        """∂z^{l+1}_k/∂z^l_j for every neuron k of the layer after, (n_{l+1},)."""
        turned = self._through(layer, self._turned(layer, [j]))[0]
        return np.asarray(self.network.w(layer + 1) @ turned / STEP)

    def addends_by_z(self, layer: int, j: int) -> Values:
        """How fast each addend w^{l+1}_ki a^l_i, and b^{l+1}_k, of z^{l+1}_k changes with z^l_j, (n_{l+1}, n_l + 1)."""
        turned = self._through(layer, self._turned(layer, [j]))[0]
        parts = self.network.w(layer + 1) * turned
        return np.append(parts, (self.network.b(layer + 1) + 0j).imag[:, None], axis=1) / STEP

    def _turned(self, layer: int, which: list[int]) -> Values:
        turn = np.zeros((len(which), self.network.sizes[layer]), dtype=LONG)
        turn[np.arange(len(which)), which] = STEP
        return turn

    def _addends(self, layer: int, j: int, k: int | None) -> Values:
        """The addends of z^l_j, the bias last, with w^l_jk (or b^l_j) turned; complex, (n_{l-1} + 1,)."""
        row = np.append(self.network.w(layer)[j], self.network.b(layer)[j]).astype(np.clongdouble)
        row[-1 if k is None else k] += 1j * STEP
        return row * np.append(self.a(layer - 1), 1.0)

    def _z_turned(self, layer: int, j: int, k: int | None) -> Values:
        return np.asarray(self._addends(layer, j, k).sum().imag)

    def _through(self, layer: int, turn: Values) -> Values:
        """The imaginary part of a^l where that of z^l is `turn` (…, n_l)."""
        z = self.z(layer) + 1j * turn
        a = _activated(self.network.activations[layer - 1], z)
        for m in self.network.modified_in(layer):
            a[..., m.neuron] = _activated(m.activation, z[..., m.neuron, None])[..., 0]
        return np.asarray(a.imag)

    def _to_cost(self, layer: int, turn: Values) -> Values:
        """The imaginary part of C where that of z^l is `turn` (r, n_l), (r,)."""
        last = self.network.last
        for later in range(layer, last):
            turn = self._through(later, turn) @ self.network.w(later + 1).T
        z, a = self.z(last) + 1j * turn, self.a(last) + 1j * self._through(last, turn)
        return np.asarray(cost_of_output(self.network, z, a, np.broadcast_to(self.y, z.shape)).imag)


def measured(network: Network, example: Example, told: Callable[[float], object] = float) -> Measured:
    """The example's pass in long doubles."""
    x: Values = example.x.astype(LONG)
    y: Values = example.y.astype(LONG)
    return Measured(network, y, walk(network, Example(x, y)), told)


def _activated(name: str, z: Values) -> Values:
    """f(z), complex; a probability by its logarithm, so that its imaginary part keeps its digits near 0 and 1."""
    return np.exp(log_of(name, z)) if ACTIVATIONS[name].probability else ACTIVATIONS[name].value(z)


def _times(y: Values, log: Values) -> Values:
    """y · log, and 0 where y is, whatever the logarithm."""
    product: Values = np.where(y == 0.0, 0.0, y * np.where(y == 0.0, 0.0, log))
    return product
