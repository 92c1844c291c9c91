"""All the ways on which one weight reaches the cost, and the strongest of them (53).

Sums over all paths come from dynamic programming, so they are exact whatever the number of paths; the list comes from
a best-first search that looks at no more paths than it hands out.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tuibp.core.example import Example
from tuibp.core.five_steps import Pass, slope, walk
from tuibp.core.network import Array, Network
from tuibp.core.rate_factors import RateFactors, jacobian_times, rate_factors


@dataclass(frozen=True)
class Path:
    """One way from the parameter to the cost."""

    neurons: tuple[int, ...]
    """0-based, one a layer, from the layer of the parameter to the output."""
    factors: tuple[float, ...]
    """Rate factors: from the parameter to its neuron, one an edge, and ∂C/∂a^L_m."""
    product: float
    running_sum: float
    """Sum of the products of this path and all before it in the list."""
    share: float
    """What this path and all before it have of the absolute sum, 0 to 1; 1 where that is 0."""


@dataclass(frozen=True, eq=False)
class Paths:
    """The paths from w^l_jk (b^l_j where k is None) to the cost of one example; indices 0-based.

    A path goes from the parameter to neuron j of layer l, then to one neuron a layer up to the output, then to the
    cost: n_{l+1} ⋯ n_L of them. Where softmax couples layer l, z^l_j moves every activation of it, so paths set out to
    each of the n_l neurons, and there are n_l times as many.
    """

    layer: int
    j: int
    k: int | None
    total: int
    """Number of paths, exact."""
    sum: float
    """Sum of all products."""
    absolute_sum: float
    """Sum of the products' absolute values: all that flows."""
    backprop: float
    """∂C/∂w^l_jk or ∂C/∂b^l_j by BP3 and BP4."""
    rates: RateFactors
    first: Array
    """∂a^l_i/∂w^l_jk, (n_l,): 0 but for neuron j, unless softmax couples the layer."""
    fans_out: bool
    """Whether paths set out to every neuron of the layer (softmax)."""

    def strongest(self) -> Iterator[Path]:
        """Every path, the largest |product| first; the first ones come at once whatever their number."""
        running, absolute = 0.0, 0.0
        for neurons, factors in self._search():
            product = math.prod(factors)
            running += product
            absolute += abs(product)
            share = min(absolute / self.absolute_sum, 1.0) if self.absolute_sum > 0.0 else 1.0
            yield Path(neurons, factors, product, running, share)

    def _search(self) -> Iterator[tuple[tuple[int, ...], tuple[float, ...]]]:
        """Best-first: of all beginnings, go on with the one whose best completion is largest.

        A beginning waits in the heap together with its weaker siblings, which are made only when it is taken. Ties go
        to the longer beginning, so that paths that are all 0 are handed out one by one.
        """
        order: dict[tuple[int, int], tuple[list[int], list[float]]] = {}

        def children(layer: int, neuron: int) -> tuple[list[int], list[float]]:
            """Neurons of the next layer, the strongest completion first, and how strong each is from here on."""
            if (layer, neuron) not in order:
                factors = np.abs(self.rates.into(layer + 1)[:, neuron])
                order[layer, neuron] = _descending(factors, self.rates.best[layer + 1])
            return order[layer, neuron]

        last = len(self.rates.edges)
        starts = _descending(np.abs(self.first), self.rates.best[self.layer])
        if not self.fans_out:
            one = [self.j]
            starts = (one, _descending(np.abs(self.first[one]), self.rates.best[self.layer][one])[1])
        heap: list[tuple[float, int, tuple[int, ...], tuple[float, ...], float, int]] = []

        def offer(neurons: tuple[int, ...], factors: tuple[float, ...], size: float, rank: int) -> None:
            """Put the beginning's child of this rank into the heap."""
            depth = len(neurons)
            ranked, strengths = children(self.layer + depth - 1, neurons[-1]) if neurons else starts
            if rank < len(ranked):
                bound = size * strengths[rank]
                heapq.heappush(heap, (-bound, -depth, (*neurons, ranked[rank]), factors, size, rank))

        offer((), (), 1.0, 0)
        while heap:
            _, _, neurons, factors, size, rank = heapq.heappop(heap)
            offer(neurons[:-1], factors, size, rank + 1)
            factor = self._factor(neurons)
            grown = (*factors, factor)
            if self.layer + len(neurons) - 1 == last:
                yield neurons, (*grown, float(self.rates.output[neurons[-1]]))
            else:
                offer(neurons, grown, size * abs(factor), 0)

    def _factor(self, neurons: tuple[int, ...]) -> float:
        """The rate factor of the last edge of a beginning."""
        if len(neurons) == 1:
            return float(self.first[neurons[0]])
        return float(self.rates.into(self.layer + len(neurons) - 1)[neurons[-1], neurons[-2]])


def paths(
    network: Network, example: Example, layer: int, j: int, k: int | None = None, given: Pass | None = None
) -> Paths:
    """The paths from w^l_jk, or from b^l_j where k is None, to the cost of one example: equation (53). 0-based indices.

    Their sum is exact whatever their number; `strongest()` yields them one by one, the largest |product| first. Raises
    NetworkError where there is no such parameter.
    """
    network.index_of(layer, j, k)
    with np.errstate(all="ignore"):  # numbers out of range are told, not warned of
        return _paths(network, example, layer, j, k, given if given is not None else walk(network, example))


def _paths(network: Network, example: Example, layer: int, j: int, k: int | None, seen: Pass) -> Paths:
    rates = rate_factors(network, seen, example.y)
    first = _first(network, seen, layer, j, k)
    through, absolute = first, np.abs(first)
    for later in range(layer + 1, network.layer_count):
        through, absolute = rates.into(later) @ through, np.abs(rates.into(later)) @ absolute
    fans_out = network.couples(layer)
    total = math.prod(network.sizes[layer if fans_out else layer + 1 :])
    gradient = seen.grad_b(layer) if k is None else seen.grad_w(layer)
    return Paths(
        layer,
        j,
        k,
        total,
        float(rates.output @ through),
        float(np.abs(rates.output) @ absolute),
        float(gradient[j] if k is None else gradient[j, k]),
        rates,
        first,
        fans_out,
    )


def _first(network: Network, seen: Pass, layer: int, j: int, k: int | None) -> Array:
    """∂a^l_i/∂w^l_jk = ∂a^l_i/∂z^l_j a^{l-1}_k, (n_l,)."""
    moved = np.zeros(network.sizes[layer])
    moved[j] = 1.0 if k is None else seen.a(layer - 1)[k]
    if network.couples(layer):
        return jacobian_times(network, seen, layer, moved[:, None])[:, 0]
    return slope(network, layer, seen.z(layer), seen.a(layer)) * moved


def _descending(factors: Array, best: Array) -> tuple[list[int], list[float]]:
    """Neurons by the best completion through each, the strongest first, and how strong it is."""
    with np.errstate(all="ignore"):
        strength = factors * best
    ranked = np.argsort(-strength, kind="stable")
    return ranked.tolist(), strength[ranked].tolist()
