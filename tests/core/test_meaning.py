"""Every rule of meaning on a small network that makes it speak, and the sentence that a person then reads."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import ArrayLike

from tuibp.core.example import Example
from tuibp.core.explanation import explain, look
from tuibp.core.five_steps import walk
from tuibp.core.meaning import TABLES, kind_of
from tuibp.core.network import Network, explicit
from tuibp.core.steps import Quantity


@dataclass(frozen=True)
class Case:
    """A number on which one rule speaks."""

    rule: str
    says: str
    network: Network
    example: Example
    quantity: Quantity
    layer: int
    j: int
    k: int | None = None


def chain(
    weights: Sequence[float],
    biases: Sequence[float],
    functions: str | Sequence[str] = "sigmoid",
    cost: str = "quadratic",
) -> Network:
    """One neuron a layer."""
    return explicit([[[w]] for w in weights], [[b] for b in biases], functions, cost)


def layer_of(w: ArrayLike, b: ArrayLike, function: str = "sigmoid", cost: str = "quadratic") -> Network:
    return explicit([w], [b], function, cost)


def to_two(w2: float, w3: Sequence[float], functions: Sequence[str] = ("sigmoid", "sigmoid")) -> Network:
    """One input, one hidden neuron, two outputs."""
    return explicit([[[w2]], [[w] for w in w3]], [[0.0], [0.0, 0.0]], functions, "quadratic")


MAZUR = explicit(
    [[[0.15, 0.20], [0.25, 0.30]], [[0.40, 0.45], [0.50, 0.55]]], [[0.35, 0.35], [0.60, 0.60]], "sigmoid", "quadratic"
)
AFTER_60 = explicit(
    [[[0.25, 0.3], [0.25, 0.3]], [[-0.627511, -0.580714], [0.815359, 0.866187]]],
    [[0.46, 0.46], [-1.122040, 1.125698]],
    "sigmoid",
    "quadratic",
)
MAZUR_EXAMPLE = Example.of([0.05, 0.10], [0.01, 0.99])
THREE = layer_of([[0.1], [2.0], [-1.0]], [0.0, 0.0, 0.0])
SOFT = layer_of([[0.0], [1.0], [-1.0]], [0.0, 0.0, 0.0], "softmax", "log_likelihood")
BROKEN = chain([math.inf, 1.0], [0.0, 0.0], "linear")
DEEP = chain([1.0, 0.1, 0.1, 0.1], [0.0, 0.0, 0.0, 0.0])
ONE, NOUGHT = [1.0], [0.0]
CORNER = chain([0.0, 1.0], [0.0, 0.0], ["relu", "linear"])
TENTHS = explicit([[[0.1, 0.2]], [[1.0]]], [[0.0], [0.0]], "linear", "quadratic")
TO_FIVE = explicit([[[1.0]], [[0.5]] * 5], [[0.0], [0.0] * 5], "linear", "quadratic")


def example(x: ArrayLike, y: ArrayLike) -> Example:
    return Example.of(x, y)


CASES = [
    # What an input is
    Case(
        "ran_away",
        "Numbers here are beyond 1e308, more than a double holds.",
        chain([1.0], [0.0]),
        example([math.nan], ONE),
        "a",
        0,
        0,
    ),
    Case(
        "input_is_dark",
        "a^1_2 is 0: the weights from it learn nothing from this example.",
        layer_of([[1, 1]], [0]),
        example([1, 0], ONE),
        "a",
        0,
        1,
    ),
    Case("input_is_alone", "only input", chain([1.0], [0.0]), example([0.5], ONE), "a", 0, 0),
    Case("input_is_largest", "The largest of the 2", layer_of([[1, 1]], [0]), example([1, 0.2], ONE), "a", 0, 0),
    Case("input_is_negative", "negative", layer_of([[1, 1]], [0]), example([1, -0.2], ONE), "a", 0, 1),
    Case("input_is_given", "learn 50 % as much", MAZUR, MAZUR_EXAMPLE, "a", 0, 0),
    # z
    Case(
        "ran_away",
        "Numbers here are beyond 1e308, more than a double holds.",
        BROKEN,
        example(ONE, ONE),
        "z",
        1,
        0,
    ),
    Case(
        "nothing_comes_in", "Nothing comes in: z^2_1 is the bias.", chain([1.0], [0.3]), example(NOUGHT, ONE), "z", 1, 0
    ),
    Case(
        "all_is_lost_in_rounding",
        "What z^2_1 sums up is no more than rounding: it may as well be 0.",
        chain([1.0], [0.0]),
        example([1e-304], ONE),
        "z",
        1,
        0,
    ),
    Case(
        "for_and_against_cancel",
        "What raises z^2_1, 3, and what lowers it, −3.1, nearly cancel.",
        layer_of([[3, -3.1]], [0]),
        example([1, 1], ONE),
        "z",
        1,
        0,
    ),
    Case("one_term_makes_it", "the bias, 0.35", MAZUR, MAZUR_EXAMPLE, "z", 1, 0),
    Case("one_term_makes_it", "w^2_11 a^1_1 = 9", layer_of([[9, 0.1]], [0]), example([1, 1], ONE), "z", 1, 0),
    Case("bias_overrules", "inputs say −1, and the bias 2", chain([-1.0], [2.0]), example(ONE, ONE), "z", 1, 0),
    Case("far_out", "a^2_1 will be nearly 1", chain([4.0], [4.0]), example(ONE, ONE), "z", 1, 0),
    Case("far_out", "a^2_1 will be nearly −1", chain([-4], [-4], "tanh"), example(ONE, ONE), "z", 1, 0),
    Case("one_side_outweighs", "outweighs", layer_of([[1, -0.4]], [0.5]), example([1, 1], ONE), "z", 1, 0),
    Case(
        "one_side_outweighs",
        "All terms have one sign. Largest: the bias, 0.9.",
        chain([0.6], [0.9]),
        example(ONE, ONE),
        "z",
        1,
        0,
    ),
    # a
    Case(
        "ran_away",
        "Numbers here are beyond 1e308, more than a double holds.",
        BROKEN,
        example(ONE, ONE),
        "a",
        1,
        0,
    ),
    Case("wrong_choice", "but y wants a^2_1", THREE, example(ONE, [1, 0, 0]), "a", 1, 1),
    Case("wrong_choice", "but a^2_2 is", THREE, example(ONE, [1, 0, 0]), "a", 1, 0),
    Case("right_choice", "and right: the next", THREE, example(ONE, [0, 1, 0]), "a", 1, 1),
    Case("output_is_right", "As it should be", chain([5.0], [0.0]), example(ONE, ONE), "a", 1, 0),
    Case("share_of_the_whole", "9 % of the whole", SOFT, example(ONE, [0, 1, 0]), "a", 1, 2),
    Case("output_misses", "Too high by 0.74", MAZUR, MAZUR_EXAMPLE, "a", 2, 0),
    Case("relu_is_off", "relu is off", chain([-1, 1], [0, 0], "relu"), example(ONE, ONE), "a", 1, 0),
    Case("leak_is_left", "a hundredth", chain([-1, 1], [0, 0], "leaky_relu"), example(ONE, ONE), "a", 1, 0),
    Case("passed_on_whole", "linear neuron", chain([2, 1], [0, 0], "linear"), example(ONE, ONE), "a", 1, 0),
    Case("passed_on_whole", "passes whole", chain([2, 1], [0, 0], "relu"), example(ONE, ONE), "a", 1, 0),
    Case("activation_is_saturated", "Saturated: σ is flat", chain([8, 1], [0, 0]), example(ONE, ONE), "a", 1, 0),
    Case(
        "activation_is_steepest",
        "Near 0, where σ is steepest: 0.1 more of z^2_1 moves a^2_1 by about 0.025.",
        chain([0.1, 1], [0, 0]),
        example(ONE, ONE),
        "a",
        1,
        0,
    ),
    Case(
        "activation_is_on_the_slope",
        "On the slope of σ: 0.1 more of z^2_1 moves a^2_1 by about 0.010.",
        chain([-2, 1], [0, 0]),
        example(ONE, ONE),
        "a",
        1,
        0,
    ),
    Case(
        "activation_is_on_the_slope",
        "On the slope of tanh: 0.1 more of z^2_1 moves a^2_1 by about 0.042.",
        chain([-1, 1], [0, 0], "tanh"),
        example(ONE, ONE),
        "a",
        1,
        0,
    ),
    Case(
        "activation_is_on_the_slope",
        "On the slope of σ: 0.1 more of z^2_1 moves a^2_1 by about 0.010.",
        chain([2, 1], [0, 0]),
        example(ONE, ONE),
        "a",
        1,
        0,
    ),
    # δ of an output
    Case(
        "ran_away",
        "Numbers here are beyond 1e308, more than a double holds.",
        BROKEN,
        example(ONE, ONE),
        "delta",
        2,
        0,
    ),
    Case(
        "one_softmax_learns_nothing",
        "always 1",
        chain([1], [0], "softmax", "log_likelihood"),
        example(ONE, ONE),
        "delta",
        1,
        0,
    ),
    Case(
        "cost_does_not_look",
        "y_1 is 0",
        chain([1], [0], "sigmoid", "log_likelihood"),
        example(ONE, NOUGHT),
        "delta",
        1,
        0,
    ),
    Case("output_has_no_blame", "Right: a^2_1 is 0.99", chain([5.0], [0.0]), example(ONE, ONE), "delta", 1, 0),
    Case(
        "cost_wants_more",
        "Output too low, yet lowering z^2_3 lowers C: the other outputs, which share one whole "
        "with it, count for more.",
        layer_of([[0.0], [0.0], [0.0]], [0, 0, 0], "softmax"),
        example(ONE, [1.0, 1.0, 0.4]),
        "delta",
        1,
        2,
    ),
    Case("softmax_misses", "Too low: it has 67 % of the whole", SOFT, example(ONE, [0, 1, 0]), "delta", 1, 1),
    Case(
        "output_relu_is_off",
        "Off by 1, but z^2_1 is −1, below 0: relu is flat there and no error passes.",
        chain([-1], [0], "relu"),
        example(ONE, ONE),
        "delta",
        1,
        0,
    ),
    Case(
        "saturation_does_not_matter",
        "σ′ is only 0.0025, but this cost cancels it",
        chain([6], [0], "sigmoid", "cross_entropy"),
        example(ONE, NOUGHT),
        "delta",
        1,
        0,
    ),
    Case(
        "output_is_saturated",
        "Output too high: lowering z^2_1 lowers C. But σ′ is 0.018 of at most 0.25: the neuron is "
        "saturated and little error passes.",
        chain([2], [2]),
        example(ONE, NOUGHT),
        "delta",
        1,
        0,
    ),
    Case(
        "output_cost_takes_it_whole",
        "The cost cancels σ′",
        chain([1], [0], "sigmoid", "cross_entropy"),
        example(ONE, NOUGHT),
        "delta",
        1,
        0,
    ),
    Case("output_has_no_bend", "A linear neuron passes", chain([2], [0], "linear"), example(ONE, ONE), "delta", 1, 0),
    Case(
        "output_misses",
        "Output too high: lowering z^3_1 lowers C.",
        MAZUR,
        MAZUR_EXAMPLE,
        "delta",
        2,
        0,
    ),
    # δ of a hidden neuron
    Case(
        "ran_away",
        "Numbers here are beyond 1e308, more than a double holds.",
        BROKEN,
        example(ONE, ONE),
        "delta",
        1,
        0,
    ),
    Case(
        "nothing_to_send_back",
        "All errors of layer 3 are 0, so δ^2_1 is 0 too.",
        chain([1, 1], [0, 0], "linear"),
        example(ONE, ONE),
        "delta",
        1,
        0,
    ),
    Case("not_connected", "All weights out", chain([1, 0], [0, 0]), example(ONE, ONE), "delta", 1, 0),
    Case(
        "relu_ends_it",
        "z^2_1 is −1, where relu is flat: no error passes back through this neuron.",
        chain([-1, 1], [0, 0], ["relu", "linear"]),
        example(ONE, ONE),
        "delta",
        1,
        0,
    ),
    Case(
        "softmax_shares_the_blame",
        "Softmax couples the layer: z^2_1 moves every a^2. Raising z^2_1 lowers C.",
        explicit([[[1], [2]], [[1, -1]]], [[0, 0], [0]], ["softmax", "sigmoid"], "quadratic"),
        example(ONE, ONE),
        "delta",
        1,
        0,
    ),
    Case(
        "demands_cancel",
        "The errors that come back, 0.12 and −0.12, nearly cancel. Raising z^2_1 lowers C.",
        to_two(0.0, [1, 1]),
        example(ONE, [0.1225, 1.1225]),
        "delta",
        1,
        0,
    ),
    Case(
        "hidden_is_saturated",
        "σ′ is 0.0025 of at most 0.25: the neuron is saturated",
        chain([6, 1], [0, 0]),
        example(ONE, ONE),
        "delta",
        1,
        0,
    ),
    Case(
        "only_a_leak_passes",
        "z^2_1 is below 0: only a hundredth of the error passes back. Raising z^2_1 lowers C.",
        chain([-1, 1], [0, 0], ["leaky_relu", "linear"]),
        example(ONE, ONE),
        "delta",
        1,
        0,
    ),
    Case(
        "errors_fade",
        "The errors shrink going back: the largest here is 82,000 times smaller than at the output.",
        DEEP,
        example(ONE, ONE),
        "delta",
        1,
        0,
    ),
    Case(
        "errors_grow",
        "25 times that of layer 3",
        chain([100, 100], [-100, -50]),
        example(ONE, NOUGHT),
        "delta",
        1,
        0,
    ),
    Case(
        "one_voice",
        "Output 1 is too low and asks for more, through a positive weight. Raising z^2_1 lowers C.",
        chain([1, 1], [0, 0]),
        example(ONE, ONE),
        "delta",
        1,
        0,
    ),
    Case(
        "one_voice",
        "Neuron 1 of layer 3 asks for more, through a negative weight. Lowering",
        chain([1, -1, 1], [0, 0, 0]),
        example(ONE, ONE),
        "delta",
        1,
        0,
    ),
    Case(
        "two_voices",
        "Output 1 and output 2 both want z^2_1 higher. Raising z^2_1 lowers C.",
        AFTER_60,
        MAZUR_EXAMPLE,
        "delta",
        1,
        0,
    ),
    Case(
        "two_voices",
        " and outweighs output 2, which wants it ",
        to_two(0.0, [1, 1]),
        example(ONE, [0.0, 1.0]),
        "delta",
        1,
        0,
    ),
    Case("output_has_no_bend", "is above 0", chain([2], [0], "relu"), example(ONE, ONE), "delta", 1, 0),
    Case("output_has_no_bend", "a hundredth", chain([-2], [0], "leaky_relu"), example(ONE, ONE), "delta", 1, 0),
    Case(
        "output_misses",
        "Output too high: lowering z^2_1 lowers C. σ′ is 0.045 of at most 0.25, so only a part of the error passes.",
        chain([3], [0]),
        example(ONE, NOUGHT),
        "delta",
        1,
        0,
    ),
    # ∂C/∂w
    Case(
        "ran_away",
        "Numbers here are beyond 1e308, more than a double holds.",
        BROKEN,
        example(ONE, ONE),
        "gradient",
        1,
        0,
        0,
    ),
    Case(
        "nothing_came_in",
        "a^1_2 is 0: changing this weight changes nothing, so it learns nothing.",
        layer_of([[1, 1]], [0]),
        example([1, 0], ONE),
        "gradient",
        1,
        0,
        1,
    ),
    Case(
        "no_error_here",
        "δ^2_1 is 0",
        chain([-1, 1], [0, 0], ["relu", "linear"]),
        example(ONE, ONE),
        "gradient",
        1,
        0,
        0,
    ),
    Case(
        "twins",
        "stay twins",
        explicit([[[1], [1]], [[1, 1]]], [[0, 0], [0]], "sigmoid", "quadratic"),
        example(ONE, ONE),
        "gradient",
        1,
        0,
        0,
    ),
    Case("output_is_right", "right already", chain([5.0], [0.0]), example(ONE, ONE), "gradient", 1, 0, 0),
    Case(
        "neuron_is_saturated",
        "Output 1 is off by 0.98, but saturated (σ′ is 0.018 of at most 0.25), which slows w^2_11 down.",
        chain([2], [2]),
        example(ONE, NOUGHT),
        "gradient",
        1,
        0,
        0,
    ),
    Case(
        "error_has_faded",
        "The errors here are 82,000 times smaller than at the output, which slows w^2_11 down.",
        DEEP,
        example(ONE, ONE),
        "gradient",
        1,
        0,
        0,
    ),
    Case(
        "little_came_in",
        "a^1_2 is only 0.05",
        layer_of([[1, 1]], [0]),
        example([1, 0.05], ONE),
        "gradient",
        1,
        0,
        1,
    ),
    Case("steepest_of_all", "The steepest of the 4", MAZUR, MAZUR_EXAMPLE, "gradient", 2, 0, 1),
    Case(
        "input_turns_the_sign",
        "z^2_1 should rise, and a^1_1 is negative: lowering w^2_11",
        chain([1], [0]),
        example([-1], ONE),
        "gradient",
        1,
        0,
        0,
    ),
    Case(
        "weight_should_move",
        "z^2_2 should fall and a^1_1 feeds it: lowering w^2_21 by 0.1 lowers C by about 5e−5.",
        MAZUR,
        MAZUR_EXAMPLE,
        "gradient",
        1,
        1,
        0,
    ),
    Case(
        "output_weight_should_move",
        "Output 1 is too low and a^1_1 feeds it: raising w^2_11",
        chain([1], [0]),
        example(ONE, ONE),
        "gradient",
        1,
        0,
        0,
    ),
    Case(
        "neuron_is_saturated",
        "Neuron 1 is saturated (σ′ is 0.0025 of at most 0.25), which slows w^2_11 down.",
        chain([6, 1], [0, 0]),
        example(ONE, ONE),
        "gradient",
        1,
        0,
        0,
    ),
    # ∂C/∂b
    Case(
        "ran_away",
        "Numbers here are beyond 1e308, more than a double holds.",
        BROKEN,
        example(ONE, ONE),
        "gradient",
        1,
        0,
    ),
    Case(
        "no_error_here",
        "b^2_1 learns nothing",
        chain([-1, 1], [0, 0], ["relu", "linear"]),
        example(ONE, ONE),
        "gradient",
        1,
        0,
    ),
    Case(
        "output_is_right",
        "Output 1 is right already: the gradient of b^2_1 is only −4.4e−5.",
        chain([5.0], [0.0]),
        example(ONE, ONE),
        "gradient",
        1,
        0,
    ),
    Case(
        "neuron_is_saturated",
        "Output 1 is off by 0.98, but saturated (σ′ is 0.018 of at most 0.25), which slows b^2_1 down.",
        chain([2], [2]),
        example(ONE, NOUGHT),
        "gradient",
        1,
        0,
    ),
    Case(
        "error_has_faded",
        "The errors here are 82,000 times smaller than at the output, which slows b^2_1 down.",
        DEEP,
        example(ONE, ONE),
        "gradient",
        1,
        0,
    ),
    Case("only_the_bias_learns", "All that comes in is 0", THREE, example([0], [1, 0, 0]), "gradient", 1, 0),
    Case(
        "hardest_pulled_bias",
        "The largest error of its layer, and a bias’s gradient is that error. Raising b^2_1 by 0.1 "
        "lowers C by about 0.012.",
        THREE,
        example(ONE, [1, 0, 0]),
        "gradient",
        1,
        0,
    ),
    Case("output_bias_should_move", "Output 1 is too high", MAZUR, MAZUR_EXAMPLE, "gradient", 2, 0),
    Case("output_bias_should_move", "raising b^3_2", MAZUR, MAZUR_EXAMPLE, "gradient", 2, 1),
    Case("bias_should_move", "the error δ^2_1 itself. Lowering b^2_1", MAZUR, MAZUR_EXAMPLE, "gradient", 1, 0),
    # Corners, ties, and what rounding hides
    Case("at_its_corner", "z^2_1 is 0, where relu has a corner: a^2_1", CORNER, example(ONE, ONE), "a", 1, 0),
    Case("at_a_corner", "δ^2_1 takes it for below 0", CORNER, example(ONE, ONE), "delta", 1, 0),
    Case("at_a_corner", "relu has a corner", CORNER, example(ONE, ONE), "gradient", 1, 0),
    Case("at_a_corner", "relu has a corner", CORNER, example(ONE, ONE), "gradient", 1, 0, 0),
    Case("at_a_corner", "leaky relu has a corner", chain([0], [0], "leaky_relu"), example(ONE, ONE), "delta", 1, 0),
    Case("tied_choice", "2 outputs tie", layer_of([[1], [1]], [0, 0]), example(ONE, [1, 0]), "a", 1, 0),
    Case("no_error", "δ^2_1 is 0: a small change", chain([1], [0], "linear"), example(ONE, ONE), "delta", 1, 0),
    Case(
        "no_error",
        "δ^2_1 is 0: a small change of z^2_1",
        to_two(0.0, [1, 1], ("sigmoid", "linear")),
        example(ONE, [0.0, 1.0]),
        "delta",
        1,
        0,
    ),
    Case("lost_in_rounding", "came out as 5.6e−17, but rounding", TENTHS, example([1, 1], [0.3]), "delta", 2, 0),
    Case("lost_in_rounding", "came out as 5.6e−17, but rounding", TENTHS, example([1, 1], [0.3]), "delta", 1, 0),
    Case("lost_in_rounding", "came out as 5.6e−17", TENTHS, example([1, 1], [0.3]), "gradient", 1, 0),
    Case("lost_in_rounding", "came out as 5.6e−17", TENTHS, example([1, 1], [0.3]), "gradient", 1, 0, 1),
    Case(
        "input_lost_in_rounding",
        "Rounding leaves the sign of a^2_1 uncertain",
        explicit([[[0.1, 0.2, -0.3]], [[1.0]]], [[0.0], [0.0]], "linear", "quadratic"),
        example([1, 1, 1], ONE),
        "gradient",
        2,
        0,
        0,
    ),
    Case("many_voices", "all have one sign. Lowering", TO_FIVE, example(ONE, np.zeros(5)), "delta", 1, 0),
    Case("many_voices", "0.75 outweighs −0.5. Lowering z^2_1", TO_FIVE, example(ONE, [0, 1, 0, 1, 0]), "delta", 1, 0),
]


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # some networks here have run away on purpose
@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.quantity}-{c.rule}-{c.says[:24]}")
def test_the_rule_speaks_where_its_case_is_met(case: Case) -> None:
    sight = look(case.network, case.example, case.quantity, case.layer, case.j, case.k)
    spoken = next(rule for rule in TABLES[kind_of(sight, case.quantity)] if rule(sight))
    found = explain(case.network, case.example, case.quantity, case.layer, case.j, case.k)
    assert case.says in found.meaning
    assert spoken.__name__ == case.rule


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_every_rule_has_a_case() -> None:
    tried = set()
    for case in CASES:
        sight = look(case.network, case.example, case.quantity, case.layer, case.j, case.k)
        tried.add((kind_of(sight, case.quantity), case.rule))
    there_are = {(kind, rule.__name__) for kind, rules in TABLES.items() for rule in rules}
    assert there_are == tried


def test_advice_is_true_for_every_number_of_a_random_network() -> None:
    """Lowering or raising z as a sentence says does lower C."""
    random = np.random.default_rng(4)
    for _ in range(20):
        network = explicit(
            [random.normal(size=(4, 3)), random.normal(size=(2, 4))],
            [random.normal(size=4), random.normal(size=2)],
            ["tanh", "sigmoid"],
            "quadratic",
        )
        shown = Example.of(random.normal(size=3), random.random(2))
        for j in range(4):
            found = explain(network, shown, "delta", 1, j)
            if "Raising" in found.meaning:
                assert found.result < 0
            if "Lowering" in found.meaning:
                assert found.result > 0


ADVICE = re.compile(r"(Lowering|Raising|lowering|raising) \S+ by (\S+) lowers C by about (\S+)\.$")


def test_what_advice_promises_comes_true() -> None:
    """A hundredth of the advised change, made and run forward, lowers C by a hundredth of what was promised."""
    random, promises = np.random.default_rng(9), 0
    network = explicit(
        [random.normal(size=(4, 3)), random.normal(size=(2, 4))],
        [random.normal(size=4), random.normal(size=2)],
        ["tanh", "sigmoid"],
        "cross_entropy",
    )
    shown = Example.of(random.normal(size=3), [0.0, 1.0])
    for layer, j, k in [(1, j, k) for j in range(4) for k in (None, 0, 1, 2)] + [(2, j, 0) for j in range(2)]:
        found = ADVICE.search(explain(network, shown, "gradient", layer, j, k).meaning)
        if found is None:
            continue
        promises += 1
        change, promised = (float(text.replace("−", "-")) / 100 for text in found.groups()[1:])
        moved = network.parameters.copy()
        moved[network.index_of(layer, j, k)] += change if found[1].lower() == "raising" else -change
        lower = walk(network, shown).cost - walk(network.with_parameters(moved), shown).cost
        assert lower == pytest.approx(promised, rel=0.1)
    assert promises >= 5
