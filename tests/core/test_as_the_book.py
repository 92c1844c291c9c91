"""Training is the loop of the book, written plainly, and reaches what that reaches on the digits."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.benchmarks import training as plainly
from tuibp.core.datasets import accuracy
from tuibp.core.descent import Descent
from tuibp.core.epochs import train
from tuibp.core.network import initialise
from tuibp.core.training import Training, epoch_rows
from tuibp.files import load

ETA = 3.0


class OurOrder:
    """In place of the loop's own chance: the order that we go through the examples in, epoch after epoch."""

    def __init__(self, training: Training) -> None:
        self.training, self.epoch = training, 0

    def permutation(self, n: int) -> Any:
        self.epoch += 1
        return epoch_rows(self.training, n, self.epoch - 1)


def test_in_the_same_order_the_numbers_are_those_of_the_loop_of_the_book(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plainly, "ETA", ETA)
    data, training = load("digits").data, Training(ETA, 10, seed=3)
    network = initialise((64, 30, 10), "sigmoid", "quadratic", "gaussian", 3)
    book: Any = plainly.Book(network, data.x[data.train], data.y[data.train])
    book.random = OurOrder(training)
    book.epoch()
    descent = Descent(network, data, training)
    descent.run(-(-len(data.train) // 10))
    after = descent.snapshot()
    for ours, theirs in zip((*after.weights, *after.biases), (*book.weights, *book.biases), strict=True):
        assert np.allclose(ours.ravel(), theirs.ravel(), rtol=1e-9, atol=1e-9)


def test_five_seeds_read_digits_as_well_as_five_of_the_loop_of_the_book(
    whole: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """30 epochs: the means differ by no more than two standard errors and a half per cent (now and then a run of either
    never finds one of the digits)."""
    if not whole:
        pytest.skip("a minute: --whole")
    monkeypatch.setattr(plainly, "ETA", ETA)
    data = load("digits").data
    ours, theirs = [], []
    for seed in range(5):
        network = initialise((64, 30, 10), "sigmoid", "quadratic", "gaussian", seed)
        *_before, last = train(network, data, Training(ETA, 10, 30, seed=seed))
        book = plainly.Book(network, data.x[data.train], data.y[data.train])
        book.random = np.random.default_rng(seed)
        for _epoch in range(30):
            book.epoch()
        flat = np.concatenate([part.ravel() for pair in zip(book.weights, book.biases, strict=True) for part in pair])
        ours.append(last.test_accuracy)
        theirs.append(accuracy(network.with_parameters(flat), data.x[data.test], data.y[data.test]))
    a, b = np.array(ours, dtype=float), np.array(theirs)
    noise = 2.0 * np.sqrt((a.var(ddof=1) + b.var(ddof=1)) / 5)
    assert abs(a.mean() - b.mean()) <= noise + 0.005
    assert np.median(a) > 0.93
