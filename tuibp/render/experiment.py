"""The experiment that a nudge in hand is: followed to the cost once for a state, however many panels show it."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from tuibp.core.perturbation import Perturbation, experiment
from tuibp.session.state import State

_followed: WeakKeyDictionary[State, Perturbation] = WeakKeyDictionary()


def experiment_of(state: State) -> Perturbation | None:
    """What the nudge in hand does to the example shown; None where nothing is in hand."""
    if state.nudge is None:
        return None
    if state not in _followed:
        _followed[state] = experiment(state.network, state.shown, state.nudge, state.walk)
    return _followed[state]
