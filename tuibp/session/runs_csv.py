"""The curves of runs as CSV, one number a line, so that any program can group and draw them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from tuibp.core.index import shown
from tuibp.session.kept_runs import KeptRun
from tuibp.session.shares import ShareCurve

COLUMNS = (
    "run", "network", "sizes", "cost_function", "optimiser", "eta", "mini_batch", "l2", "start", "seed", "quantity",
    "update", "over", "value",
)  # fmt: skip
MEASURED = {
    "right_trained_on": "trained", "right_held_out": "held_out", "cost_all": "costs",
    "cost_trained_on": "trained_costs", "cost_held_out": "held_out_costs", "cost_of_decay": "decay",
}  # fmt: skip
"""Quantities by the column of what was measured that holds them."""


def as_csv(runs: Sequence[tuple[KeptRun, ShareCurve]]) -> str:
    """`mini_batch_cost` is the cost of an update's mini-batch before it, of a long run the mean `over` so many updates;
    the others are of the network after so many updates. Numbers with all their digits."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for n, (run, measured) in enumerate(runs):
        initial, settings = run.initial, run.settings
        start = ("", "") if initial is None else (initial.scheme, initial.seed)
        network = run.preset.network
        head = (
            shown(n), run.preset.name, "-".join(map(str, network.sizes)), network.cost, settings.optimiser,
            repr(settings.eta), settings.batch_size, repr(settings.l2), *start,
        )  # fmt: skip
        writer.writerows((*head, *line) for line in _lines(run, measured))
    return out.getvalue()


def _lines(run: KeptRun, measured: ShareCurve) -> Iterator[tuple[str, int, int, str]]:
    curve = run.curve
    yield from _column("mini_batch_cost", curve.updates.tolist(), curve.costs.tolist(), curve.stretch)
    for quantity, name in MEASURED.items():
        values = getattr(measured, name)
        if quantity.startswith("right") and not run.preset.data.has_classes:
            continue
        good = np.isfinite(values)
        yield from _column(quantity, measured.updates[good].tolist(), values[good].tolist(), 1)


def _column(
    quantity: str, updates: Iterable[int], values: Iterable[float], over: int
) -> Iterator[tuple[str, int, int, str]]:
    return ((quantity, update, over, repr(value)) for update, value in zip(updates, values, strict=True))
