"""The line of updates at every moment of a log, found from the nearest that is kept."""

from __future__ import annotations

from collections.abc import Sequence

from tuibp.session.commands import Keep, Open, Reset, Train, Update, Visit
from tuibp.session.entry import Entry
from tuibp.session.lineage import Lineage, Stretch, follow

EVERY, LATELY = 256, 24
"""So many lineages are kept, some of them at so many entries' distance: the next key often goes back."""


class Lineages:
    """Lineages of a log's entries, which may be cut and grow: `cut` is told of it."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._kept: dict[int, Lineage] = {}
        """By the number of entries that they come after."""

    def cut(self, count: int) -> None:
        """Forget what came after the first `count` entries."""
        self._kept = {c: line for c, line in self._kept.items() if c <= count}

    def after(self, count: int) -> Lineage:
        """The line of updates that leads to the moment after the first `count` entries."""
        known = max((c for c in self._kept if c <= count), default=0)
        line = self._kept.get(known, Lineage())
        while True:
            self._kept.pop(known, None)
            self._kept[known] = line
            if len(self._kept) > LATELY:
                del self._kept[next(iter(self._kept))]
            if known == count:
                return line
            known, line = self._further(known, line, count)

    def _further(self, known: int, line: Lineage, count: int) -> tuple[int, Lineage]:
        """A lineage some entries on: updates that follow each other are taken together, as there may be thousands."""
        runs: list[Stretch] = []
        near = max(known, count - 2 * EVERY) // EVERY * EVERY + EVERY
        until = min(count, near)
        while known < until:
            entry = self._entries[known]
            if isinstance(entry.command, Update | Train) and (runs or line.position == line.total):
                runs.append(Stretch(known, entry.costs.count))
            elif isinstance(entry.command, Update | Train | Keep | Reset | Open | Visit):
                if runs:
                    break
                line = follow(line, known, entry.command, entry.costs.count, lambda e: self.walked(e + 1))
            known += 1
        return known, line.with_runs(runs) if runs else line

    def walked(self, count: int) -> Lineage:
        """The same, entry by entry from the beginning."""
        line = Lineage()
        for i in range(count):
            entry = self._entries[i]
            line = follow(line, i, entry.command, entry.costs.count, lambda e: self.walked(e + 1))
        return line
