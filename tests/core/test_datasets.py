"""Data sets: their rows, classes and splits."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from tuibp.core.datasets import GENERATORS, DataSet, accuracy, classes, decided, split
from tuibp.core.network import explicit


def test_a_split_is_every_row_once_and_the_seed_decides() -> None:
    train, test = split(1797, 0.2, 1)
    assert len(test) == 359
    assert sorted([*train, *test]) == list(range(1797))
    assert np.array_equal(split(1797, 0.2, 1)[1], test)
    assert not np.array_equal(split(1797, 0.2, 2)[1], test)


def test_classes_come_from_one_hot_rows_or_one_output_of_zero_and_one() -> None:
    assert classes(np.eye(3)).tolist() == [0, 1, 2]  # type: ignore[union-attr] # these are classes
    assert classes(np.array([[1.0], [0.0]])).tolist() == [1, 0]  # type: ignore[union-attr] # so are these
    assert classes(np.array([[0.01, 0.99]])) is None
    assert classes(np.array([[1.0, 1.0]])) is None


@pytest.mark.parametrize(("low", "high"), [(-1.0, 1.0), (0.01, 0.99), (0.1, 0.9), (-0.9, 0.9)])
def test_classes_come_from_other_pairs_of_numbers_as_well(low: float, high: float) -> None:
    rows = np.where(np.eye(3) == 1.0, high, low)
    assert classes(rows[[2, 0, 1, 1]]).tolist() == [2, 0, 1, 1]  # type: ignore[union-attr] # these are classes
    assert classes(rows[:2]) is None  # nobody is of the third
    assert classes(np.array([[low], [high], [low]])).tolist() == [0, 1, 0]  # type: ignore[union-attr] # so are these
    assert classes(np.array([[low], [high], [low], [0.5]])) is None
    y = np.array([[low], [high], [high], [low]])
    middle = DataSet.of(np.zeros((4, 1)), y).middle
    assert middle == (low + high) / 2
    network = explicit([[[1.0]]], [[middle]], "linear", "quadratic")  # it gives x away from the middle
    assert accuracy(network, np.array([[-0.01], [0.01], [-0.01], [-0.02]]), y, middle) == 0.75


@pytest.mark.parametrize("y", [[[2.5], [7.0]], [[0.3], [0.7]], [[-5.0], [5.0]], [[0.0], [0.9]], [[0.9], [0.9]]])
def test_two_numbers_that_are_no_such_pair_are_numbers(y: list[list[float]]) -> None:
    assert classes(np.array(y)) is None


def test_a_single_output_decides_at_one_half_and_several_by_the_largest() -> None:
    assert decided(np.array([[0.5], [0.51]])).tolist() == [0, 1]
    assert decided(np.array([[0.1, 0.2], [0.9, 0.3]])).tolist() == [1, 0]


def test_accuracy_counts_the_rows_decided_as_wanted() -> None:
    network = explicit([[[1.0]]], [[0.0]], "linear", "quadratic")
    assert accuracy(network, np.array([[0.0], [1.0], [0.2], [0.7]]), np.array([[0.0], [1.0], [1.0], [1.0]])) == 0.75


@pytest.mark.parametrize("name", GENERATORS)
def test_generated_points_are_balanced_and_the_seed_decides(name: str) -> None:
    data = GENERATORS[name](200, 0.05, 3)
    assert data.x.shape == (200, 2)
    assert data.y.shape == (200, 1)
    assert data.labels is not None
    assert data.labels.sum() == 100
    assert len(data.train) == 160
    assert np.array_equal(data.x, GENERATORS[name](200, 0.05, 3).x)
    assert not np.array_equal(data.x, GENERATORS[name](200, 0.05, 4).x)
    assert np.abs(data.x).max() < 1.5


def test_its_arrays_cannot_be_written_to() -> None:
    data = DataSet.of([[0.0, 1.0]], [[1.0]])
    for array in (data.x, data.y, data.train, data.test, data.labels):
        assert array is not None
        assert not array.flags.writeable
    assert not data.example(0).x.flags.writeable


def test_rows_that_do_not_pair_are_refused() -> None:
    with pytest.raises(ValueError, match="2 inputs and 1 outputs"):
        DataSet.of([[0.0], [1.0]], [[1.0]])


@pytest.mark.parametrize("make", GENERATORS.values(), ids=GENERATORS)
def test_the_classes_of_a_single_output_have_a_name_each_and_the_output_that_of_its_1(
    make: Callable[[int, float, int], DataSet],
) -> None:
    data = make(20, 0.05, 1)
    assert data.labels is not None
    assert data.labels.tolist() == data.y[:, 0].tolist()
    assert len(set(data.class_names)) == 2
    assert data.output_names == (data.class_names[1],)


def test_one_name_of_a_single_output_tells_its_classes_apart() -> None:
    assert DataSet.of([[0.0], [1.0]], [[0.0], [1.0]], names=("inner",)).class_names == ("not inner", "inner")


def test_several_outputs_are_called_as_their_classes() -> None:
    data = DataSet.of([[0.0], [1.0]], [[0.0, 1.0], [1.0, 0.0]], names=("a", "b"))
    assert data.class_names == data.output_names == ("a", "b")
