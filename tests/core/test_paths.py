"""Paths: their sum against backpropagation, the strongest against every path written out."""

from __future__ import annotations

import itertools
import math
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.experiments import cost_written_out, every_parameter, networks, parameters, rests, written_out
from tuibp.core.example import Example
from tuibp.core.five_steps import walk
from tuibp.core.network import Network, NetworkError, explicit, initialise
from tuibp.core.paths import paths
from tuibp.core.rate_factors import rate_factors

TINY = 1e-150


def close(value: float, exact: float, scale: float) -> bool:
    """To 1e-10 relative, but for the digits that a sum of terms as large as `scale` loses."""
    return abs(value - exact) <= 1e-10 * abs(exact) + 1e-14 * scale


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_the_sum_of_all_paths_is_the_gradient(data: st.DataObject) -> None:
    network, example = data.draw(networks(most_layers=5))
    layer, j, k = data.draw(parameters(network))
    found = paths(network, example, layer, j, k)
    assert close(found.sum, found.backprop, found.absolute_sum)
    z, a = written_out(network, example.x, {(layer, j, k): 1j * TINY})
    slope = cost_written_out(network, a[-1], rests(network, z[-1]), example.y).imag / TINY
    assert close(found.backprop, slope, found.absolute_sum + 1e-3)


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_walking_every_path_gives_both_sums(data: st.DataObject) -> None:
    network, example = data.draw(networks())
    found = paths(network, example, *data.draw(parameters(network)))
    every = list(found.strongest())
    assert len(every) == found.total == len({path.neurons for path in every})
    assert close(math.fsum(path.product for path in every), found.sum, found.absolute_sum)
    assert math.fsum(abs(path.product) for path in every) == pytest.approx(found.absolute_sum, rel=1e-12)
    assert every[-1].share == pytest.approx(1.0)
    assert close(every[-1].running_sum, found.sum, found.absolute_sum)


def written_out_paths(network: Network, example: Example, layer: int, j: int, k: int | None) -> list[float]:
    """The product along every path, each factor a derivative by complex step through one layer alone."""
    z, a = written_out(network, example.x, {})
    rest = rests(network, z[-1])
    tail: list[np.ndarray] = []
    for later in range(layer + 1, network.layer_count):
        columns = []
        for p in range(network.sizes[later - 1]):
            _, moved = written_out(
                single(network, later), [v + 1j * TINY * (q == p) for q, v in enumerate(a[later - 1])], {}
            )
            columns.append([complex(v).imag / TINY for v in moved[1]])
        tail.append(np.array(columns).T)
    _, moved = written_out(single(network, layer), a[layer - 1], {(1, j, k): 1j * TINY})
    first = [complex(v).imag / TINY for v in moved[1]]
    output = []
    for m in range(network.sizes[-1]):
        moved_a = [v + 1j * TINY * (q == m) for q, v in enumerate(a[-1])]
        moved_rest = [v - 1j * TINY * (q == m) for q, v in enumerate(rest)]
        output.append(cost_written_out(network, moved_a, moved_rest, example.y).imag / TINY)
    starts = range(network.sizes[layer]) if network.activations[layer - 1] == "softmax" else [j]
    products = []
    for neurons in itertools.product(starts, *(range(n) for n in network.sizes[layer + 1 :])):
        edges = (tail[i][neurons[i + 1], neurons[i]] for i in range(len(tail)))
        products.append(float(first[neurons[0]] * math.prod(edges) * output[neurons[-1]]))
    return products


def single(network: Network, layer: int) -> Network:
    """One layer of a network, as a network."""
    names = [network.activation_of(layer, j) for j in range(network.sizes[layer])]
    own = [(j, name) for j, name in enumerate(names) if name != network.activations[layer - 1]]
    from tuibp.core.network import Modified

    return explicit(
        [network.w(layer)],
        [network.b(layer)],
        network.activations[layer - 1],
        "quadratic",
        [Modified(1, j, n) for j, n in own],
    )


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_the_k_best_are_the_true_k_best(data: st.DataObject) -> None:
    network, example = data.draw(networks(widest=4))
    layer, j, k = data.draw(parameters(network))
    every = sorted((abs(p) for p in written_out_paths(network, example, layer, j, k)), reverse=True)
    k_best = data.draw(st.integers(1, len(every)))
    found = [abs(path.product) for path in itertools.islice(paths(network, example, layer, j, k).strongest(), k_best)]
    np.testing.assert_allclose(found, every[:k_best], rtol=1e-9, atol=1e-13 * (every[0] + 1e-300))
    assert all(one >= two * (1.0 - 1e-12) for one, two in itertools.pairwise(found))


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_path_is_made_of_the_networks_rate_factors(data: st.DataObject) -> None:
    network, example = data.draw(networks())
    layer, j, k = data.draw(parameters(network))
    rates = rate_factors(network, walk(network, example), example.y)
    for path in itertools.islice(paths(network, example, layer, j, k).strongest(), 5):
        assert path.product == math.prod(path.factors)
        edges = [rates.into(layer + 1 + i)[q, p] for i, (p, q) in enumerate(itertools.pairwise(path.neurons))]
        assert list(path.factors[1:-1]) == edges
        assert path.factors[-1] == rates.output[path.neurons[-1]]


def test_ten_layers_of_thirty_answer_at_once() -> None:
    network = initialise([30] * 11, "sigmoid", "quadratic", "gaussian", 2)
    random = np.random.default_rng(2)
    example = Example.of(random.random(30), random.random(30))
    began = time.perf_counter()
    found = paths(network, example, 1, 4, 7)
    top = list(itertools.islice(found.strongest(), 20))
    assert time.perf_counter() - began < 1.0
    assert found.total == 30**9
    assert len(top) == 20
    assert close(found.sum, found.backprop, found.absolute_sum)


def test_a_dead_network_hands_out_paths_of_nothing_without_filling_memory() -> None:
    network = initialise([30] * 11, "relu", "quadratic", "zeros")
    found = paths(network, Example.of(np.ones(30), np.ones(30)), 1, 0, 0)
    assert [path.product for path in itertools.islice(found.strongest(), 1000)] == [0.0] * 1000
    assert found.sum == found.backprop == found.absolute_sum == 0.0


def test_the_number_of_paths_is_exact_beyond_what_doubles_hold() -> None:
    network = initialise([1, *[7] * 25, 3], "linear", "quadratic", "scaled", 1)
    assert paths(network, Example.of([1.0], [0, 0, 0]), 1, 0, None).total == 7**24 * 3


def test_softmax_lets_paths_set_out_to_every_neuron_of_its_layer() -> None:
    network = initialise([2, 3, 2], ["softmax", "sigmoid"], "quadratic", "gaussian", 1)
    example = Example.of([1.0, -1.0], [0.0, 1.0])
    assert paths(network, example, 1, 1, 0).total == 6
    assert paths(network, example, 2, 1, 0).total == 1
    assert {path.neurons[0] for path in paths(network, example, 1, 1, 0).strongest()} == {0, 1, 2}


def test_saturated_outputs_keep_the_sum_equal_to_the_gradient() -> None:
    for activation, cost in itertools.product(("sigmoid", "softmax"), ("cross_entropy", "log_likelihood", "quadratic")):
        network = explicit(
            [[[1.0], [2.0]], [[60.0, 30.0], [-40.0, 5.0]]], [[0.0, 1.0], [0.0, 0.0]], ["tanh", activation], cost
        )
        example = Example.of([1.0], [0.0, 1.0])
        for parameter in every_parameter(network):
            found = paths(network, example, *parameter)
            assert close(found.sum, found.backprop, found.absolute_sum), (activation, cost, parameter)


def test_what_flows_back_from_the_cost_is_the_sum_over_the_ways_there() -> None:
    network = initialise([3, 4, 2], "tanh", "quadratic", "gaussian", 4)
    example = Example.of([1.0, 0.5, -1.0], [0.0, 1.0])
    seen = walk(network, example)
    rates = rate_factors(network, seen, example.y)
    np.testing.assert_allclose(rates.to_cost[1] * (1.0 - seen.a(1) ** 2), seen.delta(1), rtol=1e-12)


def test_there_are_no_paths_from_a_weight_that_does_not_exist() -> None:
    network = initialise([2, 2], "sigmoid", "quadratic")
    with pytest.raises(NetworkError):
        paths(network, Example.of([0, 0], [0, 0]), 1, 2, 0)
