"""Training: numbers from outside, equality to the bit however a run is cut, and where it fails."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracles import ground_truth
from tuibp.core.datasets import DataSet, circles
from tuibp.core.descent import Descent, step
from tuibp.core.epochs import Diverged, train
from tuibp.core.gradient import cost, gradient
from tuibp.core.network import Network, explicit, initialise, views
from tuibp.core.training import Training, epoch_rows, updates_in_epoch

MAZUR = ground_truth()["mazur_first_pass"]
CIRCLES = circles(64, 0.1, 1)


def mazur() -> tuple[Network, DataSet]:
    network = explicit(MAZUR["weights"], MAZUR["biases"], MAZUR["activations"], MAZUR["cost"])
    return network, DataSet.of([MAZUR["x"]], [MAZUR["y"]])


def small() -> Network:
    return initialise((2, 5, 1), ("tanh", "sigmoid"), "cross_entropy", "scaled", 2)


@pytest.mark.parametrize("biases", ["fixed", "trained"])
@pytest.mark.parametrize("updates", [1, 10_000])
def test_mazurs_updates_end_at_the_published_cost(updates: int, biases: str) -> None:
    network, data = mazur()
    descent = Descent(network, data, Training(eta=0.5, batch_size=1, train_biases=biases == "trained"))
    descent.run(updates)
    name = f"cost_after_{updates}_update{'s' * (updates > 1)}_biases_{biases}"
    assert cost(descent.snapshot(), data.x, data.y) == pytest.approx(ground_truth()["mazur_updates"][name], rel=1e-12)


@pytest.mark.parametrize("start", ["good_start", "saturated_start"])
def test_a_saturated_neuron_learns_as_slowly_as_the_book_says(start: str) -> None:
    given = ground_truth()["single_neuron_learning_slowly"][start]
    data = DataSet.of([[1.0]], [[0.0]])
    descent = Descent(explicit([[[given["w"]]]], [[given["b"]]], "sigmoid", "quadratic"), data, Training(0.15, 1))

    def output() -> float:
        return float(np.sqrt(2.0 * cost(descent.snapshot(), data.x, data.y)))

    assert output() == pytest.approx(given["output"], rel=1e-12)
    for updates in (150, 300):
        descent.run(updates - descent.update)
        if (wanted := given.get(f"output_after_{updates}_updates")) is not None:
            assert output() == pytest.approx(wanted, abs=1e-10)


@settings(deadline=None, max_examples=25)
@given(st.lists(st.integers(0, 17), min_size=1, max_size=5), st.integers(0, 9), st.sampled_from([0.0, 0.3]))
def test_a_run_cut_anywhere_is_the_run_in_one_piece_to_the_bit(cuts: list[int], seed: int, l2: float) -> None:
    training = Training(eta=0.4, batch_size=7, l2=l2, seed=seed)
    whole = Descent(small(), CIRCLES, training)
    costs = whole.run(sum(cuts))
    network, made, pieces = small(), 0, []
    for n in cuts:
        part = Descent(network, CIRCLES, training, made)
        pieces += [part.run(n // 2), part.run(n - n // 2)]
        network, made = part.snapshot(), part.update
    assert network.digest() == whole.snapshot().digest()
    assert np.array_equal(np.concatenate(pieces), costs)


def test_how_many_rows_are_fetched_at_once_makes_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    ends = []
    for numbers in (1, 40, 8_192):
        monkeypatch.setattr("tuibp.core.descent.FETCHED", numbers)
        descent = Descent(small(), CIRCLES, Training(eta=0.4, batch_size=7), 3)
        descent.run(25)
        ends.append(descent.snapshot().digest())
    assert ends[0] == ends[1] == ends[2]


def test_an_update_is_the_formula() -> None:
    training, network = Training(eta=0.3, batch_size=8, l2=0.7, seed=3), small()
    descent = Descent(network, CIRCLES, training)
    rows = CIRCLES.train[epoch_rows(training, len(CIRCLES.train), 0)[:8]]
    x, y = CIRCLES.x[rows], CIRCLES.y[rows]
    assert descent.run(1)[0] == pytest.approx(cost(network, x, y), rel=1e-12)
    wanted = network.parameters - 0.3 * gradient(network, x, y).flat
    for of_wanted, w in zip(views(wanted, network.sizes)[0], network.weights, strict=True):
        of_wanted -= 0.3 * 0.7 / len(CIRCLES.train) * w
    assert np.allclose(descent.snapshot().parameters, wanted, rtol=1e-13, atol=1e-15)


def test_one_step_is_a_mini_batch_of_one_example_to_the_bit() -> None:
    data = DataSet.of([[0.2, 0.4]], [[1.0]])
    for training in (Training(0.4, 1, l2=0.2), Training(0.4, 1, train_biases=False)):
        descent = Descent(small(), data, training)
        descent.run(1)
        assert step(small(), data.example(0), training, 1)[0].digest() == descent.snapshot().digest()


def test_fixed_biases_stay_as_they_are() -> None:
    descent = Descent(small(), CIRCLES, Training(train_biases=False, l2=0.1))
    descent.run(20)
    for before, after in zip(small().biases, descent.snapshot().biases, strict=True):
        assert np.array_equal(before, after)


@given(st.integers(1, 40), st.integers(1, 12), st.integers(0, 5), st.integers(0, 5))
def test_the_mini_batches_of_an_epoch_are_each_example_once(n: int, size: int, seed: int, epoch: int) -> None:
    training = Training(batch_size=size, seed=seed)
    data = DataSet.of(np.zeros((n, 2)), np.zeros((n, 1)))
    descent = Descent(small(), data, training)
    per_epoch = updates_in_epoch(training, n)
    batches = [descent.rows(epoch * per_epoch + i) for i in range(per_epoch)]
    assert sorted(np.concatenate(batches)) == list(range(n))
    assert np.array_equal(np.concatenate(batches), epoch_rows(training, n, epoch))
    assert all(len(rows) == size for rows in batches[:-1])


def exploding(eta: float) -> tuple[Descent, Network]:
    network = initialise((2, 4, 3, 1), "linear", "quadratic", "gaussian", 5)
    return Descent(network, CIRCLES, Training(eta=eta, batch_size=8)), network


def test_a_diverging_run_goes_back_to_its_last_finite_network_and_says_why() -> None:
    descent, _ = exploding(5.0)
    costs = descent.run(500)
    found = descent.divergence
    assert found is not None
    assert found.update == descent.update + 1
    assert len(costs) == descent.update
    assert np.isfinite(costs).all()
    last = descent.snapshot()
    assert np.isfinite(last.parameters).all()
    assert np.isfinite(cost(last, CIRCLES.x, CIRCLES.y))
    assert 1 <= found.layer <= 3
    assert f"Update {found.update}: " in found.reason
    assert f"layer {found.layer + 1}" in found.reason
    assert len(descent.run(10)) == 0


def test_where_it_diverges_does_not_depend_on_how_the_run_is_cut() -> None:
    whole, _ = exploding(5.0)
    whole.run(500)
    for size in (1, 2, 3):
        cut, _ = exploding(5.0)
        while cut.divergence is None:
            cut.run(size)
        assert cut.divergence == whole.divergence
        assert (cut.update, cut.snapshot().digest()) == (whole.update, whole.snapshot().digest())


def test_a_network_that_was_not_finite_to_begin_with_stays_where_it_is() -> None:
    network = small()
    descent = Descent(network.with_parameters(network.parameters * np.inf), CIRCLES, Training(), 7)
    assert len(descent.run(5)) == 0
    assert descent.update == 7
    assert descent.divergence is not None
    assert descent.divergence.update == 7


def test_infinite_weights_under_a_finite_cost_are_noticed() -> None:
    data = DataSet.of([[0.0, 1.0]], [[1.0, 0.0]])
    network = initialise((2, 3, 2), ("sigmoid", "linear"), "quadratic", "gaussian", 1)
    descent = Descent(network, data, Training(eta=1e300, batch_size=1))
    descent.run(3)
    assert descent.divergence is not None
    assert np.isfinite(descent.snapshot().parameters).all()


def test_training_tells_each_epoch_and_learns() -> None:
    results = list(train(small(), CIRCLES, Training(eta=1.0, batch_size=8), epochs=60))
    assert [r.epoch for r in results] == list(range(1, 61))
    assert results[-1].cost < 0.5 * results[0].cost
    assert results[-1].accuracy is not None
    assert results[-1].accuracy > 0.9
    assert results[-1].test_accuracy is not None


def test_what_does_not_apply_is_none() -> None:
    network, data = mazur()
    (result,) = train(network, data, Training(0.5, 1), epochs=1)
    assert (result.accuracy, result.test_cost, result.test_accuracy) == (None, None, None)


def test_training_that_diverges_raises_with_the_last_finite_network() -> None:
    _, network = exploding(5.0)
    with pytest.raises(Diverged) as caught:
        list(train(network, CIRCLES, Training(eta=5.0, batch_size=8), epochs=100))
    assert np.isfinite(caught.value.network.parameters).all()


def test_the_cost_of_an_epoch_is_the_one_that_is_descended() -> None:
    training, network = Training(eta=0.3, batch_size=8, l2=0.7, seed=3), small()
    for result in train(network, CIRCLES, training, 2):
        rows = CIRCLES.train
        squares = sum(float((w**2).sum()) for w in result.network.weights)
        plain = cost(result.network, CIRCLES.x[rows], CIRCLES.y[rows])
        assert result.cost == pytest.approx(plain + 0.7 / (2 * len(rows)) * squares, rel=1e-14)


def one_weight(x: float, w: float = 1.0, activation: str = "linear") -> tuple[Network, DataSet]:
    return explicit([[[w]]], [[0.0]], activation, "quadratic"), DataSet.of([[x]], [[0.0]])


@pytest.mark.parametrize("cut", [1, 5])
def test_the_last_update_of_a_run_is_judged_as_well(cut: int) -> None:
    network, data = one_weight(1e100)
    descent = Descent(network, data, Training(eta=1.0, batch_size=1))
    assert len(descent.run(cut)) == 0  # C is 5e199, and 5e599 after the update
    assert descent.divergence is not None
    assert descent.divergence.update == 1
    assert descent.snapshot().digest() == network.digest()


def test_an_epoch_that_ends_at_a_cost_out_of_range_is_no_result() -> None:
    network, data = one_weight(1e100)
    with pytest.raises(Diverged):
        list(train(network, data, Training(eta=1.0, batch_size=1), epochs=1))


@pytest.mark.parametrize("hidden", ["relu", "sigmoid", "tanh"])
def test_what_is_infinite_behind_a_flat_activation_is_told_at_its_update_and_layer(hidden: str) -> None:
    network = explicit([[[1.0]], [[-1.0]]], [[1.0], [0.0]], [hidden, "linear"], "quadratic")
    # The update makes z of layer 2 −1e150·1e160 = −∞, of which the activation makes a number; C stays finite.
    data = DataSet.of([[1e160]], [[1e160 if hidden == "relu" else 0.0]])
    descent = Descent(network.with_parameters(np.array([1e150, 0.0, -1.0, 0.0])), data, Training(1e-9, 1))
    descent.run(3)
    assert descent.divergence is not None
    assert (descent.divergence.update, descent.divergence.layer) == (0, 1)


@pytest.mark.parametrize(("eta", "w", "x"), [(0.0, 1e308, 1e10), (0.5, 1.0, 1e200), (1e-300, 1e308, 1e10)])
def test_what_overflows_before_any_update_is_not_blamed_on_eta(eta: float, w: float, x: float) -> None:
    network, data = one_weight(x, w)
    descent = Descent(network, data, Training(eta=eta, batch_size=1))
    descent.run(1)
    assert descent.divergence is not None
    assert "η" not in descent.divergence.reason
    assert descent.divergence.reason.startswith("Before update 1: ")


def test_an_example_that_is_out_of_range_for_the_start_is_not_blamed_on_eta() -> None:
    network, _ = one_weight(1.0)
    data = DataSet.of([[1.0], [1e200]], [[0.0], [0.0]])
    for seed in range(20):
        descent = Descent(network, data, Training(eta=0.1, batch_size=1, seed=seed))
        descent.run(4)
        assert descent.divergence is not None
        assert "η" not in descent.divergence.reason


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(["relu", "linear", "sigmoid", "tanh", "leaky_relu"]),
    st.floats(-3.0, 300.0),
    st.floats(-3.0, 150.0),
    st.integers(0, 99),
)
def test_a_run_ends_at_numbers_that_are_finite_however_it_is_cut(
    activation: str, eta: float, x: float, seed: int
) -> None:
    network = initialise((2, 3, 1), (activation, "linear"), "quadratic", "gaussian", seed)
    random = np.random.default_rng(seed)
    data = DataSet.of(random.standard_normal((6, 2)) * 10.0**x, random.standard_normal((6, 1)))
    ends = []
    for sizes in ([12], [1] * 12, [5, 7]):
        descent = Descent(network, data, Training(eta=10.0**eta, batch_size=2, seed=seed))
        for size in sizes:
            descent.run(size)
        ends.append((descent.divergence, descent.update, descent.snapshot().digest()))
        if descent.update < 12:
            assert descent.divergence is not None
        if descent.update or descent.divergence is None:
            rows = data.train[descent.rows(descent.update)]
            assert np.isfinite(cost(descent.snapshot(), data.x[rows], data.y[rows]))
    assert ends[0] == ends[1] == ends[2]
