"""A network's numbers anew, in 80-bit floats and by dual numbers: what the claims of sentences are judged by.

Nothing of the program's mathematics is used. A derivative comes with a direction, so that a corner has two.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tuibp.core.example import Example
from tuibp.core.network import Network

Wide = np.longdouble
Numbers = Any
STEEPEST = {"sigmoid": 0.25, "tanh": 1.0, "relu": 1.0, "leaky_relu": 1.0, "linear": 1.0, "softmax": 0.25}
LEAK = Wide(0.01)
LARGEST = Wide(np.finfo(np.float64).max)
UNIT = Wide(np.finfo(np.float64).eps)
LEAST = Wide(1e-290)
"""Doubles lose digits below it."""


class Recomputed:
    """The truth about a network and an example; see `Truth` for what each method tells."""

    def __init__(self, network: Network, example: Example) -> None:
        self._network, self._y = network, example.y.astype(Wide)
        self._w: list[Numbers] = [None, *(w.astype(Wide) for w in network.weights)]
        self._b: list[Numbers] = [None, *(b.astype(Wide) for b in network.biases)]
        self._names = [
            [network.activation_of(layer, j) for j in range(network.sizes[layer])] if layer else []
            for layer in range(network.layer_count)
        ]
        self._z: list[Numbers] = [example.x.astype(Wide)]
        self._a: list[Numbers] = [example.x.astype(Wide)]
        for layer in range(1, network.layer_count):
            self._z.append(self._w[layer] @ self._a[-1] + self._b[layer])
            self._a.append(self._f(layer, self._z[-1][None])[0])
        self._delta: dict[int, Numbers] = {}
        self._bounds: tuple[list[Numbers], list[Numbers]] | None = None

    def z(self, layer: int) -> Numbers:
        return self._z[layer]

    def a(self, layer: int) -> Numbers:
        return self._a[layer]

    def y(self) -> Numbers:
        return self._y

    def cost(self) -> Numbers:
        return self._cost(self._z[-1][None], self._a[-1][None])[0]

    def delta(self, layer: int) -> Numbers:
        """By duals, a tangent for each neuron of the layer; at a corner as the program has it, the slope below."""
        if layer not in self._delta:
            n = len(self._z[layer])
            self._delta[layer] = self._onward(layer, np.tile(self._z[layer], (n, 1)), np.eye(n, dtype=Wide), False)
        return self._delta[layer]

    def terms(self, layer: int, j: int) -> Numbers:
        return np.append(self._w[layer][j] * self._a[layer - 1], self._b[layer][j])

    def blame(self, layer: int, j: int) -> Numbers:
        back = self._w[layer + 1].T @ self.delta(layer + 1)
        if self._names[layer][0] != "softmax":
            return self._w[layer + 1][:, j] * self.delta(layer + 1)
        a = self._a[layer]
        rates = -a * a[j]
        rates[j] = a[j] * np.delete(a, j).sum()
        return back * rates

    def slope_share(self, layer: int, j: int) -> Numbers:
        name = self._names[layer][j]
        if name == "softmax":
            a = self._a[layer]
            return a[j] * np.delete(a, j).sum() / STEEPEST[name]
        return _slope(name, self._z[layer][j], 0.0) / STEEPEST[name]

    def at_corner(self, layer: int, j: int) -> bool:
        self.noise(layer)
        assert self._bounds is not None
        near = 1e-9 * abs(self.terms(layer, j)).sum() + 1e4 * self._bounds[0][layer][j] + LEAST
        return self._names[layer][j] in ("relu", "leaky_relu") and bool(abs(self._z[layer][j]) <= near)

    def lowers(self, layer: int, j: int, sign: float, k: int | None = None) -> bool:
        tangent = np.zeros((1, len(self._z[layer])), dtype=Wide)
        tangent[0, j] = sign * (1 if k is None else self._a[layer - 1][k])
        return bool(self._onward(layer, self._z[layer][None], tangent, True)[0] < 0)

    def slopes(self, layer: int, j: int) -> tuple[Numbers, Numbers]:
        """∂C/∂z^l_j below and above the z that it has."""
        tangent = np.zeros((1, len(self._z[layer])), dtype=Wide)
        sides = []
        for sign in (-1, 1):
            tangent[0, j] = sign
            sides.append(sign * self._onward(layer, self._z[layer][None], tangent, True)[0])
        return sides[0], sides[1]

    def corners(self) -> list[tuple[int, int]]:
        """Neurons whose z is 0 to the last digit, and whose function has a corner there."""
        return [
            (layer, j)
            for layer in range(1, self._network.layer_count)
            for j, name in enumerate(self._names[layer])
            if name in ("relu", "leaky_relu") and self._z[layer][j] == 0
        ]

    def moved(self, layer: int, j: int, k: int | None, by: float) -> Numbers:
        z = self._z[layer].copy()
        z[j] += Wide(by) * (1 if k is None else self._a[layer - 1][k])
        z = z[None]
        for later in range(layer + 1, self._network.layer_count):
            z = self._f(later - 1, z) @ self._w[later].T + self._b[later]
        return self._cost(z, self._f(self._network.last, z))[0] - self.cost()

    def moved_activation(self, layer: int, j: int, by: float) -> Numbers:
        """f(z + by) − f(z) without cancellation where the function has gone flat."""
        z, h, name = self._z[layer][j], Wide(by), self._names[layer][j]
        if name == "sigmoid":  # σ(u) − σ(v) = σ(u) σ(−v) (1 − e^(v−u))
            return _sigmoid(z + h) * _sigmoid(-z) * -np.expm1(-h)
        if name == "tanh":
            return 2 * _sigmoid(2 * (z + h)) * _sigmoid(-2 * z) * -np.expm1(-2 * h)
        return _value(name, z + h) - _value(name, z)

    def overflows(self) -> bool:
        sizes = [abs(v).max() for v in (*self._z, *self._a)]
        for layer in range(1, self._network.layer_count):
            sizes.append((abs(self._w[layer]) @ abs(self._a[layer - 1]) + abs(self._b[layer])).max())
            delta = abs(self.delta(layer))
            sizes.append(delta.max() * max(abs(self._a[layer - 1]).max(), 1))
            if layer > 1:
                sizes.append((abs(self._w[layer]).T @ delta).max())
        squares = ((abs(self._a[-1]) + abs(self._y)) ** 2).sum()
        return not all(np.isfinite(size) and size <= LARGEST for size in (*sizes, squares, abs(self.cost())))

    def noise(self, layer: int) -> Numbers:
        if self._bounds is None:
            self._bounds = self._of_z(), []
            self._bounds[1].extend(self._of_delta())
        return self._bounds[1][layer]

    def noise_of_a(self, layer: int) -> Numbers:
        self.noise(layer)
        return self._off[layer] + LEAST

    def noise_of_z(self, layer: int) -> Numbers:
        self.noise(layer)
        assert self._bounds is not None
        return self._bounds[0][layer]

    # Forward, value and tangent

    def _f(self, layer: int, z: Numbers) -> Numbers:
        names = self._names[layer]
        if names[0] == "softmax":
            e = np.exp(z - z.max(axis=1, keepdims=True))
            return e / e.sum(axis=1, keepdims=True)
        return np.stack([_value(name, z[:, j]) for j, name in enumerate(names)], axis=1)

    def _f_tangent(self, layer: int, z: Numbers, a: Numbers, tangent: Numbers, one_sided: bool) -> Numbers:
        names = self._names[layer]
        if names[0] == "softmax":
            return a * _against_others(a, tangent)
        return np.stack(
            [_slope(n, z[:, j], tangent[:, j] if one_sided else 0.0) * tangent[:, j] for j, n in enumerate(names)],
            axis=1,
        )

    def _onward(self, layer: int, z: Numbers, tangent: Numbers, one_sided: bool) -> Numbers:
        """dC for each row of z of a layer and its tangent."""
        for later in range(layer, self._network.last):
            a = self._f(later, z)
            tangent = self._f_tangent(later, z, a, tangent, one_sided) @ self._w[later + 1].T
            z = a @ self._w[later + 1].T + self._b[later + 1]
        return self._cost_tangent(z, tangent, one_sided)

    def _cost(self, z: Numbers, a: Numbers) -> Numbers:
        y = self._y
        if self._network.cost == "quadratic":
            return ((a - y) ** 2).sum(axis=1) / 2
        log_a, log_rest = self._logs(z)
        rest = np.where(y == 1, 0, (1 - y) * log_rest) if self._network.cost == "cross_entropy" else 0
        return -(np.where(y == 0, 0, y * log_a) + rest).sum(axis=1)

    def _logs(self, z: Numbers) -> tuple[Numbers, Numbers]:
        if self._names[-1][0] == "sigmoid":
            return -np.logaddexp(0, -z), -np.logaddexp(0, z)
        n = z.shape[1]
        pairs = [np.logaddexp.reduce(np.delete(z, j, axis=1) - z[:, j : j + 1], axis=1) for j in range(n)]
        ahead = np.stack(pairs, axis=1) if n > 1 else np.full_like(z, -np.inf)  # ln((1 − a) / a)
        return -np.logaddexp(0, ahead), -np.logaddexp(0, -ahead)

    def _cost_tangent(self, z: Numbers, tangent: Numbers, one_sided: bool) -> Numbers:
        y, cost, last = self._y, self._network.cost, self._network.last
        a = self._f(last, z)
        if cost == "quadratic":
            return ((a - y) * self._f_tangent(last, z, a, tangent, one_sided)).sum(axis=1)
        if self._names[-1][0] == "sigmoid":
            above, below = a, _sigmoid(-z)
            per = -y * below if cost == "log_likelihood" else (1 - y) * above - y * below
            return (per * tangent).sum(axis=1)
        of_log = _against_others(a, tangent)
        if cost == "log_likelihood":
            return -(y * of_log).sum(axis=1)
        # d ln(1 − a_k) = a_k (Σ_i≠k s_i t_i − t_k) with s the softmax of the others alone
        of_rest = np.zeros_like(of_log)
        for k in range(a.shape[1]):
            s = np.exp(np.delete(z, k, axis=1) - np.delete(z, k, axis=1).max(axis=1, keepdims=True))
            against = np.delete(tangent, k, axis=1) - tangent[:, k : k + 1]
            of_rest[:, k] = a[:, k] * (s / s.sum(axis=1, keepdims=True) * against).sum(axis=1)
        return -(y * of_log + (1 - y) * of_rest).sum(axis=1)

    # What doubles can tell

    def _of_z(self) -> list[Numbers]:
        off_a, found = np.zeros_like(self._a[0]), [np.zeros_like(self._a[0])]
        self._off = [off_a]
        for layer in range(1, self._network.layer_count):
            w, a = abs(self._w[layer]), abs(self._a[layer - 1])
            off_z = w @ off_a + (len(a) + 4) * UNIT * (w @ a + abs(self._b[layer])) + LEAST
            found.append(off_z)
            off_a = self._steepness(layer) * off_z + 4 * UNIT * abs(self._a[layer])
            if self._names[layer][0] == "softmax":
                off_a = self._spread(layer, off_z.max()) + 4 * UNIT * self._a[layer]
            self._off.append(off_a)
        return found

    def _spread(self, layer: int, off: Numbers) -> Numbers:
        """How far each output of a softmax is moved by all its others' z going `off` against it, or with it."""
        n = len(self._z[layer])
        sides = self._z[layer] + off * (1 - 2 * np.eye(n, dtype=Wide)), self._z[layer] - off * (1 - 2 * np.eye(n))
        return abs(np.array([np.diag(self._f(layer, side)) for side in sides]) - self._a[layer]).max(axis=0)

    def _steepness(self, layer: int) -> Numbers:
        if self._names[layer][0] == "softmax":
            return np.ones_like(self._z[layer])
        return np.array([abs(_slope(n, v, 0.0)) for n, v in zip(self._names[layer], self._z[layer], strict=True)])

    def _of_delta(self) -> list[Numbers]:
        assert self._bounds is not None
        off_z = self._bounds[0]
        size = abs(self._a[-1]) + abs(self._y)
        slopes = self._steepness(self._network.last)
        off = (self._off[-1] + 8 * UNIT * size) * np.where(slopes > 0, np.maximum(slopes, 0), 0)
        off = off + abs(self.delta(self._network.last)) * np.minimum(2 * off_z[-1] + 8 * UNIT, 1)
        if self._network.cost != "quadratic":
            off = off + self._off[-1] + 8 * UNIT * size
        if self._names[-1][0] == "softmax":
            off = off + 16 * UNIT * len(size) * size.sum() + self._off[-1].sum() * (1 + size.sum())
        found = [off + LEAST]
        for layer in reversed(range(1, self._network.last)):
            w = abs(self._w[layer + 1]).T
            after = w @ abs(self.delta(layer + 1))
            through = w @ found[0] + (w.shape[1] + 8) * UNIT * after + after * np.minimum(2 * off_z[layer] + UNIT, 1)
            if self._names[layer][0] == "softmax":
                through = np.full_like(through, through.sum())
            found.insert(0, through * self._steepness(layer) + LEAST)
        return [np.zeros_like(self._a[0]), *found]


def _against_others(a: Numbers, t: Numbers) -> Numbers:
    """t_j − Σ a_i t_i as Σ_i a_i (t_j − t_i): nothing cancels where one output has it all."""
    return (a[:, None, :] * (t[:, :, None] - t[:, None, :])).sum(axis=2)


def _sigmoid(z: Numbers) -> Numbers:
    e = np.exp(-abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


def _value(name: str, z: Numbers) -> Numbers:
    if name == "sigmoid":
        return _sigmoid(z)
    if name == "tanh":
        return np.tanh(z)
    if name == "relu":
        return np.where(z > 0, z, Wide(0))
    return np.where(z > 0, z, LEAK * z) if name == "leaky_relu" else z


def _slope(name: str, z: Numbers, towards: Numbers) -> Numbers:
    """f'(z); at a corner that of the side that is gone to, below where none is."""
    if name == "sigmoid":
        e = np.exp(-abs(z))
        return e / (1 + e) ** 2
    if name == "tanh":
        e = np.exp(-2 * abs(z))
        return 4 * e / (1 + e) ** 2
    if name == "linear":
        return np.ones_like(z)
    above = (z > 0) | ((z == 0) & (np.asarray(towards) > 0))
    return np.where(above, Wide(1), LEAK if name == "leaky_relu" else Wide(0))
