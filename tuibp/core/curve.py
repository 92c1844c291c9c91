"""The cost as a function of the one number that an experiment changes, and the tangent that backpropagation gives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tuibp.core.line import CostLine, line
from tuibp.core.network import Array, Network
from tuibp.core.nudge import Nudge, unit


@dataclass(frozen=True, eq=False)
class Curve:
    """C over the value of a parameter, a weighted input's Δz, or the way gone along a direction."""

    values: Array
    """(V,), ascending."""
    costs: Array
    """(V,), the mean over the examples; not finite where the cost is not."""
    origin: float
    """Where it stood before the nudge: the parameter's value; 0 for a demon and a direction."""
    standing: float
    """Where it stands with the nudge."""
    cost_at_origin: float
    cost_standing: float
    slope: float
    """dC/dvalue at the origin: the gradient."""

    @property
    def tangent(self) -> Array:
        """The first-order prediction at each value, (V,)."""
        return self.cost_at_origin + self.slope * (self.values - self.origin)


def cost_curve(
    network: Network,
    x: Array,
    y: Array,
    nudge: Nudge,
    span: float = 4.0,
    points: int = 121,
    slopes: Array | None = None,
) -> Curve:
    """C from `span` below the origin to `span` above it, for examples x (m, n_in) and y (m, n_L).

    `network` is the one without the nudge; a direction needs `slopes`, its flat ∇C. Where the nudge stands outside the
    span, the curve reaches on to it.
    """
    way = line_of(network, x, y, nudge, slopes)
    low, high = min(-span, nudge.delta), max(span, nudge.delta)
    distances = np.linspace(low, high, points)
    costs = way.costs(np.concatenate([distances, [0.0, nudge.delta]]))
    origin = float(network.parameters[nudge.place(network)]) if nudge.kind == "parameter" else 0.0
    return Curve(
        origin + distances,
        costs[:-2],
        origin,
        origin + nudge.delta,
        float(costs[-2]),
        float(costs[-1]),
        float(way.slopes(np.zeros(1))[0]),
    )


def line_of(network: Network, x: Array, y: Array, nudge: Nudge, slopes: Array | None = None) -> CostLine:
    """The line of a nudge; `slopes` is the flat ∇C that a direction along the gradient goes down."""
    if nudge.kind != "direction":
        return line(network, x, y, nudge)
    given = slopes if slopes is not None else np.zeros_like(network.parameters)
    return line(network, x, y, nudge, unit(network, nudge, given))
