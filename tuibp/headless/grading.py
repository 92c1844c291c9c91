"""Grades somebody's backpropagation, quantity by quantity, on networks drawn from a seed; wrong ones are told why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tuibp.files.errors import BadInput
from tuibp.locale import N_, _

if TYPE_CHECKING:
    from tuibp.core.mistakes.across import Trial
    from tuibp.core.mistakes.run import Task
    from tuibp.files.judged import OfCode


@dataclass(frozen=True)
class Part:
    """A quantity that is graded."""

    number: str
    title: str
    """In English."""
    points: int
    quantity: str
    """As `compare` names it; empty: that the code runs at all."""
    output: bool
    """Of the last layer, or of all hidden ones."""


PARTS = (
    Part("1", N_("It runs, and gives both gradients"), 10, "", False),
    Part("2", N_("∂C/∂w of the output (BP1, BP4)"), 20, "grad_w", True),
    Part("3", N_("∂C/∂b of the output (BP1, BP3)"), 15, "grad_b", True),
    Part("4", N_("∂C/∂w of the hidden layers (BP2, BP4)"), 35, "grad_w", False),
    Part("5", N_("∂C/∂b of the hidden layers (BP2, BP3)"), 20, "grad_b", False),
)
TOTAL = sum(part.points for part in PARTS)


@dataclass(frozen=True)
class Mark:
    """What a part was worth, and why."""

    part: Part
    points: float
    says: str


@dataclass(frozen=True)
class Grade:
    """All marks; `says` what differs first and which mistake it is, where that is known."""

    marks: tuple[Mark, ...]
    says: tuple[str, ...]

    @property
    def points(self) -> float:
        return sum(mark.points for mark in self.marks)


def graded_on(seed: int) -> list[Task]:
    """The networks: one example each, square layers and not, saturated neurons, zeros in x."""
    from tuibp.core.mistakes.trials import trials

    drawn = (task for further in range(2) for task in trials("sigmoid", "sigmoid", "quadratic", 2 * seed + further))
    return [task for task in drawn if task.m == 1]


def grade(path: Path, seed: int) -> Grade:
    """The code of a file; what cannot be run gets no points and one line why."""
    from tuibp.files.judged import judge_on
    from tuibp.headless.comparison import said

    tasks = graded_on(seed)
    try:
        found = judge_on(path, tasks)
    except BadInput as problem:
        return Grade(tuple(Mark(part, 0, "" if part.quantity else str(problem)) for part in PARTS), (str(problem),))
    verdict = found.judged.verdict
    marks = tuple(_mark(part, found) for part in PARTS)
    return Grade(marks, tuple(said(verdict)) if not verdict.agrees else ())


def _mark(part: Part, found: OfCode) -> Mark:
    right = [trial is not None and _right(part, trial) for trial in found.trials]
    share, lines = sum(right) / len(right), list(_reasons(part, found, right))
    return Mark(
        part, round(part.points * share, 2), "\n".join(lines) or _("Right on all {n} networks.").format(n=len(right))
    )


def _right(part: Part, trial: Trial) -> bool:
    """Whether all arrays of a part are there and agree."""
    from tuibp.core.mistakes.comparison import beside

    last = trial.task.network.last
    layers = (last,) if part.output else range(1, last)
    if not part.quantity:
        return {("grad_w", layer) for layer in range(1, last + 1)} <= set(trial.brought)
    agree = {(c.quantity, c.layer): c.agrees for c in beside(trial.task, trial.brought, trial.precision)}
    return all(agree.get((part.quantity, layer), False) for layer in layers)


def _reasons(part: Part, found: OfCode, right: Sequence[bool]) -> Iterator[str]:
    """Why a part is not right everywhere."""
    from tuibp.headless.comparison import said

    if all(right):
        return
    yield _("Right on {n} of {count} networks.").format(n=sum(right), count=len(right))
    verdict = found.judged.verdict
    first = verdict.first
    if not part.quantity:
        yield from dict.fromkeys(error for error in found.errors if error)
    elif first is not None and (first.quantity, first.layer == found.judged.reading.task.network.last) == (
        part.quantity, part.output
    ):  # fmt: skip
        yield from said(verdict)
    elif first is not None:
        yield _("It may follow from what differs first.")


# For Gradescope


def results(grade: Grade) -> dict[str, Any]:
    """Its results.json."""
    tests = [
        {
            "number": mark.part.number, "name": _(mark.part.title), "score": mark.points, "max_score": mark.part.points,
            "status": "passed" if mark.points == mark.part.points else "failed",
            "output": mark.says, "output_format": "text", "visibility": "visible",
        }
        for mark in grade.marks
    ]  # fmt: skip
    return {"score": grade.points, "tests": tests, "output": "\n".join(grade.says), "output_format": "text"}


def lines(grade: Grade) -> Iterator[str]:
    """The same for people."""
    for mark in grade.marks:
        yield f"{mark.points:>6g} / {mark.part.points:<3} {_(mark.part.title)}"
        yield from (f"             {line}" for line in mark.says.splitlines())
    yield f"{grade.points:>6g} / {TOTAL}"
