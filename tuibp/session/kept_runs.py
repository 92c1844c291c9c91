"""The runs of a session: every line of updates from an untrained start, with the settings it was made with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from tuibp.core.training import Training
from tuibp.files.preset import Initial, Preset
from tuibp.session.commands import Open, Reset, Train, Update, Visit
from tuibp.session.curve import LearningCurve
from tuibp.session.entry import Entry
from tuibp.session.lineage import Lineage, Moment
from tuibp.session.outline import Outline

MEMORY = 16_000_000
"""Bytes of costs that are kept of runs which are no longer in the log."""


@dataclass(frozen=True, eq=False)
class Section:
    """The first `count` updates of an entry's run."""

    entry: Entry
    count: int
    settings: Training


@dataclass(frozen=True, eq=False)
class KeptRun:
    preset: Preset
    initial: Initial | None
    """How its start was drawn; None of a network that a file holds."""
    sections: tuple[Section, ...]
    line: Lineage | None
    """Where it lies in the log; None of a run that was undone, when something else was done in its place."""

    @property
    def updates(self) -> int:
        return sum(section.count for section in self.sections)

    @property
    def settings(self) -> Training:
        """Those of its last updates."""
        return self.sections[-1].settings

    @property
    def tip(self) -> Moment | None:
        """The moment after its last update."""
        return None if self.line is None else (self.line.stretches[-1].entry, self.line.stretches[-1].count)

    def beyond(self, count: int) -> list[Entry]:
        """Its entries after the first `count` of the log."""
        stretches = () if self.line is None else self.line.stretches
        return [part.entry for part, s in zip(self.sections, stretches, strict=False) if s.entry >= count]

    @cached_property
    def curve(self) -> LearningCurve:
        """The costs of all its updates."""
        return LearningCurve.of([section.entry.costs.first(section.count) for section in self.sections], 0)

    @property
    def bytes(self) -> int:
        """What its costs take."""
        return sum(section.entry.costs.means.nbytes for section in self.sections)


def runs_of(entries: Sequence[Entry], outlines: Sequence[Outline], lineage: Callable[[int], Lineage]) -> list[KeptRun]:
    """The lines of updates in a log that no other line goes on with, in the order of their ends.

    `lineage(count)` is the line of updates after so many entries.
    """
    found: list[KeptRun] = []
    gone_on: set[tuple[int, int]] = set()
    for end in reversed(list(_ends(entries))):
        line = lineage(end + 1)
        stretches = line.stretches[: _whole(line)]
        if not stretches or (stretches[-1].entry, stretches[-1].count) in gone_on:
            continue
        gone_on.update((s.entry, s.count) for s in stretches)
        sections = tuple(Section(entries[s.entry], s.count, outlines[s.entry].settings) for s in stretches)
        last = outlines[stretches[-1].entry]
        found.append(KeptRun(last.preset, last.initial, sections, line))
    return found[::-1]


def _whole(line: Lineage) -> int:
    """Stretches of a line without those of no update at its end."""
    count = len(line.stretches)
    while count and not line.stretches[count - 1].count:
        count -= 1
    return count


def _ends(entries: Sequence[Entry]) -> Iterator[int]:
    """Entries with the last update before one goes elsewhere, or before the log ends."""
    last: int | None = None
    for i, entry in enumerate(entries):
        if last is not None and isinstance(entry.command, Reset | Open | Visit):
            yield last
            last = None
        if isinstance(entry.command, Update | Train | Open) and entry.costs.count:
            last = i
    if last is not None:
        yield last


def within(runs: Sequence[KeptRun], most: int = MEMORY) -> list[KeptRun]:
    """The latest of them whose costs take no more bytes together."""
    kept: list[KeptRun] = []
    for run in reversed(runs):
        most -= run.bytes
        if most < 0:
            break
        kept.append(run)
    return kept[::-1]
