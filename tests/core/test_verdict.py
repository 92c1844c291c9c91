"""What a network says, in the words of its data: the class of its largest output, and never a number for a name."""

import numpy as np
import pytest

from tuibp.core.datasets import DataSet
from tuibp.core.verdict import verdict
from tuibp.files import load
from tuibp.session.history import History


def data(y: list[list[float]], *names: str) -> DataSet:
    return DataSet.of(np.zeros((len(y), 1)), y, names=names)


def test_the_largest_output_is_what_is_said_and_the_one_wanted_what_is_right() -> None:
    colours = data([[0, 1, 0], [1, 0, 0]], "red", "green", "blue")
    told = verdict(np.array([0.1, 0.2, 0.7]), colours, 1)
    assert told is not None
    assert (told.says, told.a_says, told.right, told.a_right, told.is_right) == ("blue", 0.7, "green", 0.2, False)


@pytest.mark.parametrize(("a", "said"), [(0.49, "outer"), (0.51, "inner")])
def test_a_single_output_says_the_one_class_or_the_other(a: float, said: str) -> None:
    told = verdict(np.array([a]), data([[1], [0]], "outer", "inner"), 1)
    assert told is not None
    assert (told.says, told.right, told.is_right) == (said, "inner", said == "inner")


@pytest.mark.parametrize("y", [[[0.01, 0.99]], [[1.0, 1.0]], [[0.0], [0.0]]])
def test_where_there_are_no_two_classes_nothing_is_said(y: list[list[float]]) -> None:
    assert verdict(np.full(len(y[0]), 0.6), data(y), 0) is None


def test_digits_opens_on_a_1_that_is_taken_for_a_9() -> None:
    preset = load("digits")
    state = History.open(preset, load=load).state
    assert preset.data.labels is not None
    told = verdict(state.walk.output, preset.data, int(preset.data.labels[state.example]))
    assert told is not None
    assert (told.says, told.right) == ("9", "1")
