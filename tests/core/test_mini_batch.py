"""A mini-batch shown is the one that training takes, its mean is the step it makes, and its sentence can be counted."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from tests.core.random_networks import random_network
from tuibp.core.datasets import DataSet
from tuibp.core.descent import Descent
from tuibp.core.five_steps import walk
from tuibp.core.mini_batch import MiniBatch, Shares, mini_batch
from tuibp.core.network import NetworkError
from tuibp.core.training import Training, updates_in_epoch
from tuibp.files import load


@pytest.mark.parametrize("preset", ["iris", "xor", "digits", "mazur"])
@pytest.mark.parametrize("update", [0, 1, 13])
def test_its_mean_is_the_update_that_training_makes_next(preset: str, update: int) -> None:
    found = load(preset)
    training = dataclasses.replace(found.training, l2=0.0, train_biases=True)
    descent = Descent(found.network, found.data, training, 0)
    descent.run(update)
    before = descent.snapshot()
    batch = mini_batch(before, found.data, training, update)
    cost = descent.run(1)
    moved = descent.snapshot()
    assert batch.cost == pytest.approx(float(cost[0]), rel=1e-12)
    for layer in range(1, before.layer_count):
        for mean, old, new in (
            (batch.mean_grad_w[layer], before.w(layer), moved.w(layer)),
            (batch.mean_delta[layer], before.b(layer), moved.b(layer)),
        ):
            assert np.abs(old - training.eta * mean - new).max() <= 1e-13


@pytest.mark.parametrize("number", range(0, 300, 13))
def test_each_share_is_that_example_walked_alone(number: int) -> None:
    network, _ = random_network(number)
    random = np.random.default_rng(number)
    data = DataSet.of(random.standard_normal((9, network.sizes[0])), random.uniform(0, 1, (9, network.sizes[-1])))
    batch = mini_batch(network, data, Training(batch_size=4, seed=number), 1)
    layer, j, k = network.last, network.sizes[-1] - 1, network.sizes[-2] - 1
    z, a, delta = batch.shares("z", layer, j), batch.shares("a", layer, j), batch.shares("delta", layer, j)
    first, last = batch.shares("gradient", 1, 0, 0), batch.shares("gradient", layer, j, k)
    for at, row in enumerate(batch.rows.tolist()):
        alone = walk(network, data.example(row))
        for shares, told in (
            (first, alone.grad_w(1)[0, 0]),
            (last, alone.grad_w(layer)[j, k]),
            (z, alone.z(layer)[j]),
            (a, alone.a(layer)[j]),
            (delta, alone.delta(layer)[j]),
        ):
            assert shares.values[at] == pytest.approx(told, rel=1e-9, abs=1e-12)
        assert batch.costs[at] == pytest.approx(alone.cost, rel=1e-9)


def test_an_epoch_is_counted_in_mini_batches() -> None:
    found = load("iris")
    count = updates_in_epoch(found.training, len(found.data.train))
    batches = [mini_batch(found.network, found.data, found.training, u) for u in range(count + 1)]
    assert [(b.number, b.of) for b in batches] == [*((n, count) for n in range(count)), (0, count)]
    assert sorted(row for b in batches[:count] for row in b.rows.tolist()) == found.data.train.tolist()


def of(*values: float) -> Shares:
    return Shares("∂C/∂w^2_11", "w^2_11", np.arange(len(values)), np.array(values))


@pytest.mark.parametrize(
    ("values", "meaning"),
    [
        ((-1.0, -2.0, -4.0), "All 3 pull w^2_11 up, the strongest 4× as hard as the weakest."),
        ((1.0, 1.5, 0.0), "2 of 3 pull w^2_11 down; to the others it makes no difference."),
        ((0.0, 0.0), "None of the 2 asks for any change of w^2_11."),
        ((0.3,), "One example is the whole mini-batch: its gradient is the mean."),
        (
            (1.0, 1.0, -1.0, 1.0),
            "3 of 4 pull w^2_11 down, 1 up: 50 % of what they ask for one by one is left. "
            "That one alone would point the wrong way.",
        ),
        ((1.0, -1.0), "1 of 2 pulls w^2_11 down, 1 up: 0 % of what they ask for one by one is left."),
        (
            (9.0, -1.0, -1.0, -1.0),
            "1 of 4 pulls w^2_11 down, 3 up: 50 % of what they ask for one by one is left. "
            "Any one of those 3 alone would point the wrong way. Example 1 alone asks for 75 % of it all.",
        ),
        ((np.nan, 1.0), "Not every one of them is a finite number: the weights have run away."),
    ],
)
def test_the_sentence_counts_who_agrees(values: tuple[float, ...], meaning: str) -> None:
    assert of(*values).meaning == meaning


def a_batch() -> MiniBatch:
    found = load("iris")
    return mini_batch(found.network, found.data, found.training, 0)


def test_a_number_that_is_no_derivative_is_told_by_its_range() -> None:
    shares = a_batch().shares("a", 2, 0)
    assert shares.meaning.startswith("a^3_1 goes from ")


def test_a_number_that_is_not_there_is_refused() -> None:
    for layer, j, k in ((0, 0, None), (3, 0, None), (1, 9, None), (1, 0, 9)):
        with pytest.raises(NetworkError):
            a_batch().shares("gradient", layer, j, k)
