"""What somebody brought, on the desk: one comparison, or a recorded run of them, with the one that is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from tuibp.core.mistakes.apart import teller
from tuibp.core.mistakes.comparison import Comparison, beside
from tuibp.core.mistakes.sides import Sides
from tuibp.files.brought import Brought, read_run
from tuibp.files.judged import Judged, best, first_wrong, judge_file, likeliest
from tuibp.files.own_network import preset_of_task
from tuibp.files.preset import Preset
from tuibp.files.reading import Fallback, Reading
from tuibp.session.history import History
from tuibp.session.state import State


class Update:
    """One comparison: what is beside what is known at once, which mistake it is once it was looked for."""

    def __init__(self, brought: Brought, settings: Fallback, number: int | None, judged: Judged | None = None) -> None:
        """`number` is that of a recorded update, 0-based; None where it was no run. Raises BadInput."""
        self.number, self._brought, self._settings = number, brought, settings
        self.judged = judged
        self.notes = judged.notes if judged else ()

    @cached_property
    def _reading(self) -> Reading:
        return likeliest(self._brought, self._settings)[0]

    @cached_property
    def _plain(self) -> Sides:
        """Without a search for mistakes."""
        reading = self._reading
        compared = beside(reading.task, reading.arrays, reading.precision)
        return Sides(reading.task, reading.arrays, reading.precision, Comparison(compared))

    @cached_property
    def _whole(self) -> Sides:
        assert self.judged is not None
        reading = self.judged.reading
        return Sides(reading.task, reading.arrays, reading.precision, self.judged.verdict)

    @property
    def sides(self) -> Sides:
        return self._plain if self.judged is None else self._whole

    def judge(self) -> None:
        """Look for the mistake; long."""
        reading, verdict = best(self._brought, self._settings)
        if verdict.indistinguishable:
            teller(verdict.task or reading.task, verdict)  # kept, so that the picture has it
        self.judged = Judged(self._brought, reading, verdict)

    @cached_property
    def preset(self) -> Preset:
        """Their network and examples. Raises BadInput."""
        return preset_of_task(self.sides.task, self._brought.file)

    @cached_property
    def state(self) -> State:
        """Their network as a session begins on it."""
        return History.open(self.preset).state


class Compared:
    """All that was brought, and which of it is looked at."""

    def __init__(self, file: str, updates: Sequence[Update], at: int = 0, first_wrong: int | None = None) -> None:
        self.file, self.updates, self.at = file, updates, at
        self.first_wrong = first_wrong
        """The place of the first update of a run that differs."""
        self.histories: dict[int, History] = {}
        """What was done on the network of each update, by its place."""

    @property
    def now(self) -> Update:
        return self.updates[self.at]


def open_compared(path: Path, settings: Fallback) -> Compared:
    """What a person's file brings; of a run, at the first update that differs. Raises BadInput."""
    recorded = read_run(path)
    if recorded is None:
        judged = judge_file(path, settings)
        return Compared(path.name, [Update(judged.brought, settings, None, judged)])
    at, judged = first_wrong(recorded, settings)
    updates = [Update(brought, settings, number, judged if place == at else None)
               for place, (number, brought) in enumerate(recorded)]  # fmt: skip
    return Compared(path.name, updates, at, None if judged.verdict.agrees else at)
