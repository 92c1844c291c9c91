"""The race: every pass made and counted, errors told, and a careful lane that gives the same derivatives."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.experiments import networks
from tuibp.core.careful import changes, everything, full_pass
from tuibp.core.diagonal import diagonal
from tuibp.core.epsilon import gathered, sweep
from tuibp.core.example import Example
from tuibp.core.five_steps import walk
from tuibp.core.network import Modified, Network, explicit, initialise, views
from tuibp.core.perturbation import flat_gradient
from tuibp.core.race import race


def ticking(seconds: float = 1.0) -> Callable[[], float]:
    """A clock on which a stretch of time passes from each look at it to the next."""
    ticks = itertools.count()
    return lambda: next(ticks) * seconds


def small() -> tuple[Network, Example]:
    network = initialise([3, 4, 2], ["tanh", "sigmoid"], "quadratic", "gaussian", 5)
    return network, Example.of([0.2, -1.0, 0.4], [0.0, 1.0])


def test_every_forward_pass_is_made_one_at_a_time() -> None:
    network, example = small()
    story = list(race(network, example, ticking()))
    runs = [now.run for now in story if now.run]
    assert runs == list(range(1, 28))
    last = story[-1]
    assert (last.parameters, last.needed, last.run, last.finished) == (26, 27, 27, True)
    assert last.seconds_run == 27.0
    assert (last.seconds_forward_pass, last.seconds_finite_difference) == (1.0, 27.0)
    assert (last.seconds_backprop, last.speedup) == (1.0, 27.0)
    assert last.max_rel_error is not None
    assert 0.0 < last.max_rel_error < 1e-6


def test_a_race_cut_short_keeps_what_is_done() -> None:
    network, example = small()
    running = race(network, example, ticking())
    now = next(one for one in running if one.run == 10)
    running.close()
    assert not now.finished
    assert now.seconds_finite_difference == 27.0
    assert now.max_rel_error is not None
    assert now.max_rel_error < 1e-6


def test_fewer_passes_than_needed_are_extrapolated_and_more_are_not_made() -> None:
    network, example = small()
    *_, few = race(network, example, ticking(), passes=5)
    assert (few.run, few.finished, few.seconds_run, few.seconds_finite_difference) == (5, False, 5.0, 27.0)
    *_, many = race(network, example, ticking(), passes=500)
    assert (many.run, many.finished) == (27, True)
    *_, one = race(network, example, ticking(), passes=1)
    assert (one.run, one.max_rel_error) == (1, None)
    with pytest.raises(ValueError, match="at least 1"):
        next(race(network, example, ticking(), passes=0))


def test_the_network_is_left_as_it_was() -> None:
    network, example = small()
    before = network.digest()
    list(race(network, example, ticking()))
    assert network.digest() == before


@given(networks())
@settings(max_examples=100, deadline=None)
def test_the_careful_lane_gives_every_derivative_by_complex_step(drawn: tuple[Network, Example]) -> None:
    network, example = drawn
    found = np.full(network.parameters.size, np.nan)
    w, b = views(found, network.sizes)
    for rows in changes(network, example, 1e-100j):
        w[rows.layer - 1][rows.rows] = rows.change[:, :-1].imag / 1e-100
        b[rows.layer - 1][rows.rows] = rows.change[:, -1].imag / 1e-100
    exact = flat_gradient(walk(network, example))
    np.testing.assert_allclose(found, exact, rtol=1e-9, atol=1e-13 * (1.0 + np.abs(exact).max()))


@given(networks(), st.sampled_from((0.25, -1.0)))
@settings(max_examples=60, deadline=None)
def test_the_careful_lane_changes_the_cost_as_a_whole_pass_does(drawn: tuple[Network, Example], step: float) -> None:
    network, example = drawn
    cost = walk(network, example).cost
    for rows in changes(network, example, step):
        for at, j in enumerate(rows.rows):
            for k in (*range(network.sizes[rows.layer - 1]), None):
                changed = network.parameters.copy()
                changed[network.index_of(rows.layer, int(j), k)] += step
                exact = walk(network.with_parameters(changed), example).cost - cost
                got = rows.change[at, -1 if k is None else k]
                assert got == pytest.approx(exact, rel=1e-9, abs=1e-12 * (1.0 + abs(cost)))


def test_modified_outputs_have_a_careful_lane_too() -> None:
    network = explicit([[[1.0], [-2.0]]], [[0.1, 0.2]], "sigmoid", "quadratic", [Modified(1, 1, "linear")])
    example = Example.of([0.7], [0.0, 1.0])
    (rows,) = changes(network, example, 1e-100j)
    exact = walk(network, example)
    np.testing.assert_allclose(rows.change[:, -1].imag / 1e-100, exact.delta(1), rtol=1e-13)


def test_the_careful_lanes_arithmetic_is_counted() -> None:
    network = initialise([64, 30, 10], "sigmoid", "quadratic")
    example = Example.of(np.ones(64), np.ones(10))
    assert full_pass(network) == 64 * 30 + 30 * 10
    first = 30 * 65 * (1 + 10)  # Δz of one neuron, then its way into each of the ten outputs
    last = 10 * 31  # Δz of one output
    assert sum(rows.multiply_adds for rows in changes(network, example, 1e-8)) == first + last
    *_, now = race(network, example, ticking())
    assert now.careful.multiply_adds == first + last + full_pass(network) == everything(network)
    assert now.careful.passes == pytest.approx(10.8, abs=0.01)
    assert (now.careful.done, now.careful.wanted) == (2260, 2260)
    assert now.careful.seconds == now.careful.seconds_run


@given(networks(most_layers=5))
@settings(max_examples=60, deadline=None)
def test_the_arithmetic_foretold_is_the_arithmetic_made(drawn: tuple[Network, Example]) -> None:
    network, example = drawn
    made = sum(rows.multiply_adds for rows in changes(network, example, 1e-8))
    assert everything(network) == full_pass(network) + made


def test_a_race_cut_short_takes_a_sample_downstream_and_extrapolates_its_time() -> None:
    network = initialise([200, 100, 10], "sigmoid", "quadratic", "scaled")
    *_, now = race(network, Example.of(np.ones(200), np.ones(10)), ticking(), passes=3)
    assert now.careful.done == now.careful.wanted < now.parameters
    assert now.careful.seconds is not None
    assert now.careful.seconds > now.careful.seconds_run
    assert now.careful.passes == pytest.approx(everything(network) / full_pass(network))


def test_a_sample_of_rows_is_spread_over_the_layer() -> None:
    network = initialise([9, 100, 2], "sigmoid", "quadratic")
    example = Example.of(np.ones(9), np.ones(2))
    first = next(iter(changes(network, example, 1e-8, at_most=50)))
    assert first.rows.tolist() == [0, 24, 49, 74, 99]


def test_the_error_over_epsilon_falls_and_rises_again_but_for_the_complex_step() -> None:
    network, example = small()
    seen = gathered(list(sweep(network, example)))
    assert (seen.eps[0], seen.eps[-1]) == (pytest.approx(1e-15), pytest.approx(0.1))
    assert 1e-9 < seen.best_forward < 1e-6
    assert 1e-7 < seen.best_central < 1e-3
    assert seen.central.min() < seen.forward.min() / 10.0
    for errors in (seen.forward, seen.central):
        assert errors[0] > 1e3 * errors.min() < errors[-1]
    assert seen.complex[seen.eps < 1e-7].max() < 1e-12


def test_a_diagonal_matrix_gives_the_same_error_to_the_bit() -> None:
    told = list(diagonal(ticking(1e-3), widths=(10, 50)))
    assert [(at.width, at.equal) for at in told] == [(10, True), (50, True)]
    assert all(at.ratio == pytest.approx(1.0) for at in told)


def test_differences_that_are_no_numbers_are_not_an_error_of_nought() -> None:
    network = explicit([[[1e200]], [[1e200]]], [[0.0], [0.0]], "linear", "quadratic")
    *_, now = race(network, Example.of([1.0], [0.0]), ticking())
    assert now.max_rel_error is not None
    assert now.careful.max_rel_error is not None
    assert not np.isfinite(now.max_rel_error)
    assert not np.isfinite(now.careful.max_rel_error)
    points = gathered(list(sweep(network, Example.of([1.0], [0.0]), per_decade=1)))
    assert not np.isfinite(points.forward).any()
    assert np.isnan(points.best_forward)


def test_a_difference_across_a_corner_names_the_corner() -> None:
    network = explicit([[[1.0, -1.0]], [[1.0]]], [[0.0], [0.0]], ["relu", "linear"], "quadratic")
    *_, now = race(network, Example.of([1.0, 1.0], [3.0]), ticking())
    assert [(kink.layer, kink.neuron) for kink in now.kinks] == [(1, 0)]
    assert not list(race(*small(), ticking()))[-1].kinks


def test_times_are_compared_mean_with_mean() -> None:
    """On a clock that ticks slower and slower, a least time would be the first one."""
    ticks = itertools.count()
    network, example = small()
    now = next(race(network, example, lambda: float(next(ticks)) ** 2))
    assert now.seconds_backprop == pytest.approx((1 + 5 + 9) / 3)


def test_a_sweep_of_a_straight_cost_does_not_say_that_it_bends() -> None:
    network = explicit([[[1.0]]], [[0.0]], "linear", "quadratic")
    seen = gathered(list(sweep(network, Example.of([1.0], [3.0]))))
    assert not seen.bends  # a central difference of a parabola has no error but rounding
    assert seen.cancels
    curved = gathered(list(sweep(*small())))
    assert curved.bends
    assert curved.cancels
    assert curved.complex_up_to is not None
    assert 1e-7 < curved.complex_up_to < 1e-2
