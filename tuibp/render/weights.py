"""Which weights the matrix panel shows, and what in them is looked at."""

from __future__ import annotations

from dataclasses import dataclass

from tuibp.render.scene import Scene
from tuibp.session.reach import known, known_count
from tuibp.session.state import State


@dataclass(frozen=True, eq=False)
class Weights:
    """The weights into one layer, seen with the cursor."""

    layer: int
    row: int | None
    """The neuron whose weights are looked at; None where a column is."""
    column: int | None
    """The weight, or the neuron of the layer before, that is looked at."""
    bias: bool
    exact: bool
    """Whether the cursor is on a single weight or bias."""
    columns_read: bool
    """Whether the step reads them as columns (BP2)."""


def weights_of(scene: Scene) -> Weights:
    """BP2 reads the weights into the layer above; everything else those into the cursor's own layer."""
    cursor, stop, symbol = scene.cursor, scene.state.stop, scene.symbol
    if symbol is not None and (symbol.weights or symbol.kind == "b"):
        exact = symbol.j is not None and (symbol.k is not None or symbol.kind == "b")
        back = stop.step == "backpropagate" and symbol.layer == cursor.layer + 1
        return Weights(symbol.layer, symbol.j, symbol.k, symbol.kind == "b", exact, back)
    if cursor.k is not None or cursor.bias:
        return Weights(cursor.layer, cursor.j, cursor.k, cursor.bias, True, False)
    if cursor.layer == 0:
        return Weights(1, None, cursor.j, False, False, False)
    if stop.step == "backpropagate" and stop.layer is not None and cursor.layer < scene.state.network.last:
        back = stop.layer <= cursor.layer
        return Weights(cursor.layer + 1, None, cursor.j, False, False, back)
    return Weights(cursor.layer, cursor.j, None, False, False, False)


def gradient_row(state: State, layer: int, j: int, columns: range) -> list[float | None]:
    """∂C/∂w^l_jk for a window of k; None where step 5 has not come to it."""
    matrix = state.walk.grad_w(layer)
    if j < known_count(state, "grad_w", layer):
        return list(matrix[j, columns.start : columns.stop].tolist())
    return [float(matrix[j, k]) if known(state, "grad_w", layer, j, k) else None for k in columns]


def in_step_five(scene: Scene) -> bool:
    return scene.state.stop.step == "gradient"
