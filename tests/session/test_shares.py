"""How many examples are right on the way through a run: exact at every moment that is measured."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import numpy as np
import pytest

from tuibp.core.datasets import accuracy
from tuibp.core.epochs import train
from tuibp.files import load
from tuibp.session.commands import Command, Keep, SetNudge, SetSetting, Step, Train, Update
from tuibp.session.entry import Entry
from tuibp.session.history import History
from tuibp.session.shares import POINTS, MeasuredPoint, ShareCurve, as_curve, legs, measured, parts_of, points_of
from tuibp.session.state import Nudge


def measure(history: History) -> ShareCurve:
    """All that can be measured of the run one stands in."""
    known: WeakKeyDictionary[Entry, list[MeasuredPoint]] = WeakKeyDictionary()
    line = history.lineage
    for leg in legs(history.log, line, known):
        known.setdefault(leg.entry, []).extend(measured(leg))
    assert not [leg for leg in legs(history.log, line, known) if leg.entry in known]
    return as_curve(points_of(parts_of(history.log, line), history.state.update - line.position, known), None)


def held_out(history: History, position: int) -> float:
    """Of the network after so many updates, by going there."""
    data = history.state.preset.data
    network = history.log.state(history.lineage.moment(position)).network
    return accuracy(network, data.x[data.test], data.y[data.test])


def test_every_point_is_what_that_network_gets_right() -> None:
    history = History.open(load("digits"))
    history.do(Train(700))
    shares = measure(history)
    assert 1 < len(shares.updates) <= POINTS + 4
    assert (shares.updates[0], shares.updates[-1]) == (0, 1131)
    for update, share in zip(shares.updates, shares.held_out, strict=True):
        assert share == held_out(history, int(update))


def test_at_the_end_of_an_epoch_it_is_what_train_prints() -> None:
    preset = load("iris")
    history = History.open(preset)
    history.do(Train(3 * -(-len(preset.data.train) // preset.training.batch_size)))
    *_before, last = train(preset.network, preset.data, preset.training, 3)
    shares = measure(history)
    assert shares.trained[-1] == last.accuracy
    assert np.isnan(shares.held_out[-1]) if last.test_accuracy is None else shares.held_out[-1] == last.test_accuracy


def test_updates_by_hand_changed_weights_and_settings_are_not_mistaken() -> None:
    history = History.open(load("digits"))
    commands: list[Command] = [
        Update(), Update(), Train(20), SetSetting("eta", 0.5), Train(300), Step(),
        SetNudge(Nudge("parameter", 30.0, 2, 3, 4)), Keep(), Train(64), Update(),
    ]  # fmt: skip
    for command in commands:
        history.do(command)
    shares = measure(history)
    assert shares.updates[-1] == history.state.update
    exact = [held_out(history, int(update)) for update in shares.updates]
    # Where a weight was changed by hand between two updates, the point is the network before or after that.
    wrong = [u for u, a, b in zip(shares.updates, shares.held_out, exact, strict=True) if a != b]
    assert len(wrong) <= 1


@pytest.mark.parametrize("updates", [5, 64, 65, 1000])
def test_points_of_a_short_run_stay_points_of_a_longer_one(updates: int) -> None:
    history = History.open(load("iris"))
    history.do(Train(updates))
    assert len(measure(history).updates) <= POINTS + 2
