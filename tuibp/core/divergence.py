"""Where a network's numbers ceased to be finite, and why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tuibp.core.activations import ACTIVATIONS
from tuibp.core.five_steps import activate, cost_of_output
from tuibp.core.network import Array, Network
from tuibp.core.notation import short
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

    `update` is how many updates have been made, `eta` the learning rate they were made with. It is to blame only where
    it is not 0 and updates have been made.
    """
    blamed = _(" η = {eta} is too large.").format(eta=f"{eta:g}") if update and eta else ""
    when = _("Update {update}").format(update=update) if update and eta else _("Before update {n}").format(n=update + 1)

    def found(layer: int, reason: str, **said: object) -> Divergence:
        return Divergence(update, layer, f"{when}: " + reason.format(layer=layer + 1, **said) + blamed)

    with np.errstate(all="ignore"):
        a = x
        for layer in range(1, network.layer_count):
            w, b = network.w(layer), network.b(layer)
            if not (np.isfinite(w).all() and np.isfinite(b).all()):
                return found(layer, _PARAMETERS)
            z = a.dot(w.T) + b
            a = activate(network, layer, z)
            if not (np.isfinite(z).all() and np.isfinite(a).all()):
                return found(layer, _WEIGHTED_INPUTS, largest=_size(w))
        cost = cost_of_output(network, z, a, y)
        if not (np.isfinite(cost).all() and np.isfinite(cost.sum())):
            return found(network.last, _COST, largest=_size(a))
    return None


def memory_overflowed(update: int) -> Divergence:
    """Of what an optimiser remembers of gradients, though the network is finite still."""
    text = _("Update {update}: what the optimiser remembers of the gradients overflowed.").format(update=update)
    return Divergence(update, 1, text)


def harmless(network: Network, x: float, y: float) -> float:
    """A size up to which no parameter can bring a number on the way to the cost out of range, with inputs up to `x`
    and targets up to `y`; a size that is suspicious in any network where that is not certain of any."""

    def safe(exponent: int) -> bool:
        largest = x
        for layer in range(1, network.layer_count):
            z = 10.0**exponent * (network.sizes[layer - 1] * largest + 1.0)
            if not z < _SQUARED:
                return False
            names = network.activations[layer - 1], *_modified(network, layer)
            bounded = all(ACTIVATIONS[name].ends is not None for name in names)
            largest = 1.0 if bounded else max(z, 1.0)
        return y < _SQUARED

    low, high = -1, 150
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if safe(middle) else (low, middle - 1)
    return 10.0**low if low >= 0 else 1e10


def _modified(network: Network, layer: int) -> tuple[str, ...]:
    return tuple(m.activation for m in network.modified_in(layer))


_SQUARED = 1e150
"""What may be squared and summed and is finite still."""

# Short enough for the one line of a small screen.
_PARAMETERS = _("the weights of layer {layer} overflowed.")
_WEIGHTED_INPUTS = _("z of layer {layer} overflowed, weights at {largest}.")
_COST = _("C overflowed, a of layer {layer} at {largest}.")


def _size(array: Array) -> str:
    return short(float(np.abs(array).max()), 1)
