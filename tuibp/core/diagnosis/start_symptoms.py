"""Symptoms at the start, one function each; thresholds with their sources."""

from __future__ import annotations

import numpy as np

from tuibp.core.diagnosis.readings import Readings
from tuibp.core.diagnosis.suspicion import Spot, Suspicion
from tuibp.core.diagnosis.trial import classes_of
from tuibp.core.index import shown
from tuibp.core.network import Array
from tuibp.locale import _

MOSTLY = 0.5
"""A layer is saturated where more than half of its values are beyond the place where σ′ is a 37th of its largest."""
SMALL, LARGE = 0.1, 5.0
"""Deviation of a layer's weights against sqrt(2 / (n_in + n_out)), which Glorot and Bengio 2010 (16) give so that
signals keep their size both ways; He et al. 2015 is at most twice it. The book's N(0, 1) is 5 times it from 50 inputs
and outputs on."""
FLAT_OUTPUT = 0.05
"""Mean σ′ of an output, a fifth of its largest: |z| is beyond 2.9, where the book's chapter 3 shows a neuron that
learns slowly because it is wrong and sure of it."""
VANISHED, EXPLODED = 1e-2, 1e2
"""‖δ‖ of the first hidden layer against the last layer's: each layer of sigmoids takes ¼ or more away (the book,
chapter 5), so that 0.01 is more than three of them."""
DEEP = 5
"""Layers with an error from which on it is their number, and not the weights of one, that makes errors explode."""


def saturated_start(r: Readings) -> Suspicion | None:
    hidden = r.start.saturated[:-1]
    if not hidden.size or hidden.max() <= MOSTLY:
        return None
    layer = int(hidden.argmax()) + 1
    share, slope, largest = float(hidden.max()), float(r.start.slope[layer - 1]), float(r.start.largest[layer - 1])
    seen = _(
        "Layer {layer} is saturated from the start: |z| to {z:,.0f}, beyond its slope for {share:.0%}, mean f′ {s:.2g}."
    )
    evidence = {"layer": shown(layer), "share": share, "mean_slope": slope, "largest_z": largest}
    return Suspicion(
        "saturated_start", "start", evidence, seen.format(layer=shown(layer), z=largest, share=share, s=slope),
        Spot(0, layer),
    )  # fmt: skip


def equal_weights(r: Readings) -> Suspicion | None:
    """Neurons of a hidden layer that start the same, in and out: they get the same gradient for ever."""
    network = r.case.network
    for layer in range(1, network.last):
        w = np.column_stack([network.w(layer), network.b(layer), network.w(layer + 1).T])
        groups = len(np.unique(w, axis=0))
        if groups <= len(w) // 2:
            seen = _("The {n} neurons of layer {layer} start with {m}: the same weights get the same gradient.").format(
                n=len(w),
                layer=shown(layer),
                m=_("the same weights") if groups == 1 else _("{g} sets of weights").format(g=groups),
            )
            return Suspicion(
                "equal_weights", "start", {"layer": shown(layer), "neurons": len(w), "different": groups}, seen,
                Spot(0, layer),
            )  # fmt: skip
    return None


def _against_glorot(r: Readings) -> Array:
    """The deviation of each layer's weights against Glorot's, (L − 1,)."""
    found = []
    for w in r.case.network.weights:
        found.append(float(np.sqrt((w**2).mean())) / np.sqrt(2.0 / sum(w.shape)))
    return np.array(found)


def weights_too_small(r: Readings) -> Suspicion | None:
    sizes = _against_glorot(r)
    layer = int(sizes.argmin()) + 1
    if not 0.0 < sizes.min() < SMALL or equal_weights(r) is not None:
        return None
    return _of_weights("weights_too_small", float(sizes.min()), layer)


def weights_too_large(r: Readings) -> Suspicion | None:
    sizes = _against_glorot(r)
    if sizes.max() <= LARGE or saturated_start(r) is not None or errors_explode(r) is not None:
        return None
    return _of_weights("weights_too_large", float(sizes.max()), int(sizes.argmax()) + 1)


def _of_weights(cause: str, against: float, layer: int) -> Suspicion:
    seen = _(
        "The weights into layer {layer} are {times:.2g} times as large as Glorot’s, which keep signals their size."
    )
    evidence = {"layer": shown(layer), "against_glorot": against}
    return Suspicion(cause, "start", evidence, seen.format(layer=shown(layer), times=against), Spot(0, layer))


def errors_vanish(r: Readings) -> Suspicion | None:
    ratio = _ratio(r)
    if not ratio < VANISHED:
        return None
    return _of_errors("errors_vanish", r, ratio)


def errors_explode(r: Readings) -> Suspicion | None:
    ratio = _ratio(r)
    if not ratio > EXPLODED or len(r.start.error) < DEEP:
        return None
    return _of_errors("errors_explode", r, ratio)


def _ratio(r: Readings) -> float:
    """‖δ‖ of the first hidden layer against the last layer's; 1 where fewer than two are hidden, or there is no
    error."""
    error = r.start.error
    return float(error[0] / error[-1]) if len(error) > 2 and error[-1] > 0 else 1.0


def _of_errors(cause: str, r: Readings, ratio: float) -> Suspicion:
    seen = _("On the way back through {n} layers errors become {ratio:.2g} times what they were at the output.").format(
        n=len(r.start.error) - 1, ratio=ratio
    )
    return Suspicion(cause, "start", {"ratio": ratio, "layers": len(r.start.error) - 1}, seen, Spot(0, 1))


def dead_relu(r: Readings) -> Suspicion | None:
    """Neurons that fire on no example, in the end or from the start: their slope is 0, and they learn no more."""
    kinds = r.case.network.activations
    silent = np.maximum(r.start.silent, r.end.silent)
    if silent.max() <= 0.1:  # one in ten is usual: Lu et al. 2020, Dying ReLU, count those of a random start
        return None
    layer = int(silent.argmax()) + 1
    kind = "output" if layer == len(kinds) and silent[-1] > 0 else "most" if silent.max() > MOSTLY else "few"
    when = _("from the start") if r.start.silent[layer - 1] > 0.1 else _("after {n} updates").format(n=r.updates)
    seen = _("{share:.0%} of the relu neurons of layer {layer} fire on no example, {when}.").format(
        share=float(silent.max()), layer=shown(layer), when=when
    )
    evidence: dict[str, float | int | str] = {"kind": kind, "layer": shown(layer), "share": float(silent.max())}
    return Suspicion("dead_relu", "start", evidence, seen, Spot(0, layer))


def cost_does_not_fit_output(r: Readings) -> Suspicion | None:
    name, cost = r.case.network.activations[-1], r.case.network.cost
    if classes_of(r.case, r.case.rows) is None or r.case.data.labels is None:
        return None
    slope = float(r.start.slope[-1])
    if (name, cost) == ("sigmoid", "log_likelihood"):
        seen = _("With sigmoid, −Σ y ln a asks nothing of outputs that should be 0: all may go to 1.")
    elif name in ("sigmoid", "softmax") and cost == "quadratic" and slope < FLAT_OUTPUT:
        seen = _(
            "The quadratic cost keeps f′ of the output in BP1: an output that is wrong and saturated learns slowly."
        )
    else:
        return None
    evidence: dict[str, float | int | str] = {"output": name, "cost": cost, "mean_slope": slope}
    return Suspicion("cost_does_not_fit_output", "start", evidence, seen, Spot(0, r.case.network.last))
