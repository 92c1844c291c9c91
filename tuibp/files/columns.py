"""Examples as two columns, inputs and what is wanted for them, before it is known whether that is a class or y."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tuibp.core.datasets import classes
from tuibp.core.index import shown
from tuibp.core.network import Network
from tuibp.files.bounds import NUMBERS
from tuibp.files.errors import BadInput
from tuibp.files.heed import part
from tuibp.files.numbers import Array, floats, matrix, vector
from tuibp.files.table import Table
from tuibp.locale import _


@dataclass(frozen=True, eq=False)
class Columns:
    """What a source of examples gave."""

    origin: Table
    """Where the targets stand, for a complaint about them."""
    key: str
    x: Array
    """(n, n_in)."""
    targets: NDArray[Any]
    """y (n, n_out), or one label a row (n,)."""
    names: tuple[str, ...] = ()
    """Of the outputs, where the source has them."""
    image: tuple[int, int] | None = None
    """Height and width, where the source draws images."""
    place: Callable[[int], str] | None = None
    """Where an example (0-based) stands, where the source has another place for each."""
    held_out: int = 0
    """Of the last rows, how many the source itself keeps from training."""

    def bad(self, row: int, reason: str) -> BadInput:
        """The one line about an example's target."""
        if self.place is None:
            return self.origin.bad(f"{self.key}[{shown(row)}]", reason)
        return self.origin.bad(self.place(row), reason)


def columns_of(table: Table, parts: Mapping[str, Any], n_in: int) -> Columns:
    """Columns from lists or arrays named x and one of y, labels. Raises BadInput."""
    if "x" not in parts:
        raise table.bad("x", _("is missing"))
    with part(0.0, 0.8):
        x = matrix(table, "x", parts["x"], n_in)
    wanted = [name for name in ("y", "labels") if name in parts]
    if len(wanted) != 1:
        raise table.bad("y", _("give either y or labels"))
    key = wanted[0]
    with part(0.8, 1.0):
        targets = (vector if _is_flat(parts[key]) else matrix)(table, key, parts[key])
    if len(targets) != len(x):
        raise table.bad(key, _("has {n:,} rows, x has {m:,}").format(n=len(targets), m=len(x)))
    return Columns(table, key, x, targets)


def targets_of(columns: Columns, network: Network) -> tuple[NDArray[np.intp] | None, Array]:
    """(labels, y): one-hot rows where a class was given, the numbers themselves where they were. Raises BadInput, also
    where the network's cost cannot be had of them."""
    targets, n_out = columns.targets, network.sizes[-1]
    if not len(targets):
        raise columns.origin.bad(columns.key, _("must hold one example or more"))
    if len(targets) * (network.sizes[0] + n_out) > NUMBERS:
        raise columns.origin.bad(columns.key, too_many(len(targets) * (network.sizes[0] + n_out)))
    if targets.ndim == 2:
        if targets.shape[1] != n_out:
            reason = _("has rows of {n} numbers, the network has {m} outputs")
            raise columns.origin.bad(columns.key, reason.format(n=targets.shape[1], m=n_out))
        y = floats(columns.origin, columns.key, targets)
        _within(columns, network, y)
        return classes(y), y
    targets = _counted_from_0(columns, network)
    of_class = (targets >= 0) & (targets < max(n_out, 2)) & (targets == np.floor(targets))
    if not of_class.all():
        if n_out == 1:
            y = floats(columns.origin, columns.key, targets)[:, None]
            _within(columns, network, y)
            return classes(y), y
        row = int(np.flatnonzero(~of_class)[0])
        reason = _("has a label that is not a whole number from 0 to {n}: {label:g}")
        raise columns.bad(row, reason.format(n=n_out - 1, label=targets[row]))
    labels = targets.astype(np.intp)
    return labels, one_hot(labels, n_out)


def _counted_from_0(columns: Columns, network: Network) -> NDArray[Any]:
    """The labels as they are, or less by one where they are 1 to the number of classes, or 0 and 1 where they are −1
    and 1 and have an output each; that is noted."""
    targets, count = columns.targets, max(network.sizes[-1], 2)
    if network.sizes[-1] == 2 and np.array_equal(np.unique(targets), (-1, 1)):
        columns.origin.note(
            _("{file}: the classes -1 and 1 are outputs 1 and 2 here.").format(file=columns.origin.file)
        )
        return (targets + 1) // 2
    if network.sizes[-1] == 1 and network.activations[-1] != "sigmoid":  # a number and no class
        return targets
    if not np.array_equal(np.unique(targets), np.arange(1, count + 1)):
        return targets
    columns.origin.note(
        _("{file}: the classes 1 to {n} are counted from 0 here.").format(file=columns.origin.file, n=count)
    )
    return targets - 1


def _within(columns: Columns, network: Network, y: Array) -> None:
    """Refuse what the cost is not made for: the cost of a y below 0 or over 1 falls without end."""
    if network.cost == "quadratic":
        return
    outside = np.flatnonzero(((y < 0.0) | (y > 1.0)).any(axis=1))
    if len(outside):
        row = int(outside[0])
        value = next(v for v in y[row] if not 0.0 <= v <= 1.0)
        reason = _("y is {y:g}; the cost {cost} takes y from 0 to 1").format(y=value, cost=network.cost)
        raise columns.bad(row, reason)


def too_many(count: int) -> str:
    return _("makes {n:,} numbers with all examples, more than {most:,}").format(n=count, most=NUMBERS)


def one_hot(labels: NDArray[Any], n_out: int) -> Array:
    """Rows of y (n, n_out) that stand for these classes: a 1 among 0s, or a single output's 0 or 1."""
    if n_out == 1:
        return labels[:, None].astype(np.float64)
    y = np.zeros((len(labels), n_out))
    y[np.arange(len(labels)), labels] = 1.0
    return y


def _is_flat(value: Any) -> bool:
    if isinstance(value, np.ndarray):
        return value.ndim == 1
    return not (isinstance(value, list) and bool(value) and isinstance(value[0], list))
