"""Stochastic gradient descent: w → w − η ∂C/∂w on mini-batches, one update at a time.

The mini-batch of an update depends on its number and the seed alone, and an update on nothing but the parameters, its
number and the settings: so a run may be stopped, copied and gone on with anywhere, and comes out equal to the bit.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tuibp.core.datasets import DataSet, Rows, decided
from tuibp.core.divergence import Divergence, divergence_of
from tuibp.core.example import Example
from tuibp.core.five_steps import cost_of_output
from tuibp.core.gradient import Workspace, aligned, last_layer
from tuibp.core.network import Array, Network, views


@dataclass(frozen=True)
class Training:
    """How a network is trained."""

    eta: float = 0.5
    """The learning rate η."""
    batch_size: int = 10
    """Examples in a mini-batch; the last one of an epoch may be smaller."""
    epochs: int = 30
    """How often the training examples are gone through."""
    l2: float = 0.0
    """λ: λ/(2n) Σ w² is added to the cost of the n training examples."""
    train_biases: bool = True
    """Whether the biases change as well."""
    seed: int = 0
    """Of the shuffles."""


def updates_in_epoch(training: Training, n: int) -> int:
    """How many mini-batches n training examples make."""
    return -(-n // training.batch_size)


def epoch_rows(training: Training, n: int, epoch: int) -> Rows:
    """The order in which an epoch (0-based) goes through the n training examples: places in `DataSet.train`, (n,)."""
    key = np.random.SeedSequence([training.seed, 1, epoch])
    return np.random.Generator(np.random.PCG64(key)).permutation(n)


class Descent:
    """One run of gradient descent; for one thread at a time.

    Where a cost or a parameter ceases to be finite, the run goes back to the last network that was and says why in
    `divergence`; it then makes no more updates.
    """

    update: int
    """The number of updates made: the next is number `update`, 0-based."""
    divergence: Divergence | None

    def __init__(self, network: Network, data: DataSet, training: Training, update: int = 0) -> None:
        """`update` is how many have been made before."""
        self.update, self.divergence = update, None
        self._network, self._training = network, training
        self._x, self._y = data.x[data.train], data.y[data.train]
        self._parameters = aligned(network.parameters.size)
        self._parameters[...] = network.parameters
        self._sound = self._parameters.copy(), update  # what to go back to and replay from
        self._decay = decay(network, training, len(self._x))
        self._batches: dict[int, _Batch] = {}
        self._per_epoch = updates_in_epoch(training, len(self._x))
        self._epoch, self._order = -1, np.empty(0, dtype=np.intp)

    def run(self, n: int) -> Array:
        """Make n updates; returns the cost of each one's mini-batch before it (without L2's part), (made,).

        Fewer are made where the run diverges. If what the call before left turns out to be what has no finite cost,
        none is made and `update` falls by one.
        """
        costs, start, before = np.empty(n), self.update, self._parameters.copy()
        with np.errstate(all="ignore"):
            for i in range(n if self.divergence is None else 0):
                costs[i] = cost_before = self._advance()
                if not math.isfinite(cost_before):
                    break
                if i == 0:
                    self._sound = before, start
            if not (np.isfinite(costs[: self.update - start]).all() and np.isfinite(self._parameters).all()):
                self._go_back()
        return costs[: max(self.update - start, 0)]

    def snapshot(self) -> Network:
        """The network as it is now, an immutable copy."""
        return self._network.with_parameters(self._parameters.copy())

    def rows(self, update: int) -> Rows:
        """The mini-batch of an update (0-based): places in `DataSet.train`."""
        size = self._training.batch_size
        epoch, at = divmod(update, self._per_epoch)
        if epoch != self._epoch:
            self._epoch, self._order = epoch, epoch_rows(self._training, len(self._x), epoch)
        return self._order[at * size : (at + 1) * size]

    def _advance(self) -> float:
        """One update; returns the cost before it."""
        rows = self.rows(self.update)
        batch = self._batches.get(len(rows))
        if batch is None:
            batch = self._batches[len(rows)] = _Batch(self._network, len(rows), self._training.eta, self._parameters)
        x, y, workspace = batch.x, batch.y, batch.workspace
        self._x.take(rows, 0, x, "clip")
        self._y.take(rows, 0, y, "clip")
        workspace.fill(x, y)
        cost_before = workspace.cost(y)
        if not self._training.train_biases:
            for grad_b in workspace.biases:
                grad_b[...] = 0.0
        if self._decay is not None:
            np.multiply(self._parameters, self._decay, self._parameters)
        np.subtract(self._parameters, workspace.flat, self._parameters)
        self.update += 1
        return cost_before

    def _go_back(self) -> None:
        """To the last network with finite parameters and cost, by making the updates since the last sound one again."""
        parameters, self.update = self._sound
        self._parameters[...] = sound = parameters
        reached = self.update
        while True:
            now, at = self._parameters.copy(), self.update
            if not (np.isfinite(now).all() and math.isfinite(self._advance())):
                break
            sound, reached = now, at
        rows = self.rows(at)
        self.divergence = divergence_of(
            self._network.with_parameters(now), self._x[rows], self._y[rows], at, self._training.eta
        )
        self._parameters[...], self.update = sound, reached


class _Batch:
    """A workspace for one size of mini-batch, with the arrays that its rows are fetched into."""

    def __init__(self, network: Network, size: int, eta: float, parameters: Array) -> None:
        self.x, self.y = aligned(size, network.sizes[0]), aligned(size, network.sizes[-1])
        self.workspace = Workspace(network, size, eta)  # η goes into the output error: the update is one subtraction
        self.workspace.bind(parameters)


def step(network: Network, example: Example, training: Training, n: int) -> Network:
    """The network after one update from one example alone; n is the number of training examples (for L2 decay)."""
    workspace = Workspace(network, 1, training.eta)
    with np.errstate(all="ignore"):
        workspace.fill(example.x[None, :], example.y[None, :])
        if not training.train_biases:
            for grad_b in workspace.biases:
                grad_b[...] = 0.0
        shrunk = decay(network, training, n)
        parameters = network.parameters if shrunk is None else network.parameters * shrunk
        return network.with_parameters(parameters - workspace.flat)


def decay(network: Network, training: Training, n: int) -> Array | None:
    """What L2 decay multiplies each parameter by at an update, 1 − ηλ/n for weights and 1 for biases; None without."""
    if training.l2 == 0.0:
        return None
    factors = np.ones_like(network.parameters)
    for w in views(factors, network.sizes)[0]:
        w[...] = 1.0 - training.eta * training.l2 / n
    return factors


@dataclass(frozen=True, eq=False)
class EpochResult:
    """Where an epoch led, over all training and all held-out examples; None where there are none, or no classes."""

    epoch: int
    """1 for the first."""
    cost: float
    accuracy: float | None
    test_cost: float | None
    test_accuracy: float | None
    network: Network


class Diverged(ArithmeticError):
    """A training run whose numbers ceased to be finite; holds the `divergence` and the last finite `network`."""

    def __init__(self, divergence: Divergence, network: Network) -> None:
        super().__init__(divergence.reason)
        self.divergence, self.network = divergence, network


def train(network: Network, data: DataSet, training: Training, epochs: int | None = None) -> Iterator[EpochResult]:
    """Train for some epochs (those of `training` if not given), telling after each what it led to.

    Stochastic gradient descent on the rows `data.train` in shuffled mini-batches, w → w − η ∂C/∂w with L2 decay where
    `training.l2` asks for it. Raises Diverged where the cost ceases to be finite.
    """
    descent = Descent(network, data, training)
    per_epoch = updates_in_epoch(training, len(data.train))
    for epoch in range(1, (training.epochs if epochs is None else epochs) + 1):
        descent.run(per_epoch)
        now = descent.snapshot()
        if descent.divergence is not None:
            raise Diverged(descent.divergence, now)
        train_cost, train_accuracy = _measure(now, data, data.train)
        assert train_cost is not None
        yield EpochResult(epoch, train_cost, train_accuracy, *_measure(now, data, data.test), now)


def _measure(network: Network, data: DataSet, rows: Rows) -> tuple[float | None, float | None]:
    """(cost, accuracy) over some rows; None for what does not apply."""
    if not len(rows):
        return None, None
    y = data.y[rows]
    z, a = last_layer(network, data.x[rows])
    right = float((decided(a) == decided(y)).mean()) if data.has_classes else None
    with np.errstate(all="ignore"):
        return float(cost_of_output(network, z, a, y).mean()), right
