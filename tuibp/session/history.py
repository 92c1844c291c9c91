"""The log of a session and the place in it: one idea for undo, time travel, resuming and sharing."""

from __future__ import annotations

from time import perf_counter
from typing import Literal

from tuibp.core.divergence import Divergence
from tuibp.files import load
from tuibp.files.errors import BadInput
from tuibp.files.preset import Preset
from tuibp.locale import _
from tuibp.session.commands import Command, GoTo, Loader, Open, Step, Train, Visit, untrained
from tuibp.session.curve import Costs, LearningCurve
from tuibp.session.entry import Entry
from tuibp.session.experiments import Experiment, experiments
from tuibp.session.keyframes import MEMORY
from tuibp.session.lineage import Lineage, Moment
from tuibp.session.log import Log
from tuibp.session.state import State
from tuibp.session.training_run import Clock, TrainingRun

__all__ = ["History", "LearningCurve"]
Way = Literal["back", "undo", "redo", "earlier", "later"]


class History:
    """Where one stands in a log. What a person does is appended there; what lay ahead of it is then gone."""

    def __init__(self, start: State, load: Loader = load, memory: int = MEMORY, clock: Clock = perf_counter) -> None:
        self.log = Log(start, load, memory, clock)
        self.floor = 0
        """Entries that made the opening: `back` and `undo` stop at them, `earlier` goes on."""
        self.divergence: Divergence | None = None
        """Of the last run that was committed."""
        self._at = 0
        self._state = start
        self._curve: tuple[Lineage, LearningCurve] | None = None

    @staticmethod
    def open(preset: Preset, load: Loader = load, memory: int = MEMORY, clock: Clock = perf_counter) -> History:
        """A session that begins on this preset, its opening updates made."""
        history = History(untrained(preset), load, memory, clock)
        if preset.opening.updates:
            history.do(Train(preset.opening.updates))
            history.floor = history._at
        return history

    @staticmethod
    def resume(log: Log, at: int, floor: int, state: State) -> History:
        """A session that stands in a log, after its first `at` entries."""
        history = History(log.start)
        history.log, history.floor = log, floor
        history._stand(at, state)
        return history

    @property
    def state(self) -> State:
        return self._state

    @property
    def length(self) -> int:
        """Commands in the log, those of the opening apart."""
        return len(self.log.entries) - self.floor

    @property
    def at(self) -> int:
        """How many of them are done where one stands."""
        return self._at - self.floor

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What has been done up to where one stands, the opening included; `Visit` counts in these."""
        return tuple(self.log.entries[: self._at])

    @property
    def can_go_back(self) -> bool:
        return self._at > self.floor

    def do(self, command: Command) -> bool:
        """Carry out a command and log it; whether it changed anything (otherwise it is not logged).

        Raises BadInput where it cannot be done; log and state then are as before.
        """
        if isinstance(command, Train | Open):
            return self._run(command)
        if isinstance(command, Visit):
            self._require(command)
        made = self.log.outcome(self._state, command)
        if made is self._state:
            return False
        self.log.cut(self._at)
        self.log.add(command, self._state, made)
        self._stand(self._at + 1, made)
        return True

    def go(self, way: Way) -> bool:
        """`back`: one entry, whatever it was. `undo`: to before the last change (steps are none); `redo`: to after the
        next that lies ahead. `earlier`, `later`: to the network as it was one update before or after, as a visit.
        False where the way leads nowhere."""
        moment = self.moment_of(way)
        if moment is None:
            return False
        if way in ("earlier", "later"):
            return self.do(Visit(*moment))
        self._stand(moment[0] + 1, self.log.state(moment))
        return True

    def moment_of(self, way: Way) -> Moment | None:
        """The moment whose state `go` needs; None where the way leads nowhere."""
        if way in ("earlier", "later"):
            line = self.lineage
            position = line.position + (-1 if way == "earlier" else 1)
            return line.moment(position) if 0 <= position <= line.total else None
        changes = {"undo": self._last_change, "redo": self._next_change}
        at = changes[way]() if way in changes else self._at - 1 if self.can_go_back else None
        return None if at is None else self.log.moment_after(at)

    @property
    def lineage(self) -> Lineage:
        return self.log.lineage(self._at)

    def curve(self) -> LearningCurve:
        """The costs of all updates of the run one stands in, those after this moment too."""
        line = self.lineage
        if self._curve is None or self._curve[0] is not line:
            first = self._state.update - line.position
            self._curve = line, LearningCurve.of(self.log.costs(line), first, line.position)
        return self._curve[1]

    def begin_training(self) -> TrainingRun:
        """A run from where one stands; nothing is logged before `commit`."""
        return TrainingRun(self._state, self._past(), self.log.clock, self.log.room())

    def commit(self, run: TrainingRun) -> None:
        """Log a run as one entry, and stand where it ended; a run of no update leaves no entry.

        Raises ValueError where it began elsewhere.
        """
        if run.start is not self._state:
            raise ValueError("the run did not begin at this state")
        self.divergence = run.divergence
        if run.updates:
            self._append_run(Train(run.updates), run)

    def experiments(self) -> tuple[Experiment, ...]:
        """The notebook: every nudge made so far."""
        return experiments(self.log, self._at)

    def _run(self, command: Train | Open) -> bool:
        start = self._state if isinstance(command, Train) else untrained(self.log.load(command.target))
        updates = command.updates if isinstance(command, Train) else start.preset.opening.updates
        if updates < 0:
            raise BadInput(_("Training takes a number of updates, 0 or more."))
        run = TrainingRun(start, self._past() if isinstance(command, Train) else (), self.log.clock, self.log.room())
        run.advance(updates)
        self.divergence = run.divergence
        if isinstance(command, Open):
            self._append_run(command, run)
        elif run.updates:
            self._append_run(Train(run.updates), run)
        return isinstance(command, Open) or run.updates > 0

    def _last_change(self) -> int | None:
        return next((i for i in range(self._at - 1, self.floor - 1, -1) if self._is_change(i)), None)

    def _next_change(self) -> int | None:
        return next((i + 1 for i in range(self._at, len(self.log.entries)) if self._is_change(i)), None)

    def _past(self) -> list[Costs]:
        """Of the updates that led to where one stands."""
        return self.log.costs(self.lineage.cut(self.lineage.tip))

    def _append_run(self, command: Train | Open, run: TrainingRun) -> None:
        self.log.cut(self._at)
        self._stand(self._at + 1, self.log.add_run(command, run))

    def _require(self, visit: Visit) -> None:
        if not (0 <= visit.entry < self._at and 0 <= visit.offset <= self.log.entries[visit.entry].end):
            raise BadInput(_("There is no such moment in the log."))

    def _stand(self, at: int, state: State) -> None:
        self._at = at
        self._state = state.sharing(self._state)

    def _is_change(self, i: int) -> bool:
        return not isinstance(self.log.entries[i].command, Step | GoTo)
