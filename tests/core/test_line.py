"""The cost along a line, the error of its tangent, and where a gradient step lands on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.core.experiments import networks, parameters
from tuibp.core.curve import cost_curve, line_of
from tuibp.core.example import Example
from tuibp.core.five_steps import walk
from tuibp.core.landing import crossing, landing
from tuibp.core.network import Array, Network, explicit, initialise
from tuibp.core.nudge import Nudge, nudged
from tuibp.core.perturbation import flat_gradient
from tuibp.core.prediction import prediction_error


@st.composite
def nudges(draw: st.DrawFn, network: Network) -> Nudge:
    layer, j, k = draw(parameters(network))
    return draw(
        st.sampled_from(
            (
                Nudge("parameter", 0.1, layer, j, k),
                Nudge("demon", 0.1, layer, j),
                Nudge("direction", 0.1, direction="gradient"),
                Nudge("direction", 0.1, direction="random", seed=3),
            )
        )
    )


def mean_cost(network: Network, x: Array, y: Array) -> float:
    return float(np.mean([walk(network, Example(a, b)).cost for a, b in zip(x, y, strict=True)]))


def mean_gradient(network: Network, x: Array, y: Array) -> Array:
    each = [flat_gradient(walk(network, Example(a, b))) for a, b in zip(x, y, strict=True)]
    mean: Array = np.stack(each).mean(axis=0)
    return mean


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_the_curve_is_the_cost_of_the_nudged_networks_one_by_one(data: st.DataObject) -> None:
    network, example = data.draw(networks())
    nudge = data.draw(nudges(network))
    x, y = np.stack([example.x, -example.x, 2.0 * example.x]), np.stack([example.y] * 3)
    slopes = mean_gradient(network, x, y)
    curve = cost_curve(network, x, y, nudge, span=2.0, points=9, slopes=slopes)
    for value, cost in zip(curve.values, curve.costs, strict=True):
        moved = nudged(network, replace(nudge, delta=float(value - curve.origin)), slopes)
        assert cost == pytest.approx(mean_cost(moved, x, y), rel=1e-9, abs=1e-12)
    assert curve.cost_at_origin == pytest.approx(mean_cost(network, x, y), rel=1e-9, abs=1e-12)
    assert curve.cost_standing == pytest.approx(mean_cost(nudged(network, nudge, slopes), x, y), rel=1e-9, abs=1e-12)
    assert curve.standing - curve.origin == pytest.approx(nudge.delta)


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_the_tangent_is_what_backpropagation_says(data: st.DataObject) -> None:
    network, example = data.draw(networks())
    layer, j, k = data.draw(parameters(network))
    curve = cost_curve(network, example.x[None], example.y[None], Nudge("parameter", 0.1, layer, j, k), points=3)
    exact = flat_gradient(walk(network, example))[network.index_of(layer, j, k)]
    assert curve.slope == pytest.approx(exact, rel=1e-9, abs=1e-12)
    assert curve.tangent[1] == pytest.approx(curve.cost_at_origin)


def test_a_large_set_of_examples_is_taken_in_portions_that_change_nothing() -> None:
    network = initialise([20, 30, 10], "sigmoid", "quadratic", "scaled", 1)
    random = np.random.default_rng(0)
    x, y = random.random((3000, 20)), random.random((3000, 10))
    nudge = Nudge("parameter", 0.1, 1, 2, 3)
    curve = cost_curve(network, x, y, nudge, points=40)
    for at in (0, 20, 39):
        moved = nudged(network, replace(nudge, delta=float(curve.values[at] - curve.origin)))
        a = 1.0 / (1.0 + np.exp(-(x @ moved.w(1).T + moved.b(1))))
        a = 1.0 / (1.0 + np.exp(-(a @ moved.w(2).T + moved.b(2))))
        assert curve.costs[at] == pytest.approx(0.5 * ((a - y) ** 2).sum(axis=1).mean(), rel=1e-12)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_the_prediction_error_has_slope_two_where_the_curve_is_smooth(data: st.DataObject) -> None:
    network, example = data.draw(networks(kinked=False))
    nudge = data.draw(nudges(network))
    seen = prediction_error(network, example, nudge)
    assume(seen.slope is not None and seen.fitted is not None)
    assert seen.fitted is not None
    way = line_of(network, example.x[None], example.y[None], nudge, flat_gradient(walk(network, example)))
    h = 1e-4
    below, here, above = way.slopes(np.array([-h, 0.0, h]))
    second, third = (above - below) / (2.0 * h), (above - 2.0 * here + below) / h**2
    assume(abs(second) > 10.0 * seen.fitted[1] * abs(third))  # no inflection near: the fit sees a parabola
    assert seen.slope == pytest.approx(2.0, abs=0.05)


def test_a_cost_that_a_change_does_not_bend_has_no_slope_to_fit() -> None:
    network = explicit([[[1.0]], [[0.0]]], [[0.0], [0.0]], "linear", "quadratic")
    seen = prediction_error(network, Example.of([1.0], [1.0]), Nudge("parameter", 0.1, 1, 0, 0))
    assert (seen.slope, seen.fitted) == (None, None)


def test_the_kink_that_the_largest_change_crosses_is_named_beside_the_error() -> None:
    network = explicit([[[1.0]], [[1.0]]], [[-0.5], [0.0]], ["relu", "linear"], "quadratic")
    seen = prediction_error(network, Example.of([1.0], [0.0]), Nudge("parameter", -0.1, 1, 0, 0))
    assert seen.kinks == ((1, 0),)
    assert seen.slope == pytest.approx(2.0, abs=0.01)


def parabola() -> tuple[Network, Array, Array, Array, float]:
    """A linear neuron, whose mean cost is quadratic in its parameters; its gradient, and where its line is lowest."""
    network = explicit([[[0.3, -0.7]]], [[0.2]], "linear", "quadratic")
    random = np.random.default_rng(4)
    x, y = random.standard_normal((12, 2)), random.standard_normal((12, 1))
    slopes = mean_gradient(network, x, y)
    inputs = np.column_stack([x, np.ones(12)])
    curvature = slopes @ (inputs.T @ inputs / 12) @ slopes
    return network, x, y, slopes, float(slopes @ slopes / curvature)


@pytest.mark.parametrize(
    ("times", "alpha"), [(1e-3, -0.999), (0.5, -0.5), (1.0, 0.0), (1.5, 0.5), (2.0, 1.0), (3.0, 2.0)]
)
def test_alpha_counts_from_the_start_over_the_lowest_point_to_as_far_up_again(times: float, alpha: float) -> None:
    network, x, y, slopes, lowest = parabola()
    seen = landing(network, x, y, slopes, times * lowest)
    assert seen.lowest == pytest.approx(lowest, rel=1e-12)
    assert seen.level == pytest.approx(2.0 * lowest, rel=1e-7)
    assert seen.alpha == pytest.approx(alpha, abs=1e-6)


@pytest.mark.parametrize("activations", [["tanh", "sigmoid"], ["relu", "sigmoid"], ["sigmoid", "softmax"]])
def test_the_lowest_point_is_lower_than_any_other_on_the_line(activations: list[str]) -> None:
    network = initialise([3, 4, 2], activations, "cross_entropy", "gaussian", 2)
    random = np.random.default_rng(2)
    x, y = random.standard_normal((25, 3)), np.eye(2)[random.integers(0, 2, 25)]
    slopes = mean_gradient(network, x, y)
    seen = landing(network, x, y, slopes, 0.5)
    assert seen.lowest is not None
    assert seen.level is not None

    def cost_at(t: float) -> float:
        return mean_cost(network.with_parameters(network.parameters - t * slopes), x, y)

    for t in np.linspace(0.0, 2.0 * seen.lowest, 101):
        assert cost_at(t) >= cost_at(seen.lowest) - 1e-12
    assert cost_at(seen.level) == pytest.approx(cost_at(0.0), rel=1e-9) or seen.level == 2.0 * seen.lowest


def test_a_line_that_falls_for_ever_has_no_alpha() -> None:
    network = explicit([[[1.0]]], [[0.0]], "sigmoid", "cross_entropy")
    x, y = np.array([[1.0]]), np.array([[1.0]])
    seen = landing(network, x, y, mean_gradient(network, x, y), 0.5)
    assert (seen.alpha, seen.lowest, seen.level) == (None, None, None)


def test_a_flat_place_has_no_alpha() -> None:
    network = explicit([[[1.0]]], [[-5.0]], "relu", "quadratic")
    assert landing(network, np.array([[1.0]]), np.array([[1.0]]), np.zeros(2), 0.5).alpha is None


@pytest.mark.parametrize(
    ("f", "exact"),
    [
        (lambda t: t**3 - 2.0, 2.0 ** (1.0 / 3.0)),
        (lambda t: np.tanh(50.0 * (t - 0.3)), 0.3),
        (lambda t: -1.0 if t < 1.25 else 2.0, 1.25),
        (lambda t: t - 0.5, 0.5),
    ],
)
def test_a_crossing_is_found_to_the_last_digits(f: Callable[[float], float], exact: float) -> None:
    looked_at: list[float] = []
    found = crossing(lambda t: looked_at.append(t) or float(f(t)), 0.0, 2.0)  # type: ignore[func-returns-value]
    assert found == pytest.approx(exact, rel=1e-14)
    assert len(looked_at) <= 70
