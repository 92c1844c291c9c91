"""Symptoms in the data, one function each: (readings) → a suspicion, or None. Each threshold has its source beside."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tuibp.core.activations import ACTIVATIONS
from tuibp.core.diagnosis.case import MEASURED, Case, evenly
from tuibp.core.diagnosis.readings import Readings
from tuibp.core.diagnosis.suspicion import Spot, Suspicion
from tuibp.core.diagnosis.trial import MOST_CLASSES, classes_of
from tuibp.core.index import shown
from tuibp.core.network import Array
from tuibp.core.scaling import rescaled
from tuibp.locale import _

LARGE_INPUT = 10.0
"""LeCun et al. 1998, Efficient BackProp, 4.3: inputs should have mean 0 and deviation 1. Ten times that is far from it;
data in 0…1 or in units, as iris in centimetres, is not."""
SLIVER = 0.1
"""A byte scaled to 0…1 and then by 1/255 again lies in 0…0.004, by 1/16 in 0…0.06."""
LARGEST_CLASS = 0.8
"""From four to one on, always saying the largest class is right as often as many a trained network."""
NEIGHBOURS = 5
CHANCE = 3.0
"""Deviations of chance within which neighbours' agreement is no more than chance."""
ENOUGH = 50
"""Rows from which neighbours can be asked."""
GAP = 0.15
"""Share right that is lost from the training set to the held-out one where a network has memorised."""


def inputs(case: Case) -> Array:
    """The rows to train on that are looked at, (m, n_in)."""
    return case.data.x[case.rows]


def output_does_not_fit_target(r: Readings) -> Suspicion | None:
    network, y = r.case.network, r.case.data.y[r.case.rows]
    name, low, high = network.activations[-1], float(y.min()), float(y.max())
    if name == "softmax" and network.sizes[-1] == 1:
        seen = _("A softmax of one unit is always 1, whatever its z.")
        return Suspicion("output_does_not_fit_target", "data", {"outputs": 1}, seen, Spot(0, network.last))
    if name == "softmax" and not np.allclose(y.sum(axis=1), 1.0):
        sums = float(y.sum(axis=1).min()), float(y.sum(axis=1).max())
        seen = _("The outputs of softmax add up to 1, the targets to {low:g} to {high:g}.").format(
            low=sums[0], high=sums[1]
        )
        return Suspicion(
            "output_does_not_fit_target", "data", {"lowest_sum": sums[0], "highest_sum": sums[1]}, seen,
            Spot(0, network.last),
        )  # fmt: skip
    bottom, top = ACTIVATIONS[name].range
    if bottom <= low and high <= top:
        return None
    seen = _("The targets run from {low:g} to {high:g}; {name} gives {bottom:g} to {top:g}.").format(
        low=low, high=high, name=name, bottom=bottom, top=top
    )
    return Suspicion(
        "output_does_not_fit_target", "data", {"lowest": low, "highest": high}, seen, Spot(0, network.last)
    )


def labels_out_of_range(r: Readings) -> Suspicion | None:
    classes, y = classes_of(r.case, r.case.rows), r.case.data.y
    if (
        classes is None
        or r.case.data.labels is not None
        or y.max() <= ACTIVATIONS[r.case.network.activations[-1]].range[1]
    ):
        return None
    count = int(y.max()) + 1
    if len(np.unique(classes)) < 3 or count > MOST_CLASSES:
        return None
    seen = _("One output has to say {n} classes as the numbers 0 to {last}; it gives at most {top:g}.").format(
        n=count, last=count - 1, top=ACTIVATIONS[r.case.network.activations[-1]].range[1]
    )
    return Suspicion("labels_out_of_range", "data", {"classes": count}, seen, Spot(0, r.case.network.last))


def labels_unrelated(r: Readings) -> Suspicion | None:
    """Neighbours agree on a label no more often than chance has it."""
    rows = evenly(r.case.data.train, MEASURED)
    classes = classes_of(r.case, rows)
    if classes is None or len(rows) < ENOUGH or len(np.unique(classes)) < 2:
        return None
    agree, chance, deviation = agreement(rescaled(r.case.data.x[rows], np.arange(len(rows)), "standard"), classes)
    if agree > chance + CHANCE * deviation:
        return None
    seen = _("Examples that are neighbours have the same label in {agree:.0%}; by chance it would be {chance:.0%}.")
    evidence = {"neighbours_agree": agree, "by_chance": chance}
    return Suspicion("labels_unrelated", "data", evidence, seen.format(agree=agree, chance=chance))


def agreement(x: Array, classes: NDArray[np.intp]) -> tuple[float, float, float]:
    """(share, by chance, deviation of chance): of pairs of an example and one of its nearest, those of one class."""
    square = (x * x).sum(axis=1)
    distance = square[:, None] + square - 2.0 * (x @ x.T)
    np.fill_diagonal(distance, np.inf)
    near = np.argpartition(distance, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
    shares = np.bincount(classes) / len(classes)
    chance = float((shares**2).sum())
    share = float((classes[near] == classes[:, None]).mean())
    return share, chance, float(np.sqrt(chance * (1.0 - chance) / (len(classes) * NEIGHBOURS / 2)))


def unbalanced(r: Readings) -> Suspicion | None:
    classes, right = classes_of(r.case, r.case.data.train), r.own.right
    if classes is None or r.case.data.labels is None or right is None:
        return None
    counts = np.bincount(classes)
    share = float(counts.max() / counts.sum())
    if share < LARGEST_CLASS or (counts > 0).sum() < 2:
        return None
    rarest = int(counts[counts > 0].min())
    seen = _("{share:.0%} of the examples have one label; the rarest has {n}.").format(share=share, n=rarest)
    return Suspicion("unbalanced", "data", {"largest_class": share, "rarest": rarest}, seen)


def inputs_not_scaled(r: Readings) -> Suspicion | None:
    x = inputs(r.case)
    deviation = x.std(axis=0)
    varied = deviation > 1e-12 * np.abs(x).max(axis=0)
    if not varied.any():
        return None
    size, of = np.abs(x).max(axis=0), np.flatnonzero(varied)
    widest, narrowest = of[deviation[of].argmax()], of[deviation[of].argmin()]
    largest = of[size[of].argmax()]
    if size[largest] < LARGE_INPUT:
        return None
    seen = _("x{k} runs from {low} to {high}").format(k=shown(largest), **_range(x[:, largest]))
    if narrowest != largest:
        seen = _("{first}, x{k} from {low} to {high}").format(first=seen, k=shown(narrowest), **_range(x[:, narrowest]))
    evidence = {
        "input": shown(int(largest)), "largest": float(size[largest]), "deviation_widest": float(deviation[widest]),
        "deviation_narrowest": float(deviation[narrowest]),
    }  # fmt: skip
    return Suspicion("inputs_not_scaled", "data", evidence, seen + ".", Spot(0, 0, int(largest)))


def _range(column: Array) -> dict[str, str]:
    return {"low": _plain(float(column.min())), "high": _plain(float(column.max()))}


def _plain(value: float) -> str:
    """A number as one says it: 1,680 and 0.13."""
    return f"{value:,.0f}" if 1e3 <= abs(value) < 1e9 else f"{value:.4g}"


def inputs_scaled_twice(r: Readings) -> Suspicion | None:
    x = inputs(r.case)
    spread = x.max(axis=0) - x.min(axis=0)
    widest, largest = float(spread.max()), float(np.abs(x).max())
    if not 0.0 < widest <= SLIVER or largest >= LARGE_INPUT:
        return None
    seen = _("All inputs lie in a sliver: none spans more than {width:.2g}.").format(width=widest)
    return Suspicion("inputs_scaled_twice", "data", {"widest_span": widest}, seen, Spot(0, 0, int(spread.argmax())))


def inputs_constant(r: Readings) -> Suspicion | None:
    """Constants weigh more than everything that varies: then they speak in every z, and what varies is not heard."""
    x = inputs(r.case)
    if len(x) < 2:  # one example never changes
        return None
    still = x.std(axis=0) <= 1e-12 * np.abs(x).max(axis=0)
    of_still, of_varied = float((x[:, still] ** 2).mean(axis=0).sum()), float(x[:, ~still].var(axis=0).sum())
    if not still.any() or of_still <= LARGE_INPUT**2 * of_varied:
        return None
    which = int(np.flatnonzero(still)[np.abs(x[0, still]).argmax()])
    seen = _("{n} of {m} inputs never change; x{k} is always {value}.").format(
        n=int(still.sum()), m=len(still), k=shown(which), value=_plain(float(x[0, which]))
    )
    return Suspicion("inputs_constant", "data", {"constant": int(still.sum())}, seen, Spot(0, 0, which))


def sorted_without_shuffling(r: Readings) -> Suspicion | None:
    classes = classes_of(r.case, r.case.data.train)
    if r.case.training.shuffle or classes is None:
        return None
    changes, count = int((np.diff(classes) != 0).sum()), len(np.unique(classes))
    by_chance = (len(classes) - 1) * (1.0 - float(((np.bincount(classes) / len(classes)) ** 2).sum()))
    if changes > by_chance / 4:
        return None
    seen = _("Examples come sorted by class: {n} changes in {m} examples, {chance:.0f} if they were mixed.").format(
        n=changes, m=len(classes), chance=by_chance
    )
    return Suspicion("sorted_without_shuffling", "data", {"changes": changes, "classes": count}, seen)


def too_few_examples(r: Readings) -> Suspicion | None:
    """Everything is right in training and much of it wrong elsewhere."""
    right, held_out = r.own.right, r.own.held_out
    if right is None or held_out is None or right - held_out < GAP or not r.own.learned:
        return None
    n, parameters = len(r.case.data.train), r.case.network.parameters.size
    seen = _("{right:.0%} right in training, {held:.0%} held out: {n:,} examples for {p:,} parameters.").format(
        right=right, held=held_out, n=n, p=parameters
    )
    evidence = {"right": right, "held_out": held_out, "examples": n, "parameters": parameters}
    return Suspicion("too_few_examples", "data", evidence, seen)
