"""The place in the log: back, undo, visits along a run, and the curve of its costs."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.session.made import Key, everything, keys, load, preset, press
from tuibp.core.five_steps import walk
from tuibp.core.training import Training
from tuibp.session.commands import ChooseExample, Keep, Open, Reset, SetNudge, Step, Train, Update, Visit
from tuibp.session.history import History
from tuibp.session.state import Nudge


@pytest.fixture
def history() -> History:
    return History.open(preset(), load)


def costs(history: History) -> list[float]:
    return [float(cost) for cost in history.curve().costs]


def test_the_opening_cannot_be_taken_back_but_can_be_visited() -> None:
    history = History.open(load("deep"), load)
    assert (history.state.update, history.length, history.at, history.floor) == (5, 0, 0, 1)
    assert not history.can_go_back
    assert not history.go("back")
    assert not history.go("undo")
    for update in (4, 3, 2, 1, 0):
        assert history.go("earlier")
        assert history.state.update == update
    assert history.state.network.digest() == load("deep").network.digest()
    assert not history.go("earlier")
    assert history.curve().now == 0
    assert len(history.curve().costs) == 5


def test_a_step_after_the_last_is_not_logged(history: History) -> None:
    for _ in range(9):
        history.do(Step("phase"))
    assert (history.length, history.at) == (4, 4)


def test_a_command_that_changes_nothing_keeps_what_lies_ahead(history: History) -> None:
    history.do(Update())
    history.go("back")
    assert not history.do(ChooseExample(history.state.example))
    assert history.length == 1
    assert history.go("redo")


def test_a_new_command_drops_what_lay_ahead(history: History) -> None:
    history.do(Update())
    history.do(Update())
    history.go("back")
    history.do(Step())
    assert (history.length, history.at) == (2, 2)
    assert not history.go("redo")


def test_undo_goes_to_before_the_last_change_and_redo_to_after_it(history: History) -> None:
    history.do(Step())
    before = everything(history.state)
    history.do(Update())
    after = everything(history.state)
    history.do(Step())
    history.do(Step())
    assert history.go("undo")
    assert everything(history.state) == before
    assert not history.go("undo")
    assert history.go("redo")
    assert everything(history.state) == after
    assert not history.go("redo")


def test_earlier_and_later_go_through_updates_and_runs_alike(history: History) -> None:
    history.do(Update())
    history.do(Train(3))
    history.do(Update())
    end = history.state.network.digest()
    assert [history.go("earlier") and history.state.update for _ in range(6)] == [4, 3, 2, 1, 0, False]
    assert [history.go("later") and history.state.update for _ in range(6)] == [1, 2, 3, 4, 5, False]
    assert history.state.network.digest() == end


def test_before_an_update_by_hand_its_example_is_shown_and_in_a_run_the_one_at_hand_stays(history: History) -> None:
    history.do(ChooseExample(4))
    history.do(Update("next"))
    history.do(ChooseExample(2))
    history.go("earlier")
    assert history.state.example == 4
    history.go("later")
    assert history.state.example == 5
    history.do(Train(3))
    history.do(ChooseExample(2))
    history.go("earlier")
    assert history.state.example == 2


def test_the_curve_holds_each_updates_cost_before_it_and_where_one_stands(history: History) -> None:
    first = history.state.walk.cost
    history.do(Update())
    second = history.state.walk.cost
    history.do(Update())
    history.do(Train(4))
    history.go("earlier")
    curve = history.curve()
    assert curve.costs[:2].tolist() == [first, second]
    assert curve.updates.tolist() == list(range(6))
    assert curve.now == 5
    assert not curve.costs.flags.writeable


def test_going_on_from_a_visited_moment_leaves_the_old_branch(history: History) -> None:
    history.do(Train(6))
    old = costs(history)
    for _ in range(4):
        history.go("earlier")
    history.do(Train(1))
    assert costs(history)[:3] == old[:3]
    assert history.curve().now == len(costs(history)) == 3
    assert not history.go("later")
    history.go("back")
    assert costs(history) == old
    assert history.curve().now == 2


def test_a_visit_to_a_branch_that_was_left_brings_its_line_back(history: History) -> None:
    history.do(Train(6))
    old = costs(history)
    history.do(Visit(0, 2))
    history.do(Train(1))
    history.do(Visit(0, 4))
    assert costs(history) == old
    assert history.curve().now == 4


def test_a_kept_nudge_ends_the_line_at_the_changed_network(history: History) -> None:
    history.do(Train(3))
    history.do(SetNudge(Nudge("parameter", 0.5, 1, 0, 0)))
    history.do(Keep())
    kept = history.state.network.digest()
    history.go("earlier")
    assert history.state.update == 2
    history.go("later")
    assert history.state.network.digest() == kept
    assert len(costs(history)) == 3


def test_a_reset_or_another_network_begins_a_new_line(history: History) -> None:
    history.do(Train(3))
    history.do(Reset())
    assert costs(history) == []
    assert not history.go("earlier")
    history.do(Open("deep"))
    assert len(costs(history)) == 5
    assert history.curve().updates.tolist() == [0, 1, 2, 3, 4]
    assert history.go("earlier")
    assert history.state.update == 4
    history.go("back")
    history.go("back")
    history.go("back")
    assert len(costs(history)) == 3


def test_a_whole_visit_brings_back_example_step_and_nudge(history: History) -> None:
    history.do(ChooseExample(3))
    history.do(Step())
    nudge = Nudge("parameter", 0.5, 1, 0, 0)
    history.do(SetNudge(nudge))
    was = everything(history.state)
    history.do(Keep())
    history.do(ChooseExample(5))
    history.do(Train(5))
    history.do(Visit(2, 1, whole=True))
    assert everything(history.state) == was
    history.do(Visit(2, 0, whole=True))
    assert history.state.nudge is None


@given(st.lists(keys(), max_size=25))
def test_the_position_in_the_curve_is_the_updates_made(script: list[Key]) -> None:
    history = History.open(preset(), load)
    for key in script:
        press(history, key)
        curve = history.curve()
        assert 0 <= curve.now <= len(curve.costs) == len(curve.updates)
        assert curve.now == history.state.update
        assert curve.updates.tolist() == list(range(len(curve.costs)))


@given(st.lists(keys(), max_size=25), st.randoms())
def test_the_line_of_updates_is_the_same_whichever_was_asked_for_before(script: list[Key], random: Random) -> None:
    history = History.open(preset(), load)
    for key in script:
        press(history, key)
    counts = list(range(len(history.log.entries) + 1))
    random.shuffle(counts)
    for count in counts:
        assert history.log.lineage(count) == history.log.lineages.walked(count)


def test_thousands_of_updates_by_hand_go_back_as_quickly_as_a_few() -> None:
    history = History.open(preset(), load)
    for _ in range(1500):
        history.do(Update())
    fresh = History.resume(history.log, 1500, 0, history.state)
    fresh.log.lineages.cut(-1)
    for count in [1500, 1499, *range(1400, 0, -37), 1500]:
        line = fresh.log.lineage(count)
        assert (line.total, line.position, line.tip) == (count, count, (count - 1, 1))
        assert len(fresh.log.lineages._kept) <= 24


@given(st.lists(keys(), max_size=15))
def test_through_the_whole_run_and_back_is_where_one_was(script: list[Key]) -> None:
    history = History.open(preset(), load)
    for key in script:
        press(history, key)
    there, past = history.state.network.digest(), history.state.update
    steps = 0
    while history.go("earlier"):
        steps += 1
        assert history.state.update == past - steps
    for _ in range(steps):
        assert history.go("later")
    if history.lineage.position < history.lineage.total or steps:
        assert history.state.update == past
    if history.lineage.position == history.lineage.total and steps:
        assert history.state.network.digest() == history.log.state(history.lineage.tip).network.digest()
    assert there


def test_while_training_the_run_shows_what_it_has_done_so_far(history: History) -> None:
    history.do(Train(4))
    run = history.begin_training()
    assert run.state() is history.state
    run.advance(3)
    shown, curve = run.state(), run.curve()
    run.advance(2)
    assert (shown.update, run.state().update) == (7, 9)
    assert (len(curve.costs), curve.now, len(run.curve().costs)) == (7, 7, 9)
    assert history.state.update == 4
    history.commit(run)
    assert history.state is run.state()
    assert np.array_equal(history.curve().costs, run.curve().costs)


def test_a_run_of_nothing_leaves_no_entry_and_a_foreign_one_is_refused(history: History) -> None:
    history.commit(history.begin_training())
    assert history.length == 0
    run = history.begin_training()
    history.do(Step())
    with pytest.raises(ValueError, match="did not begin"):
        history.commit(run)


def test_a_diverging_run_stops_at_the_last_finite_network_and_says_where() -> None:
    history = History.open(preset((2, 3, 3, 2), "linear", training=Training(eta=30.0, batch_size=2)), load)
    run = history.begin_training()
    while run.divergence is None:
        run.advance(1)
    history.commit(run)
    assert history.divergence is run.divergence
    assert history.state.update == len(history.curve().costs) > 0
    assert np.isfinite(history.curve().costs).all()
    assert np.isfinite(history.state.network.parameters).all()
    assert np.isfinite(walk(history.state.network, history.state.shown).cost)
    once = History.open(history.log.start.preset, load)
    once.do(Train(100_000))
    assert everything(once.state) == everything(history.state)


def test_the_network_one_began_with_is_opened_again_without_its_file() -> None:
    history = History.open(preset(name="a file that is gone"), load)
    history.do(Update())
    history.do(Open("a file that is gone"))
    assert history.state.preset is history.log.start.preset
    assert history.state.update == 0


def test_a_file_that_changes_does_not_change_the_past() -> None:
    versions = iter([preset((2, 2)), preset((2, 5, 2))])
    history = History.open(preset(), lambda _target: next(versions))
    history.do(Open("file"))
    was = everything(history.state)
    history.do(Update())
    history.do(Open("file"))
    assert everything(history.state) == was
