"""One copy trained: its cost on the way, and what it got right in the end."""

from __future__ import annotations

import itertools
import math
from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tuibp.core.datasets import Rows, decided
from tuibp.core.descent import Descent
from tuibp.core.diagnosis.case import Case
from tuibp.core.divergence import Divergence
from tuibp.core.five_steps import cost_of_output
from tuibp.core.gradient import last_layer
from tuibp.core.network import Array, Network

POINTS = 24
"""Of a curve."""
LATE = 5
"""Points from whose middle one it is taken where a run led."""
LEARNED = 0.9
"""Share right, the mean over the classes, from which a network is taken to have learned; where there are no classes,
the share of the guess's cost that is gone. The shipped examples, which are well, reach 0.9 to 1 on all but a seed in
fifty."""
MOST_CLASSES = 20
"""Whole numbers wanted of one output are taken for classes up to this many."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """Where a trial led."""

    updates: Array
    """(P,), how many had been made at each point of the curve; 0 first."""
    costs: Array
    """(P,), the mean over the rows that are measured, without decay."""
    right: float | None
    """Share right of the examples to train on, the mean over the classes, the middle one of the last LATE points (one
    mini-batch more or less makes it jump); None where there are no classes."""
    held_out: float | None
    """The same of those held out, in the end; None where there are none."""
    guess: float
    """What the best constant output costs, or, where no output of this layer can be constant so, the first cost."""
    network: Network
    """In the end, or the last with finite numbers."""
    divergence: Divergence | None

    @property
    def first(self) -> float:
        return float(self.costs[0])

    @property
    def last(self) -> float:
        """The cost in the end, the middle one of the last LATE points."""
        return float(np.median(self.costs[-LATE:])) if self.divergence is None else math.inf

    @property
    def learned(self) -> bool:
        """Whether it can do what it was trained for."""
        if self.divergence is not None or not math.isfinite(self.last):
            return False
        if self.right is not None:
            return self.right >= LEARNED
        known = self.guess if self.guess > 1e-9 * self.first else self.first  # one example alone is guessed exactly
        return self.last <= (1.0 - LEARNED) * known

    @property
    def falls(self) -> bool:
        """Whether the cost is lower in the last quarter than it was before, by more than a hundredth."""
        quarter = max(len(self.costs) // 4, 1)
        before, after = self.costs[-2 * quarter : -quarter].mean(), self.costs[-quarter:].mean()
        return bool(after < 0.99 * before)


def tried(case: Case, updates: int) -> Generator[None, None, Outcome]:
    """Train a copy for so many updates, giving the turn back between parts of it; returns where it led."""
    descent = Descent(case.network, case.data, case.training)
    marks = np.unique(np.linspace(0, updates, POINTS).round().astype(int))
    at, costs, rights = [0], [measured(case, case.network)], [share_right(case, case.network, case.rows)]
    for start, end in itertools.pairwise(marks):
        descent.run(int(end - start))
        if descent.divergence is not None:
            break
        at.append(int(end))
        costs.append(measured(case, descent.snapshot()))
        if len(marks) - len(costs) < LATE:
            rights.append(share_right(case, descent.snapshot(), case.rows))
        yield
    network = descent.snapshot()
    late = [right for right in rights[-LATE:] if right is not None]
    right = float(np.median(late)) if late else None
    held_out = share_right(case, network, case.held_out) if len(case.held_out) else None
    points, curve = np.array(at, dtype=np.float64), np.array(costs)
    return Outcome(points, curve, right, held_out, guess(case), network, descent.divergence)


def measured(case: Case, network: Network) -> float:
    """The mean cost over the rows that are measured."""
    rows = case.rows
    z, a = last_layer(network, case.data.x[rows])
    with np.errstate(all="ignore"):
        return float(cost_of_output(network, z, a, case.data.y[rows]).mean())


def classes_of(case: Case, rows: Rows) -> NDArray[np.intp] | None:
    """The class of each row: as the data has it, or the whole number that is wanted of a single output."""
    if case.data.labels is not None:
        return case.data.labels[rows]
    y = case.data.y
    if y.shape[1] > 1 or not np.array_equal(y, np.floor(y)) or y.min() < 0 or y.max() >= MOST_CLASSES:
        return None
    return y[rows, 0].astype(np.intp)


def share_right(case: Case, network: Network, rows: Rows) -> float | None:
    """The share of these rows that the network decides as it should, class by class and then the mean: so a rare class
    counts as much as a large one. None where there are no classes."""
    wanted = classes_of(case, rows)
    if wanted is None:
        return None
    a = last_layer(network, case.data.x[rows])[1]
    with np.errstate(all="ignore"):
        found = decided(a, case.data.middle) if case.data.labels is not None else np.rint(a[:, 0])
    right = np.bincount(wanted, found == wanted)
    counts = np.bincount(wanted)
    return float((right[counts > 0] / counts[counts > 0]).mean())


def guess(case: Case) -> float:
    """The cost of always giving the mean of y, which is what can be known without looking at x."""
    y = case.data.y[case.rows]
    mean = y.mean(axis=0)
    if case.network.cost == "quadratic":
        return float(0.5 * ((y - mean) ** 2).sum(axis=1).mean())
    with np.errstate(all="ignore"):
        entropy = -np.where(mean > 0, mean * np.log(mean), 0.0)
        if case.network.cost == "cross_entropy":
            entropy = entropy - np.where(mean < 1, (1 - mean) * np.log(1 - mean), 0.0)
    return float(entropy.sum())
