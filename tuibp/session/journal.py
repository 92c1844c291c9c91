"""A session saved whole once, and from then on by lines that say what changed: a save costs what was done since.

A line that is torn is dropped, and what stood before it holds. The parameters stand in none: they are those that the
log makes of the last ones saved whole, and a digest tells whether it did.
"""

from __future__ import annotations

import json
from typing import Any

from tuibp.session.commands import Open, Train
from tuibp.session.entry import Entry
from tuibp.session.history import History
from tuibp.session.lineage import Moment
from tuibp.session.log import Log
from tuibp.session.saved import as_text, entry_table, tables
from tuibp.session.saved_lines import LINES, TRIPLE
from tuibp.session.saved_presets import CHARACTERS, preset_table
from tuibp.session.saved_state import state_table, view_table
from tuibp.session.standing import Standing, standing, target_of
from tuibp.session.state import State
from tuibp.session.training_run import TrainingRun
from tuibp.session.view import View

REPLAY = 1.0
"""Seconds of replay, by estimate, that reading may have to make before all is to be saved whole again."""
SMALL = 30_000
"""Parameters that are saved whole in any case: 320 kB as text."""
ROOM = 500_000
"""Characters of lines that may stand behind a session however short it is."""


class Journal:
    """What is in the file: what `line` and `whole` give is to be written, one after another."""

    def __init__(self) -> None:
        self._log: Log | None = None
        self._entries: list[Entry] = []
        self._known: set[str] = set()
        self._told: tuple[object, ...] = ()
        self._anchor: tuple[Moment, State] | None = None
        self._whole = self._lines = self._characters = 0
        self.behind = 0.0
        """Seconds of replay, by estimate, between what was last saved whole and where one stands."""

    def forget(self) -> None:
        """What was given could not be written."""
        self._log = None

    def whole(self, history: History, view: View, running: TrainingRun | None = None) -> str:
        """All of it. Raises BadInput where it is too large to be read."""
        now = standing(history, running)
        self._log, self._anchor = history.log, None
        self._take(now, view)
        numbers = now.state.network.parameters.size <= SMALL or self._seconds(now) > REPLAY
        document = tables(history, now, view, numbers)
        text = as_text(document)
        if numbers:
            self._anchor, self.behind = (now.moment, now.state), 0.0
        self._known = set(document["presets"])
        self._whole, self._lines, self._characters = len(text), 0, 0
        return text

    def line(self, history: History, view: View, running: TrainingRun | None = None) -> str | None:
        """What changed since the last line; empty where nothing did, None where all is to be saved whole."""
        if self._log is not history.log or self._lines >= LINES:
            return None
        now = standing(history, running)
        if (now.floor, now.at, now.state, view) == self._told and self._same(now.entries):
            return ""
        keep = self._kept(now.entries)
        text = json.dumps(self._changes(history, now, view, keep), ensure_ascii=False, separators=(",", ":")) + "\n"
        self._characters += len(text)
        self._lines += 1
        if self._characters > max(ROOM, self._whole) or self._whole + self._characters > CHARACTERS:
            return None
        self._move_anchor(now.entries, keep)
        self._take(now, view)
        self.behind = self._seconds(now)
        return text

    def _take(self, now: Standing, view: View) -> None:
        self._entries, self._told = now.entries, (now.floor, now.at, now.state, view)

    def _same(self, entries: list[Entry]) -> bool:
        """Whether the log is the one that was told; a run under way is another entry each time one looks."""
        told = self._entries
        if len(entries) != len(told) or not entries or entries[-1] is told[-1]:
            return len(entries) == len(told)
        return entries[-1].command == told[-1].command and entries[-2:-1] == told[-2:-1]

    def _kept(self, entries: list[Entry]) -> int:
        """How many entries stand as they did: a log is only cut and appended to, so the last of them tells."""
        count = min(len(entries), len(self._entries))
        while count and entries[count - 1] is not self._entries[count - 1]:
            count -= 1
        return count

    def _changes(self, history: History, now: Standing, view: View, keep: int) -> dict[str, Any]:
        new = now.entries[keep:]
        targets = {e.command.target for e in new if isinstance(e.command, Open)} - self._known
        self._known |= targets
        presets = {target: preset_table(target, history.log.load(target)) for target in targets}
        grown = _shared(self._entries[keep], new[0]) if new and keep < len(self._entries) else 0
        return {
            "keep": keep,
            "commands": [entry_table(e, grown if i == 0 else 0) for i, e in enumerate(new)],
            **({"presets": presets} if presets else {}),
            "floor": now.floor,
            "at": now.at,
            "state": {"target": target_of(history, now), **state_table(now.state, numbers=False)},
            "view": view_table(view),
        }

    def _move_anchor(self, entries: list[Entry], keep: int) -> None:
        """The anchor goes with its entry, unless that is the same run, grown."""
        if self._anchor is None or self._anchor[0][0] < keep:
            return
        (entry, offset), _state = self._anchor
        goes_on = entry == keep < len(entries) and _both_train(self._entries[keep], entries[keep])
        if not (goes_on and offset <= entries[keep].end):
            self._anchor = None

    def _seconds(self, now: Standing) -> float:
        """Of the replay that reading has to make."""
        assert self._log is not None
        log = Log(self._log.start, self._log.load, self._log.memory)
        log.restore(now.entries, now.outlines)
        if self._anchor is not None:
            log.pin(*self._anchor)
        return log.seconds_to(now.moment)


def _both_train(before: Entry, after: Entry) -> bool:
    """At the same place of the same log these are one run."""
    return isinstance(before.command, Train) and isinstance(after.command, Train)


def _shared(before: Entry, after: Entry) -> int:
    """How many of a run's costs stand already, in whole groups of what base64 packs evenly."""
    one, other = before.costs, after.costs
    if not _both_train(before, after) or one.stretch != other.stretch:
        return 0
    whole = min(one.count // one.stretch, other.count // other.stretch)
    return whole - whole % TRIPLE if (one.means[:whole] == other.means[:whole]).all() else 0
