"""Stochastic gradient descent: w → w − η ∂C/∂w on mini-batches, or what another optimiser makes of ∂C/∂w.

An update depends on nothing but the parameters, its number, the settings and what the optimiser remembers: so a run may
be stopped, copied and gone on with anywhere, and comes out equal to the bit.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache

import numpy as np

from tuibp.core.datasets import DataSet, Rows
from tuibp.core.divergence import Divergence, divergence_of, harmless, memory_overflowed
from tuibp.core.example import Example
from tuibp.core.gradient import Workspace, aligned
from tuibp.core.network import Array, Network
from tuibp.core.optimisers import Memory, optimiser
from tuibp.core.training import Training, batch_rows, epoch_rows, rate_at, updates_in_epoch

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

    def __init__(
        self, network: Network, data: DataSet, training: Training, update: int = 0, memory: Memory | None = None
    ) -> None:
        """`update` is how many have been made before; `memory` is the optimiser's, of those."""
        self.update, self.divergence = update, None
        self._network, self._data, self._training = network, data, training
        self._parameters = aligned(network.parameters.size)
        self._parameters[...] = network.parameters
        self._optimiser = optimiser(network, training, len(data.train), memory)
        self._sound = self._parameters.copy(), update, self._optimiser.memory()  # what to go back to and replay from
        self._coming = self._mini_batches()
        self._harmless = harmless(network, _largest(data.x), _largest(data.y))

    def run(self, n: int) -> Array:
        """Make n updates; returns the cost of each one's mini-batch before it (without L2's part), (made,).

        Fewer are made where the run diverges; the network that the last of them leads to is judged as well.
        """
        if self.divergence is not None:
            return np.empty(0)
        costs, start = np.empty(n), self.update
        before = self._parameters.copy(), start, self._optimiser.memory()
        with np.errstate(all="ignore"):
            for i, cost_before in zip(range(n), self._updates(), strict=False):
                costs[i] = cost_before
                if not math.isfinite(cost_before):
                    break
                if i == 0:
                    self._sound = before
            if not np.isfinite(costs[: self.update - start]).all() or self._parameters_beyond():
                self._judge()
        return costs[: max(self.update - start, 0)]

    def snapshot(self) -> Network:
        """The network as it is now, an immutable copy."""
        return self._network.with_parameters(self._parameters.copy())

    def memory(self) -> Memory | None:
        """What the optimiser remembers now, an immutable copy; None where that is nothing."""
        return self._optimiser.memory()

    def rows(self, update: int) -> Rows:
        """The mini-batch of an update (0-based): places in `DataSet.train`."""
        return batch_rows(self._training, len(self._data.train), update)

    def _updates(self) -> Iterator[float]:
        """The updates to come, without end: each is made when it is asked for, and gives the cost before it."""
        parameters, biases_too, optimiser = self._parameters, self._training.train_biases, self._optimiser
        for x, y, workspace in self._coming:
            workspace.fill(x, y)
            cost_before = workspace.cost(y)
            if not biases_too:
                for grad_b in workspace.biases:
                    grad_b[...] = 0.0
            optimiser.update(parameters, workspace.flat)
            self.update += 1
            yield cost_before

    def _parameters_beyond(self) -> bool:
        """Whether a parameter is so large, or not finite, that a number on the way to the cost may be out of range; or
        what the optimiser remembers is."""
        largest = max(self._parameters.max(), -self._parameters.min())
        return not (largest <= self._harmless and self._optimiser.finite())

    def _judge(self) -> None:
        """Make the updates since the last sound one again and judge each network by its mini-batch, the last one too:
        the run goes back to the network before the first on which a number is not finite, if there is one."""
        made = self.update
        sound = self._sound
        self._go_back(sound)
        self._coming = self._mini_batches()
        updates = self._updates()
        while True:
            now, at = self._parameters.copy(), self.update
            rows = self._data.train[self.rows(at)]
            self.divergence = self._divergence(now, at, rows)
            if self.divergence is not None:
                self._go_back(sound)
                return
            sound = now, at, self._optimiser.memory()
            if at >= made:
                return
            next(updates)

    def _go_back(self, to: tuple[Array, int, Memory | None]) -> None:
        self._parameters[...], self.update = to[:2]
        self._optimiser.recall(to[2])

    def _divergence(self, parameters: Array, update: int, rows: Rows) -> Divergence | None:
        x, y = self._data.x[rows], self._data.y[rows]
        eta = rate_at(self._training, len(self._data.train), max(update - 1, 0))
        found = divergence_of(self._network.with_parameters(parameters), x, y, update, eta)
        if found is None:
            return None if self._optimiser.finite() else memory_overflowed(update)
        if divergence_of(self._network, x, y, update, eta) is None:
            return found
        return divergence_of(self._network.with_parameters(parameters), x, y, update, 0.0)  # not η's fault

    def _mini_batches(self) -> Iterator[tuple[Array, Array, Workspace]]:
        """x and y of the next update and of all after it, without end, each with a workspace that reads the parameters.

        The rows of several mini-batches are fetched at once. Where the optimiser allows, η goes into the output error:
        an update is then one subtraction.
        """
        x, y, training, n = self._data.x, self._data.y, self._training, len(self._data.train)
        size, factor = training.batch_size, 1.0

        @cache
        def workspace(examples: int) -> Workspace:
            made = Workspace(self._network, examples, factor)
            made.bind(self._parameters)
            return made

        @cache
        def room(examples: int) -> tuple[Array, Array, list[tuple[Array, Array, Workspace]]]:
            xs, ys = aligned(examples, x.shape[1]), aligned(examples, y.shape[1])
            parts = [(xs[i : i + size], ys[i : i + size]) for i in range(0, examples, size)]
            return xs, ys, [(*part, workspace(len(part[0]))) for part in parts]

        together = max(1, FETCHED // (size * x.shape[1])) * size
        epoch, at = divmod(self.update, updates_in_epoch(training, n))
        while True:
            factor = self._optimiser.begin(epoch)
            order = self._data.train[epoch_rows(training, n, epoch)]
            for start in range(at * size, n, together):
                rows = order[start : start + together]
                xs, ys, mini_batches = room(len(rows))
                x.take(rows, 0, xs, "clip")
                y.take(rows, 0, ys, "clip")
                if training.schedule != "constant":
                    for _x, _y, of_batch in mini_batches:
                        of_batch.multiply_by(factor)
                yield from mini_batches
            epoch, at = epoch + 1, 0


def step(
    network: Network, example: Example, training: Training, n: int, update: int = 0, memory: Memory | None = None
) -> tuple[Network, Memory | None]:
    """The network after one update, number `update`, from one example alone, and what the optimiser then remembers; n
    is the number of training examples (for L2 decay and the epochs)."""
    rule = optimiser(network, training, n, memory)
    workspace = Workspace(network, 1, rule.begin(update // updates_in_epoch(training, n)))
    with np.errstate(all="ignore"):
        workspace.fill(example.x[None, :], example.y[None, :])
        if not training.train_biases:
            for grad_b in workspace.biases:
                grad_b[...] = 0.0
        parameters = network.parameters.copy()
        rule.update(parameters, workspace.flat)
    return network.with_parameters(parameters), rule.memory()


def _largest(values: Array) -> float:
    """max |v|, without a copy of what may be a large data set."""
    return float(max(values.max(), -values.min()))
