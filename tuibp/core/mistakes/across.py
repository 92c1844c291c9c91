"""One mistake for several comparisons: what is named must make all of somebody's numbers, on every network tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tuibp.core.mistakes.comparison import Bench, Comparison, Named, compare
from tuibp.core.mistakes.precision import Key, Precision
from tuibp.core.mistakes.run import DoesNotFit, Run, Task
from tuibp.core.network import Array


@dataclass(frozen=True, eq=False)
class Trial:
    """One comparison of several."""

    task: Task
    brought: Mapping[Key, Array]
    precision: Precision


def compare_all(trials: Sequence[Trial], raised: Sequence[Task] = ()) -> tuple[Trial, Comparison]:
    """The trial that shows the difference best, and its verdict with only those mistakes that fit every other trial.

    On the tasks of `raised` the code ended with an exception: of mistakes that fit alike, those are left that shapes
    forbid there.
    """
    judged = [(trial, compare(trial.task, trial.brought, trial.precision)) for trial in trials]
    differing = [pair for pair in judged if not pair[1].agrees]
    if not differing:
        return judged[0]
    named = [pair for pair in differing if pair[1].mistakes]
    trial, verdict = min(
        named or differing, key=lambda pair: (len(pair[1].mistakes) > 1, len(pair[1].indistinguishable))
    )
    if len(verdict.mistakes) != 1:
        return trial, verdict
    kept = [n for n in (*verdict.mistakes, *verdict.indistinguishable) if _fits_all(n.mistake.name, trials)]
    kept = [n for n in kept if all(_forbidden(n, task) for task in raised)] or kept
    if not kept:
        return trial, verdict
    return trial, replace(verdict, mistakes=(kept[0],), indistinguishable=tuple(kept[1:]))


def _fits_all(name: str, trials: Sequence[Trial]) -> bool:
    """Whether a mistake makes what was brought on every trial, or cannot be made there."""
    return all(Bench.of(trial.task, trial.brought, trial.precision).allows(name) for trial in trials)


def _forbidden(named: Named, task: Task) -> bool:
    """Whether shapes forbid the mistake on a task."""
    for __, way in named.mistake.variants(task):
        try:
            Run(task, way)
        except DoesNotFit:
            continue
        return False
    return True
