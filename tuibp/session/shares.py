"""How many examples the network gets right on its way through a run, measured at moments that lie evenly in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tuibp.core.datasets import DataSet, decided
from tuibp.core.descent import Descent
from tuibp.core.five_steps import cost_of_output
from tuibp.core.gradient import last_layer
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

Judged = tuple[float, float, float]
"""(share right of those trained on, of those held out, mean cost of all); nan where there are none."""
MeasuredPoint = tuple[int, float, float, float]
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
    return trained, held_out, cost


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
        for offset, *found in list(known.get(log.entries[stretch.entry], ())):
            if offset <= stretch.count:
                points[first + offset] = found[0], found[1], found[2]
        first += stretch.count
    updates = sorted(points)
    values = np.array([points[update] for update in updates]).reshape(-1, 3)
    trained, held_out, costs = values.T
    return ShareCurve(np.array(updates, np.int64), trained, held_out, costs, here)
