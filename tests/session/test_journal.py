"""Lines behind a saved session: what they cost, and that what is read is what was done, wherever the file ends."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.session.made import Key, everything, keys, load, preset, press
from tests.session.test_saved import FUZZ, only_bad_input, refuse, session
from tuibp.session import journal as journals
from tuibp.session.commands import Open, Step, Train, Update
from tuibp.session.history import History
from tuibp.session.journal import Journal
from tuibp.session.saved import Restored, read, write
from tuibp.session.training_run import TrainingRun
from tuibp.session.view import View

GOOD = View()


class File:
    """What a program would have written, and what it stood at then."""

    def __init__(self, history: History) -> None:
        self.history, self.journal = history, Journal()
        self.text, self.wholes = "", 0
        self.stood: list[tuple[int, str]] = []

    def save(self, view: View = GOOD, running: TrainingRun | None = None) -> str:
        line = self.journal.line(self.history, view, running)
        if line is None:
            line, self.text = self.journal.whole(self.history, view, running), ""
            self.wholes += 1
        self.text += line
        self.stood.append((len(self.text), write(self.history, view, running)))
        return line


def told(again: Restored) -> str:
    return write(again.history, again.view)


@pytest.mark.parametrize("small", [0, 30_000])
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(script=st.lists(st.tuples(keys(), st.booleans(), st.sampled_from(["cost", "error"])), max_size=15))
def test_a_session_and_its_lines_read_as_if_all_had_been_saved_whole(
    small: int, script: list[tuple[Key, bool, str]]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(journals, "SMALL", small)
        file = File(session())
        file.save()
        for key, saved, plot in script:
            press(file.history, key)
            if saved:
                view = View(plot=plot)
                file.save(view)
                again = read(file.text, refuse)
                assert again.same
                assert told(again) == write(file.history, view)
    assert file.wholes == 1


@settings(max_examples=30)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=6), st.integers(0, 6), st.lists(keys(), max_size=4))
def test_a_run_under_way_is_saved_as_far_as_it_has_come_by_what_came(
    advances: list[int], began: int, after: list[Key]
) -> None:
    file = File(session())
    run = file.history.begin_training()
    for i, updates in enumerate(advances):
        run.advance(updates)
        if i >= began:
            file.save(running=run)
            assert told(read(file.text, refuse)) == write(file.history, GOOD, run)
    file.history.commit(run)
    for key in after:
        press(file.history, key)
    file.save()
    assert told(read(file.text, refuse)) == write(file.history, GOOD)


def test_a_line_costs_what_changed_not_what_there_is() -> None:
    history = History.open(preset((20, 100, 20), examples=50), load)
    file = File(history)
    whole = len(file.save())
    history.do(Update())
    assert len(file.save()) < 1_500 < whole / 20
    assert file.save() == ""
    run = history.begin_training()
    sizes = []
    for _ in range(5):
        run.advance(300)
        sizes.append(len(file.save(running=run)))
    assert max(sizes[1:]) < 5_500  # 300 costs of 32 characters for three of them, and the rest
    assert file.save(running=run) == ""
    assert told(read(file.text)) == write(history, GOOD, run)


def test_costs_of_a_long_run_that_are_means_already_are_not_written_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tuibp.session.curve.MOST", 256)
    file = File(session())
    file.save()
    run = file.history.begin_training()
    run.advance(500)
    first = len(file.save(running=run))
    run.advance(9)
    assert len(file.save(running=run)) < first / 3
    run.advance(9)
    file.save(running=run)
    assert told(read(file.text, refuse)) == write(file.history, GOOD, run)


def test_wherever_the_file_is_cut_off_it_reads_as_it_stood_at_the_last_whole_line() -> None:
    file = File(session(Update()))
    file.save()
    for command in (Train(7), Step(), Open("deep"), Update()):
        file.history.do(command)
        file.save()
    start = file.stood[0][0]
    places = {*np.random.default_rng(1).integers(start, len(file.text), FUZZ // 5).tolist()}
    for end in places | {length + d for length, _ in file.stood[:-1] for d in (-1, 0, 1)}:
        again = read(file.text[:end], load)
        stood = next(text for length, text in reversed(file.stood) if length <= max(end, start))
        assert told(again) == stood
        assert again.torn == (end not in {length for length, _ in file.stood} and end > start)


@given(at=st.floats(0, 1, exclude_max=True), cut=st.integers(0, 20), put=st.text(max_size=6))
def test_lines_that_were_changed_are_read_or_refused_in_one_line(at: float, cut: int, put: str) -> None:
    file = File(session(Update()))
    file.save()
    for command in (Train(7), Step(), Update()):
        file.history.do(command)
        file.save()
    start = file.stood[0][0]
    place = start + int(at * (len(file.text) - start))
    only_bad_input(file.text[:place] + put + file.text[place + cut :])


@pytest.mark.parametrize(
    "change",
    [{"keep": 99}, {"keep": -1}, {"at": 99}, {"state": 3}, {"commands": 1}, {"commands": [{"from": "x"}]}, {"more": 1}],
)
def test_a_line_that_cannot_be_ends_the_reading_at_the_line_before(change: dict[str, object]) -> None:
    file = File(session())
    before = told(read(file.save()))
    file.history.do(Update())
    line = {**json.loads(file.save()), **change}
    again = read(file.text[: file.stood[0][0]] + json.dumps(line, separators=(",", ":")) + "\n")
    assert (again.torn, told(again)) == (True, before)
    assert "torn off" in again.message


def test_all_is_saved_whole_again_after_many_lines_and_numbers_when_replaying_takes_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(journals, "LINES", 3)
    monkeypatch.setattr(journals, "SMALL", 0)
    file = File(session())
    file.save()
    assert '"parameters"' not in file.text
    for _ in range(8):
        file.history.do(Update())
        file.save()
    assert file.wholes == 3
    monkeypatch.setattr(journals, "REPLAY", 1e-9)
    assert file.journal.behind > 0
    file.journal.forget()
    file.save()
    assert '"parameters"' in file.text
    file.save()
    file.history.do(Step())
    file.save()
    assert file.journal.behind < 1e-4
    assert everything(read(file.text).history.state)[2:] == everything(file.history.state)[2:]


def test_numbers_that_this_machine_makes_otherwise_are_told() -> None:
    file = File(session())
    file.save()
    file.history.do(Update())
    file.save()
    digest = json.loads(file.text.splitlines()[1])["state"]["digest"]
    again = read(file.text.replace(digest, "0" * 64))
    assert again.same is False
    assert "differs" in again.message
    assert everything(again.history.state)[2:] == everything(file.history.state)[2:]
