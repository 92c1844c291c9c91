"""Going back, visiting and replaying give the very same state, to the bit."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.session.made import SMALL, Key, commands, everything, keys, load, preset, press
from tuibp.files.errors import BadInput
from tuibp.session.commands import Command, Open, Train, Update, Visit, apply
from tuibp.session.history import History
from tuibp.session.log import Log
from tuibp.session.outline import outlines
from tuibp.session.state import State


def fresh(memory: int = 2**26, spacing_seconds: float = 0.0) -> History:
    """A session whose clock moves by `spacing_seconds` at every look: above 0.05 each state becomes a keyframe."""
    ticks = itertools.count()
    return History.open(SMALL["made"], load, memory, lambda: next(ticks) * spacing_seconds)


def without_memory(history: History) -> Log:
    """The same log with nothing kept."""
    log = Log(history.log.start, load)
    log.entries, log.outlines = list(history.log.entries), list(history.log.outlines)
    return log


@given(st.lists(commands(), max_size=12))
def test_n_commands_and_n_back_are_the_identity_to_the_bit(script: list[Command]) -> None:
    history = fresh()
    seen = [everything(history.state)]
    for command in script:
        try:
            if history.do(command):
                seen.append(everything(history.state))
        except BadInput:
            pass
    for was in reversed(seen[:-1]):
        assert history.go("back")
        assert everything(history.state) == was
    assert not history.go("back")


@given(st.lists(commands(), max_size=12))
def test_the_log_is_what_apply_makes_of_its_commands_one_by_one(script: list[Command]) -> None:
    history = fresh()
    state = history.state
    for command in script:
        try:
            state = apply(state, command, load)
        except BadInput:
            with pytest.raises(BadInput):
                history.do(command)
        else:
            history.do(command)
        assert everything(history.state) == everything(state)


@settings(max_examples=150)
@given(st.lists(keys(), max_size=25), st.sampled_from([(2**26, 0.0), (2**26, 1.0), (3000, 1.0), (1, 1.0)]))
def test_a_log_replayed_with_any_keyframes_or_none_gives_the_same_states(
    script: list[Key], kept: tuple[int, float]
) -> None:
    history = fresh(*kept)
    seen: dict[int, tuple[object, ...]] = {}
    for key in script:
        press(history, key)
        seen = {at: state for at, state in seen.items() if at <= history.at}
        seen[history.at] = everything(history.state)
    for at, state in seen.items():
        assert everything(without_memory(history).state(history.log.moment_after(at))) == state
        assert everything(history.log.state(history.log.moment_after(at))) == state


@given(st.lists(keys(), max_size=25))
def test_the_outline_of_a_log_is_what_its_states_say(script: list[Key]) -> None:
    history = fresh()
    for key in script:
        press(history, key)
    made = outlines(history.log.start, history.log.entries, load)
    for outline, live in zip(made, history.log.outlines, strict=True):
        assert (outline.example, outline.settings) == (live.example, live.settings)
        assert outline.preset.data is live.preset.data


@settings(max_examples=30)
@given(st.lists(st.integers(1, 9), max_size=6), st.booleans())
def test_a_run_in_any_slices_is_the_run_in_one(slices: list[int], keyframes: bool) -> None:
    history, whole = fresh(spacing_seconds=float(keyframes)), fresh()
    run = history.begin_training()
    for n in slices:
        run.advance(n)
    history.commit(run)
    whole.do(Train(sum(slices)))
    assert everything(history.state) == everything(whole.state)
    assert history.length == whole.length == bool(slices)
    assert np.array_equal(history.curve().costs, whole.curve().costs)


@pytest.mark.parametrize("memory", [2**26, 40_000, 1])
def test_every_update_of_a_run_is_the_network_as_it_was(memory: int) -> None:
    start = preset((3, 4, 2))
    history = History.open(start, load, memory, itertools.count().__next__)
    history.do(Train(60))
    alone = History.open(start).state
    for update in range(60):
        there = history.log.state((0, update))
        assert there.update == update
        assert there.network.digest() == alone.network.digest()
        alone = apply(alone, Train(1))
    assert history.log.bytes <= max(memory, 2 * 3000)


def test_a_long_run_keeps_within_its_memory_and_evenly_spaced() -> None:
    history = History.open(preset((3, 4, 2)), load, 64_000, itertools.count().__next__)
    history.do(Train(2000))
    kept = [frame.moment[1] for frame in history.log._keyframes._kept]
    gaps = np.diff([0, *kept])
    assert len(kept) > 10
    assert history.log.bytes <= 64_000
    assert gaps.max() <= 4 * np.median(gaps)


def test_a_chain_of_visits_replays_no_run_twice() -> None:
    history = fresh()
    for _ in range(40):
        history.do(Train(3))
        history.go("earlier")
    log = without_memory(history)
    assert everything(log.state(log.moment_after(len(log.entries)))) == everything(history.state)


def test_a_visit_to_a_moment_that_there_is_not_changes_nothing() -> None:
    history = fresh()
    history.do(Update())
    for visit in (Visit(1, 0), Visit(-1, 0), Visit(0, 2), Visit(0, -1)):
        with pytest.raises(BadInput):
            history.do(visit)
    assert history.length == 1


def test_what_cannot_be_opened_leaves_the_session_as_it_was() -> None:
    history = fresh()
    history.do(Update())
    history.go("back")
    with pytest.raises(BadInput):
        history.do(Open("nowhere"))
    assert (history.length, history.at) == (1, 0)


def test_the_first_replay_of_a_long_run_leaves_keyframes_for_the_next() -> None:
    history = fresh()
    history.do(Train(300))
    log = without_memory(history)
    log.clock = itertools.count().__next__
    log.state((0, 250))
    asked: list[int] = []
    run_on = log._run_on

    def counted(state: State, entry: int, done: int, offset: int) -> State:
        asked.append(offset - done)
        return run_on(state, entry, done, offset)

    log._run_on = counted  # type: ignore[method-assign]  # to see how much is replayed
    for update in range(250):
        assert log.state((0, update)).update == update
    assert not asked
