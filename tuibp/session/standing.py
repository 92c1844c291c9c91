"""One moment of a session that may go on meanwhile: what is saved of it."""

from __future__ import annotations

from dataclasses import dataclass

from tuibp.session.commands import Open, Train
from tuibp.session.entry import Entry
from tuibp.session.history import History
from tuibp.session.lineage import BEGINNING, Moment
from tuibp.session.outline import Outline
from tuibp.session.state import State
from tuibp.session.training_run import TrainingRun


@dataclass(frozen=True, eq=False)
class Standing:
    """Log, place and state as they are together."""

    entries: list[Entry]
    outlines: list[Outline]
    floor: int
    at: int
    state: State

    @property
    def moment(self) -> Moment:
        return (self.at - 1, self.entries[self.at - 1].end) if self.at else BEGINNING


def standing(history: History, running: TrainingRun | None = None) -> Standing:
    """Where a session stands, the run under way as far as it has come. May be called from another thread."""
    log = history.log
    while True:
        state, at = history.state, history.floor + history.at
        entries, outlines = list(log.entries), list(log.outlines)
        if history.state is state and history.floor + history.at == at and len(entries) == len(outlines):
            break
    now = Standing(entries, outlines, history.floor, at, state)
    return now if running is None or running.start is not state else _running(now, running)


def _running(now: Standing, running: TrainingRun) -> Standing:
    """With the run under way as an entry, which it will be."""
    reached = running.state()
    made = reached.update - now.state.update
    if not made:
        return now
    entry = Entry(Train(made), running.costs.first(made))
    entries = [*now.entries[: now.at], entry]
    return Standing(entries, [*now.outlines[: now.at], Outline.of(reached)], now.floor, now.at + 1, reached)


def target_of(history: History, now: Standing) -> str:
    """The target that the network at hand was opened by."""
    data = now.state.preset.data
    opened = [e.command.target for e in now.entries if isinstance(e.command, Open)]
    return next((t for t in opened if history.log.load(t).data is data), history.log.start.preset.source)
