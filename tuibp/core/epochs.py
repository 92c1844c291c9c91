"""A training run told epoch by epoch: what each led to over all examples."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tuibp.core.datasets import DataSet, Rows, decided
from tuibp.core.descent import Descent
from tuibp.core.divergence import Divergence, divergence_of
from tuibp.core.five_steps import cost_of_output
from tuibp.core.gradient import last_layer
from tuibp.core.network import Network
from tuibp.core.stopping import Stopped, Stopping
from tuibp.core.training import Training, decay_cost, updates_in_epoch


@dataclass(frozen=True, eq=False)
class EpochResult:
    """Where an epoch led, over all training and all held-out examples; None where there are none, or no classes."""

    epoch: int
    """1 for the first."""
    cost: float
    """What is descended: the mean over the training examples, and λ/(2n) Σ w² where there is L2 decay."""
    accuracy: float | None
    test_cost: float | None
    test_accuracy: float | None
    network: Network
    decay_cost: float = 0.0
    """λ/(2n) Σ w²: its part of `cost`."""
    stopped: Stopped | None = None
    """Why this was the last epoch, where a condition of the training said so."""


class Diverged(ArithmeticError):
    """A training run whose numbers ceased to be finite; holds the `divergence` and the last finite `network`."""

    def __init__(self, divergence: Divergence, network: Network) -> None:
        super().__init__(divergence.reason)
        self.divergence, self.network = divergence, network


def train(network: Network, data: DataSet, training: Training, epochs: int | None = None) -> Iterator[EpochResult]:
    """Train for some epochs (those of `training` if not given), telling after each what it led to.

    Stochastic gradient descent on the rows `data.train` in shuffled mini-batches, w → w − η ∂C/∂w with L2 decay where
    `training.l2` asks for it. Ends before that where a condition of the training is met, see `stopping`. Raises
    Diverged where the cost ceases to be finite.
    """
    stopping = Stopping(training)
    descent, last = Descent(network, data, training), network
    per_epoch = updates_in_epoch(training, len(data.train))
    for epoch in range(1, (training.epochs if epochs is None else epochs) + 1):
        descent.run(per_epoch)
        now = descent.snapshot()
        if descent.divergence is not None:
            raise Diverged(descent.divergence, now)
        train_cost, train_accuracy = measure(now, data, data.train)
        assert train_cost is not None
        if not math.isfinite(train_cost):  # on another example than those of the next mini-batch
            found = divergence_of(now, data.x[data.train], data.y[data.train], descent.update, training.eta)
            if found is not None:
                raise Diverged(found, last)
        by_decay = decay_cost(now, training, len(data.train))
        whole_cost, (test_cost, test_accuracy) = train_cost + by_decay, measure(now, data, data.test)
        stopped = stopping.after(epoch, whole_cost, train_accuracy, test_accuracy)
        yield EpochResult(epoch, whole_cost, train_accuracy, test_cost, test_accuracy, now, by_decay, stopped)
        if stopped is not None:
            return
        last = now


def measure(network: Network, data: DataSet, rows: Rows) -> tuple[float | None, float | None]:
    """(cost, accuracy) over some rows; None for what does not apply."""
    if not len(rows):
        return None, None
    y = data.y[rows]
    z, a = last_layer(network, data.x[rows])
    right = float((decided(a, data.middle) == decided(y, data.middle)).mean()) if data.has_classes else None
    with np.errstate(all="ignore"):
        return float(cost_of_output(network, z, a, y).mean()), right
