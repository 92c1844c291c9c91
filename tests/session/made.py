"""Small presets and random commands for the tests of a session."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from tuibp.core.datasets import DataSet
from tuibp.core.network import initialise
from tuibp.core.optimisers import OPTIMISERS
from tuibp.core.training import SCHEDULES, Training
from tuibp.files.errors import BadInput
from tuibp.files.preset import Initial, Opening, Preset
from tuibp.session.commands import (
    THEN,
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
    TakeExample,
    Train,
    Update,
)
from tuibp.session.history import History, Way
from tuibp.session.place import STEP_SIZES
from tuibp.session.state import Nudge, State

EXAMPLES = 7


def preset(
    sizes: tuple[int, ...] = (2, 3, 2),
    activations: str | tuple[str, ...] = "sigmoid",
    cost: str = "quadratic",
    updates: int = 0,
    name: str = "made",
    examples: int = EXAMPLES,
    training: Training | None = None,
) -> Preset:
    """A preset of random numbers, the same ones each time."""
    random = np.random.default_rng(sum(sizes))
    y = np.eye(sizes[-1])[random.integers(sizes[-1], size=examples)]
    data = replace(DataSet.of(random.random((examples, sizes[0])), y), names=tuple(map(str, range(sizes[-1]))))
    network = initialise(sizes, activations, cost, "gaussian", 1)
    settings = training or Training(eta=0.5, batch_size=3)
    return Preset(name, name, "", network, data, settings, Opening(1, updates), Initial("gaussian", 1), name)


SMALL = {p.name: p for p in (preset(), preset((3, 2, 2, 2), updates=5, name="deep", cost="quadratic"))}


def load(target: str) -> Preset:
    if target not in SMALL:
        raise BadInput(f"{target}: there is no such preset")
    return SMALL[target]


def nudges() -> st.SearchStrategy[Nudge]:
    delta = st.floats(-1, 1).filter(lambda d: d != 0)
    place = st.tuples(st.just(1), st.integers(0, 1))
    return st.one_of(
        st.builds(lambda d, p, k: Nudge("parameter", d, p[0], p[1], k), delta, place, st.sampled_from([None, 0, 1])),
        st.builds(lambda d, p: Nudge("demon", d, p[0], p[1]), delta, place),
        st.builds(lambda d: Nudge("direction", d, direction="gradient"), delta),
        st.builds(lambda d, s: Nudge("direction", d, direction="random", seed=s), delta, st.integers(0, 9)),
    )


own_numbers = st.sampled_from([(0.25, 1.0), (-3.0, 0.0), (0.5, 0.5, 0.5)])
"""An input or a target of one's own; not all fit."""


def commands() -> st.SearchStrategy[Command]:
    """Any command but a visit, which needs a log; `deep` opens the second network."""
    return st.one_of(
        st.builds(Step, st.sampled_from(STEP_SIZES)),
        st.builds(GoTo, st.sampled_from(["start", "end", 1, 2, 3, 4, 5])),
        st.builds(Update, st.sampled_from(THEN)),
        st.builds(Train, st.integers(0, 20)),
        st.builds(ChooseExample, st.integers(0, EXAMPLES - 1)),
        st.builds(TakeExample, own_numbers, st.none() | own_numbers),
        st.builds(SetSetting, st.just("eta"), st.sampled_from([0.1, 0.5, 2.0])),
        st.builds(SetSetting, st.just("batch_size"), st.integers(1, 5)),
        st.builds(SetSetting, st.just("train_biases"), st.booleans()),
        st.builds(SetSetting, st.just("optimiser"), st.sampled_from(sorted(OPTIMISERS))),
        st.builds(SetSetting, st.just("beta1"), st.sampled_from([0.5, 0.9])),
        st.builds(SetSetting, st.just("schedule"), st.sampled_from(SCHEDULES)),
        st.builds(Reset, st.none(), st.sampled_from(["he", "glorot"])),
        st.builds(SetNudge, nudges()),
        st.builds(Keep),
        st.builds(PutBack),
        st.builds(Reset, st.sampled_from([None, 1, 2])),
        st.builds(Open, st.sampled_from(sorted(SMALL))),
    )


Key = Command | Way
"""A command, or what moves in the log: back, undo, redo, earlier, later."""


def keys() -> st.SearchStrategy[Key]:
    return st.one_of(commands(), st.sampled_from(["back", "undo", "redo", "earlier", "earlier", "later"]))


def press(history: History, key: Key) -> None:
    """One key; what cannot be done is not done."""
    with contextlib.suppress(BadInput):
        history.go(key) if isinstance(key, str) else history.do(key)


def everything(state: State) -> tuple[object, ...]:
    """All that a state is, comparable; parameters by their digest."""
    return (
        state.preset.network.digest(),
        state.preset.data,
        state.network.digest(),
        None if state.memory is None else (state.memory.of, state.memory.steps, *map(bytes, state.memory.sums)),
        state.example,
        state.update,
        state.place,
        state.since,
        state.settings,
        state.nudge,
        state.own,
    )
