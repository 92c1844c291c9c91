"""How many examples the network gets right on its way through a run, measured at moments that lie evenly in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tuibp.core.datasets import DataSet, decided
from tuibp.core.descent import Descent
from tuibp.core.five_steps import cost_of_output
from tuibp.core.gradient import Workspace, last_layer
from tuibp.core.network import Network
from tuibp.session.commands import Open, Train
from tuibp.session.entry import Entry
from tuibp.session.lineage import Lineage
from tuibp.session.log import Log
from tuibp.session.state import State

POINTS = 64
"""At most so many moments of a run are measured, so that a longer one is measured more coarsely."""
PATIENCE = 0.25
"""Seconds of replay, by estimate, that a moment is worth."""

SAMPLE = 200
"""Examples, evenly spread in the data, of which the errors are measured."""

Judged = tuple[float, float, float, tuple[float, ...]]
"""(share right of those trained on, of those held out, mean cost of all, `errors_of`); nan where there are none."""
MeasuredPoint = tuple[int, float, float, float, tuple[float, ...]]
"""(updates made in an entry's run, and of the network by then what `Judged` says)."""


@dataclass(frozen=True, eq=False)
class ShareCurve:
    """As a curve over the updates of a run."""

    updates: NDArray[np.int64]
    """How many had been made at each point."""
    trained: NDArray[np.float64]
    held_out: NDArray[np.float64]
    costs: NDArray[np.float64]
    """The mean over all examples, trained on or not."""
    errors: NDArray[np.float64]
    """(points, layers after the input): `errors_of`."""
    here: Judged | None
    """Of the network as it is now; None while that is being measured."""


@dataclass(frozen=True, eq=False)
class Leg:
    """A part of an entry's run to go through once more, with the moments in it that are to be measured."""

    entry: Entry
    start: State
    done: int
    """Updates of the entry that `start` has behind it."""
    at: tuple[int, ...]


def judged(network: Network, data: DataSet) -> Judged:
    """One pass over all examples; right ones are counted as `train` does."""
    z, a = last_layer(network, data.x)
    right = decided(a) == decided(data.y)
    with np.errstate(all="ignore"):
        cost = float(cost_of_output(network, z, a, data.y).mean())
    trained, held_out = (float(right[rows].mean()) if len(rows) else np.nan for rows in (data.train, data.test))
    return trained, held_out, cost, errors_of(network, data)


def errors_of(network: Network, data: DataSet) -> tuple[float, ...]:
    """‖δ^l‖ of each layer after the input, the root of its mean square over the examples, of many over a SAMPLE."""
    rows = sampled(len(data))
    workspace = Workspace(network, len(rows))
    with np.errstate(all="ignore"):
        workspace.fill(data.x[rows], data.y[rows])
        return workspace.error_norms()


def sampled(count: int) -> NDArray[np.int64]:
    """The examples that the errors are measured on."""
    return np.arange(min(count, SAMPLE)) * max(count, SAMPLE) // SAMPLE if count > SAMPLE else np.arange(count)


def legs(log: Log, line: Lineage, known: Mapping[Entry, list[MeasuredPoint]]) -> list[Leg]:
    """What there is to measure of a line of updates, from states that are at hand and not far."""
    every = 1
    while line.total > every * POINTS:
        every *= 2  # points of a shorter run stay points of the longer one
    found: list[Leg] = []
    for n, stretch in enumerate(line.stretches):
        entry = log.entries[stretch.entry]
        last = n == len(line.stretches) - 1
        have = {offset for offset, *_shares in known.get(entry, ())}
        wanted = sorted({*range(0, stretch.count, every), *([stretch.count] if last else [])} - have)
        found += _legs_of(log, stretch.entry, wanted)
    return found[-1:] + found[:-1]  # the end first: where one mostly stands


def _legs_of(log: Log, entry: int, wanted: list[int]) -> list[Leg]:
    """From the state at hand before each; what no state lies near enough to is left out."""
    by_start: dict[int, tuple[State, list[int]]] = {}
    run = isinstance(log.entries[entry].command, Train | Open)
    most = PATIENCE / log.seconds_an_update(entry) if run else 0  # an update from one example is no step of a run
    for offset in wanted:
        found = log.at_hand(entry, offset)
        if found is not None and offset - found[0] <= most:
            by_start.setdefault(found[0], (found[1], []))[1].append(offset)
    return [Leg(log.entries[entry], state, done, tuple(at)) for done, (state, at) in by_start.items()]


def measured(leg: Leg) -> Iterator[MeasuredPoint]:
    """Go through a leg; for a thread of its own."""
    state, made = leg.start, leg.done
    data = state.preset.data
    descent = Descent(state.network, data, state.settings, state.update, state.memory)
    for offset in leg.at:
        descent.run(offset - made)
        if descent.divergence is not None:
            return
        made = offset
        yield offset, *judged(descent.snapshot(), data)


def curve_of(
    log: Log, line: Lineage, first: int, known: Mapping[Entry, list[MeasuredPoint]], here: Judged | None
) -> ShareCurve:
    """What has been measured of a line whose first update has the number `first`."""
    points: dict[int, Judged] = {}
    for stretch in line.stretches:
        for point in list(known.get(log.entries[stretch.entry], ())):
            if point[0] <= stretch.count:
                points[first + point[0]] = point[1:]
        first += stretch.count
    updates = sorted(points)
    return as_curve([(update, *points[update]) for update in updates], here)


def as_curve(points: list[MeasuredPoint], here: Judged | None) -> ShareCurve:
    """The points in columns."""
    updates = np.array([point[0] for point in points], np.int64)
    trained, held_out, costs = np.array([point[1:4] for point in points]).reshape(-1, 3).T
    errors = np.array([point[4] for point in points]).reshape(len(points), -1 if points else 0)
    return ShareCurve(updates, trained, held_out, costs, errors, here)
