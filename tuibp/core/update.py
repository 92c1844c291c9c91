"""What one update of gradient descent did to the parameters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tuibp.core.five_steps import Pass, through_activation
from tuibp.core.network import Array, Network


@dataclass(frozen=True)
class Effect:
    total: int
    """Parameters of the network."""
    moved: int
    """How many of them have changed."""
    against: bool
    """Whether each of these went against its own gradient: down where it is positive, up where it is negative."""


def effect(before: Network, gradient: Array, after: Network) -> Effect:
    """Compare two stages of a network; `gradient` is ∇C at the first, in the order of `Network.parameters`."""
    change = after.parameters - before.parameters
    moved = change != 0.0
    against = bool((change[moved] * gradient[moved] < 0.0).all())
    return Effect(change.size, int(np.count_nonzero(moved)), against)


def error_by_new_weights(before: Network, after: Network, given: Pass, layer: int, j: int) -> float:
    """What δ^l_j of a hidden neuron would have been, had the error come back by the weights that the update has made.

    That is no gradient of anything: the errors of the next layer belong to the old ones.
    """
    blame = after.w(layer + 1).T @ given.delta(layer + 1)
    return float(through_activation(before, layer, given.z(layer), given.a(layer), blame)[j])
