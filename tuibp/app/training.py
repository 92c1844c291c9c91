"""Drives a training run in the background, at a pace that can be watched, so that no key waits for it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Lock
from time import monotonic, sleep
from typing import TYPE_CHECKING

from tuibp.locale import _
from tuibp.render.numbers import grouped
from tuibp.session.epoch_watch import EpochWatch
from tuibp.session.pace import TOP, Progress, goal, progress

if TYPE_CHECKING:
    from tuibp.app.background import Background
    from tuibp.session.training_run import TrainingRun

SLICE = 0.008
"""Seconds of training between looks at whether to stop: how long a pause can take."""
FRAME = 0.05
"""Seconds between paints while training."""
REST = 0.01
"""The shortest pause between updates at a pace; what is due by then is made together."""


class PacedRun:
    """A run under way. `tick` is called from the thread, at most every FRAME seconds, and once at the end."""

    def __init__(
        self, run: TrainingRun, tick: Callable[[], None], pace: float, background: Background, updates: int = 0
    ) -> None:
        """`updates`: after so many the run stops; 0: when the epochs are done."""
        self.run = run
        self.pace = pace
        """Updates a second; may be changed at any time."""
        self._updates = updates
        self.goal = run.start.update + updates if updates else goal(run.start)
        """The update after which the run stops."""
        self.failed = False
        """Whether an error, which is told, has ended it."""
        self._tick = tick
        self._real = pace
        self._watch = EpochWatch(run.start)
        self._stop = Event()
        self._lock = Lock()
        background(_("The next update"), self._work)

    @property
    def reached(self) -> bool:
        """Whether all updates are made."""
        return self.run.start.update + self.run.updates >= self.goal

    @property
    def over(self) -> bool:
        """Whether the run has ended by itself."""
        return self.run.divergence is not None or self.reached or self.failed or self._watch.stopped is not None

    @property
    def left(self) -> int:
        """Updates that are still to be made, of a run of so many; 0 of one that goes on to the end of the epochs."""
        return max(self.goal - self.run.state().update, 0) if self._updates else 0

    @property
    def progress(self) -> Progress:
        return progress(self.run.start, self.run.state().update, self.goal, self.pace, self._real)

    def done(self, key: str) -> str:
        """What is said when it has reached its goal, or stopped; `key` is the one that trains."""
        if self._watch.stopped is not None:
            return self._watch.stopped.reason
        if self._updates:
            return _("{n} updates are made. {key} goes on.").format(n=grouped(self._updates), key=key)
        return _("{n} epochs are done. {key} goes on.").format(n=grouped(self.progress.epochs), key=key)

    def stop(self) -> TrainingRun:
        """Stop within one slice and give the run back, for the log."""
        self._stop.set()
        with self._lock:
            return self.run

    def _work(self) -> None:
        try:
            self._train()
        except Exception:
            self.failed = True
            raise
        finally:
            self._tick()

    def _train(self) -> None:
        most, owed, painted = 1, 1.0, 0.0
        began = last = monotonic()
        while not self._stop.is_set():
            now, pace = monotonic(), self.pace
            owed, last = min(owed + (now - last) * pace, max(pace * FRAME, 1.0)), now
            update = self.run.start.update + self.run.updates
            due = self._watch.until_end(update, min(int(owed), most, self.goal - update))
            if due < 1:
                self._stop.wait(min(max((1.0 - owed) / pace, REST), FRAME))
                continue
            owed -= due
            if not self._advance(due):
                return
            now = monotonic()
            most = max(1, min(int(due * SLICE / max(now - last, 1e-6)), 4 * due))
            self._watch.look(self.run.state())
            self._real = pace if pace <= TOP else self.run.updates / max(now - began, 1e-6)
            if self.over:
                break
            if now - painted >= FRAME:
                painted = now
                self._tick()
            sleep(0)  # lets the interface's thread have the interpreter

    def _advance(self, updates: int) -> bool:
        with self._lock:
            if self._stop.is_set():
                return False
            self.run.advance(updates)
        return True
