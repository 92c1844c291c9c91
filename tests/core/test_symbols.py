"""A symbol of an equation stands for the very numbers that the explanation of that equation multiplies."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tests.core.random_networks import numbers_of, random_network
from tuibp.core.example import Example
from tuibp.core.explanation import Explanation, explain
from tuibp.core.five_steps import walk
from tuibp.core.network import Network
from tuibp.core.steps import Quantity
from tuibp.core.symbols import symbols


def test_each_factor_of_a_sum_is_the_number_of_its_symbol(whole: bool) -> None:
    seen = 0
    for number in numbers_of(whole, 24):
        network, example = random_network(number)
        given = walk(network, example)
        for made in _explanations(network, number, example):
            for factor in (f for t in made.terms for f in t.factors):
                found = symbols(factor.name, made.layer, network.last, made.j, made.k)
                if len(found) != 1 or (found[0].start, found[0].end) != (0, len(factor.name)):
                    continue  # `−y_1`, `exp(z^3_1)`: a symbol with something around it
                value = found[0].values(network, given, example.y)
                np.testing.assert_allclose(value.ravel(), [factor.value], rtol=1e-12, atol=0.0)
                seen += 1
    assert seen > 100


def test_in_general_and_with_indices_an_equation_has_the_same_layers() -> None:
    """`δ^{l+1}` is `δ^3_k`: what l, j and k stand for is read as the book reads it."""
    general = symbols("δ^l = ((w^{l+1})^T δ^{l+1}) ⊙ σ'(z^l)", 1, 3, 4)
    indexed = symbols("δ^2_5 = (Σ_k w^3_k5 δ^3_k) · σ'(z^2_5)", 1, 3, 4)
    assert [(s.kind, s.layer, s.j, s.k) for s in general] == [(s.kind, s.layer, s.j, s.k) for s in indexed]
    assert [s.transposed for s in general] == [False, True, False, False]


def test_symbols_stand_where_they_say() -> None:
    formula = "∂C/∂w^2_13,22 = a^1_22 δ^2_13"
    found = symbols(formula, 1, 2, 12, 21)
    assert [formula[s.start : s.end] for s in found] == ["∂C/∂w^2_13,22", "a^1_22", "δ^2_13"]
    assert [(s.layer, s.j, s.k) for s in found] == [(1, 12, 21), (0, 21, None), (1, 12, None)]


def _explanations(network: Network, number: int, example: Example) -> Iterator[Explanation]:
    random = np.random.default_rng(number)
    quantities: tuple[Quantity, ...] = ("z", "delta", "gradient")
    for layer in range(1, network.layer_count):
        j, k = (int(random.integers(network.sizes[at])) for at in (layer, layer - 1))
        for quantity in quantities:
            yield explain(network, example, quantity, layer, j, k if quantity == "gradient" else None)
