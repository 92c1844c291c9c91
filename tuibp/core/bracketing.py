"""From paths to backpropagation: the sum (53) bracketed one layer at a time, from the cost backwards.

Every line is the same number, made with fewer multiplications; the last bracket times ∂a/∂w is δ · a: BP2 and BP4.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import numpy as np

from tuibp.core.activations import Values
from tuibp.core.example import Example
from tuibp.core.network import Array, Network
from tuibp.core.notation import of_neuron, weight
from tuibp.core.paths import Paths, paths
from tuibp.core.proof.measured import measured

TOLD = 8
"""Summands of a line that are kept."""
WALKED = 20_000
"""As many ways as are gone one by one where they are written out."""
LETTERS = "mnpxrstuv"
"""Running indices, from the output backwards."""


@dataclass(frozen=True, eq=False)
class Bracketed:
    """The sum with its first `brackets` layers, from the cost backwards, put into one bracket."""

    brackets: int
    layer: int
    """Whose ∂C/∂a the bracket holds, 0-based; the number of layers where nothing is bracketed yet."""
    sums: str
    """In markup: `Σ_p Σ_x`."""
    bracket: str
    """Empty where nothing is bracketed yet."""
    rest: str
    holds: Array
    """What the bracket comes to for each neuron of the layer for which it is made; empty without a bracket."""
    ways: int
    """Ways from the bracket to the weight: summands that are still written out."""
    multiplications: int
    """For this one weight, brackets included."""
    value: float
    """The whole sum, as this line makes it."""
    walked: bool
    """Whether its summands were gone through one by one, or were too many for that."""
    summands: Array
    """The first that are still written out, in their order; of more than one way alone, and none where not walked."""


@dataclass(frozen=True, eq=False)
class Bracketing:
    """(53) for one weight or bias, from written out to BP2 and BP4. 0-based indices."""

    layer: int
    j: int
    k: int | None
    name: str
    """Of the parameter, in markup."""
    lines: tuple[Bracketed, ...]
    found: str
    """What the last line is: `δ^2_1 · a^1_1`."""
    value_found: float
    """That, from the five steps' own δ."""
    measured: float
    """∂C/∂w by a complex step."""
    paths: int
    """How many there are."""
    all_by_paths: int
    """Multiplications for every weight of the network, path by path."""
    all_by_backpropagation: int
    """The same by BP1, BP2 and BP4."""

    @property
    def apart(self) -> float:
        """The largest relative difference between a line, the last bracket as δ · a, and what is measured."""
        values = np.array([*(line.value for line in self.lines), self.value_found, self.measured])
        largest = float(np.abs(values).max())
        return float(values.max() - values.min()) / largest if largest > 1e-300 else 0.0


def bracket(network: Network, example: Example, layer: int, j: int, k: int | None = None) -> Bracketing:
    """Bracket the sum over all paths from w^l_jk (b^l_j where k is None) to the cost. 0-based indices.

    Computed in long doubles and told as doubles, as a proof is. Raises NetworkError where there is no such parameter.
    """
    network.index_of(layer, j, k)
    with np.errstate(all="ignore"):
        m = measured(network, example)
        found = paths(network, Example(m.seen.a(0), m.y), layer, j, k, m.seen)
        before = 1.0 if k is None else m.a(layer - 1)[k]
        value = float(m.delta(layer)[j] * before)
        by_step = float(m.cost_by_parameter(layer, j, k)[0])
        lines = _lines(network, found)
    delta = of_neuron("δ", layer, j)
    return Bracketing(
        layer,
        j,
        k,
        of_neuron("b", layer, j) if k is None else weight(layer, j, k),
        lines,
        delta if k is None else f"{delta} · {of_neuron('a', layer - 1, k)}",
        value,
        by_step,
        found.total,
        sum(_for_all(network, later) for later in range(1, network.layer_count)),
        by_backpropagation(network),
    )


def by_backpropagation(network: Network) -> int:
    """Multiplications of BP1, BP2 and BP4 for all weights: one a slope, one a weight on the way back, one a ∂C/∂w."""
    sizes = network.sizes
    back = sum(n * (after + 1) for n, after in itertools.pairwise(sizes[1:]))
    return sizes[-1] + back + sum(n * before for before, n in itertools.pairwise(sizes))


def _for_all(network: Network, layer: int) -> int:
    """Multiplications for all weights into a layer, path by path."""
    return network.w(layer).size * _multiplications(network, layer, 0)


def _starts(network: Network, layer: int) -> int:
    """Neurons of the weight's own layer that paths set out to: one, or all where softmax couples them."""
    return network.sizes[layer] if network.couples(layer) else 1


def _ways(network: Network, layer: int, brackets: int) -> int:
    """Ways that are still written out with so many layers bracketed."""
    return _starts(network, layer) * math.prod(network.sizes[layer + 1 : network.layer_count - brackets])


def _multiplications(network: Network, layer: int, brackets: int) -> int:
    """To make the brackets, and then to multiply along every way that is left."""
    widths = [_starts(network, layer), *network.sizes[layer + 1 :]]
    made = sum(n * after for n, after in list(itertools.pairwise(widths))[len(widths) - 1 - brackets :])
    factors = network.last - layer + 2 - brackets
    return made + _ways(network, layer, brackets) * (factors - 1)


def _lines(network: Network, found: Paths) -> tuple[Bracketed, ...]:
    layer, last = found.layer, network.last
    first = found.first if found.fans_out else np.where(np.arange(len(found.first)) == found.j, found.first, 0.0)
    starts = list(range(len(first))) if found.fans_out else [found.j]
    lines: list[Bracketed] = []
    to_cost: Values = found.rates.output
    for brackets in range(last - layer + 1):
        at = last - brackets
        if brackets:
            to_cost = to_cost @ found.rates.into(at + 1)
        own = starts if at == layer else list(range(network.sizes[at]))
        ways = _ways(network, layer, brackets)
        walked = ways <= WALKED
        each = _each_way(found, first, starts, at, to_cost) if walked else _together(found, first, at, to_cost)
        sums, inside, rest = _symbols(network, found, brackets)
        lines.append(
            Bracketed(
                brackets,
                at if brackets else network.layer_count,
                sums,
                inside,
                rest,
                to_cost[own].astype(np.float64) if brackets else np.empty(0),
                ways,
                _multiplications(network, layer, brackets),
                float(each.sum()),
                walked,
                each[:TOLD].astype(np.float64) if walked and ways > 1 else np.empty(0),
            )
        )
    return tuple(lines)


def _each_way(found: Paths, first: Values, starts: list[int], at: int, to_cost: Values) -> Values:
    """All ways from the weight to layer `at`, each multiplied along by itself, times what is bracketed."""
    products = first[starts][None, :]
    for later in range(found.layer + 1, at + 1):
        edges = found.rates.into(later)[:, starts if later == found.layer + 1 else slice(None)]
        products = (products[:, :, None] * edges.T[None]).reshape(-1, edges.shape[0])
    return np.asarray(products * (to_cost[starts] if at == found.layer else to_cost)).ravel()


def _together(found: Paths, first: Values, at: int, to_cost: Values) -> Values:
    """The same sum where its ways are too many: those that meet in a neuron go on together."""
    through = first
    for later in range(found.layer + 1, at + 1):
        through = found.rates.into(later) @ through
    return np.asarray(to_cost @ through)


def _symbols(network: Network, found: Paths, brackets: int) -> tuple[str, str, str]:
    """The sums that are still written out, the bracket, and the factors after it."""
    layer, last = found.layer, network.last
    names = {at: _activation(network, found, at) for at in range(layer, last + 1)}
    at = last - brackets
    open_layers = range(at, layer - (1 if found.fans_out else 0), -1)
    sums = " ".join(_sum(network, found, i) for i in open_layers if _sum(network, found, i))
    parameter = "b" if found.k is None else "w"
    steps = [f"∂{names[i + 1]}/∂{names[i]}" for i in reversed(range(layer, at))]
    rest = "·".join([*steps, f"∂{names[layer]}/∂{parameter}"])
    if not brackets:
        return sums, "", f"∂C/∂{names[last]}·{rest}"
    inner = " ".join(filter(None, (_sum(network, found, at + 1), f"∂C/∂{names[at + 1]}·∂{names[at + 1]}/∂{names[at]}")))
    return sums, f"[{inner}]", f"·{rest}"


def _letter(network: Network, layer: int) -> str:
    return LETTERS[(network.last - layer) % len(LETTERS)]


def _sum(network: Network, found: Paths, layer: int) -> str:
    """`Σ_n`, where the layer has more than one neuron to go through."""
    if network.sizes[layer] == 1 or (layer == found.layer and not found.fans_out):
        return ""
    return f"Σ_{_letter(network, layer)}"


def _activation(network: Network, found: Paths, layer: int) -> str:
    """`a^5_n`, `a^6` of a layer of one, `a^2_1` of the weight's own neuron."""
    if layer == found.layer and not found.fans_out:
        return of_neuron("a", layer, found.j)
    return f"a^{layer + 1}" + (f"_{_letter(network, layer)}" if network.sizes[layer] > 1 else "")
