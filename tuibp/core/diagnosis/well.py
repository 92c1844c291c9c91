"""What is in order, each a claim that has been looked at."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tuibp.core.diagnosis import data_symptoms, run_symptoms, start_symptoms
from tuibp.core.diagnosis.examination import Diagnosis
from tuibp.core.diagnosis.readings import Readings
from tuibp.core.diagnosis.trial import classes_of
from tuibp.locale import _

NEAR = 0.5
"""Share of a guess's cost by which a first cost may differ and is still near it: weights that are drawn say
something, but little."""

_START = (
    start_symptoms.saturated_start, start_symptoms.equal_weights, start_symptoms.weights_too_small,
    start_symptoms.weights_too_large, start_symptoms.errors_vanish, start_symptoms.errors_explode,
)  # fmt: skip


def well(found: Diagnosis) -> tuple[str, ...]:
    """What speaks for the network, a clause each."""
    return tuple(_well(found.readings))


def _well(r: Readings) -> Iterator[str]:
    symptoms = data_symptoms.output_does_not_fit_target, start_symptoms.cost_does_not_fit_output
    if all(symptom(r) is None for symptom in symptoms):
        yield _("output and cost belong together")
    classes = classes_of(r.case, r.case.data.train)
    if classes is not None and len(np.unique(classes)) > 1:
        counts = np.bincount(classes)
        if counts[counts > 0].max() <= 2 * counts[counts > 0].min():
            yield _("classes are balanced")
    first, guess = r.own.first, r.own.guess
    if guess > 0.0 and abs(first - guess) <= NEAR * guess:
        yield _("the first cost, {first:.2f}, is near what guessing costs, {guess:.2f}").format(
            first=first, guess=guess
        )
    if r.by_heart and len(r.case.data.train) > 1:
        yield _("{n} examples can be learned by heart").format(n=min(16, len(r.case.data.train)))
    yield from _steps(r)
    if all(symptom(r) is None for symptom in _START) and not r.start.silent.max() > 0.1:
        yield _("weights start well")


def _steps(r: Readings) -> Iterator[str]:
    alphas = r.steps.alphas
    if alphas.size and run_symptoms.SHORT <= (alpha := float(np.median(alphas))) <= 0.5 and r.steps.raised == 0.0:
        text = _("η {eta:g} lands {by:.2f} before the lowest point") if alpha < 0 else _(
            "η {eta:g} lands {by:.2f} beyond the lowest point"
        )  # fmt: skip
        yield text.format(eta=r.case.training.eta, by=abs(alpha)) + f" (α = {alpha:+.2f})".replace("-", "−")
