"""The symbols of an equation, and which numbers of the network each of them stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from tuibp.core.five_steps import Pass, slope
from tuibp.core.index import counted
from tuibp.core.network import Array, Network
from tuibp.core.rate_factors import cost_rates

Kind = Literal["a", "z", "δ", "slope", "w", "b", "y", "∂C/∂a", "∂C/∂w", "∂C/∂b"]
PARAMETERS: tuple[Kind, ...] = ("w", "b", "∂C/∂w", "∂C/∂b")
WEIGHTS: tuple[Kind, ...] = ("w", "∂C/∂w")

_INDEX = r"\^(?P<layer>\{[^}]*\}|\d+|[lL])(?:_(?P<at>\d+,\d+|\d+,[jk]|[jk],\d+|\d*[jk]{0,2}\d*))?"
_UNNAMED = _INDEX.replace("?P<layer>", "?:").replace("?P<at>", "?:")
_OF_SLOPE = _INDEX.replace("<layer>", "<slope_layer>").replace("<at>", "<slope_at>")
_SYMBOL = re.compile(
    r"\((?P<transposed>w)\^(?P<from>\{l\+1\}|\d+)\)\^T"
    rf"|(?P<jacobian>∂a{_UNNAMED}/∂z{_UNNAMED})"
    r"|(?P<nabla>∇_a C)"
    rf"|(?P<slope>[a-zσ_]+)'\(z{_OF_SLOPE}\)"
    rf"|(?P<letter>∂C/∂[awb]|[awbzδ]){_INDEX}"
    r"|(?P<target>y)_(?P<of>\d+)"
)


@dataclass(frozen=True)
class Symbol:
    """A symbol where it stands in a formula. Indices are 0-based; None is every neuron of the layer."""

    start: int
    end: int
    """Where it begins and ends in the formula's markup."""
    kind: Kind
    layer: int
    j: int | None = None
    k: int | None = None
    """Of a weight the neuron before; None for all of them, and for what has none."""
    transposed: bool = False
    formula: str = ""
    """The markup that it stands in."""

    @property
    def weights(self) -> bool:
        return self.kind in WEIGHTS

    def values(self, network: Network, given: Pass, y: Array) -> Array:
        """The numbers: of a neuron one, of a layer (n,), of weights a (rows, columns) with those that are meant."""
        if self.weights:
            whole = network.w(self.layer) if self.kind == "w" else given.grad_w(self.layer)
            return whole[_of(self.j), _of(self.k)]
        return self._of_layer(network, given, y)[_of(self.j)]

    def _of_layer(self, network: Network, given: Pass, y: Array) -> Array:
        layer = self.layer
        if self.kind == "slope":
            return slope(network, layer, given.z(layer), given.a(layer))
        if self.kind == "∂C/∂a":
            if layer == network.last:
                return cost_rates(network, given.z(layer), given.a(layer), y)
            return network.w(layer + 1).T @ given.delta(layer + 1)
        if self.kind == "y":
            return y
        numbers = {"a": given.a, "z": given.z, "δ": given.delta, "b": network.b, "∂C/∂b": given.grad_b}[self.kind]
        return np.asarray(numbers(layer))


def _of(index: int | None) -> slice:
    return slice(None) if index is None else slice(index, index + 1)


def symbols(formula: str, layer: int, last: int, j: int | None, k: int | None = None) -> list[Symbol]:
    """The symbols of a formula in markup, from the left. l, j and k in it are these; L is the last layer."""
    found = []
    for match in _SYMBOL.finditer(formula):
        symbol = _symbol(match, _Indices(layer, last, j, k))
        if symbol is not None:
            found.append(replace(symbol, formula=formula))
    return found


@dataclass(frozen=True)
class _Indices:
    """What l, L, j and k are."""

    layer: int
    last: int
    j: int | None
    k: int | None

    def of_layer(self, text: str) -> int:
        inside = text.strip("{}")
        if inside.isdecimal():
            return counted(int(inside))
        return {"l": self.layer, "l-1": self.layer - 1, "l+1": self.layer + 1, "L": self.last}[inside]

    def of_neuron(self, text: str) -> int | None:
        if text.isdecimal():
            return counted(int(text))
        return self.j if text == "j" else self.k

    def of_pair(self, text: str) -> tuple[int | None, int | None]:
        """`jk`, `11`, `1k`, `13,7`: both neurons of a weight."""
        j, k = text.split(",") if "," in text else (text[:1], text[1:])
        return self.of_neuron(j), self.of_neuron(k)


def _symbol(match: re.Match[str], indices: _Indices) -> Symbol | None:
    start, end = match.span()
    if match["jacobian"]:
        return None
    if match["transposed"]:
        # Out of the neuron that the formula is about, into all of the layer after it.
        return Symbol(start, end, "w", indices.of_layer(match["from"]), None, indices.j, transposed=True)
    if match["nabla"]:
        return Symbol(start, end, "∂C/∂a", indices.last, indices.j)
    if match["target"]:
        return Symbol(start, end, "y", indices.last, indices.of_neuron(match["of"]))
    if match["slope"]:
        at = match["slope_at"]
        j = indices.of_neuron(at) if at else indices.j
        return Symbol(start, end, "slope", indices.of_layer(match["slope_layer"]), j)
    kind: Kind = match["letter"]  # type: ignore[assignment]  # the pattern has no other
    layer, at = indices.of_layer(match["layer"]), match["at"]
    if kind in WEIGHTS:
        pair = indices.of_pair(at) if at else (indices.j, None)
        return Symbol(start, end, kind, layer, *pair)
    j = indices.of_neuron(at) if at else indices.j if layer == indices.layer else None
    return Symbol(start, end, kind, layer, j)
