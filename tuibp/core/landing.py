"""Where a gradient-descent step lands on its line: α is -1 at the start, 0 at the lowest point, +1 as far up again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tuibp.core.line import Line, line
from tuibp.core.network import Array, Network
from tuibp.core.nudge import Nudge

REACH = 2.0**16
"""The line is followed from eta / REACH to eta · REACH."""
PER_OCTAVE = 2
"""Points looked at in each doubling of t, in search of the lowest."""
SECTIONS = 16
"""Parts into which a bracket is cut at once, all of them in one batch of forward passes."""
FLAT = 1e-9
"""A rise after the lowest point of less than this, of the whole fall, is no rise: the line has run out level."""


@dataclass(frozen=True)
class Landing:
    """The line w - t ∇C for t ≥ 0, on which a step of gradient descent lands at t = η."""

    eta: float
    alpha: float | None
    """-1 at the start, 0 at `lowest`, +1 at `level`, in proportion between and beyond: above +1 the cost grows.

    On a parabola it is (η - lowest) / lowest. None where the line has no lowest point (it falls as far as it was
    followed) or no slope (∇C = 0)."""
    lowest: float | None
    """The t of the lowest point."""
    level: float | None
    """The t beyond the lowest point where C is again what it was at the start; 2 · `lowest` stands for it where the
    line never rises so far."""
    cost_at_start: float
    cost_at_eta: float
    cost_at_lowest: float | None


def landing(network: Network, x: Array, y: Array, slopes: Array, eta: float) -> Landing:
    """Where the learning rate `eta` lands, for examples x (m, n_in), y (m, n_L) and their flat gradient `slopes`.

    Lowest and level point are computed on the line itself, to the last digits, not from a parabola through it.
    """
    way = line(network, x, y, Nudge("direction", eta, direction="gradient"), -slopes)
    start, here = (float(c) for c in way.costs(np.array([0.0, eta])))
    if not np.any(slopes):
        return Landing(eta, None, None, None, start, here, None)
    octaves = 2 * round(np.log2(REACH))
    scan = np.concatenate([[0.0], np.geomspace(eta / REACH, eta * REACH, octaves * PER_OCTAVE + 1)])
    costs = way.costs(scan)
    costs[~np.isfinite(costs)] = np.inf
    at = int(np.argmin(costs))
    falls = start - costs[at]
    if at == 0 or at == len(scan) - 1 or costs[at:].max() - costs[at] <= FLAT * falls:
        return Landing(eta, None, None, None, start, here, None)
    lowest = _lowest(way, scan[at - 1], scan[at + 1])
    above = np.flatnonzero(costs[at:] >= start)
    level = _level(way, scan[at + above[0] - 1], scan[at + above[0]], start) if above.size else 2.0 * lowest
    alpha = (eta - lowest) / (lowest if eta <= lowest else level - lowest)
    return Landing(eta, alpha, lowest, level, start, here, float(way.costs(np.array([lowest]))[0]))


def _lowest(way: Line, left: float, right: float) -> float:
    """The lowest point between the two, where the slope turns from down to up."""
    while right - left > 4.0 * np.finfo(np.float64).eps * right:
        t = np.linspace(left, right, SECTIONS + 1)
        slopes, costs = way.slopes(t), way.costs(t)
        turns = np.flatnonzero((slopes[:-1] <= 0.0) & (slopes[1:] > 0.0))
        if not turns.size:  # the slope has run out of digits, or the lowest point is a corner's very tip
            return float(t[np.argmin(costs)])
        best = turns[np.argmin(np.minimum(costs[turns], costs[turns + 1]))]
        left, right = float(t[best]), float(t[best + 1])
    return left + (right - left) / 2.0


def _level(way: Line, left: float, right: float, cost: float) -> float:
    """The first point between the two where C has risen to `cost`."""
    while right - left > 4.0 * np.finfo(np.float64).eps * right:
        t = np.linspace(left, right, SECTIONS + 1)
        at = int(np.argmax(way.costs(t[1:]) >= cost))
        left, right = float(t[at]), float(t[at + 1])
    return right
