"""The answer to a question is what the network's cost says, moved a little or an update on; no formula of δ is used."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest

from tests.oracles import cost_by_formula
from tuibp.core.five_steps import walk
from tuibp.core.network import NetworkError
from tuibp.core.questions import KINDS, Ask, Case, Question, question
from tuibp.core.questions.mistake import LABELS
from tuibp.files import load

PRESETS = ("mazur", "xor", "worksheet", "iris", "modified-neuron", "linear-neurons", "deep-sigmoid", "nand")


def case_of(name: str, row: int = 0) -> Case:
    preset = load(name)
    example = preset.data.example(row)
    return Case(preset.network, example, walk(preset.network, example), preset.training, preset.data)


def cost(case: Case, parameters: np.ndarray) -> float:
    return float(cost_by_formula(case.network, parameters, case.example.x[None], case.example.y[None]))


def slope(case: Case, layer: int, j: int, k: int | None = None) -> float:
    at, sides = case.network.index_of(layer, j, k), []
    for by in (1e-6, -1e-6):
        moved = case.network.parameters.copy()
        moved[at] += by
        sides.append(cost(case, moved))
    return (sides[0] - sides[1]) / 2e-6


def asked(case: Case, ask: Ask) -> Question | None:
    try:
        return question(ask, case)
    except NetworkError:
        return None


CASES = [(name, row) for name in PRESETS for row in (0, 1) if row < len(load(name).data)]


@pytest.mark.parametrize(("name", "row"), CASES)
def test_signs_sizes_and_directions_are_those_of_the_measured_slopes(name: str, row: int) -> None:
    case = case_of(name, row)
    network = case.network
    for layer in range(1, network.layer_count):
        deltas = [slope(case, layer, j) for j in range(network.sizes[layer])]
        for j, delta in enumerate(deltas):
            found = question(Ask("sign_of_delta", layer, j), case)
            if abs(delta) > 1e-7:
                assert found.answer == (0 if delta > 0 else 1)
            k = j % network.sizes[layer - 1]
            towards = slope(case, layer, j, k)
            if abs(towards) > 1e-7:
                assert question(Ask("which_way", layer, j, k), case).answer == (0 if towards < 0 else 1)
        largest = asked(case, Ask("largest_delta", layer))
        assert largest is None or largest.answer == int(np.abs(deltas).argmax())
    norms = [
        math.hypot(*(slope(case, layer, j) for j in range(network.sizes[layer])))
        for layer in range(1, network.layer_count)
    ]
    slowest = asked(case, Ask("slowest_layer"))
    if slowest is not None:
        assert slowest.choices[int(slowest.answer)] == f"layer {int(np.argmin(norms)) + 2}"


@pytest.mark.parametrize(("name", "row"), CASES)
def test_what_the_cost_does_is_what_the_formula_says(name: str, row: int) -> None:
    case = case_of(name, row)
    before = cost(case, case.network.parameters)
    for layer, by in product(range(1, case.network.layer_count), (0.5, -0.2, 3.0)):
        moved = case.network.parameters.copy()
        moved[case.network.index_of(layer, 0, 0)] += by
        after = cost(case, moved)
        if abs(after - before) > 1e-9:
            found = question(Ask("cost_of_change", layer, 0, 0, by), case)
            assert found.answer == (0 if after > before else 1)
    gradient = [
        slope(case, layer, j, k)
        for layer in range(1, case.network.layer_count)
        for k in (*range(case.network.sizes[layer - 1]), None)
        for j in range(case.network.sizes[layer])
    ]
    places = [
        case.network.index_of(layer, j, k)
        for layer in range(1, case.network.layer_count)
        for k in (*range(case.network.sizes[layer - 1]), None)
        for j in range(case.network.sizes[layer])
    ]
    stepped = case.network.parameters.copy()
    if not case.training.train_biases:
        return
    stepped[places] -= case.training.eta * np.array(gradient)
    after = cost(case, stepped)
    if abs(after - before) > 1e-7:
        assert question(Ask("cost_of_update"), case).answer == (0 if after > before else 1)


def test_counts_are_counted() -> None:
    case = case_of("deep-sigmoid")
    paths = list(product(*(range(n) for n in case.network.sizes[2:])))
    found = question(Ask("number_of_paths", 1, 0, 0), case)
    assert found.answer == len(paths)
    assert found.is_right(512.0)
    assert not found.is_right(513.0)
    assert question(Ask("number_of_passes"), case).answer == 250


def test_an_input_of_0_is_the_gradient_that_is_zero() -> None:
    for row, answer in ((1, 0), (2, 1), (3, 2)):
        assert question(Ask("zero_gradient", 1, 0), case_of("xor", row)).answer == answer
    with pytest.raises(NetworkError):
        question(Ask("zero_gradient", 1, 0), case_of("xor", 0))


@pytest.mark.parametrize("value", [0.138498, -2.7755, 1953.125, 4.4e-4, 0.0996])
def test_a_number_is_right_where_its_first_two_digits_are(value: float) -> None:
    asked = Question("", value, "", "")
    assert asked.is_right(float(f"{value:.1e}"))
    assert asked.is_right(value)
    assert not asked.is_right(value * 1.13)
    assert not asked.is_right(-value)
    assert not asked.is_right(0.0)


@pytest.mark.parametrize("mistake", LABELS)
def test_a_mistake_that_is_asked_about_is_one_of_three_choices(mistake: str) -> None:
    for name in ("worksheet", "mazur"):
        found = asked(case_of(name), Ask("which_mistake", mistake=mistake))
        if found is not None:
            assert len(set(found.choices)) == 3
            assert found.choices[int(found.answer)] == LABELS[mistake]


def test_what_a_network_has_not_is_refused() -> None:
    case = case_of("mazur")
    for ask in (
        Ask("sign_of_delta", 0, 0), Ask("sign_of_delta", 3, 0), Ask("sign_of_delta", 2, 2), Ask("which_way", 1, 0, 2),
        Ask("value", 2, 0, of="delta_x"), Ask("which_mistake", mistake="none such"), Ask("batch_agrees", 2, 0),
    ):  # fmt: skip
        with pytest.raises(NetworkError):
            question(ask, case)
    assert set(KINDS) >= {"sign_of_delta", "largest_delta", "zero_gradient", "cost_of_update", "slowest_layer", "value"}
