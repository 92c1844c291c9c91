"""What a network does on all examples on its way through a run, measured at moments that lie evenly in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tuibp.core.descent import Descent
from tuibp.core.judged import Judged, judged
from tuibp.core.layers_read import LayersRead
from tuibp.core.network import Array, Network
from tuibp.session.commands import Open, Train
from tuibp.session.entry import Entry
from tuibp.session.lineage import Lineage
from tuibp.session.log import Log
from tuibp.session.state import State

POINTS = 64
"""At most so many moments of a run are measured, so that a longer one is measured more coarsely."""
PATIENCE = 0.25
"""Seconds of replay, by estimate, that a moment is worth."""

MeasuredPoint = tuple[int, Judged]
"""(updates made in an entry's run, what is measured of the network by then)."""


@dataclass(frozen=True, eq=False)
class ShareCurve:
    """As a curve over the updates of a run."""

    updates: NDArray[np.int64]
    """How many had been made at each point."""
    trained: Array
    held_out: Array
    costs: Array
    """The mean over all examples, trained on or not."""
    trained_costs: Array
    held_out_costs: Array
    decay: Array
    """L2 decay's part."""
    errors: Array
    """(points, layers after the input): ‖δ^l‖;"""
    gradients: Array
    """the same for ‖∂C/∂w^l‖."""
    here: Judged | None
    """Of the network as it is now; None while that is being measured."""
    layers: LayersRead | None = None
    """Every layer's numbers, of the network as it is now or was a moment ago, where they are looked at."""


@dataclass(frozen=True, eq=False)
class Leg:
    """A part of an entry's run to go through once more, with the moments in it that are to be measured."""

    entry: Entry
    start: State
    done: int
    """Updates of the entry that `start` has behind it."""
    at: tuple[int, ...]


def legs(log: Log, line: Lineage, known: Mapping[Entry, list[MeasuredPoint]], points: int = POINTS) -> list[Leg]:
    """What there is to measure of a line of updates at so many moments, from states that are at hand and not far."""
    every = 1
    while line.total > every * points:
        every *= 2  # points of a shorter run stay points of the longer one
    found: list[Leg] = []
    for n, stretch in enumerate(line.stretches):
        entry = log.entries[stretch.entry]
        last = n == len(line.stretches) - 1
        have = {offset for offset, _judged in known.get(entry, ())}
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
    for offset, network in walked(leg):
        yield offset, judged(network, leg.start.preset.data, leg.start.settings)


def walked(leg: Leg) -> Iterator[tuple[int, Network]]:
    """(updates made, the network by then) at each moment of a leg."""
    state, made = leg.start, leg.done
    data = state.preset.data
    descent = Descent(state.network, data, state.settings, state.update, state.memory)
    for offset in leg.at:
        descent.run(offset - made)
        if descent.divergence is not None:
            return
        made = offset
        yield offset, descent.snapshot()


def points_of(
    parts: Iterable[tuple[Entry, int]], first: int, known: Mapping[Entry, list[MeasuredPoint]]
) -> list[MeasuredPoint]:
    """What has been measured of so many updates of each entry, one after another, the first of which has the number
    `first`: by the number of updates made."""
    points: dict[int, Judged] = {}
    for entry, count in parts:
        for offset, found in list(known.get(entry, ())):
            if offset <= count:
                points[first + offset] = found
        first += count
    return sorted(points.items(), key=lambda point: point[0])


def parts_of(log: Log, line: Lineage) -> list[tuple[Entry, int]]:
    """Each entry of a line, and how many of its updates belong to it."""
    return [(log.entries[stretch.entry], stretch.count) for stretch in line.stretches]


def as_curve(points: Sequence[MeasuredPoint], here: Judged | None, layers: LayersRead | None = None) -> ShareCurve:
    """The points in columns."""

    def column(of: Callable[[Judged], object]) -> Array:
        return np.array([of(found) for _update, found in points], np.float64).reshape(len(points), -1 if points else 0)

    def number(of: Callable[[Judged], float]) -> Array:
        return column(of)[:, 0] if points else np.zeros(0)

    return ShareCurve(
        updates=np.array([update for update, _found in points], np.int64),
        trained=number(lambda j: j.trained),
        held_out=number(lambda j: j.held_out),
        costs=number(lambda j: j.cost),
        trained_costs=number(lambda j: j.trained_cost),
        held_out_costs=number(lambda j: j.held_out_cost),
        decay=number(lambda j: j.decay),
        errors=column(lambda j: j.errors),
        gradients=column(lambda j: j.gradients),
        here=here,
        layers=layers,
    )
