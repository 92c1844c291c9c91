"""The cursor: a neuron, a weight or a bias, and where an arrow key takes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Cursor:
    """A neuron (k None, bias False), a weight (k set) or a bias (bias True); 0-based."""

    layer: int
    j: int
    k: int | None = None
    bias: bool = False


def clamped(cursor: Cursor, sizes: tuple[int, ...]) -> Cursor:
    """The nearest cursor that a network of these sizes has; the input has neither weights nor biases."""
    layer = min(max(cursor.layer, 0), len(sizes) - 1)
    j = min(max(cursor.j, 0), sizes[layer] - 1)
    if layer == 0:
        return Cursor(0, j)
    if cursor.bias:
        return Cursor(layer, j, bias=True)
    k = None if cursor.k is None else min(max(cursor.k, 0), sizes[layer - 1] - 1)
    return Cursor(layer, j, k)


def to_neuron(cursor: Cursor, sizes: Sequence[int], direction: str, rows: Sequence[int]) -> Cursor:
    layer, j = cursor.layer, cursor.j
    if direction in ("up", "down"):
        j += -1 if direction == "up" else 1
        return Cursor(layer, min(max(j, 0), sizes[layer] - 1))
    by, height = (-1 if direction == "left" else 1), max(rows[layer], 1)
    column, row = divmod(j, height)
    if 0 <= column + by <= (sizes[layer] - 1) // height:
        return Cursor(layer, min(j + by * height, sizes[layer] - 1))
    if not 0 <= layer + by < len(sizes):
        return Cursor(layer, j)
    return Cursor(layer + by, _beside(row, min(height, sizes[layer]), sizes[layer + by], max(rows[layer + by], 1), by))


def _beside(row: int, height: int, size: int, rows: int, by: int) -> int:
    """The neuron of the next layer at the same height, in the column that faces where one comes from."""
    first = 0 if by > 0 else (size - 1) // rows * rows
    count = min(rows, size - first)
    at = 0 if height == 1 else round(row * (count - 1) / (height - 1))
    return first + (at if height > 1 else (count - 1) // 2)


def to_weight(cursor: Cursor, sizes: Sequence[int], direction: str) -> Cursor:
    """Rows are neurons, columns weights; the bias is the last column."""
    n_in, j = sizes[cursor.layer - 1], cursor.j
    column = n_in if cursor.bias else cursor.k or 0
    if direction in ("up", "down"):
        j = min(max(j + (-1 if direction == "up" else 1), 0), sizes[cursor.layer] - 1)
    else:
        column = min(max(column + (-1 if direction == "left" else 1), 0), n_in)
    return in_column(cursor.layer, j, column, n_in)


def to_pixel(cursor: Cursor, n_in: int, direction: str, width: int) -> Cursor:
    """One neuron's weights are an image, row by row; the bias comes after its last pixel."""
    column = n_in if cursor.bias else cursor.k or 0
    by = {"left": -1, "right": 1, "up": -width, "down": width}[direction]
    if column == n_in:  # out of the bias into the last row
        moved = n_in - 1 if by < 0 else n_in
    elif column + by >= n_in:
        moved = n_in
    else:
        moved = column + by if column + by >= 0 else column
    return in_column(cursor.layer, cursor.j, moved, n_in)


def in_column(layer: int, j: int, column: int, n_in: int) -> Cursor:
    """The weight in a column of the matrix, or the bias in the column after them."""
    return Cursor(layer, j, bias=True) if column == n_in else Cursor(layer, j, column)
