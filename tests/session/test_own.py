"""An example of one's own: what it is worth, what it waits for, and that a log keeps it."""

from __future__ import annotations

import numpy as np
import pytest

from tests.oracles import cost_by_formula
from tests.session.made import load, preset
from tuibp.core.gradient import outputs
from tuibp.files.errors import BadInput
from tuibp.session.commands import (
    ChooseExample,
    Command,
    GoTo,
    SetNudge,
    Step,
    TakeExample,
    Train,
    Update,
    apply,
    untrained,
)
from tuibp.session.examples import numbers_in, target_named
from tuibp.session.history import History
from tuibp.session.place import phase_of
from tuibp.session.saved import read, write
from tuibp.session.state import Nudge
from tuibp.session.view import View

X, Y = (0.25, -2.0), (1.0, 0.0)


def test_the_network_answers_it_as_it_would_answer_a_row_of_these_numbers() -> None:
    state = apply(untrained(preset()), TakeExample(X))
    assert np.allclose(state.walk.output, outputs(state.network, np.array([X]))[0])
    assert state.wants_target


@pytest.mark.parametrize("command", [GoTo(3), GoTo("end"), Update(), SetNudge(Nudge("parameter", 0.1, 1, 0, 0))])
def test_without_a_target_nothing_that_is_made_of_c_can_be_had(command: Command) -> None:
    state = apply(untrained(preset()), TakeExample(X))
    with pytest.raises(BadInput, match="target"):
        apply(state, command)
    assert apply(apply(state, TakeExample(X, Y)), command) is not None


def test_from_a_later_step_it_goes_to_the_end_of_step_2_and_with_its_target_stays() -> None:
    state = apply(apply(untrained(preset()), GoTo("end")), TakeExample(X))
    assert phase_of(state.stop) == 1
    with pytest.raises(BadInput, match="target"):
        apply(state, Step("phase"))
    wanted = apply(apply(state, TakeExample(X, Y)), Step("phase"))
    assert phase_of(wanted.stop) == 2
    made = cost_by_formula(wanted.network, wanted.network.parameters, np.array([X]), np.array([Y]))
    assert wanted.walk.cost == pytest.approx(made)
    assert apply(wanted, TakeExample(X, (0.0, 1.0))).place == wanted.place


def test_another_example_or_another_network_goes_back_to_the_data() -> None:
    state = apply(untrained(preset()), TakeExample(X))
    back = apply(state, ChooseExample(state.example))
    assert back.own is None
    assert np.array_equal(back.shown.x, state.preset.data.x[state.example])


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (TakeExample((0.1,)), "2 inputs, not 1"),
        (TakeExample(X, (0.1,)), "2 outputs, not 1"),
        (TakeExample((float("nan"), 0.0)), "finite"),
    ],
)
def test_what_does_not_fit_the_network_is_refused(command: Command, reason: str) -> None:
    with pytest.raises(BadInput, match=reason):
        apply(untrained(preset()), command)


def test_a_target_that_the_cost_is_not_made_for_is_refused() -> None:
    with pytest.raises(BadInput, match="from 0 to 1"):
        apply(untrained(preset(cost="cross_entropy")), TakeExample(X, (2.0, 0.0)))


def test_a_saved_session_brings_it_back_and_its_replay_agrees() -> None:
    history = History.open(preset(), load)
    for command in (TakeExample(X), Train(3), TakeExample(X, Y), GoTo(5), Update()):
        history.do(command)
    again = read(write(history, View()), load)
    assert again.same
    assert again.history.state.own == history.state.own
    assert again.history.go("undo")
    assert again.history.go("undo")
    assert again.history.state.wants_target
    assert again.history.state.update == 3


def test_numbers_are_typed_with_blanks_commas_or_a_true_minus() -> None:
    assert numbers_in("0.3 0.7") == numbers_in(" 0.3,0.7") == (0.3, 0.7)
    assert numbers_in("−1; 2e-1") == (-1.0, 0.2)
    assert numbers_in("0.3 a") is None


def test_a_target_is_a_label_or_a_number_for_each_output() -> None:
    state = untrained(preset())
    assert target_named(state, "1") == target_named(state, "=1") == (0.0, 1.0)
    assert target_named(state, "0.2, 0.9") == (0.2, 0.9)
    with pytest.raises(BadInput):
        target_named(state, "0.2")
