"""The notebook: experiments with nudges, read out of the log."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tuibp.core.nudge import Nudge
from tuibp.core.perturbation import experiment
from tuibp.core.notation import of_neuron, weight
from tuibp.session.commands import SetNudge, Visit

if TYPE_CHECKING:
    from tuibp.session.history import History
    from tuibp.session.state import State

COLUMNS = ("parameter", "delta", "predicted", "actual", "error", "relative_error", "example", "update")


@dataclass(frozen=True)
class Experiment:
    """One nudge as far as it went: what its parameter's gradient said would happen to C, and what did."""

    entry: int
    """In the log, counted as `Visit` does: the command that set its last value."""
    nudge: Nudge
    example: int
    """Row in the data set."""
    update: int
    predicted: float
    actual: float
    relative: float
    """|actual − predicted| over |actual|."""

    @property
    def error(self) -> float:
        return self.actual - self.predicted

    @property
    def parameter(self) -> str:
        """In the markup of equations: w^2_13, b^2_1, z^2_1 for a demon, −∇C or a random direction."""
        return name_of(self.nudge)

    @property
    def moment(self) -> Visit:
        """The command that goes back to it, with the nudge in hand."""
        return Visit(self.entry, 1, whole=True)


def name_of(nudge: Nudge) -> str:
    """What a nudge changes, in markup."""
    if nudge.kind == "direction":
        return "−∇C" if nudge.direction == "gradient" else f"random {nudge.seed}"
    if nudge.kind == "demon":
        return of_neuron("z", nudge.layer, nudge.j)
    if nudge.k is None:
        return of_neuron("b", nudge.layer, nudge.j)
    return weight(nudge.layer, nudge.j, nudge.k)


def experiments(history: History) -> tuple[Experiment, ...]:
    """Every nudge up to where one stands, at its last value before it was kept, put back or left for something else."""
    return tuple(_made(history, entry) for entry in _settled(history))


def as_csv(rows: Iterable[Experiment]) -> str:
    """The notebook as CSV with a header; numbers with all their digits, examples counted from 1."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        numbers = (row.nudge.delta, row.predicted, row.actual, row.error, row.relative)
        writer.writerow((row.parameter, *map(repr, numbers), row.example + 1, row.update))
    return out.getvalue()
