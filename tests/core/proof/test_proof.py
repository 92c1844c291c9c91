"""The proofs hold on networks of all kinds and break where the mathematics is broken: no side stands for the other."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import pytest

from tests.core.random_networks import numbers_of, random_network
from tests.oracles import gradient_by_autograd
from tuibp.core import five_steps
from tuibp.core.activations import Values
from tuibp.core.example import Example
from tuibp.core.network import Array, Modified, Network, NetworkError, explicit, initialise, views
from tuibp.core.proof import Equation, Proof, equation_of_error, hidden_error, prove
from tuibp.core.proof.line import ProofLine


def every_proof(network: Network, example: Example, apart: int) -> Iterator[Proof]:
    """Of every neuron, bias and weight, or of one in `apart` of them."""
    wanted: list[tuple[Equation, int, int, int | None]] = []
    for layer in range(1, network.layer_count):
        for j in range(network.sizes[layer]):
            wanted += [(equation_of_error(network, layer), layer, j, None), ("BP3", layer, j, None)]
            wanted += [("BP4", layer, j, k) for k in range(network.sizes[layer - 1])]
    for equation, layer, j, k in wanted[::apart]:
        yield prove(network, example, equation, layer, j, k)


def test_every_equals_sign_holds_to_twelve_digits_on_networks_of_all_kinds(whole: bool) -> None:
    signs, worst = 0, 0.0
    for number in numbers_of(whole, 24):
        for proof in every_proof(*random_network(number), 1 if whole else 5):
            for line in proof.lines:
                assert line.relative.max() <= 1e-12, (number, proof.about, line.symbols, line.left, line.right)
                assert not line.dropped.any(), (number, proof.about, line.symbols)
                signs, worst = signs + line.left.size, max(worst, float(line.relative.max()))
    print(f"{signs:,} equals signs, worst relative difference {worst:.1e}")
    assert signs > 700


@pytest.mark.parametrize("number", [3, 40, 77, 150, 221])
def test_what_is_measured_is_what_automatic_differentiation_says(number: int) -> None:
    network, example = random_network(number)
    grad_w, grad_b = views(gradient_by_autograd(network, example.x[None], example.y[None]), network.sizes)
    scale = max(float(np.abs(g).max()) for g in (*grad_w, *grad_b))
    for layer in range(1, network.layer_count):
        for j, k in itertools.product(range(network.sizes[layer]), range(network.sizes[layer - 1])):
            error = prove(network, example, equation_of_error(network, layer), layer, j)
            weight = prove(network, example, "BP4", layer, j, k)
            assert error.lines[-1].left[0] == pytest.approx(grad_b[layer - 1][j], rel=1e-9, abs=1e-12 * scale)
            assert weight.lines[-1].left[0] == pytest.approx(grad_w[layer - 1][j, k], rel=1e-9, abs=1e-12 * scale)


def sides(proof: Proof, number: str) -> ProofLine:
    (line,) = (line for line in proof.lines if line.number == number)
    return line


DEEP, SOME = (
    initialise((3, 4, 3, 2), ("tanh", "sigmoid", "sigmoid"), "quadratic", "gaussian", 5),
    Example.of([0.3, -0.7, 1.1], [0.0, 1.0]),
)


def test_a_step_4_that_is_wrong_is_found_by_the_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    sound = prove(DEEP, SOME, "BP2", 1, 2)

    def without_slope(network: Network, layer: int, z: Array, a: Array, blame: Array) -> Array:  # noqa: ARG001
        return blame.copy()

    monkeypatch.setattr(five_steps, "through_activation", without_slope)
    broken = prove(DEEP, SOME, "BP2", 1, 2)
    assert [line.left.tolist() for line in broken.lines[1:]] == [line.left.tolist() for line in sound.lines[1:]]
    assert not broken.holds
    for number in ("(40)", "(42)", "(45)"):  # where δ stands that step 4 has made
        assert not sides(broken, number).holds, number


def test_a_right_side_that_is_wrong_moves_no_left_side(monkeypatch: pytest.MonkeyPatch) -> None:
    sound = prove(DEEP, SOME, "BP2", 1, 2)

    def twice(network: Network, layer: int, z: Values, a: Values) -> Values:
        return 2.0 * five_steps.slope(network, layer, z, a)

    monkeypatch.setattr(hidden_error, "slope", twice)
    broken = prove(DEEP, SOME, "BP2", 1, 2)
    assert [line.left.tolist() for line in broken.lines] == [line.left.tolist() for line in sound.lines]
    assert [line.number for line in broken.lines if not line.holds] == ["(44)", "(45)"]


def test_an_error_that_comes_back_by_the_weights_untransposed_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    square, example = (
        initialise((3, 3, 3), "sigmoid", "quadratic", "gaussian", 5),
        Example.of([0.3, -0.7, 1.1], [0, 1, 0]),
    )
    assert prove(square, example, "BP2", 1, 2).holds

    def untransposed(network: Network, layer: int, z: Array, a: Array, blame: Array) -> Array:
        after = np.linalg.solve(network.w(layer + 1).T, blame.astype(np.float64))  # δ of the next layer again
        return (network.w(layer + 1) @ after) * five_steps.slope(network, layer, z, a)

    monkeypatch.setattr(five_steps, "through_activation", untransposed)
    assert not sides(prove(square, example, "BP2", 1, 2), "(40)").holds


def test_softmax_keeps_the_whole_sum_and_ends_with_a_less_y() -> None:
    network = initialise((2, 3, 4), ("tanh", "softmax"), "log_likelihood", "gaussian", 3)
    proof = prove(network, Example.of([0.2, -0.4], [0.0, 1.0, 0.0, 0.0]), "BP1", 2, 1)
    assert [line.number for line in proof.lines] == ["(36)", "(37)", "", "", "", ""]
    assert "does not hold here" in proof.lines[2].why
    assert not any(line.dropped.size for line in proof.lines)
    assert proof.lines[-1].symbols == "δ^3_2 = a^3_2 − y_2"
    assert proof.holds


def test_cross_entropy_has_the_line_in_which_the_slope_cancels() -> None:
    network = initialise((2, 3, 2), ("tanh", "sigmoid"), "cross_entropy", "gaussian", 3)
    proof = prove(network, Example.of([0.2, -0.4], [0.0, 1.0]), "BP1", 2, 1)
    assert [line.symbols for line in proof.lines[-3:]] == [
        "δ^3_2 = (a^3_2 − y_2) / (a^3_2 (1 − a^3_2)) · σ'(z^3_2)",
        "σ'(z^3_2) = a^3_2 (1 − a^3_2)",
        "δ^3_2 = a^3_2 − y_2",
    ]
    assert sides(proof, "(38)").dropped.tolist() == [0.0]


@pytest.mark.parametrize("far", [30.0, 300.0, 3000.0])
@pytest.mark.parametrize("wanted", [0.0, 1.0])
def test_a_saturated_output_is_proved_as_well(far: float, wanted: float) -> None:
    network = explicit([[[far]]], [[0.0]], "sigmoid", "cross_entropy")
    for x in (1.0, -1.0):
        for line in prove(network, Example.of([x], [wanted]), "BP1", 1, 0).lines:
            assert line.relative.max() <= 1e-12, line.symbols


def test_a_modified_neuron_uses_its_own_function() -> None:
    network = initialise((2, 3, 2), "sigmoid", "quadratic", "gaussian", 3, (Modified(1, 1, "tanh"),))
    lines = prove(network, Example.of([0.2, -0.4], [0.0, 1.0]), "BP2", 1, 1).lines
    assert lines[4].symbols == "∂z^3_k/∂z^2_2 = w^3_k2 tanh'(z^2_2)"
    assert "function of its own" in lines[4].why
    assert "f_i" in lines[3].symbols


@pytest.mark.parametrize(("name", "chosen"), [("relu", "0 is chosen"), ("leaky_relu", "0.01 is chosen")])
def test_at_its_corner_relu_says_what_is_chosen(name: str, chosen: str) -> None:
    network = explicit([[[1.0, -1.0]], [[0.5]]], [[0.0], [0.1]], (name, "linear"), "quadratic")
    proof = prove(network, Example.of([1.0, 1.0], [1.0]), "BP2", 1, 0)
    assert chosen in sides(proof, "(44)").why
    assert proof.holds
    beside = prove(network, Example.of([1.0, 0.5], [1.0]), "BP2", 1, 0)
    assert "chosen" not in sides(beside, "(44)").why


@pytest.mark.parametrize(
    ("equation", "layer", "k"), [("BP1", 1, None), ("BP2", 3, None), ("BP4", 1, None), ("BP3", 1, 0), ("BP2", 0, None)]
)
def test_a_number_that_is_not_there_is_refused(equation: Equation, layer: int, k: int | None) -> None:
    with pytest.raises(NetworkError):
        prove(DEEP, SOME, equation, layer, 0, k)
