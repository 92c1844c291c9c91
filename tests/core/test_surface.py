"""The cost over a plane of parameters, and the plane that holds most of a path."""

from __future__ import annotations

import numpy as np
import pytest

from tuibp.core.gradient import cost
from tuibp.core.network import initialise
from tuibp.core.surface import STRIDES, Window, around, of_path, of_random, of_weights, sample, surface
from tuibp.files import load


def test_every_point_is_the_cost_of_the_network_there() -> None:
    of = load("iris")
    network, data = of.network, of.data
    plane, window = of_weights(network, 3, 17), Window((-2.0, 4.0), (-1.0, 1.0))
    *_coarser, last = surface(network, data.x, data.y, plane, window, (5, 7))
    assert last.done == 1.0
    for i in range(5):
        for j in range(7):
            parameters = network.parameters.copy()
            parameters[3] += -2.0 + (j + 0.5) / 7 * 6.0
            parameters[17] += 1.0 - (i + 0.5) / 5 * 2.0
            assert last.costs[i, j] == pytest.approx(
                cost(network.with_parameters(parameters), data.x, data.y), rel=1e-12
            )


def test_it_comes_coarse_first_and_each_point_is_computed_once() -> None:
    of = load("xor")
    story = surface(of.network, of.data.x, of.data.y, of_weights(of.network, 0, 1), Window((-1, 1), (-1, 1)), (20, 33))
    shares, whole = [], 0
    for record in story:
        shares.append(record.done)
        whole = whole or (len(shares) if np.isfinite(record.costs).all() else 0)
    assert len(shares) == 20 * 33
    assert shares == sorted(shares)
    assert whole == -(-20 // STRIDES[0]) * -(-33 // STRIDES[0])


def test_the_path_s_plane_holds_as_much_of_it_as_any_two_directions_can() -> None:
    random = np.random.default_rng(0)
    path = np.cumsum(random.normal(size=(30, 12)) * np.linspace(3, 0.1, 12), axis=0)
    plane = of_path(path)
    assert plane is not None
    singular = np.linalg.svd(path - path.mean(axis=0), compute_uv=False) ** 2
    assert plane.held == pytest.approx(singular[:2].sum() / singular.sum())
    off = path - path.mean(axis=0)
    points = plane.at(path)
    inside = points[:, :1] * plane.u + points[:, 1:] * plane.v
    assert (inside**2).sum() / (off**2).sum() == pytest.approx(plane.held)
    assert abs(plane.u @ plane.v) < 1e-12


def test_a_path_that_goes_straight_or_nowhere_has_no_plane() -> None:
    assert of_path(np.outer(np.arange(5.0), np.ones(4))) is None
    assert of_path(np.ones((3, 4))) is None
    assert of_path(np.ones((1, 4))) is None


def test_random_directions_move_each_neuron_by_as_much_as_it_has() -> None:
    network = initialise((3, 4, 2), "tanh", "quadratic", seed=2)
    plane = of_random(network, 5)
    moved = network.with_parameters(plane.u)
    for own, w, b in zip(network.weights, moved.weights, moved.biases, strict=True):
        assert np.linalg.norm(w, axis=1) == pytest.approx(np.linalg.norm(own, axis=1))
        assert not b.any()
    assert abs(plane.u @ plane.v) < 1e-9
    assert (of_random(network, 5).u == plane.u).all()


def test_what_a_point_costs_is_bounded_whatever_the_network() -> None:
    large = initialise((784, 1000, 10), "relu", "quadratic", seed=0)
    assert len(sample(large, 60_000)) == 20
    small = sample(load("xor").network, 4)
    assert small.tolist() == [0, 1, 2, 3]
    rows = sample(load("digits").network, 1797)
    assert len(set(rows.tolist())) == 500


def test_a_window_shows_all_points() -> None:
    points = np.array([[0.0, 5.0], [3.0, -2.0], [1.0, 1.0]])
    window = around(points, 1.0)
    assert window.s[0] < 0.0 < 3.0 < window.s[1]
    assert window.t[0] < -2.0 < 5.0 < window.t[1]
    assert window.scaled(0.5).s[1] - window.scaled(0.5).s[0] == pytest.approx((window.s[1] - window.s[0]) / 2)


def test_random_directions_span_a_plane_of_any_network() -> None:
    single = load("single-neuron").network
    zeros = initialise((3, 4, 2), "tanh", "quadratic", "zeros")
    for network in (single, zeros, load("mazur").network):
        plane = of_random(network, 0)
        assert np.isfinite(plane.at(network.parameters)).all()
        assert plane.u @ plane.u > 0
        assert plane.v @ plane.v > 0
        assert abs(plane.u @ plane.v) <= 1e-9 * np.linalg.norm(plane.u) * np.linalg.norm(plane.v)
