"""The order of layers that a file names but does not count: the one in which their shapes chain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tuibp.files.errors import BadInput, printable
from tuibp.locale import _

LOOKED_AT = 20_000
"""Beginnings of orders that are tried before it is given up."""


@dataclass(frozen=True)
class Layer:
    """One layer's arrays by their names."""

    weight: str
    bias: str | None
    shape: tuple[int, ...]
    """Of the weights, (n_l, n_{l-1}) if they are right."""
    family: tuple[str, ...]
    """The name without its numbers: layers of one family are counted, those of several are not."""
    turned: bool = False
    """Whether the file has (n_{l-1}, n_l), a column for each neuron."""

    @property
    def names(self) -> tuple[str, ...]:
        return (self.weight,) if self.bias is None else (self.weight, self.bias)


def ordered(file: str, layers: Sequence[Layer]) -> list[Layer]:
    """Layers that stand in the order of their names and numbers, in the order of the network.

    One family is in order as it stands. Several are put so that each layer takes as many numbers as the one before
    gives, every family's own order kept. Raises BadInput where several orders do that.
    """
    families = [
        [layer for layer in layers if layer.family == family]
        for family in dict.fromkeys(each.family for each in layers)
    ]
    if len(families) < 2 or any(len(layer.shape) != 2 for layer in layers):
        return list(layers)
    found: list[list[Layer]] = []
    for looked_at, order in enumerate(_beginnings(families)):
        if len(order) == len(layers):
            found.append(order)
        if len(found) == 3 or looked_at == LOOKED_AT:
            break
    if not found:  # the shapes are wrong in any order, which is told where they are read
        return list(layers)
    if len(found) == 1 and looked_at < LOOKED_AT:
        return found[0]
    orders = _(" or ").join(", ".join(printable(layer.weight, 40) for layer in order) for order in found[:2])
    reason = _("the names do not say the order of the layers, and several fit: {orders}").format(
        orders=printable(orders, 250)
    )
    raise BadInput(f"{file}: {reason}")


def _beginnings(families: Sequence[Sequence[Layer]]) -> Iterator[list[Layer]]:
    """Every order that chains, and every beginning of one, without recursion: a network may have a thousand layers."""
    waiting: list[tuple[tuple[int, ...], list[Layer]]] = [((0,) * len(families), [])]
    while waiting:
        taken, order = waiting.pop()
        if order:
            yield order
        for at in reversed(range(len(families))):
            if taken[at] == len(families[at]):
                continue
            layer = families[at][taken[at]]
            if not order or order[-1].shape[0] == layer.shape[1]:
                waiting.append(((*taken[:at], taken[at] + 1, *taken[at + 1 :]), [*order, layer]))
