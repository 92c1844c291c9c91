"""Optimisers against PyTorch's own numbers, against their formulas written plainly, and cut anywhere."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.pytorch_optimisers import ETA, NUMBERS, PER_EPOCH, SETTINGS, WEIGHTS
from tuibp.core.datasets import DataSet, circles
from tuibp.core.descent import Descent, step
from tuibp.core.gradient import gradient
from tuibp.core.network import Network, initialise, views
from tuibp.core.optimisers import OPTIMISERS, optimiser
from tuibp.core.training import SCHEDULES, Training, rate

PYTORCH = json.loads(NUMBERS.read_text(encoding="utf-8"))
CIRCLES = circles(40, 0.1, 1)
TOLD = {"momentum": "momentum", "alpha": "rho", "eps": "epsilon"}


def small() -> Network:
    return initialise((2, 4, 1), ("tanh", "sigmoid"), "cross_entropy", "scaled", 2)


def as_pytorch(run: dict[str, Any], n: int) -> Training:
    """The settings of a run of PyTorch's: its weight decay is our λ/n."""
    constants = dict(SETTINGS[run["optimiser"]][1])
    beta1, beta2 = constants.pop("betas", (0.9, 0.999))
    told = {TOLD[name]: value for name, value in constants.items()}
    usual = Training(ETA, l2=run["decay"] * n, epochs=8, step_epochs=2, step_factor=0.5, beta1=beta1, beta2=beta2)
    return replace(usual, optimiser=run["optimiser"], schedule=run["schedule"], **told)


@pytest.mark.parametrize(
    "run", PYTORCH["runs"], ids=[f"{r['optimiser']}-{r['decay']}-{r['schedule']}" for r in PYTORCH["runs"]]
)
def test_every_step_is_pytorchs_on_the_same_gradients(run: dict[str, Any]) -> None:
    n, start = 7, np.array(PYTORCH["start"])
    network = Network((WEIGHTS, 1), np.zeros(WEIGHTS + 1), ("linear",), "quadratic")
    made = optimiser(network, as_pytorch(run, n), n)
    made = type(made)(as_pytorch(run, n), n, np.array([1.0] * WEIGHTS + [0.0] * (len(start) - WEIGHTS)))
    parameters = start.copy()
    for at, (g, wanted) in enumerate(zip(PYTORCH["gradients"], run["parameters"], strict=True)):
        factor = made.begin(at // PER_EPOCH)
        before = parameters.copy()
        made.update(parameters, np.array(g) * factor)
        scale = np.maximum(np.abs(before), 1.0) + np.abs(parameters - before)
        assert (np.abs(parameters - wanted) <= 1e-12 * scale).all()


def test_sgd_stays_what_is_used_unless_somebody_says_otherwise() -> None:
    assert Training().optimiser == "sgd"
    assert Training().schedule == "constant"


def plainly(training: Training, n: int, slopes: Any, network: Network, updates: int) -> Any:
    """The formulas as a book prints them, on whole arrays; `slopes(parameters, update)` is ∂C/∂w."""
    w, first, second = network.parameters.copy(), 0.0, 0.0
    is_weight = np.zeros_like(w)
    for part in views(is_weight, network.sizes)[0]:
        part[...] = 1.0
    decay = training.l2 / n * is_weight
    for t in range(1, updates + 1):
        g, eta = slopes(w, t - 1), training.eta
        if training.optimiser in ("sgd", "adamw"):
            w = w - eta * decay * w
        else:
            g = g + decay * w
        if training.optimiser == "sgd":
            w = w - eta * g
        elif training.optimiser == "momentum":
            first = training.momentum * first + g
            w = w - eta * first
        elif training.optimiser == "rmsprop":
            second = training.rho * second + (1 - training.rho) * g**2
            w = w - eta * g / (np.sqrt(second) + training.epsilon)
        else:
            first = training.beta1 * first + (1 - training.beta1) * g
            second = training.beta2 * second + (1 - training.beta2) * g**2
            mean, square = first / (1 - training.beta1**t), second / (1 - training.beta2**t)
            w = w - eta * mean / (np.sqrt(square) + training.epsilon)
    return w


@pytest.mark.parametrize("name", OPTIMISERS)
@pytest.mark.parametrize("portion", [3, 4_096])
def test_a_run_is_the_formula_on_the_gradients_of_its_mini_batches(
    name: str, portion: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tuibp.core.optimisers.PORTION", portion)
    training, network = Training(0.01, 6, l2=0.4, optimiser=name), small()
    descent = Descent(network, CIRCLES, training)

    def slopes(parameters: Any, update: int) -> Any:
        rows = CIRCLES.train[descent.rows(update)]
        return gradient(network.with_parameters(parameters.copy()), CIRCLES.x[rows], CIRCLES.y[rows]).flat

    descent.run(15)
    wanted = plainly(training, len(CIRCLES.train), slopes, network, 15)
    assert np.allclose(descent.snapshot().parameters, wanted, rtol=1e-11, atol=1e-13)


@settings(deadline=None, max_examples=40)
@given(
    st.sampled_from(sorted(OPTIMISERS)),
    st.sampled_from(SCHEDULES),
    st.lists(st.integers(0, 9), min_size=1, max_size=4),
    st.booleans(),
    st.sampled_from([0.0, 0.3]),
)
def test_a_run_cut_anywhere_is_the_run_in_one_piece_to_the_bit(
    name: str, schedule: str, cuts: list[int], biases: bool, l2: float
) -> None:
    training = Training(
        0.02, 7, 3, l2, train_biases=biases, optimiser=name, schedule=schedule, step_epochs=1, step_factor=0.5
    )
    whole = Descent(small(), CIRCLES, training)
    whole.run(sum(cuts))
    network, made, memory = small(), 0, None
    for n in cuts:
        part = Descent(network, CIRCLES, training, made, memory)
        part.run(n)
        network, made, memory = part.snapshot(), part.update, part.memory()
    assert network.digest() == whole.snapshot().digest()
    kept = whole.memory()
    assert (memory is None) == (kept is None)
    if memory is not None and kept is not None:
        assert memory.steps == kept.steps
        assert all(np.array_equal(a, b) for a, b in zip(memory.sums, kept.sums, strict=True))
    if not biases:
        assert all(np.array_equal(a, b) for a, b in zip(small().biases, network.biases, strict=True))


@pytest.mark.parametrize("name", OPTIMISERS)
def test_one_step_is_a_mini_batch_of_one_example_to_the_bit(name: str) -> None:
    data = DataSet.of([[0.2, 0.4]], [[1.0]])
    training = Training(0.4, 1, l2=0.2, optimiser=name, schedule="cosine", epochs=4)
    descent, network, memory = Descent(small(), data, training), small(), None
    for update in range(3):
        descent.run(1)
        network, memory = step(network, data.example(0), training, 1, update, memory)
    assert network.digest() == descent.snapshot().digest()


@pytest.mark.parametrize("name", ["momentum", "rmsprop", "adam", "adamw"])
def test_biases_that_are_held_fixed_later_do_not_go_on_by_what_is_remembered(name: str) -> None:
    first = Descent(small(), CIRCLES, Training(0.1, 7, optimiser=name))
    first.run(9)
    before = first.snapshot()
    held = Training(0.1, 7, optimiser=name, train_biases=False)
    then = Descent(before, CIRCLES, held, 9, first.memory())
    then.run(9)
    after = then.snapshot()
    assert all(np.array_equal(a, b) for a, b in zip(before.biases, after.biases, strict=True))
    assert not np.array_equal(before.w(1), after.w(1))


def test_a_memory_of_another_optimiser_or_of_other_constants_begins_anew() -> None:
    first = Descent(small(), CIRCLES, Training(0.1, 7, optimiser="adam"))
    first.run(9)
    for other in ({"optimiser": "momentum"}, {"beta2": 0.9}):
        training = replace(Training(0.1, 7, optimiser="adam"), **other)
        ends = []
        for memory in (first.memory(), None):
            then = Descent(first.snapshot(), CIRCLES, training, 9, memory)
            then.run(3)
            ends.append(then.snapshot().digest())
        assert ends[0] == ends[1]


def test_a_memory_that_overflows_ends_the_run_where_all_was_finite() -> None:
    network = initialise((1, 1), "linear", "quadratic", "zeros")
    data = DataSet.of([[1e140]], [[1e50]])  # a gradient of 1e190, whose square is none
    for cut in (1, 4):
        descent = Descent(network, data, Training(1e-3, 1, optimiser="adam"))
        while descent.divergence is None:
            descent.run(cut)
        assert "remembers" in descent.divergence.reason
        assert descent.update == 0
        memory = descent.memory()
        assert memory is not None
        assert all(np.isfinite(part).all() for part in memory.sums)


def test_the_schedules_say_the_rate_of_an_epoch() -> None:
    stepped = Training(0.8, schedule="step", step_epochs=3, step_factor=0.5)
    assert [rate(stepped, e) for e in (0, 2, 3, 5, 6)] == pytest.approx([0.8, 0.8, 0.4, 0.4, 0.2])
    cosine = Training(0.8, epochs=4, schedule="cosine")
    assert [rate(cosine, e) for e in (0, 2, 4)] == pytest.approx([0.8, 0.4, 0.8])
    assert 0 < rate(cosine, 3) < 0.2
