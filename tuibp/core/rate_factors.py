"""What each edge contributes to a path (53): how fast one activation moves the next, and the last one the cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tuibp.core.activations import softmax_product
from tuibp.core.costs import COSTS, SMALL
from tuibp.core.five_steps import Pass, slope
from tuibp.core.logarithms import log_of, log_of_rest
from tuibp.core.network import Array, Network


@dataclass(frozen=True, eq=False)
class RateFactors:
    """The rate factor of every edge at one example. Layers are 0-based; arrays are read-only."""

    edges: tuple[Array, ...]
    """edges[l - 1][q, j] = ∂a^l_q/∂a^{l-1}_j, (n_l, n_{l-1}), for each layer but the input."""
    output: Array
    """∂C/∂a^L_m, (n_L,)."""
    best: tuple[Array, ...]
    """best[l][j]: the largest |product| of any way from a^l_j to the cost, (n_l,)."""
    to_cost: tuple[Array, ...]
    """to_cost[l][j] = ∂C/∂a^l_j: the sum over all ways from a^l_j to the cost, (n_l,)."""

    def into(self, layer: int) -> Array:
        """The factors of the edges into `layer` (1 or more)."""
        return self.edges[layer - 1]


def rate_factors(network: Network, seen: Pass, y: Array) -> RateFactors:
    """All rate factors of a pass; y is the output wanted, (n_L,)."""
    edges = tuple(jacobian_times(network, seen, layer, network.w(layer)) for layer in range(1, network.layer_count))
    output = cost_rates(network, seen.z(network.last), seen.a(network.last), y)
    best, to_cost = [np.abs(output)], [output]
    for factors in reversed(edges):
        best.append((np.abs(factors) * best[-1][:, None]).max(axis=0))
        to_cost.append(to_cost[-1] @ factors)
    for array in (*edges, *best, *to_cost):
        array.flags.writeable = False
    return RateFactors(edges, output, tuple(reversed(best)), tuple(reversed(to_cost)))


def jacobian_times(network: Network, seen: Pass, layer: int, right: Array) -> Array:
    """∂a^l/∂z^l times `right`, (n_l, …): each row by its f', or by softmax's full Jacobian."""
    if network.couples(layer):
        return softmax_product(seen.a(layer), right.T).T  # the Jacobian is symmetric
    return slope(network, layer, seen.z(layer), seen.a(layer))[:, None] * right


def cost_rates(network: Network, z: Array, a: Array, y: Array) -> Array:
    """∂C/∂a^L_m, (n_L,). For costs of probabilities from z, so that a and 1 - a keep their digits near 0 and 1."""
    if not COSTS[network.cost].probabilities:
        return COSTS[network.cost].gradient(a, y)
    rates = np.empty_like(a)
    for activation, which in _by_activation(network):
        p = np.maximum(np.exp(log_of(activation, z[which])), SMALL)
        rates[which] = -y[which] / p
        if network.cost == "cross_entropy":
            rest = np.maximum(np.exp(log_of_rest(activation, z[which])), SMALL)
            rates[which] += (1.0 - y[which]) / rest
    return rates


def _by_activation(network: Network) -> tuple[tuple[str, list[int]], ...]:
    """The output neurons by the activation that they use."""
    names = [network.activation_of(network.last, j) for j in range(network.sizes[-1])]
    return tuple((name, [j for j, own in enumerate(names) if own == name]) for name in dict.fromkeys(names))
