"""What each command makes of a state."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from tests.session.made import everything, load, preset
from tuibp.core.descent import step
from tuibp.core.five_steps import walk
from tuibp.core.network import initialise
from tuibp.core.training import Training
from tuibp.files.errors import BadInput
from tuibp.session.commands import (
    ChooseExample,
    Command,
    GoTo,
    Keep,
    Open,
    PutBack,
    Reset,
    SetNudge,
    SetSetting,
    Step,
    Train,
    Update,
    Visit,
    apply,
    opened,
    untrained,
)
from tuibp.session.place import Place
from tuibp.session.state import Nudge, State

WEIGHT = Nudge("parameter", 0.25, 1, 2, 1)


@pytest.fixture
def state() -> State:
    return untrained(preset())


def after(state: State, *commands: Command) -> State:
    for command in commands:
        state = apply(state, command, load)
    return state


def test_a_network_opens_at_step_one_on_its_opening_example(state: State) -> None:
    assert (state.place, state.update, state.example) == (Place(), 0, 1)


def test_an_update_is_gradient_descent_from_the_example_shown_alone(state: State) -> None:
    walked = after(state, Step("term"))
    there = after(walked, Update())
    expected = [w - 0.5 * state.walk.grad_w(layer) for layer, w in enumerate(state.network.weights, start=1)]
    for w, e in zip(there.network.weights, expected, strict=True):
        np.testing.assert_allclose(w, e, rtol=1e-14)
    assert (there.update, there.example, there.place, there.since) == (1, 1, walked.place, walked.since)
    onwards = after(walked, Update("next"))
    assert onwards.network.digest() == there.network.digest()
    assert (onwards.update, onwards.example, onwards.place) == (1, 2, Place())


def test_an_update_honours_fixed_biases_and_decay(state: State) -> None:
    there = after(state, SetSetting("train_biases", False), SetSetting("l2", 0.7), Update())
    for was, now in zip(state.network.biases, there.network.biases, strict=True):
        assert np.array_equal(was, now)
    n = len(state.preset.data.train)
    for layer, (w, now) in enumerate(zip(state.network.weights, there.network.weights, strict=True), start=1):
        np.testing.assert_allclose(now, w * (1 - 0.5 * 0.7 / n) - 0.5 * state.walk.grad_w(layer), rtol=1e-13)


def test_after_the_last_example_comes_the_first_and_a_single_one_stays() -> None:
    assert after(untrained(preset()), ChooseExample(6), Update("next")).example == 0
    alone = dataclasses.replace(preset(examples=1), opening=dataclasses.replace(preset().opening, example=0))
    assert after(untrained(alone), Update("next")).example == 0


def test_an_update_that_would_not_be_finite_is_refused() -> None:
    wild = untrained(preset((2, 3, 2), "linear", training=Training(eta=1e200)))
    with pytest.raises(BadInput, match="not be finite"):
        after(wild, Update(), Update(), Update())


def test_training_equals_updates_on_single_examples_where_a_mini_batch_has_one() -> None:
    start = untrained(preset(training=Training(eta=0.5, batch_size=1)))
    there = after(start, Train(3))
    assert there.update == 3
    assert there.example == start.example


def test_a_nudge_leaves_the_network_and_shows_beside_it(state: State) -> None:
    walk_before = state.walk
    there = after(state, SetNudge(WEIGHT))
    assert there.network is state.network
    assert there.nudged.w(1)[2, 1] == state.network.w(1)[2, 1] + 0.25
    assert there.cost == walk(there.nudged, there.shown).cost
    assert there.walk is walk_before


def test_a_demon_moves_the_cost_but_not_the_network(state: State) -> None:
    there = after(state, SetNudge(Nudge("demon", 0.5, 1, 0)))
    assert there.nudged is state.network
    assert there.cost != state.cost
    with pytest.raises(BadInput):
        after(there, Keep())


@pytest.mark.parametrize(
    "nudge",
    [WEIGHT, Nudge("parameter", -1.0, 2, 1), Nudge("direction", 0.1, direction="gradient"),
     Nudge("direction", 0.1, direction="random", seed=3)],
)  # fmt: skip
def test_keep_writes_the_very_numbers_that_were_shown_into_the_network(state: State, nudge: Nudge) -> None:
    held = after(state, GoTo(4), SetNudge(nudge))
    kept = after(held, Keep())
    assert kept.network.digest() == held.nudged.digest()
    assert (kept.nudge, kept.place, kept.update) == (None, held.place, 0)


def test_along_the_gradient_the_cost_falls(state: State) -> None:
    assert after(state, SetNudge(Nudge("direction", 0.01, direction="gradient"))).cost < state.cost


def test_put_back_restores_the_state(state: State) -> None:
    assert everything(after(state, SetNudge(WEIGHT), PutBack())) == everything(state)


def test_a_nudge_stays_in_hand_through_steps_and_examples_and_is_put_back_by_an_update(state: State) -> None:
    held = after(state, SetNudge(WEIGHT), Step(), ChooseExample(3), SetSetting("eta", 0.1))
    assert held.nudge == WEIGHT
    assert after(held, Update()).network.digest() == step(state.network, held.shown, held.settings, 7)[0].digest()
    for command in (Update(), Train(1), Reset(), Open("deep")):
        assert after(held, command).nudge is None


@pytest.mark.parametrize(
    "command",
    [Keep(), PutBack(), GoTo("start"), ChooseExample(1), SetSetting("eta", 0.5), GoTo(1)],
)
def test_what_changes_nothing_gives_the_very_same_state(state: State, command: Command) -> None:
    assert apply(state, command) is state


@pytest.mark.parametrize(
    "command",
    [ChooseExample(7), ChooseExample(-1), SetSetting("eta", 0.0), SetSetting("eta", float("nan")),
     SetSetting("batch_size", 0), SetSetting("batch_size", 8), SetSetting("batch_size", 2.5), SetSetting("l2", -1.0),
     SetSetting("train_biases", 1), SetSetting("speed", 1), SetNudge(Nudge("parameter", 0.1, 0, 0, 0)),
     SetNudge(Nudge("parameter", 0.1, 1, 3, 0)), SetNudge(Nudge("parameter", float("inf"), 1, 0, 0)),
     Train(-1), Reset(-1), Visit(0, 0), Open("nowhere")],
)  # fmt: skip
def test_what_cannot_be_done_is_told_in_one_line(state: State, command: Command) -> None:
    with pytest.raises(BadInput) as told:
        apply(state, command, load)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("command", [ChooseExample(4), Train(3), Update(), Reset(), Keep()])
def test_only_walking_moves_the_step(state: State, command: Command) -> None:
    for walked in (after(state, GoTo(3)), after(state, GoTo(5)), after(state, GoTo(2), Step("term"))):
        there = after(walked, SetNudge(WEIGHT), command)
        assert (there.place, there.since) == (walked.place, walked.since)


def test_reset_is_the_untrained_start_and_a_new_seed_draws_another_that_stays(state: State) -> None:
    trained = after(state, SetSetting("eta", 0.1), Train(5))
    assert after(trained, Reset()).network is state.network
    assert after(trained, Reset()).settings.eta == 0.1
    other = after(trained, Reset(9))
    assert other.network.digest() == initialise((2, 3, 2), "sigmoid", "quadratic", "gaussian", 9).digest()
    assert after(other, Train(5), Reset()).network.digest() == other.network.digest()
    assert after(other, Reset(1)).network.digest() == state.network.digest()


def test_numbers_given_in_the_file_have_but_one_start() -> None:
    given = untrained(dataclasses.replace(preset(), initial=None))
    assert after(given, Train(3), Reset(9)).network is given.network


def test_opening_brings_its_own_settings_and_makes_its_opening_updates(state: State) -> None:
    there = after(state, SetSetting("eta", 0.1), Open("deep"))
    assert (there.update, there.settings.eta) == (5, 0.5)
    assert everything(there) == everything(opened(load("deep")))


def test_numbers_out_of_range_are_shown_without_a_warning_and_not_kept() -> None:
    far = untrained(preset((2, 3, 2), "linear"))
    held = after(far, SetNudge(Nudge("parameter", 1e308, 1, 0, 0)), SetNudge(Nudge("parameter", 1.7e308, 1, 0, 0)))
    assert not np.isfinite(held.cost)
    grown = replace_parameters(far, 1e308)
    assert not np.isfinite(grown.cost)
    with pytest.raises(BadInput):
        after(grown, SetNudge(Nudge("parameter", 1.7e308, 1, 0, 0)), Keep())


def replace_parameters(state: State, value: float) -> State:
    return dataclasses.replace(
        state, network=state.network.with_parameters(np.full_like(state.network.parameters, value))
    )
