"""The notebook of experiments."""

from __future__ import annotations

import csv
import io

import pytest

from tests.session.made import everything, load, preset
from tuibp.core.five_steps import walk
from tuibp.session.commands import ChooseExample, Keep, PutBack, SetNudge, Step, Update
from tuibp.session.experiments import COLUMNS, as_csv
from tuibp.session.history import History
from tuibp.session.state import Nudge


def weight(delta: float) -> SetNudge:
    return SetNudge(Nudge("parameter", delta, 1, 0, 1))


BIAS = SetNudge(Nudge("parameter", -0.1, 2, 1))


@pytest.fixture
def history() -> History:
    return History.open(preset(), load)


def made(history: History) -> list[tuple[str, float]]:
    return [(e.parameter, e.nudge.delta) for e in history.experiments()]


def test_an_experiment_is_the_last_value_before_it_is_kept_put_back_or_left(history: History) -> None:
    for command in (weight(0.1), weight(0.2), Step(), weight(0.3), Keep(), weight(0.1), PutBack(), weight(0.5), BIAS):
        history.do(command)
    assert made(history) == [("w^2_12", 0.3), ("w^2_12", 0.1), ("w^2_12", 0.5), ("b^3_2", -0.1)]


def test_a_nudge_of_nothing_is_no_experiment(history: History) -> None:
    history.do(weight(0.0))
    history.do(Keep())
    assert made(history) == []


def test_numbers_are_those_of_two_passes_and_the_gradient(history: History) -> None:
    before = history.state
    history.do(weight(0.3))
    row = history.experiments()[0]
    assert row.predicted == pytest.approx(before.walk.grad_w(1)[0, 1] * 0.3, rel=1e-14)
    assert row.actual == walk(history.state.nudged, before.shown).cost - before.walk.cost
    assert row.error == row.actual - row.predicted


def test_another_example_is_another_experiment_with_the_same_nudge(history: History) -> None:
    for command in (weight(0.3), ChooseExample(4), Update()):
        history.do(command)
    assert [(e.example, e.nudge.delta) for e in history.experiments()] == [(1, 0.3), (4, 0.3)]


def test_choosing_a_line_goes_back_to_that_moment_and_keeps_the_lines(history: History) -> None:
    history.do(weight(0.3))
    was = everything(history.state)
    for command in (Keep(), Update(), BIAS, PutBack()):
        history.do(command)
    lines = made(history)
    history.do(history.experiments()[0].moment)
    assert everything(history.state) == was
    assert made(history) == lines


def test_csv_has_all_digits_and_a_header(history: History) -> None:
    history.do(weight(0.3))
    rows = list(csv.reader(io.StringIO(as_csv(history.experiments()))))
    assert tuple(rows[0]) == COLUMNS
    assert rows[1][0] == "w^2_12"
    assert float(rows[1][3]) == history.experiments()[0].actual
    assert rows[1][6] == "2"
