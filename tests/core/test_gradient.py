"""The gradient against independent answers, over every activation and cost that go together."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracles import cost_by_formula, gradient_by_autograd
from tuibp.core.activations import ACTIVATIONS
from tuibp.core.costs import COSTS, output_error
from tuibp.core.example import Example
from tuibp.core.finite_difference import differences
from tuibp.core.five_steps import walk
from tuibp.core.gradient import Workspace, cost, gradient
from tuibp.core.network import Array, Modified, Network, NetworkError, explicit, initialise

PAIRS = [
    (activation, cost_name)
    for activation, cost_name in itertools.product(ACTIVATIONS, COSTS)
    if ACTIVATIONS[activation].probability or not COSTS[cost_name].probabilities
]
HIDDEN = tuple(ACTIVATIONS)


def a_network(seed: int, output: str, cost_name: str, depth: int, modified: bool = False) -> Network:
    """A random network of `depth` layers with weights, hidden activations in turn, and perhaps two modified neurons."""
    random = np.random.default_rng(seed)
    sizes = [int(n) for n in random.integers(2, 6, depth + 1)]
    activations = [*(HIDDEN[(seed + i) % len(HIDDEN)] for i in range(depth - 1)), output]
    own = []
    if modified:
        free = [i for i, name in enumerate(activations, start=1) if name != "softmax" and i < depth]
        own = [Modified(layer, 0, "tanh" if activations[layer - 1] != "tanh" else "sigmoid") for layer in free[:2]]
    return initialise(sizes, activations, cost_name, "gaussian", seed, own)


def a_batch(seed: int, network: Network, m: int) -> tuple[Array, Array]:
    random = np.random.default_rng([seed, 7])
    x, y = random.standard_normal((m, network.sizes[0])), random.uniform(size=(m, network.sizes[-1]))
    return x, y / y.sum(axis=1, keepdims=True)


def relative(one: Array, other: Array) -> float:
    """The largest difference over the largest number, or over what has lost its digits to underflow."""
    return float(np.abs(one - other).max() / max(np.abs(other).max(), 1e-280))


@pytest.mark.parametrize("depth", [1, 2, 3, 4, 5])
@pytest.mark.parametrize(("activation", "cost_name"), PAIRS)
def test_gradient_is_what_autograd_finds(activation: str, cost_name: str, depth: int) -> None:
    for seed, m in ((depth, 1), (depth + 10, 7)):
        network = a_network(seed, activation, cost_name, depth)
        x, y = a_batch(seed, network, m)
        assert relative(gradient(network, x, y).flat, gradient_by_autograd(network, x, y)) < 1e-11
        assert cost(network, x, y) == pytest.approx(
            float(cost_by_formula(network, network.parameters, x, y)), rel=1e-12
        )


@pytest.mark.parametrize("depth", [1, 2, 3, 4, 5])
@pytest.mark.parametrize(("activation", "cost_name"), PAIRS)
def test_gradient_is_the_complex_steps_to_twelve_digits(activation: str, cost_name: str, depth: int) -> None:
    network = a_network(depth + 20, activation, cost_name, depth, modified=True)
    x, y = a_batch(depth, network, 3)
    assert relative(gradient(network, x, y).flat, differences(network, x, y)) < 1e-12


@pytest.mark.parametrize("own", [n for n in ACTIVATIONS if n != "softmax"])
@pytest.mark.parametrize("of_layer", [n for n in ACTIVATIONS if n != "softmax"])
def test_modified_neurons_in_every_layer_agree_with_autograd(own: str, of_layer: str) -> None:
    modified = (Modified(1, 1, own), Modified(1, 3, own), Modified(2, 0, own))
    network = initialise((3, 4, 2), of_layer, "quadratic", "gaussian", 3, modified)
    x, y = a_batch(1, network, 5)
    assert relative(gradient(network, x, y).flat, gradient_by_autograd(network, x, y)) < 1e-12


networks = st.builds(
    lambda seed, pair, depth, modified: a_network(seed, pair[0], pair[1], depth, modified),
    st.integers(0, 10_000),
    st.sampled_from(PAIRS),
    st.integers(1, 5),
    st.booleans(),
)


@settings(deadline=None, max_examples=60)
@given(networks, st.integers(1, 12), st.integers(0, 1000))
def test_batch_gradient_is_the_mean_of_single_ones(network: Network, m: int, seed: int) -> None:
    x, y = a_batch(seed, network, m)
    single = [gradient(network, x[i : i + 1], y[i : i + 1]).flat for i in range(m)]
    scale = max(np.abs(one).max() for one in single)
    assert np.abs(gradient(network, x, y).flat - np.mean(single, axis=0)).max() <= 1e-12 * scale


@settings(deadline=None, max_examples=60)
@given(networks, st.integers(0, 1000))
def test_five_steps_reach_the_same_gradient(network: Network, seed: int) -> None:
    x, y = a_batch(seed, network, 1)
    walked, fast = walk(network, Example.of(x, y)), gradient(network, x, y)
    layers = range(1, network.layer_count)
    parts = [np.ravel(part) for layer in layers for part in (walked.grad_w(layer), walked.grad_b(layer))]
    assert relative(fast.flat, np.concatenate(parts)) < 1e-12
    assert walked.cost == pytest.approx(cost(network, x, y), rel=1e-12)


@pytest.mark.parametrize(("activation", "cost_name"), PAIRS)
@pytest.mark.parametrize("size", [1.0, 30.0, 800.0, 1e4])
def test_large_weighted_inputs_give_finite_gradients_and_agree(activation: str, cost_name: str, size: float) -> None:
    hidden = "linear"
    network = initialise((3, 3, 3), (hidden, activation), cost_name, "gaussian", 4)
    x = np.random.default_rng(2).standard_normal((6, 3))
    x *= size / np.abs(x).max()
    y = np.eye(3)[[0, 1, 2, 0, 1, 2]]
    found = gradient(network, x, y).flat
    assert np.isfinite(found).all()
    assert np.isfinite(cost(network, x, y))
    for i in range(len(x)):
        walked = walk(network, Example.of(x[i], y[i]))
        assert np.isfinite(walked.cost)
    assert relative(found, differences(network, x, y)) < 1e-9


def test_a_workspace_follows_the_parameters_it_is_bound_to() -> None:
    network = a_network(3, "sigmoid", "quadratic", 2)
    x, y = a_batch(3, network, 4)
    parameters = network.parameters.copy()
    workspace = Workspace(network, 4)
    workspace.bind(parameters)
    parameters *= 0.5
    workspace.fill(x, y)
    halved = network.with_parameters(network.parameters * 0.5)
    assert np.array_equal(workspace.flat, gradient(halved, x, y).flat)


def test_a_workspace_tells_the_cost_after_a_forward_pass_and_after_a_whole_one() -> None:
    for pair in (("sigmoid", "quadratic"), ("softmax", "log_likelihood")):
        network = a_network(3, *pair, 2)
        workspace = Workspace(network, 4)
        for seed in (1, 2):
            x, y = a_batch(seed, network, 4)
            workspace.forward(x)
            assert workspace.cost(y) == pytest.approx(cost(network, x, y), rel=1e-12)
            workspace.fill(x, y)
            assert workspace.cost(y) == pytest.approx(cost(network, x, y), rel=1e-12)


def test_gradients_stay_as_they_were_when_others_are_asked_for() -> None:
    network = a_network(3, "sigmoid", "quadratic", 2)
    x, y = a_batch(3, network, 4)
    first = gradient(network, x, y)
    kept = first.flat.copy()
    halved = gradient(network.with_parameters(network.parameters * 0.5), x, y)
    assert np.array_equal(first.flat, kept)
    assert not np.array_equal(first.flat, halved.flat)
    assert np.array_equal(gradient(network, x, y).flat, kept)


@pytest.mark.parametrize("m", [1, 4, 10])
def test_wide_layers_take_the_other_product_to_the_same_end(m: int) -> None:
    network = initialise((600, 100, 3), "sigmoid", "quadratic", "scaled", 1)
    x, y = a_batch(1, network, m)
    assert relative(gradient(network, x, y).flat, gradient_by_autograd(network, x, y)) < 1e-12


def test_one_example_leaves_numpys_buffers_as_they_were() -> None:
    network = initialise((600, 100, 3), "sigmoid", "quadratic", "scaled", 1)
    before = np.getbufsize()
    Workspace(network, 1).fill(*a_batch(1, network, 1))
    assert np.getbufsize() == before


def test_shapes_that_do_not_fit_are_named() -> None:
    network = a_network(3, "sigmoid", "quadratic", 2)
    with pytest.raises(ValueError, match="the network takes x"):
        gradient(network, np.ones((2, 99)), np.ones((2, network.sizes[-1])))


@pytest.mark.parametrize("y", [0.0, 0.4, 1.0])
def test_one_output_of_softmax_is_constant_and_has_no_error(y: float) -> None:
    for name in ("quadratic", "cross_entropy", "log_likelihood"):
        delta = output_error(name, "softmax", np.array([0.7]), np.array([1.0]), np.array([y]))
        assert delta.tolist() == [0.0]
    for name in ("quadratic", "log_likelihood"):
        network = explicit([[[0.7]]], [[0.1]], "softmax", name)
        assert not differences(network, np.array([1.0]), np.array([y])).any()


def test_one_output_of_softmax_with_cross_entropy_is_refused_for_its_cost_is_infinite() -> None:
    with pytest.raises(NetworkError, match="always 1"):
        explicit([[[0.7]]], [[0.1]], "softmax", "cross_entropy")
