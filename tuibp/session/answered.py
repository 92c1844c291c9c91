"""What has been worked out about a state, kept as long as the state is: pictures ask again at every key."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from tuibp.core.curve import Curve, cost_curve
from tuibp.core.explanation import Explanation, explain
from tuibp.core.five_steps import Pass
from tuibp.core.perturbation import flat_gradient
from tuibp.core.steps import Quantity
from tuibp.session.state import State

if TYPE_CHECKING:
    from tuibp.core.finite_difference import GradientCheck
    from tuibp.core.landing import Landing
    from tuibp.core.prediction import PredictionError

_explained: WeakKeyDictionary[Pass, dict[tuple[Quantity, int, int, int | None], Explanation]] = WeakKeyDictionary()
_curves: WeakKeyDictionary[State, dict[tuple[float, bool, int], Curve]] = WeakKeyDictionary()
_errors: WeakKeyDictionary[State, PredictionError] = WeakKeyDictionary()
_landings: WeakKeyDictionary[Pass, dict[float, Landing]] = WeakKeyDictionary()


def explained(state: State, quantity: Quantity, layer: int, j: int, k: int | None = None) -> Explanation:
    """How a number at this state came to be; 0-based."""
    found = _explained.setdefault(state.walk, {})
    key = (quantity, layer, j, k)
    if key not in found:
        found[key] = explain(state.network, state.shown, quantity, layer, j, k, state.walk)
    return found[key]


def has_curve(state: State, span: float, whole: bool, points: int) -> bool:
    """Whether `curve` would answer at once."""
    return (span, whole, points) in _curves.get(state, {})


def curve(state: State, span: float, whole: bool, points: int) -> Curve:
    """C over the number in hand, `span` to either side, of all examples or of the one shown; from any thread."""
    found = _curves.setdefault(state, {})
    key = span, whole, points
    if key not in found:
        data, nudge = state.preset.data, state.nudge
        assert nudge is not None
        x, y = (data.x, data.y) if whole else (state.shown.x[None], state.shown.y[None])
        found[key] = cost_curve(state.network, x, y, nudge, span, points, flat_gradient(state.walk))
    return found[key]


def prediction_of(state: State) -> PredictionError:
    """How wrong the gradient is over Δ, for the nudge in hand."""
    from tuibp.core.prediction import prediction_error

    if state not in _errors:
        assert state.nudge is not None
        _errors[state] = prediction_error(state.network, state.shown, state.nudge, given=state.walk)
    return _errors[state]


def landing_of(state: State) -> Landing:
    """Where the learning rate lands on the line along −∇C."""
    from tuibp.core.landing import landing

    eta, found = state.settings.eta, _landings.setdefault(state.walk, {})
    if eta not in found:
        x, y = state.shown.x[None], state.shown.y[None]
        found[eta] = landing(state.network, x, y, flat_gradient(state.walk), eta)
    return found[eta]


def checked(state: State) -> GradientCheck:
    """All partial derivatives of the five steps against the complex step's; not kept: `Checks` knows whose they are."""
    from tuibp.core.finite_difference import check_gradient

    example = state.shown
    return check_gradient(state.network, example.x, example.y, gradient=flat_gradient(state.walk))
