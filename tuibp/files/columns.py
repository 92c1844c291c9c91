"""Examples as two columns, inputs and what is wanted for them, before it is known whether that is a class or y."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tuibp.core.datasets import classes
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


def columns_of(table: Table, parts: Mapping[str, Any], n_in: int) -> Columns:
    """Columns from lists or arrays named x and one of y, labels. Raises BadInput."""
    if "x" not in parts:
        raise table.bad("x", _("is missing"))
    x = matrix(table, "x", parts["x"], n_in)
    wanted = [name for name in ("y", "labels") if name in parts]
    if len(wanted) != 1:
        raise table.bad("y", _("give either y or labels"))
    key = wanted[0]
    targets = (vector if _is_flat(parts[key]) else matrix)(table, key, parts[key])
    if len(targets) != len(x):
        raise table.bad(key, _("has {n:,} rows, x has {m:,}").format(n=len(targets), m=len(x)))
    return Columns(table, key, x, targets)


def targets_of(columns: Columns, n_out: int) -> tuple[NDArray[np.intp] | None, Array]:
    """(labels, y): one-hot rows where a class was given, the numbers themselves where they were. Raises BadInput."""
    targets, bad = columns.targets, columns.origin.bad
    if not len(targets):
        raise bad(columns.key, _("must hold one example or more"))
    if targets.ndim == 2:
        if targets.shape[1] != n_out:
            reason = _("has rows of {n} numbers, the network has {m} outputs")
            raise bad(columns.key, reason.format(n=targets.shape[1], m=n_out))
        y = floats(columns.origin, columns.key, targets)
        return classes(y), y
    count = max(n_out, 2)
    if not ((targets >= 0) & (targets < count) & (targets == np.floor(targets))).all():
        if n_out == 1:
            return None, floats(columns.origin, columns.key, targets)[:, None]
        reason = _("has a label that is not a whole number from 0 to {n}")
        raise bad(columns.key, reason.format(n=count - 1))
    labels = targets.astype(np.intp)
    return labels, one_hot(labels, n_out)


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
