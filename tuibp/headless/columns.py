"""Vectors and matrices as aligned columns for a screen of 80: neurons side by side where there are many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from tuibp.core.index import shown
from tuibp.core.network import Array
from tuibp.core.notation import weight
from tuibp.locale import _
from tuibp.render.numbers import NumberFormat, plain
from tuibp.render.typeset import typeset

WIDTH = 80
CELL = 10
"""Columns of one number, its sign included."""
MOST = 100
"""Neurons of a layer that are listed: the largest, where there are more."""
FULL = 5
"""A weight matrix of so many columns stands in full."""
STEEPEST = 3
"""Weights of a row that are named where it is longer."""


def vector_rows(columns: Mapping[str, Array]) -> Iterator[str]:
    """A line for each neuron with its number, or several neurons a line, filled downwards."""
    arrays = list(columns.values())
    listed = _largest(arrays[-1])
    formats = [plain(array, CELL) for array in arrays]
    cells = [
        f"{shown(int(j)):>6}" + "".join(f"  {write(float(a[j]))}" for write, a in zip(formats, arrays, strict=True))
        for j in listed
    ]
    head = f"{'j':>6}" + "".join(f"  {name:>{CELL}}" for name in columns)
    across = max(1, min((WIDTH + 2) // (len(head) + 2), -(-len(cells) // 10)))
    down = -(-len(cells) // across)
    yield "  ".join([head] * across)
    for at in range(down):
        yield "  ".join(cells[at::down])
    if len(listed) < len(arrays[0]):
        yield f"{'':6}  " + _("and {n} smaller ones (--json has all)").format(n=len(arrays[0]) - len(listed))


def matrix_rows(layer: int, grad_w: Array, grad_b: Array) -> Iterator[str]:
    """∂C/∂b and the row of ∂C/∂w of each neuron: in full while it fits, otherwise its steepest."""
    listed = _largest(grad_b)
    write, write_bias = plain(grad_w, CELL), plain(grad_b, CELL)
    full = grad_w.shape[1] <= FULL
    names = [f"k={shown(k)}" for k in range(grad_w.shape[1])] if full else []
    title = "" if full else typeset(_("   the steepest of its {n} ∂C/∂w").format(n=grad_w.shape[1]))
    yield f"{'j':>6}  {'∂C/∂b':>{CELL}}" + "".join(f"  {name:>{CELL}}" for name in names) + title
    for j in listed:
        cells = (
            "".join(f"  {write(v)}" for v in grad_w[j].tolist()) if full else _steepest(layer, int(j), grad_w[j], write)
        )
        yield f"{shown(int(j)):>6}  {write_bias(float(grad_b[j]))}{cells}"
    if len(listed) < len(grad_b):
        yield f"{'':6}  " + _("and {n} smaller ones (--json has all)").format(n=len(grad_b) - len(listed))


def _steepest(layer: int, j: int, row: Array, write: NumberFormat) -> str:
    ranked = np.argsort(-np.abs(row), kind="stable")[:STEEPEST]
    width = len(typeset(weight(layer, j, len(row) - 1)))
    return "".join(f"   {typeset(weight(layer, j, int(k))):>{width}} {write(float(row[k]))}" for k in ranked)


def _largest(values: Array) -> NDArray[np.intp]:
    """Which neurons are listed, in their own order."""
    if len(values) <= MOST:
        return np.arange(len(values))
    return np.sort(np.argsort(-np.abs(values), kind="stable")[:MOST])
