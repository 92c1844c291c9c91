"""Stochastic gradient descent: w → w − η ∂C/∂w on mini-batches, one update at a time.

An update depends on nothing but the parameters, its number and the settings: so a run may be stopped, copied and gone
on with anywhere, and comes out equal to the bit.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy import multiply, subtract

from tuibp.core.datasets import DataSet, Rows
from tuibp.core.divergence import Divergence, divergence_of, harmless
from tuibp.core.example import Example
from tuibp.core.gradient import Workspace, aligned
from tuibp.core.network import Array, Network
from tuibp.core.training import Training, batch_rows, decay, epoch_rows, updates_in_epoch

FETCHED = 8_192
"""Numbers that are fetched at once for the coming mini-batches: they still are in the cache when their turn comes."""


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
        self._network, self._data, self._training = network, data, training
        self._parameters = aligned(network.parameters.size)
        self._parameters[...] = network.parameters
        self._sound = self._parameters.copy(), update  # what to go back to and replay from
        self._decay = decay(network, training, len(data.train))
        self._coming = _mini_batches(network, data, training, self._parameters, update)
        self._harmless = harmless(network, _largest(data.x), _largest(data.y))

    def run(self, n: int) -> Array:
        """Make n updates; returns the cost of each one's mini-batch before it (without L2's part), (made,).

        Fewer are made where the run diverges; the network that the last of them leads to is judged as well.
        """
        if self.divergence is not None:
            return np.empty(0)
        costs, start, before = np.empty(n), self.update, self._parameters.copy()
        with np.errstate(all="ignore"):
            for i, cost_before in zip(range(n), self._updates(), strict=False):
                costs[i] = cost_before
                if not math.isfinite(cost_before):
                    break
                if i == 0:
                    self._sound = before, start
            if not np.isfinite(costs[: self.update - start]).all() or self._parameters_beyond():
                self._judge()
        return costs[: max(self.update - start, 0)]

    def snapshot(self) -> Network:
        """The network as it is now, an immutable copy."""
        return self._network.with_parameters(self._parameters.copy())

    def rows(self, update: int) -> Rows:
        """The mini-batch of an update (0-based): places in `DataSet.train`."""
        return batch_rows(self._training, len(self._data.train), update)

    def _updates(self) -> Iterator[float]:
        """The updates to come, without end: each is made when it is asked for, and gives the cost before it."""
        parameters, shrink, biases_too = self._parameters, self._decay, self._training.train_biases
        for x, y, workspace in self._coming:
            workspace.fill(x, y)
            cost_before = workspace.cost(y)
            if not biases_too:
                for grad_b in workspace.biases:
                    grad_b[...] = 0.0
            if shrink is not None:
                multiply(parameters, shrink, parameters)
            subtract(parameters, workspace.flat, parameters)
            self.update += 1
            yield cost_before

    def _parameters_beyond(self) -> bool:
        """Whether a parameter is so large, or not finite, that a number on the way to the cost may be out of range."""
        return not max(self._parameters.max(), -self._parameters.min()) <= self._harmless

    def _judge(self) -> None:
        """Make the updates since the last sound one again and judge each network by its mini-batch, the last one too:
        the run goes back to the network before the first on which a number is not finite, if there is one."""
        made = self.update
        parameters, self.update = self._sound
        self._parameters[...] = sound = parameters
        self._coming = _mini_batches(self._network, self._data, self._training, self._parameters, self.update)
        updates, reached = self._updates(), self.update
        while True:
            now, at = self._parameters.copy(), self.update
            rows = self._data.train[self.rows(at)]
            self.divergence = self._divergence(now, at, rows)
            if self.divergence is not None:
                self._parameters[...], self.update = sound, reached
                return
            sound, reached = now, at
            if at >= made:
                return
            next(updates)

    def _divergence(self, parameters: Array, update: int, rows: Rows) -> Divergence | None:
        x, y, eta = self._data.x[rows], self._data.y[rows], self._training.eta
        found = divergence_of(self._network.with_parameters(parameters), x, y, update, eta)
        if found is None or divergence_of(self._network, x, y, update, eta) is None:
            return found
        return divergence_of(self._network.with_parameters(parameters), x, y, update, 0.0)  # not η's fault


def _mini_batches(
    network: Network, data: DataSet, training: Training, parameters: Array, update: int
) -> Iterator[tuple[Array, Array, Workspace]]:
    """x and y of an update and of all after it, without end, each with a workspace that reads `parameters`.

    The rows of several mini-batches are fetched at once. η goes into the output error: an update is one subtraction.
    """
    x, y, size, n = data.x, data.y, training.batch_size, len(data.train)

    @cache
    def workspace(examples: int) -> Workspace:
        made = Workspace(network, examples, training.eta)
        made.bind(parameters)
        return made

    @cache
    def room(examples: int) -> tuple[Array, Array, list[tuple[Array, Array, Workspace]]]:
        xs, ys = aligned(examples, x.shape[1]), aligned(examples, y.shape[1])
        parts = [(xs[i : i + size], ys[i : i + size]) for i in range(0, examples, size)]
        return xs, ys, [(*part, workspace(len(part[0]))) for part in parts]

    together = max(1, FETCHED // (size * x.shape[1])) * size
    epoch, at = divmod(update, updates_in_epoch(training, n))
    while True:
        order = data.train[epoch_rows(training, n, epoch)]
        for start in range(at * size, n, together):
            rows = order[start : start + together]
            xs, ys, mini_batches = room(len(rows))
            x.take(rows, 0, xs, "clip")
            y.take(rows, 0, ys, "clip")
            yield from mini_batches
        epoch, at = epoch + 1, 0


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


def _largest(values: Array) -> float:
    """max |v|, without a copy of what may be a large data set."""
    return float(max(values.max(), -values.min()))
