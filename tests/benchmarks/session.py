"""How long it takes to reach a moment of a training run of 10,000 updates, and what keeping its networks costs."""

from __future__ import annotations

import random
from dataclasses import replace
from statistics import median
from time import perf_counter

from tests.benchmarks.networks import batch, sigmoid_network
from tests.benchmarks.timing import table, verdict
from tuibp.core.datasets import DataSet
from tuibp.core.training import Training
from tuibp.files.preset import Opening, Preset
from tuibp.session.commands import Step, Train, Visit
from tuibp.session.history import History

UPDATES = 10_000
SIZES = ((2, 2, 2), (64, 30, 10), (784, 30, 10), (784, 100, 10))
VISITS = 40
GOAL = 0.1
"""Seconds for the slowest visit."""


def run() -> None:
    """Print the table."""
    table(
        ["network", "s for 10,000", "MB kept", "visit, ms", "slowest", "goal ≤ 100", "< again, ms", "300 steps, ms"],
        [_row(sizes) for sizes in SIZES],
    )


def _row(sizes: tuple[int, ...]) -> list[str]:
    x, y = batch(sizes, 500)
    settings = Training(eta=0.1)
    name = "-".join(map(str, sizes))
    data = replace(DataSet.of(x, y))
    history = History.open(Preset(name, name, "", sigmoid_network(sizes), data, settings, Opening(), None, name))
    steps = _seconds(lambda: [history.do(Step("term")) for _ in range(300)])
    trained = _seconds(lambda: history.do(Train(UPDATES)))
    entry, drawn = len(history.entries) - 1, random.Random(1)
    visits = [_seconds(lambda: history.do(Visit(entry, drawn.randrange(UPDATES)))) for _ in range(VISITS)]
    again = [_seconds(lambda: history.go("earlier")) for _ in range(VISITS)]
    return [
        name,
        f"{trained:.2f}",
        f"{history.log.bytes / 2**20:.1f}",
        f"{median(visits) * 1e3:.1f}",
        f"{max(visits) * 1e3:.1f}",
        verdict(max(visits), GOAL, at_most=True),
        f"{max(again) * 1e3:.1f}",
        f"{steps * 1e3:.1f}",
    ]


def _seconds(thing: object) -> float:
    started = perf_counter()
    assert callable(thing)
    thing()
    return perf_counter() - started
