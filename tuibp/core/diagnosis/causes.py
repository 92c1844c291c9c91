"""The table of causes: what each is called, its symptom, and the cures to try. Names are a contract."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tuibp.core.diagnosis import cures, data_symptoms, run_symptoms, start_symptoms
from tuibp.core.diagnosis.cures import Cure
from tuibp.core.diagnosis.readings import Readings
from tuibp.core.diagnosis.suspicion import Suspicion
from tuibp.locale import _


@dataclass(frozen=True)
class Cause:
    """One way in which a network does not learn."""

    name: str
    title: str
    """As a finding's first line."""
    symptom: Callable[[Readings], Suspicion | None]
    cures: Callable[[Readings], Iterator[Cure]]
    """Those to try, the smallest change first."""
    although_learned: bool = False
    """Whether it may be asked for where the examples to train on have been learned."""


def _cause(
    title: str,
    symptom: Callable[[Readings], Suspicion | None],
    remedy: Callable[[Readings], Iterator[Cure]],
    although_learned: bool = False,
) -> Cause:
    return Cause(symptom.__name__, title, symptom, remedy, although_learned)


CAUSES: dict[str, Cause] = {
    cause.name: cause
    for cause in (
        _cause(
            _("Labels do not follow from the inputs"), data_symptoms.labels_unrelated, cures.labels_that_follow, True
        ),
        _cause(_("Labels are beyond the output’s range"), data_symptoms.labels_out_of_range, cures.one_output_a_class),
        _cause(
            _("The output cannot give the targets"), data_symptoms.output_does_not_fit_target, cures.fitting_output
        ),
        _cause(_("Inputs that never change drown the rest"), data_symptoms.inputs_constant, cures.scaled),
        _cause(_("Inputs are not scaled"), data_symptoms.inputs_not_scaled, cures.scaled),
        _cause(_("Inputs are scaled twice"), data_symptoms.inputs_scaled_twice, cures.scaled),
        _cause(_("Classes are unbalanced"), data_symptoms.unbalanced, cures.balanced),
        _cause(
            _("Examples are sorted and not shuffled"), data_symptoms.sorted_without_shuffling, cures.shuffled
        ),
        _cause(_("Neurons start with equal weights"), start_symptoms.equal_weights, cures.drawn_gaussian),
        _cause(_("A layer is saturated from the start"), start_symptoms.saturated_start, cures.drawn),
        _cause(_("Weights start too small"), start_symptoms.weights_too_small, cures.drawn),
        _cause(_("Weights start too large"), start_symptoms.weights_too_large, cures.drawn),
        _cause(_("Errors vanish on the way back"), start_symptoms.errors_vanish, cures.keeping_errors),
        _cause(_("Errors explode on the way back"), start_symptoms.errors_explode, cures.drawn),
        _cause(
            _("The cost does not fit the output"), start_symptoms.cost_does_not_fit_output, cures.fitting_cost
        ),
        _cause(_("The biases are not trained"), run_symptoms.biases_fixed, cures.biases),
        _cause(_("Weight decay is too strong"), run_symptoms.weight_decay_too_strong, cures.less_decay),
        _cause(_("η is too high"), run_symptoms.eta_too_high, cures.lower_eta),
        _cause(_("Numbers overflow"), run_symptoms.not_finite, cures.finite),
        _cause(_("Neurons are dead"), start_symptoms.dead_relu, cures.leaky),
        _cause(_("The mini-batch is too large"), run_symptoms.mini_batch_too_large, cures.smaller_batch),
        _cause(_("η is too low"), run_symptoms.eta_too_low, cures.higher_eta),
        _cause(_("The network is too small"), run_symptoms.too_small, cures.wider),
        _cause(_("There are too few examples"), data_symptoms.too_few_examples, cures.more_examples, True),
        _cause(_("Only too short: the cost still falls"), run_symptoms.too_few_epochs, cures.more_epochs),
    )
}  # fmt: skip
"""In the order in which a cause comes before what it brings about: of two whose cures help as much, the first."""
