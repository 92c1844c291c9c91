"""A change and its ripple: exact ones against independent passes, first order against a complex step."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.core.experiments import cost_written_out, every_parameter, networks, parameters, rests, written_out
from tuibp.core.example import Example
from tuibp.core.five_steps import walk
from tuibp.core.network import Array, NetworkError, explicit, initialise
from tuibp.core.nudge import Nudge, nudged, unit
from tuibp.core.perturbation import experiment, flat_gradient, perturb

TINY = 1e-150


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_the_exact_ripple_is_the_difference_of_two_independent_passes_to_the_bit(data: st.DataObject) -> None:
    network, example = data.draw(networks())
    layer, j, k = data.draw(parameters(network))
    delta = data.draw(st.floats(-3.0, 3.0))
    seen = perturb(network, example, layer, j, k, delta)
    changed = network.parameters.copy()
    changed[network.index_of(layer, j, k)] += delta
    before, after = walk(network, example), walk(network.with_parameters(changed), example)
    assert [r.layer for r in seen.ripple] == list(range(layer, network.layer_count))
    for ripple in seen.ripple:
        was, now = before.z(ripple.layer), after.z(ripple.layer)
        assert (ripple.dz == now - was).all()
        assert (ripple.da == after.a(ripple.layer) - before.a(ripple.layer)).all()
    assert seen.actual == after.cost - before.cost
    assert (seen.cost_before, seen.cost_after) == (before.cost, after.cost)


def _moved(values: Sequence[complex], delta: float) -> Array:
    return np.array([complex(v).imag for v in values]) / TINY * delta


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_the_first_order_ripple_is_the_derivative_by_a_complex_step(data: st.DataObject) -> None:
    network, example = data.draw(networks())
    layer, j, k = data.draw(parameters(network))
    delta = data.draw(st.sampled_from((-0.5, 1e-3, 2.0)))
    seen = perturb(network, example, layer, j, k, delta)
    z, a = written_out(network, example.x, {(layer, j, k): 1j * TINY})
    derivatives = [(_moved(z[r.layer], delta), _moved(a[r.layer], delta)) for r in seen.ripple]
    # Sums that cancel lose digits: they are counted against the largest number of the whole ripple.
    lost = 1e-14 * max(float(np.abs(d).max()) for pair in derivatives for d in pair)
    for ripple, (dz, da) in zip(seen.ripple, derivatives, strict=True):
        np.testing.assert_allclose(ripple.dz_first_order, dz, rtol=1e-10, atol=lost)
        np.testing.assert_allclose(ripple.da_first_order, da, rtol=1e-10, atol=lost)
    slope = cost_written_out(network, a[-1], rests(network, z[-1]), example.y).imag / TINY
    assert seen.gradient == pytest.approx(slope, rel=1e-9, abs=1e-13)
    assert seen.predicted == seen.gradient * delta


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_demon_shows_that_delta_is_the_derivative_by_the_weighted_input(data: st.DataObject) -> None:
    network, example = data.draw(networks())
    layer, j, _ = data.draw(parameters(network))
    seen = experiment(network, example, Nudge("demon", 1e-3, layer, j))
    error = walk(network, example).delta(layer)
    assert seen.gradient == error[j]
    assert seen.ripple[0].dz[j] == pytest.approx(1e-3, rel=1e-9)
    assert seen.value == pytest.approx(seen.before.z(layer)[j])


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_random_direction_goes_down_faster_than_the_gradients(data: st.DataObject) -> None:
    network, example = data.draw(networks())
    slopes = flat_gradient(walk(network, example))
    assume(np.linalg.norm(slopes) > 1e-9)
    down = experiment(network, example, Nudge("direction", 1e-6, direction="gradient"))
    assert down.gradient == pytest.approx(-np.linalg.norm(slopes))
    for seed in range(5):
        other = experiment(network, example, Nudge("direction", 1e-6, direction="random", seed=seed))
        assert abs(other.gradient) <= abs(down.gradient) * (1.0 + 1e-12)


def test_a_direction_is_of_unit_length_and_its_first_order_adds_up_over_the_parameters() -> None:
    network = initialise([3, 4, 2], ["tanh", "softmax"], "log_likelihood", "gaussian", 3)
    example = Example.of([0.2, -1.0, 0.7], [0.0, 1.0])
    seen = walk(network, example)
    for direction in ("gradient", "random"):
        nudge = Nudge("direction", 0.1, direction=direction, seed=5)
        along = unit(network, nudge, flat_gradient(seen))
        assert np.linalg.norm(along) == pytest.approx(1.0)
        whole = experiment(network, example, nudge).ripple[-1].da_first_order
        parts = np.zeros_like(whole)
        for layer, j, k in every_parameter(network):
            delta = float(0.1 * along[network.index_of(layer, j, k)])
            parts += perturb(network, example, layer, j, k, delta).ripple[-1].da_first_order
        np.testing.assert_allclose(whole, parts, rtol=1e-10)


def test_a_random_direction_is_the_same_for_the_same_seed_alone() -> None:
    network = initialise([3, 2], "tanh", "quadratic")
    one, two = (nudged(network, Nudge("direction", 0.1, direction="random", seed=s), None) for s in (1, 2))
    again = nudged(network, Nudge("direction", 0.1, direction="random", seed=1), None)
    assert one.digest() == again.digest() != two.digest()


def test_a_flat_place_has_no_way_down() -> None:
    network = explicit([[[0.5]]], [[-2.0]], "relu", "quadratic")
    seen = experiment(network, Example.of([1.0], [1.0]), Nudge("direction", 0.5, direction="gradient"))
    assert (seen.gradient, seen.actual, seen.relative) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize("activation", ["relu", "leaky_relu"])
def test_a_kink_that_a_nudge_crosses_is_named(activation: str) -> None:
    network = explicit([[[1.0], [1.0]], [[1.0, 1.0]]], [[-0.5, -2.0], [0.0]], [activation, "linear"], "quadratic")
    example = Example.of([1.0], [0.0])
    assert perturb(network, example, 1, 0, 0, 0.25).kinks == ()
    assert perturb(network, example, 1, 0, 0, -0.75).kinks == ((1, 0),)
    assert perturb(network, example, 1, 1, 0, 1.5).kinks == ((1, 1),)


def test_a_smooth_neuron_has_no_kink() -> None:
    network = explicit([[[1.0]], [[1.0]]], [[-0.5], [0.0]], ["tanh", "linear"], "quadratic")
    assert perturb(network, Example.of([1.0], [0.0]), 1, 0, 0, -0.75).kinks == ()


@pytest.mark.parametrize(
    ("layer", "j", "k", "delta"),
    [(0, 0, 0, 0.1), (3, 0, 0, 0.1), (1, 4, 0, 0.1), (1, 0, 2, 0.1), (1, -1, 0, 0.1), (1, 0, None, math.nan)],
)
def test_what_cannot_be_changed_is_refused(layer: int, j: int, k: int | None, delta: float) -> None:
    network = initialise([2, 4, 1], "sigmoid", "quadratic")
    with pytest.raises(NetworkError):
        perturb(network, Example.of([0.0, 1.0], [1.0]), layer, j, k, delta)


def test_mazurs_network_agrees_with_a_change_worked_out_by_hand() -> None:
    network = explicit(
        [[[0.15, 0.20], [0.25, 0.30]], [[0.40, 0.45], [0.50, 0.55]]], [[0.35, 0.35], [0.6, 0.6]], "sigmoid", "quadratic"
    )
    seen = perturb(network, Example.of([0.05, 0.10], [0.01, 0.99]), 2, 0, 0, 0.1)
    assert seen.gradient == pytest.approx(0.08216704056423077, rel=1e-12)
    assert seen.ripple[0].dz[0] == pytest.approx(0.1 * 0.5932699921071872, rel=1e-12)
    assert seen.ripple[0].dz[1] == 0.0


def test_a_change_too_large_for_doubles_makes_a_cost_that_is_not_finite_and_no_noise() -> None:
    network = explicit([[[1.0]], [[2.0]]], [[0.0], [0.0]], "linear", "quadratic")
    seen = perturb(network, Example.of([1.0], [0.0]), 1, 0, 0, 1e308)
    assert math.isinf(seen.cost_after)
    assert math.isinf(seen.actual)
