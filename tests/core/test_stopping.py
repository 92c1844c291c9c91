"""When a run stops: each condition by itself, on courses that are written out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tuibp.core.datasets import circles
from tuibp.core.epochs import train
from tuibp.core.network import initialise
from tuibp.core.stopping import Stopping
from tuibp.core.training import Training

CIRCLES = circles(64, 0.1, 1)
NETWORK = initialise((2, 5, 1), ("tanh", "sigmoid"), "cross_entropy", "scaled", 2)
Course = list[tuple[float, float | None, float | None]]


def stops_after(training: Training, course: Course) -> tuple[int, str] | None:
    stopping = Stopping(training)
    for epoch, (cost, accuracy, held_out) in enumerate(course, start=1):
        if (stopped := stopping.after(epoch, cost, accuracy, held_out)) is not None:
            assert stopped.epoch == epoch
            return epoch, stopped.why
    return None


@pytest.mark.parametrize(
    ("training", "course", "wanted"),
    [
        (Training(stop_accuracy=0.9), [(1.0, 0.95, 0.8), (0.9, 0.95, 0.9)], (2, "accuracy")),
        (Training(stop_accuracy=0.9), [(1.0, 0.8, None), (0.9, 0.9, None)], (2, "accuracy")),
        (Training(stop_accuracy=0.9), [(1.0, None, None)] * 3, None),
        (Training(stop_cost=0.5), [(0.6, None, None), (0.5, None, None)], (2, "cost")),
        (Training(patience=2), [(3.0, 0.1, 0.5), (2.0, 0.2, 0.5), (1.0, 0.3, 0.4)], (3, "patience")),
        (Training(patience=2), [(3.0, 0.1, 0.5), (2.0, 0.2, 0.5), (1.0, 0.3, 0.6), (1.0, 0.3, 0.6)], None),
        (Training(patience=2), [(1.0, None, None), (2.0, None, None), (0.5, None, None), (0.6, None, None)], None),
        (Training(patience=1), [(1.0, 0.3, None), (1.0, 0.9, None)], (2, "patience")),
        (Training(), [(0.0, 1.0, 1.0)] * 5, None),
    ],
)
def test_a_run_stops_where_its_condition_holds_and_not_before(
    training: Training, course: Course, wanted: tuple[int, str] | None
) -> None:
    assert stops_after(training, course) == wanted
    assert Stopping(training).wanted == (training != Training())


def test_a_run_that_stops_is_the_beginning_of_the_one_that_does_not() -> None:
    training = Training(eta=1.0, batch_size=8)
    whole = list(train(NETWORK, CIRCLES, training, 40))
    at = next(r for r in whole if r.cost <= 0.3)
    stopped = list(train(NETWORK, CIRCLES, replace(training, stop_cost=0.3), 40))
    assert [r.network.digest() for r in stopped] == [r.network.digest() for r in whole[: at.epoch]]
    assert stopped[-1].stopped is not None
    assert all(r.stopped is None for r in [*whole, *stopped[:-1]])
