"""What a person can do, each as a small frozen value, and what each makes of a state."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from tuibp.core.descent import Descent, step
from tuibp.core.network import NetworkError
from tuibp.files import load
from tuibp.files.errors import BadInput
from tuibp.files.preset import Preset
from tuibp.locale import _
from tuibp.session.own import Own, checked
from tuibp.session.place import STEP_SIZES, Place, StepSize
from tuibp.session.reach import finished
from tuibp.session.settings import changed
from tuibp.session.starts import redrawn
from tuibp.session.state import Nudge, State
from tuibp.session.stepping import WHERES, Where, after, destination, forwards, is_forwards

__all__ = [
    "THEN", "ChooseExample", "Command", "GoTo", "Keep", "Open", "PutBack", "Reset", "SetNudge", "SetSetting", "Step",
    "TakeExample", "Then", "Train", "Update", "Visit", "apply", "finished", "opened", "untrained",
]  # fmt: skip

Loader = Callable[[str], Preset]


@dataclass(frozen=True)
class Step:
    """One step on; after the last it changes nothing."""

    size: StepSize = "phase"


@dataclass(frozen=True)
class GoTo:
    """To one of the five steps, done for all its layers, or to the first or the last."""

    where: Where


Then = Literal["stay", "next"]
"""After an update: the same example at the same step, on the new network; or the next example from step 1."""
THEN: tuple[Then, ...] = ("stay", "next")


@dataclass(frozen=True)
class Update:
    """The remaining steps, and one update of gradient descent from the example shown."""

    then: Then = "stay"


@dataclass(frozen=True)
class Train:
    """Updates from mini-batches of the training examples."""

    updates: int


@dataclass(frozen=True)
class Visit:
    """To a moment inside an earlier entry of the log; what it leads to is the log's to say, see `History`."""

    entry: int
    """Index in the log."""
    offset: int
    """Updates made in that entry by then; of an entry without a run, 0 is before and 1 after it."""
    whole: bool = False
    """Whether example, place, settings and nudge come back as well; otherwise only the network does."""


@dataclass(frozen=True)
class ChooseExample:
    row: int


@dataclass(frozen=True)
class TakeExample:
    """An example of one's own in place of the data's; again with the same x: what is wanted for it."""

    x: tuple[float, ...]
    y: tuple[float, ...] | None = None
    """None where nobody says: the walk then goes to the end of step 2."""


@dataclass(frozen=True)
class SetSetting:
    """Change a setting of the training to come, one of those of `core.training.Training`."""

    name: str
    value: float | int | bool | str


@dataclass(frozen=True)
class SetNudge:
    """Take this change in hand, in place of what was in hand before."""

    nudge: Nudge


@dataclass(frozen=True)
class Keep:
    """Write the nudge in hand into the network; a demon's Δz is no parameter, and cannot be kept."""


@dataclass(frozen=True)
class PutBack:
    """Drop the nudge in hand."""


@dataclass(frozen=True)
class Open:
    """Another network."""

    target: str
    """A preset's name or a path."""


@dataclass(frozen=True)
class Reset:
    """To the untrained start, the same or one drawn anew."""

    seed: int | None = None
    """None: the same. A network whose file gives its numbers has only that one start."""
    scheme: str | None = None
    """How it is drawn, one of core.network.SCHEMES; None: as before."""


Command = (
    Step | GoTo | Update | Train | Visit | ChooseExample | TakeExample | SetSetting | SetNudge | Keep | PutBack | Open
    | Reset
)  # fmt: skip


def apply(state: State, command: Command, load: Loader = load) -> State:
    """The state that a command makes of another; the very same object where it changes nothing.

    Deterministic; only `Open` looks outside, through `load`. Raises BadInput where it cannot be done (the state stays
    good), and for a `Visit`, which only a history can carry out.
    """
    match command:
        case Step(size):
            return _step(state, size)
        case GoTo(where):
            return _go_to(state, where)
        case Update(then):
            return _update(state, then)
        case Train(updates):
            return _train(state, updates)
        case ChooseExample(row):
            return _choose(state, row)
        case TakeExample(x, y):
            return _take_example(state, Own(x, y))
        case SetSetting(name, value):
            settings = changed(state.settings, name, value, len(state.preset.data.train))
            return state if settings == state.settings else replace(state, settings=settings).sharing(state)
        case SetNudge(nudge):
            return _take(state, nudge)
        case Keep():
            return _keep(state)
        case PutBack():
            return state if state.nudge is None else state.holding(None)
        case Open(target):
            return opened(load(target))
        case Reset(seed, scheme):
            return _reset(state, seed, scheme)
        case _:
            raise BadInput(_("There is no log to go back in."))


def untrained(preset: Preset) -> State:
    """Step 1 of a preset's untrained network, its input set."""
    return State(preset, preset.network, preset.opening.example, 0, Place(), preset.training)


def opened(preset: Preset) -> State:
    """Step 1 of a preset as it opens, its opening updates made."""
    start = untrained(preset)
    return _train(start, preset.opening.updates) if preset.opening.updates else start


def _step(state: State, size: StepSize) -> State:
    if size not in STEP_SIZES:
        raise BadInput(_("There are steps of a {sizes}.").format(sizes=", ".join(STEP_SIZES)))
    if finished(state):
        return state
    return _walked(state, after(state.network, state.place, size), state.place)


def _go_to(state: State, where: Where) -> State:
    if where not in WHERES:
        raise BadInput(_("There are steps 1 to 5."))
    place = destination(state.network, where)
    return state if place == state.place else _walked(state, place, None)


def _walked(state: State, place: Place, since: Place | None) -> State:
    if not is_forwards(state.network, place):
        _needs_target(state)
    return state.at(place, since)


def _needs_target(state: State) -> None:
    if state.wants_target:
        raise BadInput(_("This example of your own has no target: say first what is wanted for it."))


def _update(state: State, then: Then) -> State:
    _needs_target(state)
    # Numbers out of range are told below, not warned of.
    with np.errstate(all="ignore"):
        n = len(state.preset.data.train)
        network, memory = step(state.network, state.shown, state.settings, n, state.update, state.memory)
        if not (math.isfinite(state.walk.cost) and np.isfinite(network.parameters).all()):
            raise BadInput(_("This update would not be finite: η is too high, or the network too far out."))
    updated = state.trained(network, state.update + 1, memory)
    if then == "stay":
        return updated
    return replace(updated, example=(state.example + 1) % len(state.preset.data), own=None, place=Place(), since=None)


def _train(state: State, updates: int) -> State:
    if updates < 0:
        raise BadInput(_("Training takes a number of updates, 0 or more."))
    descent = Descent(state.network, state.preset.data, state.settings, state.update, state.memory)
    descent.run(updates)
    if descent.update == state.update:
        return state
    return state.trained(descent.snapshot(), descent.update, descent.memory())


def _choose(state: State, row: int) -> State:
    if not 0 <= row < len(state.preset.data):
        raise BadInput(_("There are examples 1 to {n}.").format(n=len(state.preset.data)))
    return state if row == state.example and state.own is None else replace(state, example=row, own=None)


def _take_example(state: State, own: Own) -> State:
    """At the same step, or at the end of step 2 where the later ones have no target to go on."""
    checked(own, state.network)
    if own == state.own:
        return state
    if own.y is not None:
        return replace(state, own=own)
    if state.nudge is not None:
        raise BadInput(_("A nudge is in hand, and without a target there is no C for it: keep it or put it back."))
    place = forwards(state.network, state.place)
    return replace(state, own=own, place=place, since=state.since if place == state.place else None)


def _take(state: State, nudge: Nudge) -> State:
    _needs_target(state)
    if not math.isfinite(nudge.delta):
        raise BadInput(_("A change must be a finite number."))
    if nudge.kind != "direction":
        try:
            nudge.place(state.network)
        except NetworkError as problem:
            raise BadInput(str(problem)) from None
    return state if nudge == state.nudge else state.holding(nudge)


def _keep(state: State) -> State:
    nudge = state.nudge
    if nudge is None:
        return state
    if nudge.kind == "demon":
        raise BadInput(_("Δz is no parameter and cannot be kept; put it back."))
    network = state.nudged
    if not np.isfinite(network.parameters).all():
        raise BadInput(_("With this change the network would not be finite."))
    return replace(state, network=network, nudge=None)


def _reset(state: State, seed: int | None, scheme: str | None) -> State:
    """Settings, example and step stay; a new seed or scheme is the preset's from then on: the next reset comes back to
    it."""
    preset = redrawn(state.preset, seed, scheme)
    return replace(state.trained(preset.network, 0, None), preset=preset)
