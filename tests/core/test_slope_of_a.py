"""The slope from the activation alone is the slope that the steps take, and nothing is said where it would not be."""

from __future__ import annotations

import numpy as np
import pytest

from tests.core.random_networks import random_network
from tuibp.core.example import Example
from tuibp.core.five_steps import walk
from tuibp.core.network import explicit, initialise
from tuibp.core.slope_of_a import slope_of_a
from tuibp.core.update import error_by_new_weights


def test_both_factors_make_the_slope_that_a_difference_measures() -> None:
    told = 0
    for number in range(0, 60, 3):
        network, example = random_network(number)
        given = walk(network, example)
        for layer in range(1, network.layer_count):
            for j in range(network.sizes[layer]):
                found = slope_of_a(network, given, layer, j)
                if found is None:
                    continue
                function, z, step = network.function(layer, j), given.z(layer)[j], 1e-6
                a = function.value(np.array([z - step, z + step]))
                assert found.factors[0] * found.factors[1] == pytest.approx((a[1] - a[0]) / (2 * step), abs=1e-8)
                told += 1
    assert told > 20


def test_nothing_is_said_of_relu_nor_where_a_is_as_good_as_1() -> None:
    for name, weight in (("relu", 1.0), ("sigmoid", 40.0)):
        network = explicit([[[weight]]], [[0.0]], name, "quadratic")
        assert slope_of_a(network, walk(network, Example.of([1.0], [0.0])), 1, 0) is None


def test_the_error_by_the_weights_as_they_were_is_step_4_s_own() -> None:
    network = initialise((2, 3, 2), "tanh", "quadratic", "gaussian", 4)
    given = walk(network, Example.of([0.3, -0.2], [0.0, 1.0]))
    for j in range(3):
        assert error_by_new_weights(network, network, given, 1, j) == pytest.approx(given.delta(1)[j], rel=1e-14)
