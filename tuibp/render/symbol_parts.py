"""Which neurons and wires of the grid a symbol of an equation stands for."""

from __future__ import annotations

from tuibp.core.steps import Computed
from tuibp.core.symbols import Kind, Symbol
from tuibp.session.reach import Lit

QUANTITIES: dict[Kind, Computed] = {
    "a": "a",
    "z": "z",
    "slope": "z",
    "δ": "delta",
    "∂C/∂b": "grad_b",
    "∂C/∂w": "grad_w",
}
"""What the five steps must have come to, for a symbol to have its number."""


def lit_by(symbol: Symbol, layer: int, size: int) -> tuple[Lit, ...]:
    """What of a layer of so many neurons it stands for; of weights the neurons at both ends."""
    quantity: Computed = QUANTITIES.get(symbol.kind, "grad_w")
    if symbol.kind == "y":
        quantity = "a"
    if symbol.weights and layer == symbol.layer - 1:
        index = symbol.k
    elif layer == symbol.layer:
        index = symbol.j
    else:
        return ()
    return (Lit(quantity, layer, 0, size) if index is None else Lit(quantity, layer, index, index + 1),)


def wires_of(symbol: Symbol, layer: int, shape: tuple[int, ...]) -> list[tuple[int, int]]:
    """The (j, k) of a layer's weights that it stands for."""
    if not symbol.weights or symbol.layer != layer:
        return []
    rows = range(shape[0]) if symbol.j is None else (symbol.j,)
    columns = range(shape[1]) if symbol.k is None else (symbol.k,)
    return [(j, k) for j in rows for k in columns]
