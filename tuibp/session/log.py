"""The commands of a session, and the state at any moment of them, by replay from the nearest state that was kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import inf
from time import perf_counter

import numpy as np

from tuibp.files.preset import Preset
from tuibp.session.commands import Command, Loader, Open, Train, Update, Visit, apply, untrained
from tuibp.session.curve import NO_COSTS, Costs
from tuibp.session.entry import Entry
from tuibp.session.kept_runs import KeptRun, runs_of, within
from tuibp.session.keyframes import MEMORY, SPACING, Keyframes, Recent
from tuibp.session.lineage import BEGINNING, Lineage, Moment
from tuibp.session.lineages import Lineages
from tuibp.session.outline import Outline, arrived, visited
from tuibp.session.state import State
from tuibp.session.training_run import Clock, TrainingRun

CHECKPOINTS = 8
"""How many networks on the way of a replay are kept, closer and closer to its end: the next key often goes back."""
PIECE = 0.02
"""Seconds of a replay between looks at whether it is still wanted."""

Heed = Callable[[int, int], None]


def _unheeded(made: int, total: int) -> None:
    """Nobody listens."""


class Log:
    """Entries one after another, from a first state on. It only grows and is cut; where one stands is `History`'s."""

    def __init__(self, start: State, load: Loader, memory: int = MEMORY, clock: Clock = perf_counter) -> None:
        self.start = start
        self.entries: list[Entry] = []
        self.outlines: list[Outline] = []
        """What each entry led to, but for the numbers."""
        self.memory = memory
        self._load_once = _once(load, start.preset)
        self.clock = clock
        self._keyframes = Keyframes(memory * 5 // 8)
        self._recent = Recent(memory // 4)
        self._work = 0.0
        self._heed: Heed = _unheeded
        self.lineages = Lineages(self.entries)
        self._undone: list[KeptRun] = []
        """Runs that were cut off."""

    @property
    def bytes(self) -> int:
        """What the states that are kept take."""
        return self._keyframes.bytes + self._recent.bytes

    def room(self) -> int:
        """Bytes that the keyframes of a run to come may take; those of the log make place for them."""
        most = self.memory * 5 // 8
        self._keyframes.shrink(most // 2)
        return most - self._keyframes.bytes

    def load(self, target: str) -> Preset:
        """What a target held when this session first opened it."""
        return self._load_once(target)

    def restore(self, entries: list[Entry], outlines: list[Outline]) -> None:
        """Take over a log that was saved."""
        self.entries, self.outlines = entries, outlines
        self.lineages = Lineages(entries)

    def pin(self, moment: Moment, state: State) -> None:
        """Go on from this state at a moment, whatever a replay would say."""
        self._keyframes.forget(BEGINNING)
        self._recent.forget(BEGINNING)
        self._keyframes.add(moment, state, inf)

    def moment_after(self, count: int) -> Moment:
        """The moment after the first `count` entries."""
        return (count - 1, self.entries[count - 1].end) if count else BEGINNING

    def cut(self, count: int) -> None:
        """Keep the first `count` entries only."""
        if count == len(self.entries):
            return
        lost = [run for run in self._lines() if any(isinstance(e.command, Train) for e in run.beyond(count))]
        self._undone = within([*self._undone, *(replace(run, line=None) for run in lost)])
        del self.entries[count:], self.outlines[count:]
        self._keyframes.forget((count, -1))
        self._recent.forget((count, -1))
        self.lineages.cut(count)

    def outcome(self, state: State, command: Command) -> State:
        """What a command other than Train and Open makes of the last state, without logging it."""
        before = self.clock()
        if isinstance(command, Visit):
            there = self.state((command.entry, command.offset))
            outline = visited(Outline.of(state), command, Outline.of(there), self.entries[command.entry])
            made = arrived(command, there, outline)
        else:
            made = apply(state, command)
        self._work += self.clock() - before
        return made

    def add(self, command: Command, state: State, made: State) -> None:
        """Append a command with its outcome."""
        self._append(
            Entry(command, Costs.of(np.array([state.walk.cost])) if isinstance(command, Update) else NO_COSTS), made
        )

    def add_run(self, command: Train | Open, run: TrainingRun) -> State:
        """Append a training run that has been made."""
        state = run.state()
        self._keyframes.extend(run.keyframes, len(self.entries))
        costs = run.costs
        self._append(Entry(command, replace(costs, means=costs.means.copy())), state)
        return state

    def lineage(self, count: int) -> Lineage:
        """The line of updates that leads to the moment after the first `count` entries."""
        return self.lineages.after(count)

    def runs(self) -> list[KeptRun]:
        """Every run that was made, those that were undone first."""
        return [*self._undone, *self._lines()]

    def _lines(self) -> list[KeptRun]:
        return runs_of(self.entries, self.outlines, self.lineage)

    def costs(self, line: Lineage) -> list[Costs]:
        """Of all updates of a lineage, run by run."""
        return [self.entries[s.entry].costs.first(s.count) for s in line.stretches]

    def state(self, moment: Moment, heed: Heed = _unheeded) -> State:
        """The state at a moment; of an entry's run with the example and settings it was made with.

        `heed` hears how many updates of a run have been made again, of how many; what it raises ends the replay.
        """
        kept = self._recent.get(moment)
        if kept is not None:
            return kept
        self._heed = heed
        try:
            state = self._replayed(moment)
        finally:
            self._heed = _unheeded
        self._recent.add(moment, state)
        return state

    def at_hand(self, entry: int, offset: int) -> tuple[int, State] | None:
        """(updates made, state): the nearest state of an entry's run at or before an offset that needs no replay."""
        command = self.entries[entry].command
        frame, state = self._nearest((entry, offset))
        if frame[0] == entry:
            return max(frame[1], 0), state
        if isinstance(command, Open):
            return 0, untrained(self.load(command.target))
        before = self.start if entry == 0 else state if frame == self.moment_after(entry) else None
        return None if before is None else (0, before)

    def seconds_to(self, moment: Moment) -> float:
        """How long it takes to have the state at a moment, roughly."""
        total = 0.0
        while self._recent.get(moment) is None:
            frame, _state = self._nearest(moment)
            visit = self._last_visit(frame, moment)
            total += self._seconds_between(frame if visit is None else (visit, 1), moment)
            if visit is None:
                break
            moment = self._target(visit)
        return total

    def _seconds_between(self, frame: Moment, moment: Moment) -> float:
        total = 0.0
        for i in range(max(frame[0], 0), moment[0] + 1):
            done = max(frame[1], 0) if i == frame[0] else 0
            until = moment[1] if i == moment[0] else self.entries[i].end
            if self.entries[i].costs.count:
                total += (until - done) * self.seconds_an_update(i)
        return total

    def seconds_an_update(self, i: int) -> float:
        """Of an entry, roughly: a dozen microseconds, and three passes of a multiplication and an addition a parameter
        and example."""
        outline = self.outlines[i]
        batch = 1 if isinstance(self.entries[i].command, Update) else outline.settings.batch_size
        return 12e-6 + outline.preset.network.parameters.size * min(batch, 10_000) * 1.2e-9

    def _append(self, entry: Entry, state: State) -> None:
        self.entries.append(entry)
        self.outlines.append(Outline.of(state))
        moment = (len(self.entries) - 1, entry.end)
        self._recent.add(moment, state)
        if self._work >= SPACING:
            self._keyframes.add(moment, state, self._work)
            self._work = 0.0

    def _replayed(self, moment: Moment) -> State:
        """Only the last visit before a moment matters, and what it leads to: a chain, followed back and then forth."""
        pending: list[tuple[int, Moment]] = []
        state = self._recent.get(moment)
        while state is None:
            frame, kept = self._nearest(moment)
            visit = self._last_visit(frame, moment)
            if visit is None:
                state = self._forth(kept, frame, moment)
            else:
                pending.append((visit, moment))
                moment = self._target(visit)
                state = self._recent.get(moment)
        for visit, goal in reversed(pending):
            command = self.entries[visit].command
            assert isinstance(command, Visit)
            state = self._forth(arrived(command, state, self.outlines[visit]), (visit, 1), goal)
        return state

    def _nearest(self, moment: Moment) -> tuple[Moment, State]:
        found = [f for f in (self._keyframes.before(moment), self._recent.before(moment)) if f is not None]
        return max(found, key=lambda f: f[0], default=(BEGINNING, self.start))

    def _last_visit(self, frame: Moment, moment: Moment) -> int | None:
        """The last entry between two moments that is a visit, already made."""
        last = moment[0] if moment[1] else moment[0] - 1
        first = frame[0] if frame[1] == 0 and frame[0] >= 0 else frame[0] + 1
        return next((i for i in range(last, first - 1, -1) if isinstance(self.entries[i].command, Visit)), None)

    def _target(self, visit: int) -> Moment:
        command = self.entries[visit].command
        assert isinstance(command, Visit)
        return command.entry, command.offset

    def _forth(self, state: State, frame: Moment, moment: Moment) -> State:
        """Replay from one moment to a later one, with no visit in between."""
        (at, done), (entry, offset) = frame, moment
        while at < entry:
            if at >= 0:
                state = self._through(state, at, done, self.entries[at].end)
            at, done = at + 1, -1
        return self._through(state, at, done, offset) if at >= 0 else state

    def _through(self, state: State, i: int, done: int, offset: int) -> State:
        """Replay an entry from one of its moments to another; -1 is before it."""
        command = self.entries[i].command
        if isinstance(command, Open) and done < 0:
            state = untrained(self.load(command.target))
        done = max(done, 0)
        if done == offset:
            return state
        return self._run_on(state, i, done, offset) if isinstance(command, Train | Open) else apply(state, command)

    def _run_on(self, state: State, entry: int, done: int, offset: int) -> State:
        """Replay updates `done` to `offset` of a run, keeping networks near its end, and keyframes as the run did."""
        run = TrainingRun(state, (), self.clock, self.memory // 8)
        piece = max(int(PIECE / self.seconds_an_update(entry)), 1)
        for until in checkpoints(offset - done, self._recent.room(state)):
            while run.updates < until:
                run.advance(min(until - run.updates, piece))
                self._heed(run.updates, offset - done)
            self._recent.add((entry, done + run.updates), run.state())
        self._keyframes.extend(run.keyframes, entry, done)
        return run.state()


def checkpoints(updates: int, room: int) -> list[int]:
    """Where on the way of a replay to keep a network, its end included: at distances from the end that grow evenly in
    proportion, as many as there is room for."""
    count = max(1, min(CHECKPOINTS, room - 1))
    distances = {0, *(round(updates ** (i / count)) for i in range(count))}
    return sorted(updates - d for d in distances if d < updates)


def _once(load: Loader, first: Preset) -> Callable[[str], Preset]:
    """A loader that reads each target once, so that a file that changes does not change the past."""
    known = {first.source: first}

    def get(target: str) -> Preset:
        if target not in known:
            known[target] = load(target)
        return known[target]

    return get
