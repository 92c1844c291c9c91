"""A training run under way, before it becomes one entry of the log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter

from tuibp.core.descent import Descent
from tuibp.core.divergence import Divergence
from tuibp.session.curve import CostRecorder, Costs, LearningCurve, joined
from tuibp.session.keyframes import MEMORY, SPACING, Keyframes
from tuibp.session.state import State

Clock = Callable[[], float]


class TrainingRun:
    """One thread calls `advance`; any other may call `state`, `curve` and `costs` meanwhile.

    The run keeps its keyframes itself; `History.commit` takes them over with all the rest, when no thread advances it.
    """

    def __init__(
        self,
        start: State,
        past: Sequence[Costs] = (),
        clock: Clock = perf_counter,
        memory: int = MEMORY // 2,
    ) -> None:
        """`past` are the costs of the updates that led to the start."""
        self.start = start
        self.keyframes = Keyframes(memory)
        self._clock = clock
        self._descent = Descent(start.network, start.preset.data, start.settings, start.update, start.memory)
        self._past = joined(past)
        self._costs = CostRecorder()
        self._work = 0.0
        self._slice = 1
        self._state = start

    @property
    def updates(self) -> int:
        """Made so far."""
        return self._descent.update - self.start.update

    @property
    def divergence(self) -> Divergence | None:
        """Where the cost stopped being finite, if it did; the run is then over, at its last finite network."""
        return self._descent.divergence

    @property
    def costs(self) -> Costs:
        """Of its own updates."""
        return self._costs.seen()

    def advance(self, updates: int) -> None:
        """Make more updates, fewer where the run diverges."""
        target = self._descent.update + updates
        while self._descent.update < target and self.divergence is None:
            self._make(min(self._slice, target - self._descent.update))
        self._state = self._snapshot() if self.updates else self.start

    def state(self) -> State:
        """The network as it was after the last `advance`."""
        return self._state

    def curve(self) -> LearningCurve:
        """The whole line of updates that the run goes on with."""
        return LearningCurve.of([*self._past, self.costs], self.start.update - sum(part.count for part in self._past))

    def _make(self, updates: int) -> None:
        before = self._clock()
        self._costs.add(self._descent.run(updates))
        took = self._clock() - before
        if self.divergence is not None:
            self._take_back()
            return
        self._work += took
        # Slices of about a fifth of the spacing, so that a keyframe comes soon after it is due.
        self._slice = max(1, min(self._slice * 2, int(updates * SPACING / 5 / took) if took > 0 else updates * 2))
        if self._work >= SPACING:
            self.keyframes.add((0, self.updates), self._snapshot(), self._work)
            self._work = 0.0

    def _take_back(self) -> None:
        """A run that diverged may go back by an update that the last call had made."""
        self._costs.keep(self.updates)
        self.keyframes.forget((0, self.updates + 1))

    def _snapshot(self) -> State:
        descent = self._descent
        return self.start.trained(descent.snapshot(), descent.update, descent.memory())
