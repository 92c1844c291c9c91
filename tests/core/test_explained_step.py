"""What whole steps say: equation, what they read, and a sentence by the numbers."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import ArrayLike

from tuibp.core.example import Example
from tuibp.core.explanation import explain_step
from tuibp.core.five_steps import order, walk
from tuibp.core.meaning.layer import LayerSight
from tuibp.core.meaning.step import TABLES
from tuibp.core.network import Modified, Network, NetworkError, explicit, initialise
from tuibp.core.steps import StepName


def chain(weights: list[float], biases: list[float], functions: str | list[str] = "sigmoid") -> Network:
    return explicit([[[w]] for w in weights], [[b] for b in biases], functions, "quadratic")


MAZUR = explicit(
    [[[0.15, 0.20], [0.25, 0.30]], [[0.40, 0.45], [0.50, 0.55]]], [[0.35, 0.35], [0.60, 0.60]], "sigmoid", "quadratic"
)
MAZUR_EXAMPLE = Example.of([0.05, 0.10], [0.01, 0.99])
ONE = Example.of([1.0], [1.0])
BROKEN = chain([np.inf, 1.0], [0.0, 0.0], "linear")
LINE = chain([1.0, 1.0], [0.0, 0.0], "linear")
CORNER = chain([0.0, 1.0], [0.0, 0.0], ["relu", "linear"])
TENTHS = (
    explicit([[[0.1, 0.2]], [[1.0]]], [[0.0], [0.0]], "linear", "quadratic"),
    Example.of([1.0, 1.0], [0.3]),
)
TIED = (
    explicit([[[1.0], [1.0]], [[0.5, 0.5]] * 3], [[0.0] * 2, [0.0] * 3], "linear", "quadratic"),
    Example.of([1.0], [0.0, 0.0, 0.0]),
)


def three(y: ArrayLike) -> tuple[Network, Example]:
    network = explicit([[[0.1], [2.0], [-1.0]]], [[0.0, 0.0, 0.0]], "sigmoid", "quadratic")
    return network, Example.of([1.0], y)


CASES: list[tuple[StepName, str, str, Network, Example, int]] = [
    ("input", "dark_inputs", "1 of 2 inputs are 0", MAZUR, Example.of([0, 1], [0, 1]), 0),
    ("input", "example_comes_in", "2 numbers, given", MAZUR, MAZUR_EXAMPLE, 0),
    ("feedforward", "ran_away", "beyond 1e308", BROKEN, ONE, 1),
    ("feedforward", "outputs_decide", "Output 2 is largest, and that is right", *three([0, 1, 0]), 1),
    ("feedforward", "outputs_decide", "but output 1 should be: wrong", *three([1, 0, 0]), 1),
    ("feedforward", "outputs_miss", "Output 1 is too low by 0.27", chain([1], [0]), ONE, 1),
    ("feedforward", "outputs_miss", "No output misses its target by more than rounding", LINE, ONE, 2),
    (
        "feedforward",
        "neurons_are_off",
        "Every neuron of this layer is a relu below 0",
        chain([-1, 1], [0, 0], "relu"),
        ONE,
        1,
    ),
    (
        "feedforward",
        "neurons_are_off",
        "1 of 2 neurons are relus below 0",
        explicit([[[1], [-1]], [[1, 1]]], [[0, 0], [0]], "relu", "quadratic"),
        ONE,
        1,
    ),
    ("feedforward", "neurons_are_saturated", "1 of 1 neurons are saturated", chain([9, 1], [0, 0]), ONE, 1),
    ("feedforward", "activations_span", "They answer 0.59 to 0.60", MAZUR, MAZUR_EXAMPLE, 1),
    ("feedforward", "activations_span", "answers 0.73", chain([1, 1], [0, 0]), ONE, 1),
    ("output_error", "ran_away", "beyond 1e308", BROKEN, ONE, 2),
    ("output_error", "no_errors", "All errors of layer 3 are 0", LINE, ONE, 2),
    ("output_error", "output_most_to_blame", "Output 1 has the largest error: lowering z^3_1", MAZUR, MAZUR_EXAMPLE, 2),
    ("backpropagate", "ran_away", "beyond 1e308", BROKEN, ONE, 1),
    ("backpropagate", "no_errors", "All errors of layer 2 are 0", LINE, ONE, 1),
    (
        "backpropagate",
        "errors_fade",
        "82,000 times smaller than at the output",
        chain([1, 0.1, 0.1, 0.1], [0, 0, 0, 0]),
        ONE,
        1,
    ),
    (
        "backpropagate",
        "errors_grow",
        "25 times that of layer 3",
        chain([100, 100], [-100, -50]),
        Example.of([1.0], [0.0]),
        1,
    ),
    ("backpropagate", "neuron_most_to_blame", "neuron 2’s: lowering z^2_2 lowers C", MAZUR, MAZUR_EXAMPLE, 1),
    ("gradient", "ran_away", "beyond 1e308", BROKEN, ONE, 1),
    ("gradient", "no_errors", "All errors of layer 2 are 0", LINE, ONE, 1),
    ("gradient", "weights_that_learn_nothing", "2 of 4 weights", MAZUR, Example.of([0, 1], [0, 1]), 1),
    ("gradient", "steepest_weight", "∂C/∂w^3_12 = 0.083", MAZUR, MAZUR_EXAMPLE, 2),
    ("feedforward", "outputs_are_right", "within 0.0067 of its target", chain([5], [0]), ONE, 1),
    *(
        (step, "corner_in_the_way", "z^2_1 is 0, where relu has a corner", CORNER, ONE, 1)
        for step in ("backpropagate", "gradient")
    ),
    ("output_error", "corner_in_the_way", "leaky relu has a corner", chain([0], [0], "leaky_relu"), ONE, 1),
    ("output_error", "errors_lost_in_rounding", "rounding hides their signs", *TENTHS, 2),
    ("backpropagate", "errors_lost_in_rounding", "rounding hides their signs", *TENTHS, 1),
    ("gradient", "errors_lost_in_rounding", "rounding hides their signs", *TENTHS, 1),
    ("output_error", "several_most_to_blame", "3 neurons share the largest error of layer 3, 1.", *TIED, 2),
    ("backpropagate", "several_most_to_blame", "2 neurons share the largest error of layer 2", *TIED, 1),
]


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize(("step", "rule", "says", "network", "example", "layer"), CASES)
def test_the_rule_speaks_where_its_case_is_met(
    step: StepName, rule: str, says: str, network: Network, example: Example, layer: int
) -> None:
    sight = LayerSight(network, example, walk(network, example), layer)
    assert next(r.__name__ for r in TABLES[step] if r(sight)) == rule
    assert says in explain_step(network, step, layer, example).meaning


def test_every_rule_has_a_case() -> None:
    assert {(step, rule) for step, rule, *_ in CASES} == {(s, r.__name__) for s, rules in TABLES.items() for r in rules}


def test_a_step_says_what_it_reads() -> None:
    assert explain_step(MAZUR, "input", 0).reads == ("x",)
    assert explain_step(MAZUR, "feedforward", 1).reads == ("a^1", "w^2", "b^2")
    assert explain_step(MAZUR, "output_error", 2).reads == ("a^3", "y", "z^3")
    assert explain_step(MAZUR, "backpropagate", 1).reads == ("δ^3", "w^3", "z^2")
    assert explain_step(MAZUR, "gradient", 1).reads == ("a^1", "δ^2")


def test_an_equation_is_written_with_the_layer_s_own_function() -> None:
    network = initialise([2, 3, 3, 2], ["tanh", "relu", "softmax"], "log_likelihood", modified=[Modified(2, 0, "tanh")])
    assert explain_step(network, "feedforward", 1).general == "a^l = tanh(w^l a^{l-1} + b^l)"
    assert explain_step(network, "feedforward", 2).general.startswith("a^l = f(")
    assert explain_step(network, "backpropagate", 1).general == "δ^l = ((w^{l+1})^T δ^{l+1}) ⊙ tanh'(z^l)"
    assert explain_step(network, "backpropagate", None).general.endswith("f'(z^l)")
    assert explain_step(network, "output_error", 3).general == "δ^L_j = Σ_k ∂C/∂a^L_k · ∂a^L_k/∂z^L_j"


def test_every_step_of_every_network_can_be_explained_with_and_without_an_example() -> None:
    for sizes in ([1, 1], [3, 2], [2, 3, 1], [2, 3, 4, 2]):
        network = initialise(sizes, "tanh", "quadratic", seed=1)
        example = Example.of(np.ones(sizes[0]), np.zeros(sizes[-1]))
        for step, layer in (*order(len(sizes)), *((name, None) for name in TABLES)):
            for given in (None, example):
                found = explain_step(network, step, layer, given)
                assert found.meaning
                assert found.general


def test_without_a_hidden_layer_there_is_nothing_to_send_back() -> None:
    found = explain_step(chain([1], [0]), "backpropagate", None, ONE)
    assert found.meaning == "There is no hidden layer: nothing to send back."
    assert found.reads == ()


def test_a_step_that_does_not_touch_the_layer_is_refused() -> None:
    with pytest.raises(NetworkError, match="does not touch layer 3"):
        explain_step(MAZUR, "backpropagate", 2)
