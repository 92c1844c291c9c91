"""How far the first-order prediction is off as the change shrinks: its error is of second order (47)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from tuibp.core.curve import line_of
from tuibp.core.example import Example
from tuibp.core.five_steps import Pass, walk
from tuibp.core.network import Array, Network
from tuibp.core.nudge import Nudge
from tuibp.core.perturbation import experiment, flat_gradient

CLEAR = 300.0
"""An error this many times what rounding can do is taken for the truth."""


@dataclass(frozen=True, eq=False)
class PredictionError:
    """|ΔC - gradient·Δ| over Δ, both log spaced."""

    deltas: Array
    """(D,), ascending, positive; the sign of the nudge goes with them."""
    errors: Array
    """(D,); below `rounding` they are noise."""
    slope: float | None
    """Slope of log error over log Δ where Δ is small and the error still clear of rounding; None where there is no
    such stretch, as when the cost is linear."""
    fitted: tuple[float, float] | None
    """The smallest and largest Δ that the slope was fitted to."""
    rounding: float
    """What rounding alone makes of the error."""
    kinks: tuple[tuple[int, int], ...]
    """(layer, neuron) of each relu and leaky_relu that the largest Δ pushes over its kink: on the way there the
    curve has a corner, where the error leaves its slope."""


def prediction_error(
    network: Network,
    example: Example,
    nudge: Nudge,
    low: float = 1e-6,
    high: float = 1.0,
    per_decade: int = 8,
    given: Pass | None = None,
) -> PredictionError:
    """The error of the first-order prediction for Δ from `low` to `high`, in the direction of the nudge's sign."""
    before = given if given is not None else walk(network, example)
    slopes = flat_gradient(before) if nudge.kind == "direction" else None
    way = line_of(network, example.x[None], example.y[None], nudge, slopes)
    decades = np.log10(high / low)
    deltas = np.geomspace(low, high, max(2, round(decades * per_decade) + 1))
    signed = deltas if nudge.delta >= 0.0 else -deltas
    costs = way.costs(np.concatenate([[0.0], signed]))
    gradient = float(way.slopes(np.zeros(1))[0])
    actual, predicted = costs[1:] - costs[0], gradient * signed
    errors = np.abs(actual - predicted)
    rounding = float(np.finfo(np.float64).eps * max(abs(costs[0]), 1e-300))
    largest = replace(nudge, delta=float(signed[-1]))
    kinks = experiment(network, example, largest, before).kinks
    stretch = _stretch(errors, rounding, per_decade + 1)
    if stretch is None:
        return PredictionError(deltas, errors, None, None, rounding, kinks)
    slope = np.polyfit(np.log(deltas[stretch]), np.log(errors[stretch]), 1)[0]
    fitted = (float(deltas[stretch][0]), float(deltas[stretch][-1]))
    return PredictionError(deltas, errors, float(slope), fitted, rounding, kinks)


def _stretch(errors: Array, rounding: float, length: int) -> slice | None:
    """The first `length` neighbours that all stand clear of rounding: Δ as small as can be trusted."""
    clear = np.isfinite(errors) & (errors > CLEAR * rounding)
    for start in range(len(errors) - length + 1):
        if clear[start : start + length].all():
            return slice(start, start + length)
    return None
