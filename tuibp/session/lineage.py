"""The updates that led to where one stands, and those that came after it in the run visited."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from tuibp.session.commands import Command, Keep, Open, Reset, Train, Update, Visit

Moment = tuple[int, int]
"""(entry, offset): offset updates into the run of an entry; of an entry without a run, 0 is before and 1 after it."""
BEGINNING: Moment = (-1, 0)


@dataclass(frozen=True)
class Stretch:
    """The first `count` updates of an entry's run."""

    entry: int
    count: int


@dataclass(frozen=True)
class Lineage:
    """One line of updates from an untrained start, without the branches that were left."""

    stretches: tuple[Stretch, ...] = ()
    position: int = 0
    """How many of the updates have been made where one stands."""
    tip: Moment = BEGINNING
    """The moment after all of them."""

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate(s.count for s in self.stretches))

    @property
    def total(self) -> int:
        return self._ends[-1] if self.stretches else 0

    def moment(self, position: int) -> Moment:
        """The moment just before the update of that number (0-based); at the end the tip."""
        if position >= self.total:
            return self.tip
        i = bisect.bisect_right(self._ends, position)
        return self.stretches[i].entry, position - self._ends[i] + self.stretches[i].count

    def find(self, moment: Moment) -> int | None:
        """The position of a moment; None where it is not of this line."""
        if moment == self.tip:
            return self.total
        i = bisect.bisect_left(self.stretches, moment[0], key=lambda s: s.entry)
        if i == len(self.stretches) or self.stretches[i].entry != moment[0] or moment[1] > self.stretches[i].count:
            return None
        return self._ends[i] - self.stretches[i].count + moment[1]

    def at(self, position: int) -> Lineage:
        return Lineage(self.stretches, position, self.tip)

    def cut(self, tip: Moment) -> Lineage:
        """Without what lies after the position."""
        if self.position == self.total:
            return Lineage(self.stretches, self.position, tip)
        kept, i = [], bisect.bisect_left(self._ends, self.position)
        if self.position:
            left = self.position - self._ends[i] + self.stretches[i].count
            kept = [*self.stretches[:i], Stretch(self.stretches[i].entry, left)]
        return Lineage(tuple(kept), self.position, tip)

    def grown(self, entry: int, count: int) -> Lineage:
        """With the updates of a new entry, from the position on."""
        base = self.cut((entry, count))
        return Lineage((*base.stretches, Stretch(entry, count)), base.position + count, base.tip)

    def with_runs(self, runs: Sequence[Stretch]) -> Lineage:
        """With the updates of new entries, one after another, from the end on."""
        last = runs[-1]
        made = self.position + sum(run.count for run in runs)
        return Lineage((*self.stretches, *runs), made, (last.entry, last.count))


def follow(lineage: Lineage, entry: int, command: Command, count: int, whole: Callable[[int], Lineage]) -> Lineage:
    """The lineage after one more entry of the log, whose run has `count` updates.

    `whole(entry)` is the lineage as it was after an earlier entry, for visits to a branch that was left.
    """
    match command:
        case Update() | Train():
            return lineage.grown(entry, count)
        case Keep():
            return lineage.cut((entry, 1))
        case Reset():
            return Lineage(tip=(entry, 1))
        case Open():
            return Lineage(tip=(entry, 0)).grown(entry, count)
        case Visit(visited, offset):
            position = lineage.find((visited, offset))
            return lineage.at(position) if position is not None else _elsewhere(visited, offset, whole)
        case _:
            return lineage


def _elsewhere(entry: int, offset: int, whole: Callable[[int], Lineage]) -> Lineage:
    there = whole(entry)
    position = there.find((entry, offset))
    if position is not None:
        return there.at(position)
    return there if offset else whole(entry - 1)
