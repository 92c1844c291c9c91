"""Illnesses planted in data, sizes and seeds that served for nothing else: which cause is named first, and what is said
of networks that are well. Nothing is tuned to it: where it fails, that stands in the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from time import perf_counter, process_time

import numpy as np

from tests.benchmarks.timing import table
from tuibp.core.datasets import DataSet
from tuibp.core.diagnosis.case import Case
from tuibp.core.diagnosis.examination import Diagnosis, diagnose
from tuibp.core.network import Array, initialise
from tuibp.core.training import Training
from tuibp.files import load
from tuibp.files.changed import case_of

SEEDS, HEALTHY_SEEDS = 3, 20
WINE = np.array([13.0, 2.3, 2.4, 19.0, 100.0, 750.0])
USUAL = Training(eta=0.3, batch_size=12, epochs=40)


def blobs(seed: int, n: int = 240, classes: int = 4, width: int = 6) -> DataSet:
    """Clouds about random centres, some of which touch."""
    random = np.random.default_rng(900 + seed)
    labels = random.integers(0, classes, n)
    x = 1.8 * random.standard_normal((classes, width))[labels] + 0.7 * random.standard_normal((n, width))
    return DataSet.of(x / 2.0, np.eye(classes)[labels], labels, held_out=0.25, seed=seed)


def moons(seed: int, n: int = 260) -> DataSet:
    """Two crescents that grip each other."""
    random = np.random.default_rng(800 + seed)
    which, t = np.arange(n) % 2, np.pi * random.random(n)
    x = np.stack([np.cos(t) * (1 - 2 * which) + which - 0.5, (np.sin(t) - 0.5 * which) * (1 - 2 * which)], axis=1)
    return DataSet.of(x + 0.08 * random.standard_normal((n, 2)), which[:, None], held_out=0.2, seed=seed)


def case(data: DataSet, hidden: tuple[int, ...], names: str, seed: int, scheme: str = "scaled", **how: object) -> Case:
    """A classifier for the data: softmax with its cost for several outputs, a sigmoid with its own for one."""
    outputs = data.y.shape[1]
    sizes, last = (data.x.shape[1], *hidden, outputs), "softmax" if outputs > 1 else "sigmoid"
    cost = "log_likelihood" if outputs > 1 else "cross_entropy"
    network = initialise(sizes, (*[names] * len(hidden), last), cost, scheme, 50 + seed)
    training = replace(USUAL, **how)  # type: ignore[arg-type]  # Training's own fields
    return Case(network, data, training, scheme, 50 + seed)


def times(case: Case, factor: float) -> Case:
    """Its weights and biases so many times as large, as if a file had given them."""
    return replace(case, network=case.network.with_parameters(case.network.parameters * factor), scheme=None)


def with_x(data: DataSet, x: Array) -> DataSet:
    return DataSet.of(x, data.y, data.labels, held_out=0.25, seed=1)


def shuffled(seed: int) -> DataSet:
    data = blobs(seed)
    order = np.random.default_rng(seed).permutation(len(data))
    return DataSet.of(data.x, data.y[order], held_out=0.25, seed=seed)


def in_order(seed: int) -> DataSet:
    data = blobs(seed)
    assert data.labels is not None
    order = np.argsort(data.labels, kind="stable")
    return DataSet.of(data.x[order], data.y[order])


def rare(seed: int) -> DataSet:
    random = np.random.default_rng(700 + seed)
    x = random.standard_normal((500, 3))
    return DataSet.of(x, (x[:, :1] + x[:, 1:2] > 2.3).astype(float), held_out=0.2, seed=seed)


def far_targets(seed: int) -> Case:
    x = np.random.default_rng(600 + seed).standard_normal((150, 4))
    network = initialise((4, 7, 1), ("tanh", "sigmoid"), "quadratic", "scaled", seed)
    return Case(network, DataSet.of(x, 3.0 + x[:, :1] - x[:, 2:3]), replace(USUAL, eta=0.05), "scaled", seed)


def numbered(seed: int) -> Case:
    data = blobs(seed)
    assert data.labels is not None
    network = initialise((6, 9, 1), ("tanh", "sigmoid"), "quadratic", "scaled", seed)
    plain = DataSet.of(data.x, data.labels[:, None].astype(float))
    return Case(network, replace(plain, labels=None), USUAL, "scaled", seed)


def silent(seed: int) -> Case:
    made = case(moons(seed), (11,), "relu", seed)
    parameters = made.network.parameters.copy()
    parameters[22:33] = -7.0
    return replace(made, network=made.network.with_parameters(parameters), scheme=None)


ILL: dict[str, tuple[str, Callable[[int], Case]]] = {
    "inputs as measured": (
        "inputs_not_scaled", lambda s: case(with_x(blobs(s), WINE * (10.0 + blobs(s).x)), (9,), "tanh", s)),
    "inputs divided by 255 twice": (
        "inputs_scaled_twice", lambda s: case(with_x(moons(s), moons(s).x / 255.0), (9,), "tanh", s)),
    "three columns of 90": (
        "inputs_constant",
        lambda s: case(with_x(blobs(s), np.hstack([blobs(s).x, np.full((240, 3), 90.0)])), (9,), "tanh", s)),
    "eta 90": ("eta_too_high", lambda s: case(moons(s), (7,), "tanh", s, eta=90.0)),
    "eta 0.00003": ("eta_too_low", lambda s: case(blobs(s), (9,), "tanh", s, eta=3e-5)),
    "one epoch": ("too_few_epochs", lambda s: case(blobs(s), (9,), "tanh", s, epochs=1, eta=0.1)),
    "all examples at once": (
        "mini_batch_too_large", lambda s: case(moons(s), (9,), "tanh", s, batch_size=500, epochs=40)),
    "weights of 60": ("saturated_start", lambda s: times(case(blobs(s), (4,), "sigmoid", s), 150.0)),
    "all zeros": ("equal_weights", lambda s: case(moons(s), (8,), "tanh", s, scheme="zeros")),
    "weights of 0.0001": ("weights_too_small", lambda s: times(case(blobs(s), (8, 8), "tanh", s, epochs=8), 1e-4)),
    "relu weights of 40": ("weights_too_large", lambda s: times(case(blobs(s), (8, 8), "relu", s), 40.0)),
    "relu biases of -7": ("dead_relu", silent),
    "five layers of sigmoids": ("errors_vanish", lambda s: case(blobs(s), (7,) * 5, "sigmoid", s)),
    "ten layers, weights of 3": (
        "errors_explode", lambda s: times(case(blobs(s), (12,) * 9, "leaky_relu", s, eta=0.01), 4.0)),
    "one hidden neuron": ("too_small", lambda s: case(moons(s), (1,), "tanh", s, eta=1.0, epochs=80)),
    "lambda 300": ("weight_decay_too_strong", lambda s: case(blobs(s), (9,), "tanh", s, l2=300.0)),
    "labels mixed": ("labels_unrelated", lambda s: case(shuffled(s), (9,), "tanh", s)),
    "classes 0 to 3 of one output": ("labels_out_of_range", numbered),
    "targets about 3": ("output_does_not_fit_target", far_targets),
    "one in twenty": ("unbalanced", lambda s: case(rare(s), (7,), "tanh", s, eta=0.05, epochs=12)),
    "sorted by class": (
        "sorted_without_shuffling",
        lambda s: case(in_order(s), (9,), "tanh", s, shuffle=False, eta=3.0, batch_size=4)),
}  # fmt: skip
"""By what was done: the cause, and a case for each seed."""


def xor(activation: str, eta: float, epochs: int) -> Case:
    data = load("xor").data
    network = initialise((2, 3, 1), activation, "quadratic", "gaussian", 0)
    if activation == "tanh":
        network = initialise((2, 3, 1), ("tanh", "sigmoid"), "cross_entropy", "gaussian", 0)
    return Case(network, data, Training(eta=eta, batch_size=4, epochs=epochs), "gaussian", 0)


def shipped(name: str) -> Case:
    return case_of(load(name))


WELL: dict[str, Callable[[], Case]] = {
    "xor sigmoid, eta 5": lambda: xor("sigmoid", 5.0, 3_000),
    "xor tanh, eta 1": lambda: xor("tanh", 1.0, 2_000),
    **{name: partial(shipped, name) for name in ("iris", "digits", "circles", "spirals")},
}


def found_in(case: Case) -> tuple[Diagnosis, float]:
    """The diagnosis, and the seconds of computing that it took."""
    story, began = diagnose(case, perf_counter, 60.0), process_time()
    while True:
        try:
            next(story)
        except StopIteration as end:
            return end.value, process_time() - began


def run() -> None:
    """Print both tables."""
    rows, slowest = [], 0.0
    for what, (cause, make) in ILL.items():
        named = []
        for seed in range(SEEDS):
            diagnosis, seconds = found_in(make(seed))
            slowest = max(slowest, seconds)
            well = "learns" if diagnosis.learned else "none"
            named.append(diagnosis.findings[0].cause.name if diagnosis.findings else well)
        rows.append([what, cause, f"{named.count(cause)}/{SEEDS}", " ".join(sorted({n for n in named if n != cause}))])
    table(["planted", "cause", "first", "otherwise"], rows)
    print(f"slowest: {slowest:.1f} s")
    false = []
    for what, make_well in WELL.items():
        found = [found_in(make_well().other(seed))[0] for seed in range(HEALTHY_SEEDS)]
        alarms = [diagnosis.findings[0].cause.name for diagnosis in found if diagnosis.findings]
        false.append([what, f"{len(alarms)}/{HEALTHY_SEEDS}", " ".join(sorted(set(alarms)))])
    table(["well", "alarms", "which"], false)
