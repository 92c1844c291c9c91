"""The cost along one line through the parameters: of one weight, one weighted input, or a direction of all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tuibp.core.activations import Values
from tuibp.core.downstream import cost_from, times_rows
from tuibp.core.five_steps import activate, cost_of_output
from tuibp.core.network import Array, Network, views
from tuibp.core.nudge import Nudge

AT_ONCE = 1 << 18
"""Activations of one layer that are held at a time: the points of a line are taken in portions of this size."""

TINY = 1e-200
"""The complex step: nothing is subtracted, so it can be as small as doubles allow."""


@dataclass(frozen=True, eq=False)
class CostLine:
    """C of a set of examples (mean), at any distances from where the network stands."""

    at: Callable[[Values], Values]
    """C of each example at each distance, (V,) to (V, m); real or complex."""
    portion: int
    """How many distances are taken at once."""

    def costs(self, distances: Array) -> Array:
        """The mean cost at each distance, (V,)."""
        return self._mean(np.asarray(distances, dtype=np.float64)).real

    def slopes(self, distances: Array) -> Array:
        """dC/dt at each distance by a complex step: to the last digits, kinks excepted."""
        return self._mean(distances + 1j * TINY).imag / TINY

    def _mean(self, distances: Values) -> Values:
        parts = [distances[i : i + self.portion] for i in range(0, len(distances), self.portion)]
        with np.errstate(over="ignore", invalid="ignore"):  # a far point may be infinitely bad: the curve leaves there
            return np.concatenate([self.at(part).mean(axis=-1) for part in parts] or [distances[:0]])


def line(network: Network, x: Array, y: Array, nudge: Nudge, along: Array | None = None) -> CostLine:
    """The line on which `nudge` moves the network, for examples x (m, n_in), y (m, n_L).

    A direction needs its vector `along` (parameters,), as `nudge.unit` gives it; one parameter needs none. Distances
    count from the network as it is, whatever the nudge's own delta. Raises NetworkError where the parameter does not
    exist.
    """
    widest = max(network.sizes)
    if nudge.kind == "direction":
        assert along is not None
        return CostLine(_on_all(network, x, y, along), max(1, AT_ONCE // (len(x) * widest)))
    nudge.place(network)
    return CostLine(_on_one(network, x, y, nudge), max(1, AT_ONCE // (len(x) * widest)))


def _on_all(network: Network, x: Array, y: Array, along: Array) -> Callable[[Values], Values]:
    """All parameters move: z^l = w a + b + t (Δw a + Δb), where a itself depends on t from the second layer on."""
    dw, db = views(along, network.sizes)
    still, moving = times_rows(x, network.w(1)) + network.b(1), times_rows(x, dw[0]) + db[0]

    def at(distances: Values) -> Values:
        t = distances[:, None, None]
        z = still + t * moving
        for layer in range(2, network.layer_count):
            a = activate(network, layer - 1, z)
            z = times_rows(a, network.w(layer)) + network.b(layer)
            z = z + t * (times_rows(a, dw[layer - 1]) + db[layer - 1])
        return cost_of_output(network, z, activate(network, network.last, z), np.broadcast_to(y, z.shape))

    return at


def _on_one(network: Network, x: Array, y: Array, nudge: Nudge) -> Callable[[Values], Values]:
    """One weighted input moves, by t a^{l-1}_k or by t; only what lies downstream of it is computed again."""
    layer, j = nudge.layer, nudge.j
    a = x
    for before in range(1, layer):
        a = activate(network, before, times_rows(a, network.w(before)) + network.b(before))
    z = times_rows(a, network.w(layer)) + network.b(layer)
    rate = a[:, nudge.k] if nudge.kind == "parameter" and nudge.k is not None else np.ones(len(x))

    def whole_layer(distances: Values) -> Values:
        moved = np.broadcast_to(z.astype(distances.dtype), (len(distances), *z.shape)).copy()
        moved[:, :, j] += distances[:, None] * rate
        return cost_from(network, layer, moved, y)

    if layer == network.last or network.couples(layer):
        return whole_layer

    neuron = network.function(layer, j).value
    still = neuron(z[:, j])
    onward = times_rows(activate(network, layer, z), network.w(layer + 1)) + network.b(layer + 1)
    column = network.w(layer + 1)[:, j]

    def one_neuron(distances: Values) -> Values:
        change = neuron(z[:, j] + distances[:, None] * rate) - still
        return cost_from(network, layer + 1, onward + change[:, :, None] * column, y)

    return one_neuron
