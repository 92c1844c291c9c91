"""Measures what a network does on all examples, in the background, while that is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from tuibp.core.judged import Judged, judged
from tuibp.core.layers_read import LayersRead, read_layers
from tuibp.core.network import Network
from tuibp.locale import _
from tuibp.session.entry import Entry
from tuibp.session.shares import Leg, MeasuredPoint, ShareCurve, as_curve, legs, measured, parts_of, points_of
from tuibp.session.state import State

if TYPE_CHECKING:
    from tuibp.app.background import Background
    from tuibp.session.history import History
    from tuibp.session.kept_runs import KeptRun
    from tuibp.session.lineage import Lineage
    from tuibp.session.log import Log
    from tuibp.session.training_run import TrainingRun

FRAME = 0.2
"""Seconds between paints while a run is gone through again."""
IDLE = 10
"""A run under way is measured at most a tenth of the time."""


MOST = 1024
"""Moments of a run under way that are kept: of a longer one fewer, and farther apart."""


class Measuring:
    """What has been measured, by the entries of the log; one piece of work at a time measures more."""

    def __init__(self, background: Background) -> None:
        self._background = background
        self._known: WeakKeyDictionary[Entry, list[MeasuredPoint]] = WeakKeyDictionary()
        self._live: WeakKeyDictionary[TrainingRun, list[MeasuredPoint]] = WeakKeyDictionary()
        self._here: WeakKeyDictionary[Network, Judged] = WeakKeyDictionary()
        self._tried: Lineage | None = None
        self._over = Event()
        self._over.set()
        self._tried_here: WeakKeyDictionary[Network, bool] = WeakKeyDictionary()
        """Whether the layers were read as well."""
        self.reads_layers = False
        """Whether every layer's numbers are looked at."""
        self._layers: LayersRead | None = None
        self._next = 0.0

    def of(self, history: History, run: TrainingRun | None, ready: Callable[[], None]) -> ShareCurve:
        """What is known by now; `ready` is called, from another thread, when there is more."""
        state = history.state if run is None else run.state()
        line = history.lineage if run is None else history.lineage.cut(history.lineage.tip)
        first = history.state.update - line.position
        if self._over.is_set():
            self._begin(history, line, run, state, ready)
        points, here = points_of(parts_of(history.log, line), first, self._known), self._here.get(state.network)
        if run is not None and (live := list(self._live.get(run, ()))):
            points += [(run.start.update + offset, found) for offset, found in live]
            here = live[-1][1]
        return as_curve(points, here, self._layers)

    def adopt(self, run: TrainingRun, entry: Entry) -> None:
        """What was measured of a run while it was under way stays known of its entry in the log."""
        self._known[entry] = list(self._live.pop(run, ()))

    def of_run(self, run: KeptRun) -> ShareCurve:
        """What is known of a run by now, whether it is in the log or was undone."""
        return as_curve(points_of([(section.entry, section.count) for section in run.sections], 0, self._known), None)

    def of_runs(self, log: Log, runs: Iterable[KeptRun]) -> Iterator[None]:
        """Measure what is not known of some runs, moment by moment; for a thread of its own, while nobody adds to the
        log."""
        for run in runs:
            for leg in [] if run.line is None else legs(log, run.line, self._known):
                into = self._known.setdefault(leg.entry, [])
                for point in measured(leg):
                    into.append(point)
                    yield

    def wait(self) -> None:
        """Until what is being measured is there."""
        self._over.wait()

    def _begin(
        self, history: History, line: Lineage, run: TrainingRun | None, state: State, ready: Callable[[], None]
    ) -> None:
        found: list[Leg] = []
        if line is not self._tried and run is None:
            self._tried, found = line, legs(history.log, line, self._known)
        tried = self._tried_here.get(state.network)
        if not found and tried is not None and tried >= self.reads_layers:  # or what fails would be tried for ever
            return
        if run is not None and monotonic() < self._next:
            return
        self._tried_here[state.network] = self.reads_layers
        self._over = self._background(_("How many are right"), lambda: self._work(found, run, state, ready))

    def _work(self, found: list[Leg], run: TrainingRun | None, state: State, ready: Callable[[], None]) -> None:
        started = painted = monotonic()
        data, settings = state.preset.data, state.settings
        here = self._here[state.network] = judged(state.network, data, settings)
        if self.reads_layers:
            self._layers = read_layers(state.network, data)
        if run is not None:
            live = self._live.setdefault(run, [(0, judged(run.start.network, data, settings))])
            live.append((state.update - run.start.update, here))
            thin(live)
            self._next = monotonic() + IDLE * (monotonic() - started)
        for leg in found:
            into = self._known.setdefault(leg.entry, [])
            for point in measured(leg):
                into.append(point)
                if monotonic() - painted >= FRAME:
                    painted = monotonic()
                    ready()
        ready()


def thin(points: list[MeasuredPoint]) -> None:
    """Where there are more than a plot has columns for, leave out the one whose neighbours are closest together."""
    if len(points) > MOST:
        updates = np.array([update for update, _judged in points])
        del points[1 + int((updates[2:] - updates[:-2]).argmin())]
