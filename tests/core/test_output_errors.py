"""The columns of step 3 make each output's error, and the forecast beside them is the cost's own change."""

import numpy as np
import pytest

from tuibp.core.example import Example
from tuibp.core.five_steps import walk
from tuibp.core.network import Network, initialise
from tuibp.core.nudge import Nudge
from tuibp.core.output_errors import ABOUT, error_columns, forecast
from tuibp.core.perturbation import experiment

PAIRS = [
    ("sigmoid", "quadratic"), ("sigmoid", "cross_entropy"), ("sigmoid", "log_likelihood"), ("tanh", "quadratic"),
    ("linear", "quadratic"), ("softmax", "log_likelihood"), ("softmax", "quadratic"), ("softmax", "cross_entropy"),
]  # fmt: skip


def made(function: str, cost: str) -> tuple[Network, Example]:
    random = np.random.default_rng(3)
    return initialise((4, 3), function, cost, "gaussian", 2), Example(random.random(4), np.array([0.0, 1.0, 0.0]))


@pytest.mark.parametrize(("function", "cost"), PAIRS)
def test_the_columns_before_the_error_make_it(function: str, cost: str) -> None:
    network, example = made(function, cost)
    columns = {c.name: c.values for c in error_columns(network, walk(network, example), example.y)}
    errors = walk(network, example).delta(network.last)
    names = list(columns)
    assert names[:2] == ["a", "y"]
    assert np.array_equal(columns[names[-1]], errors)
    if "a − y" in names[-1]:
        assert np.allclose(columns["a"] - columns["y"], errors, rtol=1e-12)
    elif len(names) == 5:
        assert np.allclose(columns[names[2]] * columns[names[3]], errors, rtol=1e-12)
    else:
        assert function == "softmax"


@pytest.mark.parametrize(("function", "cost"), [p for p in PAIRS if "a" in p[0]][:6])
@pytest.mark.parametrize("j", [0, 1, 2])
def test_the_cost_grows_by_about_what_the_error_foretells(function: str, cost: str, j: int) -> None:
    network, example = made(function, cost)
    given = walk(network, example)
    found = forecast(network, given, example.y, j)
    assert found is not None
    after = experiment(network, example, Nudge("demon", found.step, 1, j), given).cost_after
    assert found.exact == pytest.approx(after - given.cost, rel=1e-9, abs=1e-15)
    assert abs(found.foretold - found.exact) <= ABOUT * abs(found.exact)
