"""Where a network's numbers ceased to be finite, and why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tuibp.core.five_steps import activate, cost_of_output
from tuibp.core.network import Array, Network
from tuibp.locale import _


@dataclass(frozen=True)
class Divergence:
    """The first place that is not finite, on the way from the input to the cost."""

    update: int
    """How many updates had been made when it came to this: as people count, the number of the one that did it."""
    layer: int
    """0-based."""
    reason: str
    """One sentence."""


def divergence_of(network: Network, x: Array, y: Array, update: int, eta: float) -> Divergence | None:
    """Follow rows x (m, n_in) to the cost against y (m, n_out); None where every number on the way is finite.

    `update` is how many updates have been made, `eta` the learning rate they were made with.
    """
    said = {"update": update, "eta": f"{eta:g}"}
    with np.errstate(all="ignore"):
        a = x
        for layer in range(1, network.layer_count):
            w, b = network.w(layer), network.b(layer)
            said |= {"layer": layer + 1, "largest": _size(w)}
            if not (np.isfinite(w).all() and np.isfinite(b).all()):
                return Divergence(update, layer, _PARAMETERS.format(**said))
            z = a.dot(w.T) + b
            a = activate(network, layer, z)
            if not (np.isfinite(z).all() and np.isfinite(a).all()):
                return Divergence(update, layer, _WEIGHTED_INPUTS.format(**said))
        if not np.isfinite(cost_of_output(network, z, a, y).mean()):
            return Divergence(update, network.last, _COST.format(**said | {"largest": _size(a)}))
    return None


# Short enough for the one line of a small screen.
_PARAMETERS = _("Update {update}: the weights of layer {layer} overflowed. η = {eta} is too large.")
_WEIGHTED_INPUTS = _("Update {update}: z of layer {layer} overflowed, weights at {largest}. η = {eta} is too large.")
_COST = _("Update {update}: C overflowed, a of layer {layer} at {largest}. η = {eta} is too large.")


def _size(array: Array) -> str:
    return f"{np.abs(array).max():.0e}"
