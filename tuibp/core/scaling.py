"""Inputs on a scale of their own, and classes in equal shares: fitted on the training examples alone.

Held-out rows are moved by what the training rows gave, or what is told of them would be told with their help.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tuibp.core.datasets import DataSet, Rows
from tuibp.core.network import Array

SCALES = ("standard", "unit", "none")
"""Mean 0 and deviation 1; 0 to 1; as the inputs are."""
AT_ONCE = 4_000_000
"""Numbers that are measured together."""


def rescaled(x: Array, train: Rows, how: str, out: Array | None = None) -> Array:
    """Inputs x (n, n_in) with each column shifted and divided by what its rows `train` give: a copy, or put into `out`,
    which may be x.

    A column that is constant there becomes 0. The mean 0, deviation 1 is that of LeCun et al. 1998, Efficient
    BackProp, 4.3.
    """
    if how == "none":
        return x
    shift, size = _moments(x, train, how)
    # A deviation that is only the rounding of its mean is none.
    flat = ~(size > 1e-12 * np.abs(shift)) | ~np.isfinite(size) | ~np.isfinite(shift)
    moved: Array = np.subtract(x, np.where(flat, 0.0, shift), out=out)
    moved /= np.where(flat, 1.0, size)
    moved[:, flat] = 0.0
    return moved


def _moments(x: Array, train: Rows, how: str) -> tuple[Array, Array]:
    """What each column is shifted and divided by, (n_in,) both. Some columns at a time: the rows are copied for it."""
    shift, size = np.empty(x.shape[1]), np.empty(x.shape[1])
    width = max(1, AT_ONCE // len(train))
    with np.errstate(all="ignore"):
        for at in range(0, x.shape[1], width):
            some, rows = slice(at, at + width), x[train, at : at + width]
            if how == "standard":
                shift[some], size[some] = rows.mean(axis=0), rows.std(axis=0)
            else:
                shift[some] = rows.min(axis=0)
                size[some] = rows.max(axis=0) - shift[some]
    return shift, size


def balanced_rows(labels: Rows, train: Rows) -> Rows:
    """The rows to repeat, so that every class stands as often in the training set as the largest: places in the
    data set, each class's own in turn, without those that are there already; empty where they are balanced."""
    of = labels[train]
    counts = np.bincount(of)
    most = int(counts.max())
    more = [np.resize(train[of == label], most - n) for label, n in enumerate(counts) if 0 < n < most]
    return np.concatenate(more) if more else train[:0]


def with_scale(data: DataSet, how: str) -> DataSet:
    """The data set with its inputs on that scale."""
    x = rescaled(data.x, data.train, how)
    x.flags.writeable = False
    return replace(data, x=x, scale=data.scale if how == "none" else how)


def with_balance(data: DataSet) -> DataSet:
    """The data set with rows of the rarer classes repeated among those to train on. Needs classes."""
    assert data.labels is not None
    more = balanced_rows(data.labels, data.train)
    if not more.size:
        return data
    train = np.concatenate([data.train, np.arange(len(data), len(data) + len(more))])
    x, y = np.concatenate([data.x, data.x[more]]), np.concatenate([data.y, data.y[more]])
    labels = np.concatenate([data.labels, data.labels[more]])
    for array in (x, y, labels, train):
        array.flags.writeable = False
    return replace(data, x=x, y=y, labels=labels, train=train)
