"""Symptoms of a run and of what it is asked for, one function each; thresholds with their sources."""

from __future__ import annotations

import numpy as np

from tuibp.core.diagnosis.readings import Readings
from tuibp.core.diagnosis.suspicion import Spot, Suspicion
from tuibp.core.diagnosis.trial import classes_of
from tuibp.core.index import shown
from tuibp.core.network import Array
from tuibp.core.optimisers import OPTIMISERS
from tuibp.core.training import shrink, updates_in_epoch
from tuibp.locale import _

OVERSHOT = 1.0
"""α at which a step lands as high as it began: beyond, the cost grows (on a parabola from η = 2/λ on)."""
SHORT = -0.9
"""α of a step that goes a tenth of the way to the lowest point of its own line."""
FAR = 10.0
"""α of a single step that may have thrown the network where no slope leads back."""
OFTEN = 0.3
"""Share of steps that raise the cost of their own mini-batch. A step that is short enough never does."""
FEW_UPDATES = 4
"""Updates an epoch at the most that make a mini-batch large (the book, chapter 3, takes 10 examples of 50,000)."""
AS_LINEAR = 0.1
"""Share right by which a network that draws a line may differ from a least-squares fit, which draws another one."""
FADED = 0.05
"""Share that L2 decay alone takes from every weight in an epoch."""


def eta_too_high(r: Readings) -> Suspicion | None:
    alphas, raised = r.steps.alphas, r.steps.raised
    over = float((alphas > OVERSHOT).mean()) if alphas.size else 0.0
    diverged = r.own.divergence is not None and r.own.divergence.update > 0
    thrown = alphas.size > 0 and alphas.max() > FAR
    if not (over >= 0.5 or thrown or raised >= OFTEN or diverged):
        return None
    seen = _("{raised:.0%} of the first steps raise the cost of their own mini-batch.").format(raised=raised)
    if alphas.size:
        landed = _("η {eta:g} lands at α = {alpha:+.1f} (0 is the lowest point, +1 as high as before).")
        seen = (
            landed.format(eta=r.case.training.eta, alpha=float(alphas.max() if thrown else np.median(alphas)))
            + " "
            + seen
        )
    evidence = {"eta": r.case.training.eta, "overshot": over, "raised": raised}
    return Suspicion("eta_too_high", "run", evidence, seen, Spot(1, r.case.network.last))


def eta_too_low(r: Readings) -> Suspicion | None:
    alphas = r.steps.alphas
    if r.own.divergence is not None:
        return None
    if r.case.training.optimiser != "sgd":
        return _too_small_steps(r)
    if not alphas.size:
        return None
    short = float(np.median(alphas))
    if not short < SHORT:
        return None
    seen = _("η {eta:g} goes {share:.2g} of the way to the lowest point of its line (α = {alpha:.3f}).").format(
        eta=r.case.training.eta, share=1.0 + short, alpha=short
    )
    return Suspicion("eta_too_low", "run", {"eta": r.case.training.eta, "alpha": short}, seen)


def _too_small_steps(r: Readings) -> Suspicion | None:
    """Of steps that land on no line: too short ones never leap."""
    if r.steps.raised:
        return None
    seen = _("None of the first steps raises the cost of its own mini-batch.")
    return Suspicion("eta_too_low", "run", {"eta": r.case.training.eta, "raised": r.steps.raised}, seen)


def too_few_epochs(r: Readings) -> Suspicion | None:
    if r.own.divergence is not None or not (r.own.falls or (r.own.learned and r.updates > r.case.configured)):
        return None
    n = r.case.training.epochs
    seen = _("After {n} epochs the cost still falls.").format(n=n)
    return Suspicion("too_few_epochs", "run", {"epochs": n}, seen, Spot(r.case.configured))


def mini_batch_too_large(r: Readings) -> Suspicion | None:
    n, training = len(r.case.data.train), r.case.training
    each = updates_in_epoch(training, n)
    if each > FEW_UPDATES or n < 50:
        return None
    seen = _("A mini-batch of {m} out of {n} examples makes {k} updates an epoch, {all} in all.").format(
        m=min(training.batch_size, n), n=n, k=each, all=each * training.epochs
    )
    evidence = {"batch_size": training.batch_size, "updates_an_epoch": each}
    return Suspicion("mini_batch_too_large", "run", evidence, seen)


def weight_decay_too_strong(r: Readings) -> Suspicion | None:
    training, n = r.case.training, len(r.case.data.train)
    if training.l2 == 0.0:
        return None
    if not OPTIMISERS[training.optimiser].shrinks:  # λ is a part of what it makes its steps of
        seen = _("λ = {l2:g} is a part of every gradient.").format(l2=training.l2)
        return Suspicion("weight_decay_too_strong", "run", {"l2": training.l2}, seen)
    kept = abs(shrink(training, n)) ** updates_in_epoch(training, n)
    if 1.0 - FADED < kept <= 1.0:
        return None
    seen = _("λ = {l2:g} alone leaves {kept:.0%} of each weight after an epoch.").format(l2=training.l2, kept=kept)
    return Suspicion("weight_decay_too_strong", "run", {"l2": training.l2, "kept": kept}, seen)


def biases_fixed(r: Readings) -> Suspicion | None:
    if r.case.training.train_biases:
        return None
    seen = _("The biases are not trained.")
    return Suspicion("biases_fixed", "start", {"train_biases": "false"}, seen, Spot(0, 1))


def too_small(r: Readings) -> Suspicion | None:
    """The network gets as much right as a straight line, or plane, does, and no more."""
    hidden, right = r.case.network.sizes[1:-1], r.own.right
    linear = best_linear(r)
    if right is None or linear is None or abs(right - linear) > AS_LINEAR:
        return None
    seen = _("It gets {right:.0%} right, a linear fit {linear:.0%}; {hidden}.").format(
        right=right, linear=linear,
        hidden=_("the smallest hidden layer has {n}").format(n=min(hidden)) if hidden else _("no layer is hidden"),
    )  # fmt: skip
    return Suspicion("too_small", "run", {"right": right, "linear": linear}, seen, Spot(0, 1))


def best_linear(r: Readings) -> float | None:
    """Share right of a least-squares fit without a hidden layer, the mean over the classes."""
    rows = r.case.rows
    classes = classes_of(r.case, rows)
    if classes is None:
        return None
    x = np.column_stack([r.case.data.x[rows], np.ones(len(rows))])
    wanted = np.eye(int(classes.max()) + 1)[classes]
    # Classes weighted to count alike, as in the share that is compared.
    weights = np.sqrt(1.0 / np.maximum(np.bincount(classes), 1))[classes, None]
    fit: Array = np.linalg.lstsq(x * weights, wanted * weights, rcond=None)[0]
    found = (x @ fit).argmax(axis=1)
    right, counts = np.bincount(classes, found == classes), np.bincount(classes)
    return float((right[counts > 0] / counts[counts > 0]).mean())


def not_finite(r: Readings) -> Suspicion | None:
    found = r.own.divergence
    if found is None:
        return None
    evidence = {"update": found.update, "layer": shown(found.layer)}
    return Suspicion("not_finite", "run", evidence, found.reason, Spot(max(found.update - 1, 0), found.layer))
