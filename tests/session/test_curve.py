"""What is kept of the costs of a run: all of a short one, means of a long one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.session.made import preset
from tuibp.core.training import Training
from tuibp.session.commands import Train
from tuibp.session.curve import MOST, CostRecorder, Costs, LearningCurve, stretch_of
from tuibp.session.history import History
from tuibp.session.saved import read, write
from tuibp.session.view import View


def recorded(costs: np.ndarray, piece: int) -> Costs:
    kept = CostRecorder()
    for at in range(0, len(costs), piece):
        kept.add(costs[at : at + piece])
    return kept.seen()


@pytest.mark.parametrize("count", [0, 1, 1000, 1025, MOST])
def test_of_a_run_that_is_not_long_every_cost_is_kept(count: int) -> None:
    costs = np.random.default_rng(0).random(count)
    kept = recorded(costs, 700)
    assert kept.stretch == 1
    assert kept.means.tolist() == costs.tolist()
    assert kept.last == (costs[-1] if count else None)


@given(st.integers(MOST + 1, 9 * MOST), st.integers(1, 2 * MOST))
def test_of_a_long_run_the_means_of_equal_stretches_are_kept(count: int, piece: int) -> None:
    costs = np.random.default_rng(count).random(count)
    kept = recorded(costs, max(piece, count // 50))
    assert (kept.count, kept.stretch) == (count, stretch_of(count))
    assert MOST // 2 <= len(kept.means) <= MOST
    assert kept.last == costs[-1]
    whole = count // kept.stretch
    means = costs[: whole * kept.stretch].reshape(whole, kept.stretch).mean(axis=1)
    np.testing.assert_allclose(kept.means[:whole], means, rtol=1e-12)
    if whole * kept.stretch < count:
        assert kept.means[-1] == pytest.approx(costs[whole * kept.stretch :].mean(), rel=1e-12)


def test_who_looks_sees_the_same_however_the_run_goes_on() -> None:
    kept = CostRecorder()
    kept.add(np.full(MOST, 1.0))
    seen = kept.seen()
    kept.add(np.full(3 * MOST, 2.0))
    assert seen.count == MOST
    assert (seen.means == 1.0).all()


@pytest.mark.parametrize("count", [0, 1, 5, MOST - 1, 2 * MOST - 3, 4 * MOST])
def test_what_a_diverging_run_takes_back_is_forgotten(count: int) -> None:
    costs = np.random.default_rng(1).random(4 * MOST + 2)
    kept = CostRecorder()
    kept.add(costs)
    kept.keep(count)
    assert kept.seen().count == count
    assert len(kept.seen().means) == -(-count // 8)


def test_a_mean_of_enormous_costs_is_finite() -> None:
    assert np.isfinite(recorded(np.full(4 * MOST, 1e308), MOST).means).all()
    assert np.isfinite(Costs.of(np.full(64, 1.5e308)).coarser(16).means).all()


def test_runs_of_different_lengths_make_one_line() -> None:
    long = recorded(np.full(5 * MOST, 1.0), MOST)
    line = LearningCurve.of([*(Costs.of(np.array([cost])) for cost in range(21)), Costs.of(np.zeros(0)), long], first=3)
    assert (line.count, line.now, line.stretch) == (21 + 5 * MOST, 21 + 5 * MOST, 8)
    assert line.updates[:4].tolist() == [3, 11, 19, 24]
    assert line.costs[:4].tolist() == [3.5, 11.5, 18.0, 1.0]
    assert len(line.updates) == len(line.costs)


def test_a_run_of_many_updates_can_be_visited_saved_and_gone_on_with() -> None:
    history = History.open(preset((1, 1), training=Training(batch_size=1)))
    history.do(Train(2 * MOST + 5))
    curve = history.curve()
    assert (curve.count, curve.stretch, len(curve.costs)) == (2 * MOST + 5, 4, MOST // 2 + 2)
    assert history.go("earlier")
    assert history.curve().now == 2 * MOST + 4
    again = read(write(history, View())).history
    assert again.curve().costs.tolist() == curve.costs.tolist()
    assert again.curve().now == 2 * MOST + 4
    again.do(Train(3))
    assert again.curve().count == 2 * MOST + 7
