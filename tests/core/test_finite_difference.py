"""A check of the gradient finds what is wrong and nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from tests.oracles import ground_truth
from tuibp.core.finite_difference import METHODS, Method, check_gradient, differences
from tuibp.core.gradient import gradient
from tuibp.core.network import Network, explicit, initialise

PROBLEM = ground_truth()["mazur_first_pass"]


def digits_like(activations: tuple[str, str] = ("sigmoid", "sigmoid"), cost: str = "quadratic") -> Network:
    return initialise((64, 30, 10), activations, cost, "gaussian", 1)


def example(network: Network, m: int = 1) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)
    return random.uniform(size=(m, network.sizes[0])), np.eye(network.sizes[-1])[
        random.integers(network.sizes[-1], size=m)
    ]


@pytest.mark.parametrize("method", METHODS)
def test_differences_are_the_quotients_that_whole_passes_give(method: Method) -> None:
    from tests.oracles import cost_by_formula

    network = initialise((3, 4, 3, 2), ("tanh", "softmax", "sigmoid"), "quadratic", "gaussian", 2)
    x, y = example(network, 2)
    found = differences(network, x, y, method, 1e-5)
    for i, parameter in enumerate(network.parameters):
        moved = []
        for by in (1e-5, -1e-5):
            changed = network.parameters.copy()
            changed[i] = parameter + by
            moved.append(float(cost_by_formula(network, changed, x, y)))
        assert found[i] == pytest.approx((moved[0] - moved[1]) / 2e-5, abs=1e-4 if method == "forward" else 1e-9)


def test_mazurs_published_gradients_come_out_of_the_complex_step() -> None:
    network = explicit(PROBLEM["weights"], PROBLEM["biases"], "sigmoid", "quadratic")
    found = differences(network, np.array(PROBLEM["x"]), np.array(PROBLEM["y"]))
    assert found[:4] == pytest.approx(np.ravel(PROBLEM["grad_w2"]), rel=1e-13)
    assert found[6:10] == pytest.approx(np.ravel(PROBLEM["grad_w3"]), rel=1e-13)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("activations", "cost"),
    [
        (("sigmoid", "sigmoid"), "quadratic"),
        (("tanh", "sigmoid"), "cross_entropy"),
        (("leaky_relu", "softmax"), "log_likelihood"),
        (("softmax", "softmax"), "cross_entropy"),
    ],
)
def test_a_right_gradient_passes_by_every_method(activations: tuple[str, str], cost: str, method: Method) -> None:
    network = digits_like(activations, cost)
    check = check_gradient(network, *example(network, 2), method)
    assert check.ok
    assert check.parameters == 2260
    assert check.max_rel_error <= check.tolerance


@pytest.mark.parametrize("method", METHODS)
def test_one_wrong_partial_derivative_is_found_and_named(method: Method) -> None:
    network = digits_like()
    x, y = example(network)
    right = gradient(network, x, y)
    for layer, j, k in ((1, 4, 7), (2, 3, 11), (2, 9, None)):
        wrong = right.flat.copy()
        wrong[network.index_of(layer, j, k)] *= -1.0
        check = check_gradient(network, x, y, method, gradient=wrong)
        assert not check.ok
        assert (check.worst.layer, check.worst.j, check.worst.k) == (layer, j, k)
        assert check.worst.backprop == pytest.approx(-check.worst.numeric, rel=1e-2)


def test_a_gradient_that_is_not_a_number_fails() -> None:
    network = digits_like()
    x, y = example(network)
    wrong = gradient(network, x, y).flat.copy()
    wrong[5] = np.nan
    check = check_gradient(network, x, y, gradient=wrong)
    assert not check.ok
    assert (check.worst.layer, check.worst.j, check.worst.k) == (1, 0, 5)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("weight", [0.0, 2.0, 40.0, 1000.0])
def test_saturated_and_dead_neurons_are_no_disagreement(weight: float, method: Method) -> None:
    network = explicit([[[weight]]], [[weight]], "sigmoid", "quadratic")
    assert check_gradient(network, np.array([1.0]), np.array([0.0]), method).ok
    dead = explicit([[[-1.0]], [[weight]]], [[-1.0], [0.0]], ("relu", "linear"), "quadratic")
    assert check_gradient(dead, np.array([1.0]), np.array([0.5]), method).ok


@pytest.mark.parametrize("cost", ["cross_entropy", "log_likelihood"])
@pytest.mark.parametrize("size", [5.0, 20.0, 36.0, 300.0])
def test_a_confident_right_answer_keeps_the_digits_of_its_tiny_gradient(size: float, cost: str) -> None:
    for output in ("sigmoid", "softmax"):
        network = explicit([[[size], [-size]]], [[0.0, 0.0]], output, cost)
        check = check_gradient(network, np.array([1.0]), np.array([1.0, 0.0]))
        assert check.ok, check


@pytest.mark.parametrize("eps", [0.0, -1e-4, float("nan"), float("inf")])
def test_a_step_that_is_no_step_is_refused(eps: float) -> None:
    network = digits_like()
    with pytest.raises(ValueError, match="positive number"):
        check_gradient(network, *example(network), "central", eps)
