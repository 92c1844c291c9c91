"""The equation's line as numpy code, with the shapes beside it: for one example, and for rows as examples.

Layers are numbered as people count them (`w3` is what leads into layer 3); indices inside brackets from 0, as numpy's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tuibp.core.activations import ACTIVATIONS
from tuibp.core.explanation import require_number
from tuibp.core.index import shown
from tuibp.core.network import Network
from tuibp.core.steps import Quantity

Orientation = Literal["vector", "rows"]
ORIENTATIONS: tuple[Orientation, ...] = ("vector", "rows")

FUNCTIONS = {
    name + ending: code
    for name, activation in ACTIVATIONS.items()
    for ending, code in zip(("", "_prime"), activation.code, strict=False)
}
"""What the lines call, as code."""


@dataclass(frozen=True)
class CodeLine:
    text: str
    """One assignment."""
    shapes: str
    """What its arrays' shapes do: `(2,2)ᵀ@(2,) → (2,)`."""


@dataclass(frozen=True)
class Code:
    """How a whole layer's numbers are made, and where among them the one asked for is."""

    orientation: Orientation
    lines: tuple[CodeLine, ...]
    picked: str
    """`delta2[0]`: the one number."""

    @property
    def functions(self) -> tuple[str, ...]:
        """Definitions of what the lines call, as code."""
        text = " ".join(line.text for line in self.lines)
        called = [name for name in FUNCTIONS if f"{name}(" in text.replace("np.", " ")]
        return tuple(FUNCTIONS[name] for name in FUNCTIONS if name in called or f"{name}_prime" in called)


def as_code(
    network: Network, quantity: Quantity, layer: int, j: int, k: int | None, orientation: Orientation = "vector"
) -> Code:
    """The line that makes z, a, δ, ∂C/∂b (gradient without k) or ∂C/∂w of a layer; indices 0-based.

    Raises NetworkError where there is no such number.
    """
    require_number(network, quantity, layer, j, k)
    made = _Writer(network, layer, orientation == "rows")
    lines, name = {"z": made.z, "a": made.a, "delta": made.delta, "gradient": made.gradient}[quantity](k)
    row = "0, " if orientation == "rows" and quantity != "gradient" else ""
    at = f"{row}{j}" if k is None else f"{j}, {k}"
    return Code(orientation, tuple(lines), f"{name}[{at}]")


Lines = tuple[list[CodeLine], str]


class _Writer:
    """Writes the lines of one layer; `rows` says whether examples are rows."""

    def __init__(self, network: Network, layer: int, rows: bool) -> None:
        self._network, self._layer, self._rows = network, layer, rows
        self._here, self._before, self._after = shown(layer), layer, shown(layer + 1)
        self._column = ":, " if rows else ""

    def z(self, _k: int | None) -> Lines:
        z, w, b, a = f"z{self._here}", f"w{self._here}", f"b{self._here}", f"a{self._before}"
        own, before, matrix = self._shape(self._layer), self._shape(self._layer - 1), self._matrix(self._layer)
        bias = f"({self._size(self._layer)},)"
        if self._rows:
            return [CodeLine(f"{z} = {a} @ {w}.T + {b}", f"{before}@{matrix}ᵀ+{bias} → {own}")], z
        return [CodeLine(f"{z} = {w} @ {a} + {b}", f"{matrix}@{before}+{bias} → {own}")], z

    def a(self, _k: int | None) -> Lines:
        a, own = f"a{self._here}", self._shape(self._layer)
        if self._layer == 0:
            return [CodeLine(f"{a} = x", f"{own} → {own}")], a
        return self._by_function(a, ""), a

    def delta(self, _k: int | None) -> Lines:
        made = self._output_error() if self._layer == self._network.last else self._hidden_error()
        return made, f"delta{self._here}"

    def gradient(self, k: int | None) -> Lines:
        delta, own = f"delta{self._here}", self._shape(self._layer)
        if k is None:
            name = f"grad_b{self._here}"
            right = f"{delta}.mean(axis=0)" if self._rows else delta
            return [CodeLine(f"{name} = {right}", f"{own} → ({self._size(self._layer)},)")], name
        name, a = f"grad_w{self._here}", f"a{self._before}"
        before, matrix = self._shape(self._layer - 1), self._matrix(self._layer)
        if self._rows:
            text = f"{name} = {delta}.T @ {a} / len({a})"
            return [CodeLine(text, f"{own}ᵀ@{before} → {matrix}")], name
        return [CodeLine(f"{name} = np.outer({delta}, {a})", f"{own}·{before} → {matrix}")], name

    def _output_error(self) -> list[CodeLine]:
        """BP1."""
        n, own = self._here, self._shape(self._layer)
        delta, a, cost = f"delta{n}", f"a{n}", self._network.cost
        name = self._network.activations[-1]
        shapes = f"{own}, {own} → {own}"
        if cost == "cross_entropy" and name == "sigmoid":
            return [CodeLine(f"{delta} = {a} - y", shapes)]
        if cost == "log_likelihood" and name == "softmax":
            return [CodeLine(f"{delta} = {a} * y.sum(-1, keepdims=True) - y", shapes)]
        rate = {
            "quadratic": f"{a} - y",
            "cross_entropy": f"({a} - y) / ({a} * (1 - {a}))",
            "log_likelihood": f"-y / {a}",
        }[cost]
        if self._network.couples(self._layer):
            return [CodeLine(f"rate = {rate}", shapes), self._jacobian()]
        prime, before = self._prime()
        return [*before, CodeLine(f"{delta} = ({rate}) * {prime}", shapes)]

    def _hidden_error(self) -> list[CodeLine]:
        """BP2."""
        n, own, after = self._here, self._shape(self._layer), self._shape(self._layer + 1)
        w, late, matrix = f"w{self._after}", f"delta{self._after}", self._matrix(self._layer + 1)
        back = f"{late} @ {w}" if self._rows else f"{w}.T @ {late}"
        shapes = f"{after}@{matrix} → {own}" if self._rows else f"{matrix}ᵀ@{after} → {own}"
        if self._network.couples(self._layer):
            return [CodeLine(f"rate = {back}", shapes), self._jacobian()]
        prime, before = self._prime()
        return [*before, CodeLine(f"delta{n} = ({back}) * {prime}", shapes)]

    def _jacobian(self) -> CodeLine:
        """Softmax's full Jacobian times what comes back."""
        n, own = self._here, self._shape(self._layer)
        a = f"a{n}"
        return CodeLine(f"delta{n} = {a} * (rate - ({a} * rate).sum(-1, keepdims=True))", f"{own}, {own} → {own}")

    def _prime(self) -> tuple[str, list[CodeLine]]:
        """What multiplies, and the lines before it where neurons have functions of their own."""
        if not self._network.modified_in(self._layer):
            return f"{self._network.activations[self._layer - 1]}_prime(z{self._here})", []
        name = f"slope{self._here}"
        return name, self._by_function(name, "_prime")

    def _by_function(self, name: str, ending: str) -> list[CodeLine]:
        z, own = f"z{self._here}", self._shape(self._layer)
        lines = [CodeLine(f"{name} = {self._network.activations[self._layer - 1]}{ending}({z})", f"{own} → {own}")]
        one = "(m,)" if self._rows else "()"
        for m in self._network.modified_in(self._layer):
            at = f"[{self._column}{m.neuron}]"
            lines.append(CodeLine(f"{name}{at} = {m.activation}{ending}({z}{at})", f"{one} → {one}"))
        return lines

    def _size(self, layer: int) -> int:
        return self._network.sizes[layer]

    def _shape(self, layer: int) -> str:
        return f"(m,{self._size(layer)})" if self._rows else f"({self._size(layer)},)"

    def _matrix(self, layer: int) -> str:
        return f"({self._size(layer)},{self._size(layer - 1)})"
