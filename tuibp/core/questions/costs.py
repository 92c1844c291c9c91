"""Questions about the cost: which way lowers it, and whether a change or an update does."""

from __future__ import annotations

import numpy as np

from tuibp.core.descent import step
from tuibp.core.five_steps import walk
from tuibp.core.network import NetworkError
from tuibp.core.notation import of_neuron, short, weight
from tuibp.core.perturbation import perturb
from tuibp.core.questions.case import Ask, Case
from tuibp.core.questions.question import Number, Question
from tuibp.locale import _

STILL = 1e-12
"""A cost that changes by less than this share of itself stays as it is."""


def parameter(ask: Ask) -> str:
    """`w^3_12` or `b^3_1`."""
    layer, j = ask.at
    return of_neuron("b", layer, j) if ask.weight is None else weight(layer, j, ask.weight)


def slope_of(ask: Ask, case: Case) -> float:
    """∂C/∂ of that parameter."""
    layer, j = ask.at
    given = case.given
    return float(given.grad_b(layer)[j] if ask.weight is None else given.grad_w(layer)[j, ask.weight])


def which_way(ask: Ask, case: Case) -> Question:
    slope, name = slope_of(ask, case), parameter(ask)
    layer, j = ask.at
    told_by = Number("grad_w" if ask.weight is not None else "grad_b", layer, j, ask.weight)
    return Question(
        _("Which way must {name} move to lower C?").format(name=name),
        0 if slope < 0 else 1 if slope > 0 else 2,
        f"∂C/∂{name} = {short(slope)}",
        case.meaning("gradient", layer, j, ask.weight),
        (_("up"), _("down"), _("neither: C would stay")),
        told_by=told_by,
    )


def cost_of_change(ask: Ask, case: Case) -> Question:
    """Exact, not to first order."""
    layer, j = ask.at
    assert ask.by is not None
    done = perturb(case.network, case.example, layer, j, ask.weight, ask.by)
    name, before, after = parameter(ask), done.cost_before, done.cost_after
    by = f"+{short(ask.by)}" if ask.by > 0 else short(ask.by)
    return Question(
        _("Change {name} by {by}. What will C do?").format(name=name, by=by),
        _moved(before, after),
        _("C goes from {before} to {after}").format(before=short(before, 4), after=short(after, 4)),
        _("∂C/∂{name} is {slope}; times {by} that predicts ΔC ≈ {predicted}.").format(
            name=name, slope=short(slope_of(ask, case)), by=by, predicted=short(done.predicted)
        ),
        fates(),
    )


def cost_of_update(ask: Ask, case: Case) -> Question:  # noqa: ARG001  # as all makers
    """Of this example, by one update from it at the η that is set."""
    with np.errstate(all="ignore"):
        moved, _memory = step(case.network, case.example, case.training, len(case.data.train))
        after = walk(moved, case.example).cost
    before, eta = case.given.cost, short(case.training.eta)
    if not np.isfinite([before, after]).all() or not case.training.plain:
        raise NetworkError(_("this update would not be finite, or not only against the gradient"))
    chosen = _moved(before, after)
    reason = (
        _("A step of η = {eta} against the gradient goes downhill here."),
        _("η = {eta} is too long a step: it leaps over the lowest point and lands higher on the other side."),
        _("The gradient is 0, and so is the step."),
    )[(1, 0, 2)[chosen]]
    return Question(
        _("u makes an update with η = {eta}. What will C of this example do?").format(eta=eta),
        chosen,
        _("C goes from {before} to {after}").format(before=short(before, 4), after=short(after, 4)),
        reason.format(eta=eta),
        fates(),
    )


def fates() -> tuple[str, str, str]:
    return _("rise"), _("fall"), _("stay as it is")


def _moved(before: float, after: float) -> int:
    if abs(after - before) <= STILL * max(abs(before), abs(after)):
        return 2
    return 0 if after > before else 1
