"""The whole examination as a story: copies are trained, symptoms read, cures tried, and what helps is named."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from tuibp.core.diagnosis.benefit import Pair, helps
from tuibp.core.diagnosis.case import Case, bounded, updates_of_trial
from tuibp.core.diagnosis.causes import CAUSES, Cause
from tuibp.core.diagnosis.cures import Cure
from tuibp.core.diagnosis.readings import Readings, first_steps, layerwise, learns_by_heart
from tuibp.core.diagnosis.suspicion import Suspicion
from tuibp.core.diagnosis.trial import Outcome, tried
from tuibp.locale import _

SEEDS = 3
ENOUGH = 0.9
"""A cure that takes this much away is taken, and no stronger one is tried."""
AS_MUCH = 0.1
"""Cures whose gains differ by less are taken to help as much: the cause that comes before is named first."""
PATIENCE = 14.0
"""Seconds after which no further cure is tried; what has been found is told, and what was not tried as well."""

Clock = Callable[[], float]


@dataclass(frozen=True)
class Headway:
    """What is being done."""

    done: int
    total: int
    """As far as it is known by now."""
    doing: str


@dataclass(frozen=True, eq=False)
class Finding:
    """A cause whose cure helps."""

    cause: Cause
    suspicion: Suspicion
    cure: Cure
    before: Outcome
    after: Outcome
    gain: float
    """The share of what was missing that the cure takes away, the median over the seeds."""
    because: tuple[str, ...] = ()
    """What else was seen, and is gone on the copy with this cure."""
    follows: bool = False
    """Whether its own symptom is gone with the first finding's cure."""


@dataclass(frozen=True, eq=False)
class Diagnosis:
    """What was found, the most helpful first."""

    readings: Readings
    learned: bool
    """Whether the network, as it is, learns what it is asked for."""
    findings: tuple[Finding, ...]
    refuted: tuple[Suspicion, ...]
    """Suspicions whose cure did not help."""
    untried: tuple[Suspicion, ...]
    """Suspicions for which there was no time."""

    @property
    def healthy(self) -> bool:
        return self.learned and not self.findings


Story = Generator[Headway, None, Diagnosis]


def diagnose(case: Case, clock: Clock, patience: float = PATIENCE) -> Story:
    """Examine a case; gives its progress, returns a Diagnosis. The clock tells seconds."""
    return _Examination(clock, patience).examine(bounded(case))


class _Examination:
    """Holds what one examination has done, for its progress, and when it must end."""

    def __init__(self, clock: Clock, patience: float) -> None:
        self._clock, self._end = clock, clock() + patience
        self._done, self._total = 0, SEEDS + 1

    def examine(self, case: Case) -> Story:
        readings = yield from self._read(case)
        learned = _mostly_learned(readings.outcomes)
        if readings.updates <= case.configured:
            learned |= readings.own.learned  # whatever other random numbers come to, this network does learn
        asked = [cause for cause in CAUSES.values() if cause.although_learned or not learned]
        suspected = [(cause, found) for cause in asked if (found := cause.symptom(readings)) is not None]
        self._total += SEEDS * len(suspected)
        findings: list[Finding] = []
        refuted: list[Suspicion] = []
        untried: list[Suspicion] = []
        for cause, suspicion in suspected:
            if self._clock() > self._end:
                untried.append(suspicion)
                continue
            finding = yield from self._try(readings, cause, suspicion)
            if finding is None:
                refuted.append(suspicion)
            else:
                findings.append(finding)
        ranked = yield from self._joined(readings, _ranked(findings), tuple(refuted))
        return Diagnosis(readings, learned, ranked, tuple(refuted), tuple(untried))

    def _trial(self, case: Case, updates: int, doing: str) -> Generator[Headway, None, Outcome]:
        """One trial, with its progress told between its parts."""
        story = tried(case, updates)
        while True:
            try:
                next(story)
            except StopIteration as end:
                self._done += 1
                outcome: Outcome = end.value
                return outcome
            yield Headway(self._done, max(self._total, self._done + 1), doing)

    def _read(self, case: Case) -> Generator[Headway, None, Readings]:
        """Train unchanged copies, and read the start, the first steps and the end."""
        doing, updates = _("as it is"), updates_of_trial(case)
        outcomes = []
        for nth in range(SEEDS):
            outcomes.append((yield from self._trial(case.other(nth), updates, doing)))
        if case.configured < updates and _mostly_learned(outcomes):
            # It learns, but only beyond what it is asked for: cures are compared within that.
            updates, outcomes = case.configured, []
            for nth in range(SEEDS):
                outcomes.append((yield from self._trial(case.other(nth), updates, doing)))
        by_heart = yield from _told(learns_by_heart(case), Headway(self._done, self._total, _("by heart")))
        return _readings(case, tuple(outcomes), updates, by_heart)

    def _try(self, readings: Readings, cause: Cause, suspicion: Suspicion) -> Generator[Headway, None, Finding | None]:
        """The cure that helps most with the first seed, then with all; None where it does not help."""
        best: tuple[float, Cure, Pair] | None = None
        for cure in cause.cures(readings):
            pair = yield from self._pair(readings, cause, cure, 0)
            gain = pair.gain(cure, _costs_compare(readings.case, cure))
            if best is None or gain > best[0] + AS_MUCH / 2:
                best = gain, cure, pair
            if best[0] >= ENOUGH or self._clock() > self._end:
                break
        if best is None or not helps([best[0]], best[1]):
            return None
        first, cure, pair = best
        gains = [first]
        for nth in range(1, SEEDS):
            other = yield from self._pair(readings, cause, cure, nth)
            gains.append(other.gain(cure, _costs_compare(readings.case, cure)))
        if not helps(gains, cure):
            return None
        return Finding(cause, suspicion, cure, pair.before, pair.after, median(gains))

    def _pair(self, readings: Readings, cause: Cause, cure: Cure, nth: int) -> Generator[Headway, None, Pair]:
        updates = readings.updates if cure.updates is None else cure.updates
        before = readings.outcomes[nth]
        if cure.against is not None:
            before = yield from self._trial(cure.against.other(nth), updates, cause.title)
        after = yield from self._trial(cure.case.other(nth), updates, cause.title)
        return Pair(before, after)

    def _joined(
        self, readings: Readings, findings: tuple[Finding, ...], refuted: tuple[Suspicion, ...]
    ) -> Generator[Headway, None, tuple[Finding, ...]]:
        """What else was seen and is gone with the first cure follows from the first cause."""
        if not findings or findings[0].cure.control or findings[0].cure.by == "held_out":
            return findings
        first, *others = findings
        after = _readings(first.cure.case, (first.after,), readings.updates, readings.by_heart)
        yield Headway(self._done, self._done, first.cause.title)
        seen = (*(other.suspicion for other in others), *refuted)
        gone = [s for s in seen if s.cause not in ANSWERS and CAUSES[s.cause].symptom(after) is None]
        because = tuple(s.seen for s in gone)
        rest = [replace(other, follows=other.suspicion in gone) for other in others]
        return (replace(first, because=because), *rest)


ANSWERS = frozenset({"too_few_epochs", "too_small", "labels_unrelated", "cost_does_not_fit_output"})
"""Whose symptoms go with any cure, or with none: they say nothing about what follows from what."""


def _told(story: Generator[None, None, bool], progress: Headway) -> Generator[Headway, None, bool]:
    while True:
        try:
            next(story)
        except StopIteration as end:
            return bool(end.value)
        yield progress


def _readings(case: Case, outcomes: tuple[Outcome, ...], updates: int, by_heart: bool) -> Readings:
    return Readings(
        case, outcomes, updates, layerwise(case.network, case.data, case),
        layerwise(outcomes[0].network, case.data, case), first_steps(case), by_heart,
    )  # fmt: skip


def _costs_compare(case: Case, cure: Cure) -> bool:
    """Whether the costs with and without the change are of one kind and of the very same targets."""
    return cure.case.network.cost == case.network.cost and cure.case.data.y is case.data.y


def _mostly_learned(outcomes: Sequence[Outcome]) -> bool:
    return sum(outcome.learned for outcome in outcomes) * 2 > len(outcomes)


def _ranked(findings: list[Finding]) -> tuple[Finding, ...]:
    """The most helpful first; of those that help as much the one whose cause comes before."""
    left, order, ranked = list(findings), list(CAUSES), []
    while left:
        most = max(finding.gain for finding in left)
        alike = [finding for finding in left if finding.gain >= most - AS_MUCH]
        chosen = min(alike, key=lambda finding: order.index(finding.cause.name))
        ranked.append(chosen)
        left.remove(chosen)
    return tuple(ranked)
