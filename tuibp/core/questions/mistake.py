"""The question which mistake made a number: the right one and a wrong one side by side."""

from __future__ import annotations

import numpy as np

from tuibp.core.mistakes.run import DoesNotFit, Run, Task
from tuibp.core.mistakes.table import BY_NAME, Mistake
from tuibp.core.network import Array, NetworkError
from tuibp.core.notation import short, weight
from tuibp.core.questions.case import Ask, Case
from tuibp.core.questions.question import Question
from tuibp.locale import N_, _

LABELS = {
    "slope_missing_output": N_("σ′ forgotten in BP1"),
    "slope_missing_hidden": N_("σ′ forgotten in BP2"),
    "sign_of_error": N_("y − a in place of a − y"),
    "w_not_transposed": N_("w without its transpose"),
    "w_missing": N_("δ sent back without w"),
    "grad_w_for_w_delta": N_("∂C/∂w sent back, not w"),
    "grad_w_transposed": N_("∂C/∂w transposed"),
    "own_activation": N_("a^l in place of a^{l−1}"),
    "delta_reused": N_("δ^{l+1} used again as δ^l"),
    "slope_of_a": N_("σ′(a) in place of σ′(z)"),
}
"""Those that can be asked for, in a few words."""
CHOICES = 3
APART = 0.02
"""Wrong numbers that differ by less than this share look the same."""


def which_mistake(ask: Ask, case: Case) -> Question:
    """Raises NetworkError where the mistake changes nothing here, or others would make the same number."""
    if ask.mistake not in LABELS:
        raise NetworkError(_("there are {known} to ask for").format(known=", ".join(LABELS)))
    task = Task(case.network, case.example.x[None], case.example.y[None])
    right, wrong = Run(task), _wrong(BY_NAME[ask.mistake], task)
    if wrong is None:
        raise NetworkError(_("nobody can have made this mistake on this network"))
    layer, j, k = _most_apart(right, wrong)
    said = float(wrong.grad_w[layer][j, k])
    others = [name for name in LABELS if name != ask.mistake and _differs(BY_NAME[name], task, wrong)]
    if len(others) < CHOICES - 1:
        raise NetworkError(_("too few other mistakes can be told from this one here"))
    begin = list(LABELS).index(ask.mistake) % len(others)
    listed = {ask.mistake, *(others[(begin + step) % len(others)] for step in range(CHOICES - 1))}
    names = sorted(listed, key=lambda name: (len(name) * 7 + layer) % 11)
    gradient = f"∂C/∂{weight(layer, j, k)}"
    return Question(
        _("Somebody’s {gradient} is {wrong}, and it should be {right}. Which mistake was it?").format(
            gradient=gradient, wrong=short(said), right=short(float(right.grad_w[layer][j, k]))
        ),
        names.index(ask.mistake),
        _(LABELS[ask.mistake]),
        BY_NAME[ask.mistake].sentence,
        tuple(_(LABELS[name]) for name in names),
    )


def _wrong(mistake: Mistake, task: Task) -> Run | None:
    """The run with the mistake in all layers that can have it; None where shapes forbid it."""
    for _layers, changes in mistake.variants(task):
        try:
            return Run(task, changes)
        except DoesNotFit:
            continue
    return None


def _most_apart(right: Run, wrong: Run) -> tuple[int, int, int]:
    """The weight whose gradient is most wrong, nearest the input. Raises NetworkError where none is."""
    for layer in range(1, right.task.network.layer_count):
        if wrong.grad_w[layer].shape != right.grad_w[layer].shape:
            continue
        apart = np.abs(wrong.grad_w[layer] - right.grad_w[layer])
        if apart.max() > APART * np.abs(right.grad_w[layer]).max():
            j, k = np.unravel_index(int(apart.argmax()), apart.shape)
            return layer, int(j), int(k)
    raise NetworkError(_("this mistake changes nothing here"))


def _differs(mistake: Mistake, task: Task, from_run: Run) -> bool:
    """Whether another mistake makes gradients that can be told from these."""
    other = _wrong(mistake, task)
    if other is None:
        return False
    layers = range(1, task.network.layer_count)
    return any(_apart(other.grad_w[layer], from_run.grad_w[layer]) for layer in layers)


def _apart(one: Array, other: Array) -> bool:
    if one.shape != other.shape:
        return True
    return bool(np.abs(one - other).max() > APART * np.abs(other).max())
