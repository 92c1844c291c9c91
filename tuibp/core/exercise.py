"""Exercises: the five steps on a small network with numbers left out, first one, then two, then all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from tuibp.core.datasets import DataSet
from tuibp.core.example import Example
from tuibp.core.explanation import explain
from tuibp.core.five_steps import Pass, walk
from tuibp.core.network import Network, NetworkError
from tuibp.core.steps import Quantity, StepName
from tuibp.core.stream import Purpose, stream
from tuibp.locale import _

MOST = 60
"""Numbers of the five steps on a sheet; a larger network is none to be worked out by hand."""
DECIMALS = 3
"""Of the numbers that are given: what stands on the sheet is all that there is."""
DRAWN_DECIMALS = 1
"""Of those that are drawn."""
LEFT_OUT = (1, 2)
"""How many numbers the first exercises leave out; those after them leave out all."""


@dataclass(frozen=True)
class Item:
    """One number of the five steps. Indices are 0-based."""

    step: StepName
    quantity: Quantity
    layer: int
    j: int
    k: int | None
    name: str
    """In markup."""
    value: float
    blank: int | None = None
    """Its number on the sheet, from 1, where it is left out."""
    withheld: bool = False
    """Whether it is left out as well because it would tell a blank."""


@dataclass(frozen=True, eq=False)
class Exercise:
    network: Network
    """Its numbers are exactly those of the sheet."""
    example: Example
    given: Pass
    items: tuple[Item, ...]

    @property
    def blanks(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.blank is not None)


def exercises(network: Network, data: DataSet, first: int, count: int, seed: int | None) -> Iterator[Exercise]:
    """So many; with a seed on numbers drawn for each, otherwise on the network's own. The first begins at a row of the
    data, the others follow. Raises NetworkError where the network is too large to be worked out by hand."""
    size = _numbers(network)
    if size > MOST:
        raise NetworkError(_("takes {n} numbers to work out; a sheet has at most {most}").format(n=size, most=MOST))
    for i in range(count):
        example = data.example((first + i) % len(data))
        rounded = _rounded(network, example) if seed is None else _drawn(network, example, seed, i)
        yield _exercise(*rounded, LEFT_OUT[i] if i < len(LEFT_OUT) else None, seed or 0, i)


def _numbers(network: Network) -> int:
    return 3 * sum(network.sizes[1:]) + network.parameters.size


def _rounded(network: Network, example: Example) -> tuple[Network, Example]:
    """What is given, with the digits that a sheet shows."""
    x = np.round(example.x, DECIMALS)
    return network.with_parameters(np.round(network.parameters, DECIMALS)), replace(example, x=x)


def _drawn(network: Network, example: Example, seed: int, i: int) -> tuple[Network, Example]:
    """Weights and biases of one decimal, none of them 0."""
    random = stream(seed, Purpose.SHEET, i)
    drawn = np.round(random.standard_normal(network.parameters.size), DRAWN_DECIMALS)
    drawn[drawn == 0] = 10.0**-DRAWN_DECIMALS
    return network.with_parameters(drawn), replace(example, x=np.round(example.x, DECIMALS))


def _exercise(network: Network, example: Example, blanks: int | None, seed: int, i: int) -> Exercise:
    given = walk(network, example)
    items = list(_items(network, example, given))
    chosen = range(len(items)) if blanks is None else sorted(_chosen(items, blanks, seed, i))
    for number, at in enumerate(chosen, start=1):
        items[at] = replace(items[at], blank=number)
    hidden = {(item.layer, item.j) for item in items if item.blank and item.quantity == "delta"}
    told = [  # BP3: a bias's gradient would tell the δ that is left out
        replace(item, withheld=True)
        if not item.blank and _is_of_bias(item) and (item.layer, item.j) in hidden
        else item
        for item in items
    ]
    return Exercise(network, example, given, tuple(told))


def _chosen(items: list[Item], count: int, seed: int, i: int) -> list[int]:
    """From the first steps on: one number of a step, each from another step."""
    random = stream(seed, Purpose.SHEET, i, 1)
    steps = list(dict.fromkeys(item.step for item in items))
    first = 0 if count == 1 else int(random.integers(1, max(len(steps) - count + 1, 2)))
    found = []
    for step in steps[first : first + count]:
        of_step = [at for at, item in enumerate(items) if item.step == step and not _is_of_bias(item)]
        found.append(int(random.choice(of_step)))
    return found


def _is_of_bias(item: Item) -> bool:
    return item.quantity == "gradient" and item.k is None


def _items(network: Network, example: Example, given: Pass) -> Iterator[Item]:
    """Every number of steps 2 to 5, in the order in which they are made."""

    def item(step: StepName, quantity: Quantity, layer: int, j: int, k: int | None = None) -> Item:
        found = explain(network, example, quantity, layer, j, k, given)
        return Item(step, quantity, layer, j, k, found.name, found.result)

    last = network.last
    for layer in range(1, last + 1):
        yield from (item("feedforward", "z", layer, j) for j in range(network.sizes[layer]))
        yield from (item("feedforward", "a", layer, j) for j in range(network.sizes[layer]))
    yield from (item("output_error", "delta", last, j) for j in range(network.sizes[last]))
    for layer in reversed(range(1, last)):
        yield from (item("backpropagate", "delta", layer, j) for j in range(network.sizes[layer]))
    for layer in reversed(range(1, last + 1)):
        for j in range(network.sizes[layer]):
            yield from (item("gradient", "gradient", layer, j, k) for k in range(network.sizes[layer - 1]))
            yield item("gradient", "gradient", layer, j)
