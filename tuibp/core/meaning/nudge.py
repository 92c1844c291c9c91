"""What a nudge shows: how far the first-order prediction is off and why, each said only where it was tried."""

from __future__ import annotations

import math
from dataclasses import replace
from weakref import WeakKeyDictionary

import numpy as np

from tuibp.core.example import Example
from tuibp.core.index import shown
from tuibp.core.landing import Landing
from tuibp.core.network import Network
from tuibp.core.notation import of_neuron, percent, short
from tuibp.core.perturbation import Perturbation, experiment
from tuibp.locale import _

SMALL, LARGE, NEAR = 1e-5, 1.0, 0.1
"""Relative differences: below the first C is as good as straight, above the second the prediction is worthless."""
QUARTER, EIGHTH = (3.2, 5.0), (6.4, 10.0)
"""How many times smaller a difference of second, and one of third order is for half the change, about."""
NOISE = 32.0 * float(np.finfo(np.float64).eps)
"""What rounding makes of a difference of two costs, as a share of them."""

_halved: WeakKeyDictionary[Perturbation, float] = WeakKeyDictionary()


def meaning_of_nudge(network: Network, example: Example, made: Perturbation) -> str:
    """One sentence for the prediction of `made` beside what happened; `network` is the one without the nudge."""
    nudge = made.nudge
    if not math.isfinite(made.actual):
        return _("C is not finite after this change: Δ is far too large.")
    if made.kinks:
        layer, j = made.kinks[0]
        f = network.activation_of(layer, j).replace("_", " ")
        return _(
            "{f} of neuron {j} in layer {layer} crosses its kink: the prediction does not know the corner."
        ).format(f=f, j=shown(j), layer=shown(layer))
    if made.actual == 0.0 and made.predicted == 0.0:
        if nudge.kind == "parameter" and nudge.k is not None and made.before.a(nudge.layer - 1)[nudge.k] == 0.0:
            source = of_neuron("a", nudge.layer - 1, nudge.k)
            return _("{source} is 0, so nothing reaches the cost from here.").format(source=source)
        if made.ripple[-1].da_first_order.any():
            return _("So small a change that rounding hides what it does to C. Make Δ larger.")
        return _("Nothing reaches the cost from here.")
    noise = NOISE * (abs(made.cost_before) + abs(made.cost_after)) + 1e-300
    if max(abs(made.predicted), abs(made.actual)) <= 100.0 * noise:
        return _("So small a change that rounding hides what it does to C. Make Δ larger.")
    if made.relative <= SMALL:
        return _("So small a step that the cost is as good as straight: first order says it all.")
    if made.predicted * made.actual < 0:
        return _("Too far: even the sign of the prediction is wrong. Make Δ smaller.")
    if made.relative > LARGE:
        return _("Too far for the slope to tell: the curve has bent away.")
    if nudge.kind == "demon" and made.relative < NEAR:
        return _("C changes by δ for each unit of Δz: the error of a neuron is ∂C/∂z.")
    return _order(made, _half(network, example, made), noise)


def _order(made: Perturbation, half: float, noise: float) -> str:
    """What becomes of the difference when the change is halved, as tried."""
    if min(abs(half), abs(made.difference)) <= 10.0 * noise or not math.isfinite(half):
        return _("The difference is near what rounding makes of it: first order says nearly all.")
    ratio = made.difference / half
    if QUARTER[0] <= ratio <= QUARTER[1]:
        return _("Halve Δ and the difference falls to a quarter: it is of second order.")
    if EIGHTH[0] <= ratio <= EIGHTH[1]:
        return _("Halve Δ and the difference falls to about an eighth: it is of third order.")
    return _("Halve Δ and the difference goes from {whole} to {half}: Δ is too large for one order to rule.").format(
        whole=short(made.difference), half=short(half)
    )


def _half(network: Network, example: Example, made: Perturbation) -> float:
    """The difference that half the change leaves."""
    if made not in _halved:
        nudge = replace(made.nudge, delta=made.nudge.delta / 2.0)
        _halved[made] = experiment(network, example, nudge, made.before).difference
    return _halved[made]


def meaning_of_landing(made: Landing) -> str:
    """Where a step of gradient descent with this learning rate ends on its line."""
    if made.alpha is None:
        return {
            "flat": _("∇C is 0: no way leads down from here."),
            "rises": _("No step along −∇C that was tried lowers C: a corner or rounding is in the way."),
            "falls": _("C falls along −∇C as far as it was followed: no η up to {far} is too high here."),
        }[made.course].format(far=short(made.followed))
    words = {"eta": f"{made.eta:g}", "alpha": short(made.alpha)}
    if made.raises:
        return _("η = {eta} is too high: C ends above where it began.").format(**words)
    if made.alpha > 0 and made.course == "valley":
        return _(
            "η = {eta} goes past the lowest point of C on this line (α = {alpha}; at α = 1, C is as high as now)."
        ).format(**words)
    if made.alpha > 0:
        return _("η = {eta} goes past the lowest point of C on this line.").format(**words)
    return _("η = {eta} goes {share} of the way to the lowest point of C on this line.").format(
        share=percent(1.0 + made.alpha), **words
    )
