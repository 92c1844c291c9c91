"""The matrix form is the same error as BP1 and BP2, to the bit, and counts what a person would count."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.core.random_networks import numbers_of, random_network
from tuibp.core.example import Example
from tuibp.core.matrix_form import matrix_form
from tuibp.core.network import NetworkError, initialise

MINE = initialise((2, 3, 3, 2), "sigmoid", "quadratic", "gaussian", 1)
ONE = Example.of([0.3, 0.8], [0.0, 1.0])


def test_each_product_is_the_elementwise_line_to_the_bit(whole: bool) -> None:
    judged = 0
    for number in numbers_of(whole, 100):
        network, example = random_network(number)
        for layer in range(1, network.layer_count):
            form = matrix_form(network, example, layer)
            for product in form.products:
                if product.square and product.layer in form.coupled:
                    scale = np.abs(product.matrix) @ np.abs(product.vector) + 1e-300
                    assert (np.abs(product.result - product.elementwise) <= 1e-12 * scale).all()
                else:
                    assert product.same, (number, product.name)
                    judged += 1
    assert judged > 300


def test_the_result_is_the_error_that_the_five_steps_have(whole: bool) -> None:
    for number in numbers_of(whole, 60):
        network, example = random_network(number)
        for layer in range(1, network.layer_count):
            form = matrix_form(network, example, layer)
            flow = np.abs(form.blame)
            for product in form.products:
                flow = np.abs(product.matrix) @ flow
            assert (np.abs(form.result - form.told) <= 1e-11 * flow + 1e-300).all(), number


def test_a_plain_product_of_all_the_matrices_is_the_same() -> None:
    form = matrix_form(MINE, ONE, 1)
    whole = np.linalg.multi_dot([p.matrix for p in reversed(form.products)])
    assert whole @ form.blame == pytest.approx(form.result, rel=1e-12)


def test_multiplications_are_counted_as_one_would_by_hand() -> None:
    form = matrix_form(MINE, ONE, 1)
    assert [p.name for p in form.products] == ["Σ'(z^4)", "(w^4)^T", "Σ'(z^3)", "(w^3)^T", "Σ'(z^2)"]
    assert [p.multiplications for p in form.products] == [4, 6, 9, 9, 9]
    assert [p.by_zero for p in form.products] == [2, 0, 6, 0, 6]
    assert [p.multiplications_beside for p in form.products] == [2, 6, 3, 9, 3]
    assert (form.multiplications, form.by_zero, form.multiplications_beside) == (37, 14, 23)
    assert form.multiplications_from_the_left == 27 + 27 + 18 + 12 + 6


def test_from_the_left_is_what_multiplying_the_matrices_takes() -> None:
    network = initialise((3, 5, 2, 4), "tanh", "quadratic", "gaussian", 1)
    form = matrix_form(network, Example.of([1, 2, 3], [0, 0, 0, 1]), 1)
    shapes = [p.matrix.shape for p in reversed(form.products)]
    rows = shapes[0][0]
    assert form.multiplications_from_the_left == sum(rows * math.prod(s) for s in shapes[1:]) + rows * shapes[-1][1]


def test_the_equation_is_written_as_in_the_book() -> None:
    assert matrix_form(MINE, ONE, 1).symbols == "δ^2 = Σ'(z^2) (w^3)^T Σ'(z^3) (w^4)^T Σ'(z^4) ∇_a C"
    assert matrix_form(MINE, ONE, 3).symbols == "δ^4 = Σ'(z^4) ∇_a C"
    assert [p.equation for p in matrix_form(MINE, ONE, 2).products] == ["BP1", "", "BP2"]


@pytest.mark.parametrize("layer", [0, 4])
def test_a_layer_without_an_error_is_refused(layer: int) -> None:
    with pytest.raises(NetworkError, match="have an error"):
        matrix_form(MINE, ONE, layer)


def test_a_matrix_too_large_is_refused_before_it_is_made() -> None:
    wide = initialise((1, 3000, 1), "sigmoid", "quadratic")
    with pytest.raises(NetworkError, match="9,000,000 numbers"):
        matrix_form(wide, Example.of([1.0], [1.0]), 1)
