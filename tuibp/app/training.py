"""Drives a training run in a thread of its own, so that no key waits for it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Lock, Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tuibp.session.training_run import TrainingRun

SLICE = 0.008
"""Seconds of training between looks at whether to stop: how long a pause can take."""
FRAME = 0.05
"""Seconds between paints while training."""


class Training:
    """A run under way. `tick` is called from the thread, at most every FRAME seconds, and once at the end."""

    def __init__(self, run: TrainingRun, tick: Callable[[], None]) -> None:
        self.run = run
        self._tick = tick
        self._stop = Event()
        self._lock = Lock()
        self._thread = Thread(target=self._work, name="training", daemon=True)
        self._thread.start()

    @property
    def over(self) -> bool:
        """Whether the run has ended by itself."""
        return self.run.divergence is not None

    def stop(self) -> TrainingRun:
        """Stop within one slice and give the run back, for the log."""
        self._stop.set()
        with self._lock:
            return self.run

    def _work(self) -> None:
        updates, painted = 1, 0.0
        while not self._stop.is_set():
            started = monotonic()
            with self._lock:
                if self._stop.is_set():
                    return
                self.run.advance(updates)
            now = monotonic()
            took = max(now - started, 1e-6)
            updates = max(1, min(int(updates * SLICE / took), updates * 4))
            if self.over:
                break
            if now - painted >= FRAME:
                painted = now
                self._tick()
            sleep(0)  # lets the interface's thread have the interpreter
        self._tick()
