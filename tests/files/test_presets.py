"""Each preset shows what its text says."""

from __future__ import annotations

import itertools
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tuibp.core.datasets import accuracy, decided
from tuibp.core.descent import Descent
from tuibp.core.five_steps import Pass, slope, walk
from tuibp.core.gradient import cost, outputs
from tuibp.core.network import Network, initialise, parameter_count
from tuibp.core.training import updates_in_epoch
from tuibp.files import Preset, load, preset_folder, preset_names

TRUTH: dict[str, Any] = tomllib.loads((Path(__file__).parent.parent / "ground_truth.toml").read_text(encoding="utf-8"))


def trained(preset: Preset, updates: int | None = None) -> Network:
    """The network after so many updates, or after the preset's epochs."""
    if updates is None:
        updates = preset.training.epochs * updates_in_epoch(preset.training, len(preset.data.train))
    descent = Descent(preset.network, preset.data, preset.training)
    descent.run(updates)
    assert descent.divergence is None
    return descent.snapshot()


def held_out_accuracy(preset: Preset, network: Network) -> float:
    rows = preset.data.test
    return accuracy(network, preset.data.x[rows], preset.data.y[rows])


def walked(preset: Preset, row: int | None = None) -> Pass:
    return walk(preset.network, preset.data.example(preset.opening.example if row is None else row))


def found(values: Any) -> Any:
    """A value of a walk that is there."""
    assert values is not None
    return values


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_has_a_title_a_text_and_learns_without_harm(name: str) -> None:
    preset = load(name)
    assert preset.name == preset.source == name
    assert 3 <= len(preset.title) <= 40
    assert 100 <= len(preset.about) <= 420
    assert (preset.title + preset.about).isprintable()
    start = cost(preset.network, preset.data.x, preset.data.y)
    assert np.isfinite(start)
    updates = 3 if name == "million" else 20
    if name.startswith("ill-"):  # which are there to do harm; tests/core/test_diagnosis.py says which
        return
    assert cost(trained(preset, updates), preset.data.x, preset.data.y) < start * 1.5


@pytest.mark.parametrize("name", preset_names())
def test_a_preset_that_was_drawn_can_be_drawn_again(name: str) -> None:
    preset = load(name)
    network, drawn = preset.network, preset.initial
    if drawn is not None:
        again = initialise(network.sizes, network.activations, network.cost, drawn.scheme, drawn.seed, network.modified)
        assert again.digest() == network.digest()


def test_presets_with_a_cost_of_logarithms_say_where_the_slope_went() -> None:
    for name in preset_names():
        preset = load(name)
        if preset.network.cost != "quadratic" and name != "million" and not name.startswith("ill-"):
            assert "cancel" in preset.about
            assert "− y" in preset.about


def test_data_sets_say_where_they_come_from_and_under_which_licence() -> None:
    for name in ("digits", "iris"):
        text = (preset_folder() / f"{name}.txt").read_text(encoding="utf-8")
        assert "UCI Machine" in text
        assert "CC BY 4.0" in text


def test_digits_opens_on_a_held_out_one_that_it_reads_as_a_nine() -> None:
    preset = load("digits")
    data, row = preset.data, preset.opening.example
    network = trained(preset, preset.opening.updates)
    a = outputs(network, data.x[row : row + 1])[0]
    assert (len(data), len(data.train), len(data.test)) == (1797, 1438, 359)
    assert found(data.labels)[row] == 1
    assert row in data.test
    assert a.argmax() == 9
    assert a[9] > 2 * a[1]
    assert 0.88 < held_out_accuracy(preset, network) < 0.95


def test_digits_reads_93_of_100_unseen_digits_after_its_30_epochs() -> None:
    preset = load("digits")
    assert preset.training.epochs == 30
    assert held_out_accuracy(preset, preset.network) < 0.2
    assert held_out_accuracy(preset, trained(preset)) >= 0.93


def test_mazur_is_the_published_example() -> None:
    said, seen = TRUTH["mazur_first_pass"], walked(load("mazur"))
    assert seen.cost == pytest.approx(said["C"], rel=1e-14)
    assert found(seen.delta(2)) == pytest.approx(np.array(said["delta3"]), rel=1e-13)
    assert found(seen.delta(1)) == pytest.approx(np.array(said["delta2"]), rel=1e-13)
    assert found(seen.grad_w(1)) == pytest.approx(np.array(said["grad_w2"]), rel=1e-13)


def test_a_single_neuron_learns_from_a_good_start_and_slowly_from_a_saturated_one() -> None:
    said = TRUTH["single_neuron_learning_slowly"]
    good, saturated = load("single-neuron"), load("single-neuron-saturated")

    def output(preset: Preset, updates: int) -> float:
        return float(outputs(trained(preset, updates), preset.data.x)[0, 0])

    assert output(good, 0) == pytest.approx(said["good_start"]["output"], rel=1e-12)
    assert output(good, 300) == pytest.approx(said["good_start"]["output_after_300_updates"], rel=1e-8)
    assert output(saturated, 0) == pytest.approx(said["saturated_start"]["output"], rel=1e-12)
    assert output(saturated, 150) == pytest.approx(said["saturated_start"]["output_after_150_updates"], rel=1e-8)
    assert output(saturated, 300) == pytest.approx(said["saturated_start"]["output_after_300_updates"], rel=1e-8)
    assert (good.training.epochs, saturated.training.epochs) == (300, 300)


def test_nand_has_the_four_weighted_inputs_of_the_book_and_no_gradient_from_a_zero() -> None:
    nand = load("nand")
    z = [found(walked(nand, row).z(1))[0] for row in range(4)]
    assert z == TRUTH["nand_perceptron"]["z_for_00_01_10_11"]
    assert accuracy(nand.network, nand.data.x, nand.data.y) == 1.0
    for row in range(4):
        gradient = found(walked(nand, row).grad_w(1))
        assert ((gradient == 0.0) == (nand.data.x[row] == 0.0)).all()


def test_xor_is_learned_and_its_output_error_has_no_slope_in_it() -> None:
    xor = load("xor")
    network = trained(xor)
    assert accuracy(network, xor.data.x, xor.data.y) == 1.0
    assert cost(network, xor.data.x, xor.data.y) < 0.05
    for row in range(4):
        seen = walked(xor, row)
        assert found(seen.delta(2)) == pytest.approx(seen.a(2) - xor.data.y[row], rel=1e-14)


def test_no_network_without_a_hidden_layer_learns_xor() -> None:
    xor = load("xor")
    flat = initialise((2, 1), "sigmoid", "cross_entropy")
    descent = Descent(flat, xor.data, xor.training)
    descent.run(2_000)
    assert accuracy(descent.snapshot(), xor.data.x, xor.data.y) < 1.0


def test_iris_tells_setosa_at_once_and_the_others_only_later() -> None:
    iris = load("iris")
    assert iris.data.names == ("setosa", "versicolor", "virginica")
    assert iris.network.sizes == (4, 5, 3)
    labels = found(iris.data.labels)

    def right(network: Network, kind: int) -> float:
        return float((decided(outputs(network, iris.data.x[labels == kind])) == kind).mean())

    early, late = trained(iris, 36), trained(iris)
    assert right(early, 0) == 1.0
    assert min(right(early, 1), right(early, 2)) < 0.5
    assert all(right(late, kind) >= 0.9 for kind in range(3))
    seen, row = walked(iris), iris.opening.example
    assert found(seen.delta(2)) == pytest.approx(seen.a(2) - iris.data.y[row], abs=1e-15)


@pytest.mark.parametrize("name", ["circles", "spirals"])
def test_points_that_no_line_parts_are_parted_on_unseen_points_too(name: str) -> None:
    preset = load(name)
    assert held_out_accuracy(preset, preset.network) < 0.7
    assert held_out_accuracy(preset, trained(preset)) >= 0.95


def test_spirals_saturates_more_hidden_neurons_as_it_trains() -> None:
    spirals = load("spirals")

    def saturated(network: Network) -> float:
        passes = [walk(network, spirals.data.example(row)) for row in range(0, 200, 10)]
        slopes = [slope(network, layer, found(p.z(layer)), p.a(layer)) for p in passes for layer in (1, 2)]
        return float((np.array(slopes) < 0.1).mean())

    assert saturated(spirals.network) > 0.1
    assert saturated(trained(spirals)) > 2 * saturated(spirals.network)


def test_deep_sigmoid_loses_its_errors_on_the_way_back_and_hardly_learns() -> None:
    deep = load("deep-sigmoid")
    for row in (0, 1, 50):
        seen = walked(deep, row)
        sizes = [float(np.abs(seen.delta(layer)).mean()) for layer in range(1, 6)]
        assert all(later > 2 * earlier for earlier, later in itertools.pairwise(sizes))
        assert sizes[-1] > 500 * sizes[0]
    assert held_out_accuracy(deep, trained(deep)) < 0.7


def test_exploding_multiplies_the_error_by_25_a_layer() -> None:
    exploding = load("exploding")
    seen = walked(exploding)
    factor = TRUTH["exploding_gradient"]["factor_per_layer"]
    assert [float(seen.z(layer)[0]) for layer in range(1, 5)] == [0.0] * 4
    delta = [float(seen.delta(layer)[0]) for layer in range(1, 5)]
    assert [earlier / later for earlier, later in itertools.pairwise(delta)] == [factor] * 3
    assert delta[0] == 15_625 * delta[-1]


def test_linear_neurons_pass_errors_through_weights_alone_and_learn_a_line_exactly() -> None:
    linear = load("linear-neurons")
    seen = walked(linear)
    assert (found(seen.delta(1)) == linear.network.w(2).T @ found(seen.delta(2))).all()
    assert cost(trained(linear), linear.data.x, linear.data.y) < 1e-12
    x1, x2 = linear.data.x.T
    assert (linear.data.y[:, 0] == 2 * x1 - x2 + 0.5).all()


def test_the_modified_neuron_is_off_on_two_of_four_examples_and_learns_nothing_there() -> None:
    preset = load("modified-neuron")
    off = [row for row in range(4) if found(walked(preset, row).z(1))[1] <= 0]
    assert len(off) == 2
    for row in off:
        seen = walked(preset, row)
        assert seen.a(1)[1] == found(seen.delta(1))[1] == 0.0
        assert (found(seen.grad_w(1))[1] == 0.0).all()
    network = trained(preset)
    assert accuracy(network, preset.data.x, preset.data.y) == 1.0


def test_million_has_the_weights_that_it_claims_and_reads_its_digits_after_two_epochs() -> None:
    million = load("million")
    assert parameter_count(million.network.sizes) == 1_011_660
    assert sum(w.size for w in million.network.weights) >= 1_000_000
    assert million.data.image == (28, 28)
    assert held_out_accuracy(million, trained(million, 32)) > 0.6
