"""Runs of a session: which lines of updates there are, what sets them apart, and their numbers as CSV."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest

from tests.session.made import SMALL, preset
from tuibp.core.judged import judged
from tuibp.session.commands import Command, Open, Reset, SetSetting, Step, Train, Update, Visit
from tuibp.session.history import History
from tuibp.session.kept_runs import KeptRun, within
from tuibp.session.run_words import described, differences
from tuibp.session.runs_csv import COLUMNS, as_csv
from tuibp.session.shares import as_curve


def session(*commands: Command) -> History:
    history = History.open(SMALL["made"], load=SMALL.__getitem__)
    for command in commands:
        history.do(command)
    return history


def updates(history: History) -> list[int]:
    return [run.updates for run in history.log.runs()]


def test_what_is_trained_on_after_a_pause_and_by_hand_is_one_run() -> None:
    history = session(Train(5), Step(), Update(), SetSetting("eta", 0.1), Train(7))
    (run,) = history.log.runs()
    assert run.updates == 13
    assert [section.settings.eta for section in run.sections] == [0.5, 0.5, 0.1]
    assert run.curve.costs.tolist() == history.curve().costs.tolist()


def test_each_untrained_start_another_network_and_a_branch_begin_a_run() -> None:
    history = session(Train(5), Reset(), Train(6), Reset(seed=9), Train(7), Open("deep"), Train(3))
    assert updates(history) == [5, 6, 7, 8]
    assert [run.preset.name for run in history.log.runs()] == ["made", "made", "made", "deep"]
    assert [run.initial and run.initial.seed for run in history.log.runs()] == [1, 1, 9, 1]
    branch = session(Train(20), Visit(0, 8), Train(5))
    assert updates(branch) == [20, 13]


def test_a_line_that_is_gone_on_with_is_no_run_of_its_own() -> None:
    assert updates(session(Train(20), Visit(0, 8), Visit(0, 20), Train(5))) == [25]
    assert updates(session(Train(20), Visit(0, 8))) == [20]
    assert updates(session(Reset(), Step())) == []


def test_a_run_that_was_undone_is_kept_when_another_takes_its_place() -> None:
    history = session(Train(40))
    curve = history.log.runs()[0].curve.costs.tolist()
    history.go("undo")
    history.do(SetSetting("eta", 2.0))
    history.do(Train(30))
    undone, now = history.log.runs()
    assert (undone.line, undone.tip) == (None, None)
    assert undone.curve.costs.tolist() == curve
    assert (undone.settings.eta, now.settings.eta, now.updates) == (0.5, 2.0, 30)


def test_single_updates_that_were_undone_are_no_runs() -> None:
    history = session(Train(5))
    for _time in range(4):
        history.do(Update())
        history.go("undo")
    assert updates(history) == [6]  # the last of them may be redone


def test_what_is_kept_of_undone_runs_is_bounded() -> None:
    history = session()
    for _time in range(8):
        history.do(Train(100))
        history.go("undo")
    history.do(Train(100))
    runs = history.log.runs()
    assert len(runs) == 9
    kept = within(runs, 3 * 800)
    assert kept == runs[-3:]
    assert sum(run.bytes for run in kept) <= 3 * 800


def test_the_end_of_a_run_is_the_moment_that_can_be_visited() -> None:
    history = session(Train(5), Reset(), Train(6))
    first, _second = history.log.runs()
    assert first.tip is not None
    history.do(Visit(*first.tip))
    assert history.state.update == 5
    assert history.state.network.parameters.tobytes() == session(Train(5)).state.network.parameters.tobytes()


def test_runs_are_named_by_what_differs() -> None:
    history = session(Train(5), Reset(), SetSetting("eta", 2.0), Train(6), SetSetting("optimiser", "adam"), Train(2))
    assert differences(history.log.runs()) == ["η 0.5 · SGD", "η 2 · Adam"]
    assert differences(history.log.runs()[:1]) == ["η 0.5"]
    history = session(Train(5), SetSetting("eta", 0.1), Train(5), Reset(seed=4), Train(3))
    assert differences(history.log.runs()) == ["η 0.5→0.1 · seed 1", "η 0.1 · seed 4"]
    assert described(history.log.runs()[1]) == "η 0.1 · m 3 · gaussian · seed 4"
    assert differences([]) == []


def test_csv_has_every_number_of_every_curve() -> None:
    history = session(Train(5), Reset(), SetSetting("l2", 0.5), Train(6))
    runs: list[KeptRun] = history.log.runs()
    state, data = history.state, history.state.preset.data
    end = judged(state.network, data, state.settings)
    rows = list(
        csv.DictReader(io.StringIO(as_csv([(runs[0], as_curve([], None)), (runs[1], as_curve([(6, end)], None))])))
    )
    assert tuple(rows[0]) == COLUMNS
    costs = [float(r["value"]) for r in rows if r["run"] == "2" and r["quantity"] == "mini_batch_cost"]
    assert costs == history.curve().costs.tolist()
    (decay,) = (r for r in rows if r["quantity"] == "cost_of_decay")
    weights = sum(float(np.sum(w**2)) for w in state.network.weights)
    assert float(decay["value"]) == pytest.approx(0.5 / (2 * len(data)) * weights)
    assert (decay["update"], decay["l2"], decay["seed"], decay["optimiser"]) == ("6", "0.5", "1", "sgd")


def test_a_thousand_runs_are_listed_quickly() -> None:
    from time import process_time

    history = session(*(command for _n in range(1000) for command in (Reset(), Train(2))))
    began = process_time()
    assert len(history.log.runs()) == 1000
    assert process_time() - began < 2.0


def test_a_run_of_another_cost_is_said_so() -> None:
    other = preset((2, 3, 2), cost="cross_entropy", name="other")
    history = History.open(SMALL["made"], load={**SMALL, "other": other}.__getitem__)
    for command in (Train(3), Open("other"), Train(3)):
        history.do(command)
    assert differences(history.log.runs()) == ["made · quadratic", "other · cross-entropy"]
