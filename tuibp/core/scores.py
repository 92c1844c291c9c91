"""How well a network does on some rows: which classes it takes for which, or how far off it is where there are none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tuibp.core.datasets import DataSet, Rows, decided
from tuibp.core.gradient import outputs
from tuibp.core.network import Array, Network


@dataclass(frozen=True, eq=False)
class Confusion:
    """What was decided of each class."""

    counts: NDArray[np.intp]
    """(c, c): of the rows of class i, how many were taken for class j. `counts[i, i]` are right."""

    @property
    def right(self) -> Array:
        """The share right of each class, (c,); nan of one without rows."""
        of_class = self.counts.sum(axis=1)
        return np.where(of_class > 0, self.counts.diagonal() / np.maximum(of_class, 1), np.nan)

    @property
    def largest(self) -> tuple[int, int]:
        """(class, what it is taken for) of the most wrong ones, the first of equals; of the first class where none is
        wrong."""
        i, j = np.unravel_index(self._wrong.argmax(), self.counts.shape)
        return int(i), int(j)

    @property
    def _wrong(self) -> NDArray[np.intp]:
        return self.counts - np.diag(self.counts.diagonal())

    @property
    def worst(self) -> tuple[int, int, int] | None:
        """(class, what it is most often taken for, how often), of wrong ones; None where no pair is ahead."""
        wrong = self._wrong
        if (wrong == wrong.max()).sum() != 1:
            return None
        i, j = np.unravel_index(wrong.argmax(), wrong.shape)
        return int(i), int(j), int(wrong[i, j])


@dataclass(frozen=True, eq=False)
class Reads:
    """What a network takes every example of a data set for, that has classes."""

    wanted: NDArray[np.intp]
    """The class of each row, (n,),"""
    said: NDArray[np.intp]
    """and what was decided."""
    sure: Array
    """How far the output of what was decided lies above that of the class; 0 of what is right. Of a single output, how
    far it is off. (n,)"""
    classes: int

    @staticmethod
    def of(network: Network, data: DataSet) -> Reads:
        a = outputs(network, data.x)
        wanted, said = decided(data.y), decided(a)
        rows = np.arange(len(data))
        off = np.abs(a - data.y)[:, 0] if a.shape[1] == 1 else a[rows, said] - a[rows, wanted]
        return Reads(wanted, said, np.where(said == wanted, 0.0, off), max(data.y.shape[1], 2))

    def confusion(self, rows: Rows) -> Confusion:
        counts = np.zeros((self.classes, self.classes), np.intp)
        np.add.at(counts, (self.wanted[rows], self.said[rows]), 1)
        return Confusion(counts)

    def cell(self, rows: Rows, wanted: int, said: int) -> Rows:
        """Those of the rows that are of one class and were taken for the other, the most surely wrong first."""
        return self._sorted(rows[(self.wanted[rows] == wanted) & (self.said[rows] == said)])

    def wrong(self, rows: Rows) -> Rows:
        """Those that were taken for a class that they are not of, the most surely wrong first."""
        return self._sorted(rows[self.wanted[rows] != self.said[rows]])

    def _sorted(self, rows: Rows) -> Rows:
        return rows[np.argsort(-self.sure[rows], kind="stable")]


def confusion(network: Network, data: DataSet, rows: Rows) -> Confusion:
    """Over rows of a data set that has classes."""
    n = max(data.y.shape[1], 2)
    counts = np.zeros((n, n), np.intp)
    np.add.at(counts, tuple(decided(a, data.middle) for a in (data.y[rows], outputs(network, data.x[rows]))), 1)
    return Confusion(counts)


@dataclass(frozen=True)
class Fit:
    """How near outputs come that stand for numbers."""

    r2: float | None
    """1 − Σ(a − y)²/Σ(y − ȳ)²: 1 is exact, 0 as good as always saying the mean; None where all y are the same."""
    mean_error: float
    """The mean of |a − y|."""


def fit(network: Network, data: DataSet, rows: Rows) -> Fit:
    """Over rows of a data set, all outputs together."""
    a, y = outputs(network, data.x[rows]), data.y[rows]
    spread = float(((y - y.mean(axis=0)) ** 2).sum())
    r2 = 1.0 - float(((a - y) ** 2).sum()) / spread if spread > 0.0 else None
    return Fit(r2, float(np.abs(a - y).mean()))
