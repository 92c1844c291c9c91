"""The notebook: experiments with nudges, read out of the log."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from tuibp.core.notation import of_neuron, weight
from tuibp.core.nudge import Nudge
from tuibp.session.commands import ChooseExample, GoTo, SetNudge, SetSetting, Step, TakeExample, Visit
from tuibp.session.entry import Entry
from tuibp.session.log import Log
from tuibp.session.state import State

LOOKING = (Step, GoTo, SetSetting)
"""Commands that leave an experiment as it is."""
COLUMNS = ("parameter", "delta", "predicted", "actual", "error", "relative_error", "example", "update")


@dataclass(frozen=True)
class Experiment:
    """One nudge as far as it went: what its parameter's gradient said would happen to C, and what did."""

    entry: int
    """In the log, counted as `Visit` does: the command that set its last value."""
    nudge: Nudge
    example: int | None
    """Row in the data set; None for an example of one's own."""
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


def experiments(log: Log, count: int) -> tuple[Experiment, ...]:
    """Every nudge of a log's first `count` entries, at its last value before it was kept, put back or left."""
    return tuple(_made(log.entries[i], i, log) for i in _settled(log, count))


def as_csv(rows: Iterable[Experiment]) -> str:
    """The notebook as CSV with a header; numbers with all their digits, examples counted from 1."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        numbers = (row.nudge.delta, row.predicted, row.actual, row.error, row.relative)
        example = "own" if row.example is None else row.example + 1
        writer.writerow((row.parameter, *map(repr, numbers), example, row.update))
    return out.getvalue()


def _settled(log: Log, count: int) -> Iterator[int]:
    """The entries after which an experiment stood as it was left; one still in hand counts."""
    held: int | None = None
    nudge: Nudge | None = None
    for i, entry in enumerate(log.entries[:count]):
        command = entry.command
        if isinstance(command, LOOKING):
            continue
        if held is not None and not (isinstance(command, SetNudge) and _same(nudge, command.nudge)):
            yield held
        if isinstance(command, SetNudge):
            nudge = command.nudge if command.nudge.delta else None
        elif not isinstance(command, ChooseExample | TakeExample):  # it goes on with the nudge, on another example
            nudge = None
        held = i if nudge is not None else None
    if held is not None:
        yield held


def _same(one: Nudge | None, other: Nudge) -> bool:
    """Whether two nudges differ in their size only."""
    return one is not None and replace(one, delta=0.0) == replace(other, delta=0.0)


_known: WeakKeyDictionary[Entry, Experiment] = WeakKeyDictionary()


def _made(entry: Entry, i: int, log: Log) -> Experiment:
    if entry not in _known:
        _known[entry] = _followed(i, log.state((i, 1)))
    return _known[entry]


def _followed(i: int, state: State) -> Experiment:
    seen = state.experiment
    assert seen is not None
    assert state.nudge is not None
    example = state.example if state.own is None else None
    return Experiment(i, state.nudge, example, state.update, seen.predicted, seen.actual, seen.relative)
