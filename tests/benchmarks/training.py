"""Training examples a second at mini-batch 10, against the book's loop of one example at a time."""

from __future__ import annotations

from functools import partial

import numpy as np

from tests.benchmarks.networks import batch, sigmoid_network
from tests.benchmarks.timing import best, ratio, side_by_side, table, verdict
from tuibp.core.datasets import DataSet
from tuibp.core.descent import Descent
from tuibp.core.network import Array, Network
from tuibp.core.training import Training

GOALS = {(64, 30, 10): 14.0, (784, 30, 10): 9.0}
EXAMPLES, BATCH, ETA = 500, 10, 0.5


def run() -> None:
    """Print the table."""
    rows = []
    for sizes, goal in GOALS.items():
        network = sigmoid_network(sizes)
        x, y = batch(sizes, EXAMPLES)
        descent, book = Descent(network, DataSet.of(x, y), Training(ETA, BATCH)), Book(network, x, y)
        ours, theirs = side_by_side(partial(descent.run, EXAMPLES // BATCH), book.epoch, rounds=101)
        faster = ratio(theirs, ours)
        rates = [f"{EXAMPLES / best(times):,.0f}" for times in (ours, theirs)]
        rows.append(["-".join(map(str, sizes)), *rates, f"{faster:.1f}", str(goal), verdict(faster, goal)])
    table(["network", "examples/s", "one at a time", "times faster", "goal ≥", ""], rows)


class Book:
    """Stochastic gradient descent as it is first written: column vectors, one example at a time, a sum of gradients."""

    def __init__(self, network: Network, x: Array, y: Array) -> None:
        self.weights = [w.copy() for w in network.weights]
        self.biases = [b[:, None].copy() for b in network.biases]
        self.pairs = [(row_x[:, None].copy(), row_y[:, None].copy()) for row_x, row_y in zip(x, y, strict=True)]
        self.random = np.random.default_rng(0)

    def epoch(self) -> None:
        order = self.random.permutation(len(self.pairs))
        for start in range(0, len(order), BATCH):
            self.update([self.pairs[i] for i in order[start : start + BATCH]])

    def update(self, mini_batch: list[tuple[Array, Array]]) -> None:
        sum_w, sum_b = [np.zeros(w.shape) for w in self.weights], [np.zeros(b.shape) for b in self.biases]
        for x, y in mini_batch:
            for_w, for_b = self.gradient(x, y)
            sum_w = [total + one for total, one in zip(sum_w, for_w, strict=True)]
            sum_b = [total + one for total, one in zip(sum_b, for_b, strict=True)]
        rate = ETA / len(mini_batch)
        self.weights = [w - rate * g for w, g in zip(self.weights, sum_w, strict=True)]
        self.biases = [b - rate * g for b, g in zip(self.biases, sum_b, strict=True)]

    def gradient(self, x: Array, y: Array) -> tuple[list[Array], list[Array]]:
        for_b, for_w = [np.zeros(b.shape) for b in self.biases], [np.zeros(w.shape) for w in self.weights]
        activations, inputs = [x], []
        for w, b in zip(self.weights, self.biases, strict=True):
            inputs.append(np.dot(w, activations[-1]) + b)
            activations.append(_sigmoid(inputs[-1]))
        delta = (activations[-1] - y) * _slope(inputs[-1])
        for_w[-1], for_b[-1] = np.dot(delta, activations[-2].T), delta
        for layer in reversed(range(len(self.weights) - 1)):
            delta = np.dot(self.weights[layer + 1].T, delta) * _slope(inputs[layer])
            for_w[layer], for_b[layer] = np.dot(delta, activations[layer].T), delta
        return for_w, for_b


def _sigmoid(z: Array) -> Array:
    return 1.0 / (1.0 + np.exp(-z))


def _slope(z: Array) -> Array:
    return _sigmoid(z) * (1 - _sigmoid(z))
