"""Explanations against the numbers that the five steps computed, for networks of every kind."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tuibp.core.example import Example
from tuibp.core.explanation import Explanation, explain
from tuibp.core.five_steps import walk
from tuibp.core.network import Modified, Network, NetworkError, explicit, initialise
from tuibp.core.steps import Quantity

ELEMENTWISE = ("sigmoid", "tanh", "relu", "leaky_relu", "linear")
PROBABILITIES = ("sigmoid", "softmax")


@st.composite
def cases(draw: st.DrawFn) -> tuple[Network, Example]:
    """Any network of 2 to 5 layers, any functions and cost that go together, perhaps one modified neuron."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=2, max_size=5))
    cost = draw(st.sampled_from(("quadratic", "cross_entropy", "log_likelihood")))
    hidden = [draw(st.sampled_from((*ELEMENTWISE, "softmax"))) for _ in sizes[1:-1]]
    output = draw(st.sampled_from((*ELEMENTWISE, "softmax") if cost == "quadratic" else PROBABILITIES))
    functions = [*hidden, output]
    if (cost, output) == ("cross_entropy", "softmax"):
        sizes[-1] = max(sizes[-1], 2)  # of one output there is no such network
    free = [layer for layer, name in enumerate(functions[:-1], start=1) if name != "softmax"]
    if output != "softmax" and cost == "quadratic":
        free.append(len(sizes) - 1)
    modified = []
    if draw(st.booleans()) and free:
        layer = draw(st.sampled_from(free))
        neuron = draw(st.integers(0, sizes[layer] - 1))
        modified.append(Modified(layer, neuron, draw(st.sampled_from(ELEMENTWISE))))
    network = initialise(sizes, functions, cost, "gaussian", draw(st.integers(0, 10_000)), modified)
    network = network.with_parameters(network.parameters * draw(st.sampled_from((0.1, 1.0, 5.0, 40.0))))
    random = np.random.default_rng(draw(st.integers(0, 10_000)))
    y = random.random(sizes[-1])
    if draw(st.booleans()):
        y = np.eye(sizes[-1])[random.integers(sizes[-1])]
    return network, Example.of(random.normal(size=sizes[0]), y)


def all_of(network: Network, example: Example) -> Iterator[Explanation]:
    """Every explanation that there is."""
    known = walk(network, example)
    for j in range(network.sizes[0]):
        yield explain(network, example, "a", 0, j, given=known)
    quantities: tuple[Quantity, ...] = ("z", "a", "delta", "gradient")
    for layer in range(1, network.layer_count):
        for j, quantity in itertools.product(range(network.sizes[layer]), quantities):
            yield explain(network, example, quantity, layer, j, given=known)
        for j, k in itertools.product(range(network.sizes[layer]), range(network.sizes[layer - 1])):
            yield explain(network, example, "gradient", layer, j, k, given=known)


@settings(max_examples=150, deadline=None)
@given(cases())
def test_terms_add_up_to_the_number_that_the_step_computed(case: tuple[Network, Example]) -> None:
    for e in all_of(*case):
        outside = math.prod(f.value for f in e.times)
        flow = sum(abs(t.value) for t in e.terms) * abs(outside)
        assert sum(t.value for t in e.terms) == pytest.approx(e.inner, rel=1e-12, abs=1e-13 * flow + 1e-300)
        # A softmax output that underflows leaves an error of about 1e-150 where its terms are 0.
        assert e.inner * outside == pytest.approx(e.result, rel=1e-12, abs=1e-13 * flow + 1e-140), e.indexed


@settings(max_examples=50, deadline=None)
@given(cases())
def test_a_term_is_the_product_of_its_factors(case: tuple[Network, Example]) -> None:
    for e in all_of(*case):
        for term in e.terms:
            assert term.value == math.prod(f.value for f in term.factors)


@settings(max_examples=50, deadline=None)
@given(cases())
def test_every_number_has_a_meaning_in_at_most_four_lines_of_44_columns(case: tuple[Network, Example]) -> None:
    for e in all_of(*case):
        assert 0 < len(e.meaning) <= 4 * 44, e.meaning
        assert "{" not in e.meaning
        assert "'" not in e.meaning  # it would be read as a derivative


@pytest.fixture
def mazur() -> tuple[Network, Example]:
    network = explicit(
        [[[0.15, 0.20], [0.25, 0.30]], [[0.40, 0.45], [0.50, 0.55]]],
        [[0.35, 0.35], [0.60, 0.60]],
        "sigmoid",
        "quadratic",
    )
    return network, Example.of([0.05, 0.10], [0.01, 0.99])


def test_weighted_input_ends_with_its_bias(mazur: tuple[Network, Example]) -> None:
    e = explain(*mazur, "z", 1, 0)
    assert [[f.name for f in t.factors] for t in e.terms] == [["w^2_11", "a^1_1"], ["w^2_12", "a^1_2"], ["b^2_1"]]
    assert e.indexed == "z^2_1 = Σ_k w^2_1k a^1_k + b^2_1"
    assert (e.equation, e.name, e.result) == ("FF", "z^2_1", 0.3775)


def test_a_sum_can_be_followed_term_by_term(mazur: tuple[Network, Example]) -> None:
    e = explain(*mazur, "z", 1, 0)
    assert [e.so_far(n) for n in range(4)] == pytest.approx([0.0, 0.0075, 0.0275, 0.3775], rel=1e-15)
    assert e.so_far(3) == e.inner


def test_bp1_of_quadratic_cost_is_the_difference_times_the_slope(mazur: tuple[Network, Example]) -> None:
    e = explain(*mazur, "delta", 2, 0)
    assert e.indexed == "δ^3_1 = (a^3_1 − y_1) · σ'(z^3_1)"
    assert [t.factors[0].name for t in e.terms] == ["a^3_1", "−y_1"]
    assert e.inner == pytest.approx(0.7413650695523157, rel=1e-15)
    assert e.result == pytest.approx(0.13849856162855695, rel=1e-12)


def test_bp2_reads_the_weights_as_a_column(mazur: tuple[Network, Example]) -> None:
    e = explain(*mazur, "delta", 1, 1)
    assert [[f.name for f in t.factors] for t in e.terms] == [["w^3_12", "δ^3_1"], ["w^3_22", "δ^3_2"]]
    assert [f.name for f in e.times] == ["σ'(z^2_2)"]
    assert e.result == pytest.approx(0.009954254705217196, rel=1e-12)


def test_bp4_is_what_came_in_times_the_error(mazur: tuple[Network, Example]) -> None:
    e = explain(*mazur, "gradient", 1, 1, 0)
    assert (e.equation, e.indexed) == ("BP4", "∂C/∂w^2_21 = a^1_1 δ^2_2")
    assert e.result == pytest.approx(0.0004977127352608599, rel=1e-12)


def test_bp3_is_the_error_itself(mazur: tuple[Network, Example]) -> None:
    e = explain(*mazur, "gradient", 2, 1)
    assert (e.equation, e.indexed) == ("BP3", "∂C/∂b^3_2 = δ^3_2")
    assert e.result == explain(*mazur, "delta", 2, 1).result


def test_a_comma_parts_indices_of_two_digits() -> None:
    network = initialise([7, 13, 1], "sigmoid", "quadratic")
    example = Example.of(np.ones(7), [1.0])
    assert explain(network, example, "z", 1, 12).terms[6].factors[0].name == "w^2_13,7"
    assert explain(network, example, "z", 1, 12).indexed.startswith("z^2_13 = Σ_k w^2_13,k a^1_k")
    assert explain(network, example, "delta", 1, 12).terms[0].factors[0].name == "w^3_1,13"


def test_a_modified_neuron_is_written_with_its_own_function() -> None:
    network = initialise([2, 3, 1], "sigmoid", "quadratic", modified=[Modified(1, 1, "tanh")])
    example = Example.of([1.0, -1.0], [0.0])
    assert explain(network, example, "a", 1, 1).indexed == "a^2_2 = tanh(z^2_2)"
    assert explain(network, example, "delta", 1, 1).times[0].name == "tanh'(z^2_2)"
    assert "tanh" in explain(network, example, "delta", 1, 1).note
    assert explain(network, example, "delta", 1, 0).times[0].name == "σ'(z^2_1)"


def test_softmax_takes_the_way_through_every_output() -> None:
    network = initialise([2, 3], "softmax", "log_likelihood", seed=3)
    example = Example.of([1.0, -1.0], [0.0, 1.0, 0.0])
    e = explain(network, example, "delta", 1, 0)
    assert [f.name for f in e.terms[1].factors] == ["∂C/∂a^2_2", "∂a^2_2/∂z^2_1"]
    assert "a^2_1 − y_1" in e.note
    assert e.result == pytest.approx(walk(network, example).a(1)[0], rel=1e-12)


def test_cross_entropy_says_where_the_slope_went() -> None:
    network = explicit([[[2.0]]], [[2.0]], "sigmoid", "cross_entropy")
    e = explain(network, Example.of([1.0], [0.0]), "delta", 1, 0)
    assert [f.name for f in e.times] == ["1/(a^2_1 (1 − a^2_1))", "σ'(z^2_1)"]
    assert e.times[0].value * e.times[1].value == pytest.approx(1.0, rel=1e-15)
    assert "0.018" in e.note
    assert "cancel" in e.note


@pytest.mark.parametrize("cost", ["cross_entropy", "log_likelihood"])
@pytest.mark.parametrize("z", [-1e4, -650.0, -599.0, 599.0, 650.0, 1e4])
@pytest.mark.parametrize("y", [0.0, 0.5, 1.0])
def test_a_saturated_probability_still_adds_up(cost: str, z: float, y: float) -> None:
    network = explicit([[[z]]], [[0.0]], "sigmoid", cost)
    e = explain(network, Example.of([1.0], [y]), "delta", 1, 0)
    outside = math.prod(f.value for f in e.times)
    flow = sum(abs(t.value) for t in e.terms) * outside
    assert e.inner * outside == pytest.approx(e.result, rel=1e-12, abs=1e-13 * flow + 1e-250)


@pytest.mark.parametrize("cost", ["quadratic", "cross_entropy", "log_likelihood"])
@pytest.mark.parametrize("far", [1e4, 700.0, 40.0])
def test_a_softmax_that_has_decided_still_adds_up(cost: str, far: float) -> None:
    network = explicit([[[0.0], [far], [-far]]], [[0.0, 0.0, 0.0]], "softmax", cost)
    for j, y in itertools.product(range(3), np.eye(3)):
        for quantity in ("a", "delta"):
            e = explain(network, Example.of([1.0], y), quantity, 1, j)
            outside = math.prod(f.value for f in e.times)
            flow = sum(abs(t.value) for t in e.terms) * abs(outside)
            assert e.inner * outside == pytest.approx(e.result, rel=1e-12, abs=1e-13 * flow + 1e-250)


def test_numbers_that_ran_away_are_explained_too() -> None:
    network = explicit([[[math.inf, 1.0]], [[1.0]]], [[0.0], [math.nan]], "linear", "quadratic")
    example = Example.of([0.5, 0.5], [0.0])
    for e in all_of(network, example):
        assert e.meaning


@pytest.mark.parametrize(
    ("quantity", "layer", "j", "k", "complaint"),
    [
        ("z", 0, 0, None, "layer 1 is the input"),
        ("gradient", 0, 0, None, "layer 1 is the input"),
        ("a", 3, 0, None, "layers 1 to 3, not 4"),
        ("a", -1, 0, None, "layers 1 to 3, not 0"),
        ("a", 1, 2, None, "neurons 1 to 2, not 3"),
        ("gradient", 1, 0, 2, "layer 1 has neurons 1 to 2, not 3"),
        ("delta", 1, 0, 0, "a weight has a gradient"),
        ("slope", 1, 0, None, "unknown quantity"),
    ],
)
def test_what_is_not_there_is_refused_with_its_reason(
    mazur: tuple[Network, Example], quantity: Quantity, layer: int, j: int, k: int | None, complaint: str
) -> None:
    with pytest.raises(NetworkError, match=complaint):
        explain(*mazur, quantity, layer, j, k)
