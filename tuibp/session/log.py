"""The commands of a session, and the state at any moment of them, by replay from the nearest state that was kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from tuibp.core.descent import Descent
from tuibp.files.preset import Preset
from tuibp.session.commands import Command, Loader, Open, Train, Update, Visit, apply, untrained
from tuibp.session.keyframes import MEMORY, SPACING, Keyframes, Recent
from tuibp.session.lineage import BEGINNING, Lineage, Moment, follow
from tuibp.session.state import State
from tuibp.session.training_run import Clock, TrainingRun

NO_COSTS: NDArray[np.float64] = np.zeros(0)
TAIL = 8
"""How many of the last networks of a replay are kept, since the next key often asks for the one before."""


@dataclass(frozen=True, eq=False)
class Entry:
    command: Command
    costs: NDArray[np.float64] = field(default_factory=lambda: NO_COSTS)
    """Of each update that the command made, before it."""

    @property
    def end(self) -> int:
        """The offset of the moment after it: the updates of its run, or 1."""
        return len(self.costs) if isinstance(self.command, Train | Open) else 1


class Log:
    """Entries one after another, from a first state on. It only grows and is cut; where one stands is `History`'s."""

    def __init__(self, start: State, load: Loader, memory: int = MEMORY, clock: Clock = perf_counter) -> None:
        self.start = start
        self.entries: list[Entry] = []
        self.memory = memory
        self._load_once = _once(load)
        self._clock = clock
        self._keyframes = Keyframes(memory // 2)
        self._recent = Recent(memory // 8)
        self._work = 0.0
        self._lineage: tuple[int, Lineage] = (0, Lineage())

    @property
    def bytes(self) -> int:
        """What the states that are kept take."""
        return self._keyframes.bytes + self._recent.bytes

    def load(self, target: str) -> Preset:
        """What a target held when this session first opened it."""
        return self._load_once(target)

    def moment_after(self, count: int) -> Moment:
        """The moment after the first `count` entries."""
        return (count - 1, self.entries[count - 1].end) if count else BEGINNING

    def cut(self, count: int) -> None:
        """Keep the first `count` entries only."""
        del self.entries[count:]
        self._keyframes.forget((count, -1))
        self._recent.forget((count, -1))
        if self._lineage[0] > count:
            self._lineage = (0, Lineage())

    def outcome(self, state: State, command: Command) -> State:
        """What a command other than Train and Open makes of the last state, without logging it."""
        before = self._clock()
        made = self._visited(state, command) if isinstance(command, Visit) else apply(state, command)
        self._work += self._clock() - before
        return made

    def add(self, command: Command, state: State, made: State) -> None:
        """Append a command with its outcome."""
        self._append(Entry(command, np.array([state.walk.cost]) if isinstance(command, Update) else NO_COSTS), made)

    def add_run(self, command: Train | Open, run: TrainingRun) -> State:
        """Append a training run that has been made."""
        state = run.state()
        self._keyframes.extend(run.keyframes, len(self.entries))
        self._append(Entry(command, run.costs.copy()), state)
        return state

    def lineage(self, count: int) -> Lineage:
        """The line of updates that leads to the moment after the first `count` entries."""
        known, line = self._lineage if self._lineage[0] <= count else (0, Lineage())
        for i in range(known, count):
            entry = self.entries[i]
            line = follow(line, i, entry.command, len(entry.costs), lambda e: self._lineage_of(e + 1))
        self._lineage = (count, line)
        return line

    def costs(self, line: Lineage) -> NDArray[np.float64]:
        """Of all updates of a lineage."""
        parts = [self.entries[s.entry].costs[: s.count] for s in line.stretches]
        return np.concatenate(parts) if parts else NO_COSTS

    def state(self, moment: Moment) -> State:
        """The state at a moment; of an entry's run with the example and settings it was made with."""
        kept = self._recent.get(moment)
        if kept is not None:
            return kept
        state = self._replayed(moment)
        self._recent.add(moment, state)
        return state

    def _lineage_of(self, count: int) -> Lineage:
        line = Lineage()
        for i in range(count):
            entry = self.entries[i]
            line = follow(line, i, entry.command, len(entry.costs), lambda e: self._lineage_of(e + 1))
        return line

    def _append(self, entry: Entry, state: State) -> None:
        self.entries.append(entry)
        moment = (len(self.entries) - 1, entry.end)
        self._recent.add(moment, state)
        if self._work >= SPACING:
            self._keyframes.add(moment, state, self._work)
            self._work = 0.0

    def _replayed(self, moment: Moment) -> State:
        (at, done), state = self._nearest(moment)
        entry, offset = moment
        while at < entry:
            if at >= 0:
                state = self._through(state, at, done, self.entries[at].end, passing=True)
            at, done = at + 1, -1
        return self._through(state, at, done, offset) if at >= 0 else state

    def _nearest(self, moment: Moment) -> tuple[Moment, State]:
        found = [f for f in (self._keyframes.before(moment), self._recent.before(moment)) if f is not None]
        return max(found, key=lambda f: f[0], default=(BEGINNING, self.start))

    def _through(self, state: State, i: int, done: int, offset: int, passing: bool = False) -> State:
        """Replay an entry from one of its moments to another; -1 is before it. `passing`: on the way elsewhere."""
        command = self.entries[i].command
        if isinstance(command, Open) and done < 0:
            state = untrained(self.load(command.target))
        done = max(done, 0)
        if done == offset:
            return state
        if isinstance(command, Train | Open):
            return self._run_on(state, i, done, offset)
        if isinstance(command, Visit):
            return state if passing and self._overwritten(i) else self._visited(state, command)
        return apply(state, command)

    def _run_on(self, state: State, entry: int, done: int, offset: int) -> State:
        """Replay updates `done` to `offset` of a training run, keeping the last few networks on the way."""
        descent = Descent(state.network, state.preset.data, state.settings, state.update)
        descent.run(max(0, offset - done - TAIL))
        reached = state.trained(descent.snapshot(), descent.update)
        while descent.update < state.update + offset - done and descent.divergence is None:
            descent.run(1)
            reached = state.trained(descent.snapshot(), descent.update)
            self._recent.add((entry, done + descent.update - state.update), reached)
        return reached

    def _visited(self, state: State, visit: Visit) -> State:
        there = self.state((visit.entry, visit.offset))
        if visit.whole:
            return there
        moved = replace(state.trained(there.network, there.update), preset=there.preset)
        if there.preset.data is not state.preset.data:
            return replace(moved, example=there.example, settings=there.settings)
        return replace(moved, example=there.example) if self._made_by_hand(visit) else moved

    def _made_by_hand(self, visit: Visit) -> bool:
        """Whether the moment is at an update from one example, which is then the one to see."""
        return isinstance(self.entries[visit.entry].command, Update)

    def _overwritten(self, i: int) -> bool:
        """Whether nothing remains of a visit, since another one follows: a chain of them then replays only its last."""
        visit, following = self.entries[i].command, self.entries[i + 1].command
        plain = all(isinstance(v, Visit) and not v.whole and not self._made_by_hand(v) for v in (visit, following))
        return plain and not any(isinstance(e.command, Open) for e in self.entries[:i])


def _once(load: Loader) -> Callable[[str], Preset]:
    """A loader that reads each target once, so that a file that changes does not change the past."""
    known: dict[str, Preset] = {}

    def get(target: str) -> Preset:
        if target not in known:
            known[target] = load(target)
        return known[target]

    return get
