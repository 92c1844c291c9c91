"""A session as text: the same moment again, and nothing of a file believed."""

from __future__ import annotations

import itertools
import json
import os
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.session.made import Key, everything, keys, load, preset, press
from tuibp.core.datasets import DataSet
from tuibp.core.network import initialise
from tuibp.files import load as load_file
from tuibp.files.errors import BadInput
from tuibp.session.commands import ChooseExample, Open, SetNudge, Step, Train, Update, Visit
from tuibp.session.history import History
from tuibp.session.saved import read, write
from tuibp.session.state import Nudge
from tuibp.session.view import LENSES, Cursor, View

DIGEST_OF_VERSION_1 = "4cc953406dd50577b35c6bf969d315071d1a78e6735d02fedaad4c0f256b29b8"
FUZZ = int(os.environ.get("TUIBP_FUZZ", "300"))
"""Mutated files for each fuzz test; set it higher for a long run."""


def session(*script: Key) -> History:
    history = History.open(preset(updates=3), load)
    for key in script:
        press(history, key)
    return history


def refuse(target: str) -> Any:
    raise AssertionError(f"{target} was opened")


views = st.builds(
    View,
    cursor=st.none()
    | st.builds(Cursor, st.integers(0, 2), st.integers(0, 2), st.none() | st.integers(0, 2))
    | st.builds(Cursor, st.integers(1, 2), st.integers(0, 2), bias=st.just(True)),
    lens=st.none() | st.sampled_from(LENSES),
    step_size=st.sampled_from(["phase", "layer", "neuron", "term"]),
    nudge_step=st.sampled_from([1e-6, 0.1, 10.0]),
    plot=st.sampled_from(["cost", "error"]),
    zoom=st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["box", "single"])), max_size=2).map(tuple),
    panel=st.sampled_from(["network", "matrix"]),
)


@given(st.lists(keys(), max_size=20), views)
def test_a_session_read_again_is_the_same_to_the_bit_at_every_moment(script: list[Key], view: View) -> None:
    history = session(*script)
    again = read(write(history, view), refuse)
    assert again.same
    assert again.view == view
    assert (again.history.length, again.history.at) == (history.length, history.at)
    assert again.history.curve().costs.tolist() == history.curve().costs.tolist()
    assert write(again.history, view) == write(history, view)
    while history.go("back"):
        assert again.history.go("back")
        assert everything(again.history.state)[2:] == everything(history.state)[2:]
    assert not again.history.can_go_back


def test_a_session_saved_when_updates_went_on_to_the_next_example_replays_to_the_same_numbers() -> None:
    again = read((Path(__file__).parent / "version-1.tuibp").read_text(), refuse)
    assert again.same
    assert again.history.state.network.digest() == DIGEST_OF_VERSION_1
    assert (again.history.state.example, again.history.state.stop.step) == (2, "output_error")
    as_now = read(write(again.history, again.view), refuse)
    assert as_now.history.state.network.digest() == DIGEST_OF_VERSION_1
    while again.history.go("back"):
        pass
    assert again.history.state.network.digest() == session().state.network.digest()


def test_what_lay_ahead_can_still_be_redone() -> None:
    history = session(Update(), Step(), Update(), "back", "back")
    again = read(write(history, View())).history
    assert again.go("redo")
    assert everything(again.state)[2:4] == everything(session(Update(), Step(), Update()).state)[2:4]


def test_a_shipped_preset_is_named_and_any_other_saved_whole() -> None:
    named = json.loads(write(History.open(replace(preset(), name="xor", source="xor")), View()))
    whole = json.loads(write(session(), View()))
    assert "description" not in named["presets"]["xor"]
    assert "description" in whole["presets"]["made"]


def test_a_preset_that_changed_since_is_refused() -> None:
    text = write(History.open(replace(preset(), name="xor", source="xor")), View())
    with pytest.raises(BadInput, match="xor is not what it was"):
        read(text, lambda _target: preset((2, 4, 2)))


def edited(history: History, **changes: object) -> str:
    return json.dumps({**json.loads(write(history, View())), **changes})


def test_where_a_replay_gives_other_numbers_the_saved_ones_go_on_and_it_is_said() -> None:
    history = session(Train(20))
    other = session(Train(19))
    document = json.loads(write(history, View()))
    document["state"] = json.loads(write(other, View()))["state"]
    again = read(json.dumps(document))
    assert again.same is False
    assert "differs" in again.message
    assert again.history.state.network.digest() == other.state.network.digest()
    assert again.history.go("earlier")
    assert again.history.do(Update())


def test_a_long_log_is_not_replayed_before_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tuibp.session.saved.PATIENCE", 0.0)
    history = session(Train(20), Step())
    again = read(write(history, View()))
    assert again.same is None
    assert everything(again.history.state)[2:] == everything(history.state)[2:]
    assert again.history.go("back")
    assert again.history.go("earlier")
    assert again.history.state.update == 22


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not JSON"),
        ("[]", "one JSON object"),
        ("{}", "not a saved session"),
        ("[" * 5000, "nested"),
        ('{"tuibp": "session", "version": 3}', "version"),
        ('{"tuibp": "session", "version": 0}', "version"),
        ('{"tuibp": "session", "version": NaN}', "NaN"),
        ('{"tuibp": "session", "version": 1, "x": 1}', "no such key"),
        ("9" * 5000, ""),
        ("," * 5_000_000, "too large"),
    ],
)
def test_what_is_no_session_is_refused_in_one_line(text: str, reason: str) -> None:
    with pytest.raises(BadInput) as told:
        read(text)
    assert reason in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    "change",
    [
        {"at": 99},
        {"floor": 2},
        {"commands": [{"do": "run", "code": "1"}]},
        {"commands": [{"do": "visit", "entry": 1, "offset": 0}]},
        {"commands": [{"do": "train", "updates": 10**9, "costs": ""}]},
        {"commands": [{"do": "open", "target": "/etc/passwd"}]},
        {"commands": [{"do": "set", "name": "__class__", "value": 1}]},
        {"commands": [{"do": "step", "size": "leap"}]},
        {"presets": {}},
        {"target": "other"},
    ],
)
def test_commands_that_cannot_be_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        read(edited(session(Update()), **change), refuse)


def test_a_described_preset_may_not_name_a_file() -> None:
    document = json.loads(write(session(), View()))
    document["presets"]["made"]["description"]["data"] = {"file": "/etc/passwd"}
    with pytest.raises(BadInput, match="x: is missing"):
        read(json.dumps(document), refuse)


def test_a_single_flipped_bit_in_the_parameters_is_noticed() -> None:
    document = json.loads(write(session(Update()), View()))
    packed = document["state"]["parameters"]
    document["state"]["parameters"] = ("B" if packed[0] != "B" else "C") + packed[1:]
    with pytest.raises(BadInput, match="damaged"):
        read(json.dumps(document))


SAVED = write(
    session(
        Update(), Step("term"), SetNudge(Nudge("parameter", 0.1, 1, 0, 1)), Open("deep"), ChooseExample(2), Train(4),
        Visit(5, 1), Step("neuron"), "back",
    ),
    View(cursor=Cursor(1, 0, 1), lens="z"),
)  # fmt: skip

values = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 12), st.integers(), st.floats(), st.text(max_size=9),
    st.just([]), st.just({}), st.lists(st.integers(0, 3), max_size=3),
)  # fmt: skip


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value in a document."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(p for key, child in children for p in paths(child, (*path, key)))]


PATHS = [p for p in paths(json.loads(SAVED)) if p]


def only_bad_input(text: str) -> None:
    """Reading gives a session that works, or one line."""
    told = ""
    try:
        history = read(text, refuse).history
    except BadInput as reason:
        told = str(reason)
    if told:
        assert "\n" not in told
        return
    for key in ("earlier", "back", "undo", "redo", Update(), Step("phase")):
        press(history, key)
    history.curve()


def changed(path: tuple[Any, ...], value: Any, drop: bool) -> str:
    document = json.loads(SAVED)
    at = document
    for key in path[:-1]:
        at = at[key]
    if drop:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return json.dumps(document)


@settings(max_examples=FUZZ, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(PATHS), values, st.booleans())
def test_any_value_changed_or_dropped_is_read_or_refused_in_one_line(path: Any, value: Any, drop: bool) -> None:
    only_bad_input(changed(path, value, drop))


@settings(max_examples=FUZZ, suppress_health_check=list(HealthCheck))
@given(st.integers(0, len(SAVED) - 1), st.integers(0, 40), st.text(max_size=5))
def test_any_text_cut_or_put_in_is_read_or_refused_in_one_line(at: int, cut: int, put: str) -> None:
    only_bad_input(SAVED[:at] + put + SAVED[at + cut :])


@settings(max_examples=FUZZ // 3, suppress_health_check=list(HealthCheck))  # few of them are more than "no object"
@given(st.text(max_size=60) | st.recursive(values, lambda v: st.dictionaries(st.text(max_size=4), v)).map(json.dumps))
def test_any_other_text_is_refused_in_one_line(text: str) -> None:
    only_bad_input(text)


def test_the_saved_numbers_stay_whatever_else_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    document = json.loads(write(session(Train(20)), View()))
    other = session(Train(19))
    document["state"] = json.loads(write(other, View()))["state"]
    history = read(json.dumps(document), memory=9_000).history
    monkeypatch.setattr(history.log, "clock", itertools.count().__next__)
    for _ in range(60):
        history.do(Train(1))
        history.do(Step())
    while history.go("back"):
        if history.at == 1:
            assert history.state.network.digest() == other.state.network.digest()


def test_a_session_with_a_large_data_set_is_refused_before_it_is_packed() -> None:
    small = load_file("xor")
    x = np.broadcast_to(np.zeros(1), (70_000, 784))  # takes no memory of its own
    y = np.broadcast_to(np.zeros(1), (70_000, 1))
    network = initialise((784, 1), "sigmoid", "quadratic", "zeros")
    data = DataSet(x, y, None, (), None, np.arange(70_000), np.arange(0))
    large = replace(small, network=network, data=data, name="large", source="/large.toml")
    history = History.open(large, lambda _target: large)
    started = time.process_time()
    with pytest.raises(BadInput, match="too large to be saved"):
        write(history, View())
    assert time.process_time() - started < 0.5
