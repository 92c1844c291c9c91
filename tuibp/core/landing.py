"""Where a gradient-descent step lands on its line: α is -1 at the start, 0 at the lowest point, +1 as far up again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tuibp.core.line import CostLine, line
from tuibp.core.network import Array, Network
from tuibp.core.nudge import Nudge

REACH = 2.0**16
"""The line is followed from eta / REACH to eta · REACH."""
PER_OCTAVE = 2
"""Points looked at in each doubling of t, in search of the lowest."""
SECTIONS = 8
"""Parts into which the bracket of the lowest point is cut, before the slope is followed in the lowest of them."""
MOST_STEPS = 100
"""Points looked at in search of a crossing; about ten are enough."""
FLAT = 1e-9
"""A rise after the lowest point of less than this, of the whole fall, is no rise: the line has run out level."""


Course = Literal["flat", "rises", "falls", "valley", "levels"]
"""No slope; no fall that was found; a fall without an end; a lowest point and C up again, or less high than before."""


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
    raises: bool = False
    """Whether the step to `eta` leaves C above what it was."""
    course: Course = "valley"
    """How C goes along the line."""
    followed: float = 0.0
    """The t to which the line was looked at."""


def landing(network: Network, x: Array, y: Array, slopes: Array, eta: float) -> Landing:
    """Where the learning rate `eta` lands, for examples x (m, n_in), y (m, n_L) and their flat gradient `slopes`.

    Lowest and level point are computed on the line itself, to the last digits, not from a parabola through it.
    """
    way = line(network, x, y, Nudge("direction", eta, direction="gradient"), -slopes)
    if not np.any(slopes):
        return Landing(eta, None, None, None, course="flat")
    start, here = (float(cost) for cost in way.costs(np.array([0.0, eta])))
    raises = here > start
    octaves = 2 * round(np.log2(REACH))
    scan = np.concatenate([[0.0], np.geomspace(eta / REACH, eta * REACH, octaves * PER_OCTAVE + 1)])
    costs = way.costs(scan)
    costs[~np.isfinite(costs)] = np.inf
    at = int(np.argmin(costs))
    falls = start - costs[at]
    if at == 0 or at == len(scan) - 1 or costs[at:].max() - costs[at] <= FLAT * falls:
        return Landing(eta, None, None, None, raises, "rises" if at == 0 else "falls", float(scan[-1]))
    lowest = _lowest(way, scan[at - 1], scan[at + 1])
    above = np.flatnonzero(costs[at:] >= start)
    level = _level(way, scan[at + above[0] - 1], scan[at + above[0]], start) if above.size else 2.0 * lowest
    alpha = (eta - lowest) / (lowest if eta <= lowest else level - lowest)
    course: Course = "valley" if above.size else "levels"
    return Landing(eta, alpha, lowest, level, raises, course, float(scan[-1]))


def _lowest(way: CostLine, left: float, right: float) -> float:
    """The lowest point between the two, where the slope turns from down to up."""
    t = np.linspace(left, right, SECTIONS + 1)
    at = int(np.argmin(way.costs(t)))
    left, right = float(t[max(at - 1, 0)]), float(t[min(at + 1, SECTIONS)])
    return crossing(lambda t: float(way.slopes(np.array([t]))[0]), left, right)


def _level(way: CostLine, left: float, right: float, cost: float) -> float:
    """The point between the two where C has risen to `cost`."""
    return crossing(lambda t: float(way.costs(np.array([t]))[0]) - cost, left, right)


def crossing(f: Callable[[float], float], left: float, right: float) -> float:
    """Where a function turns from negative to positive between the two, to the last digits.

    Chandrupatla's method: inverse quadratic interpolation where three points allow it, else halving. At a jump (a
    corner's slope) it finds the jump.
    """
    a, b, c = right, left, right
    fa, fb, fc = f(a), f(b), f(right)
    if fb >= 0.0 or fa <= 0.0:
        return b if abs(fb) < abs(fa) else a
    share = 0.5
    for _ in range(MOST_STEPS):
        t = a + share * (b - a)
        ft = f(t)
        if (ft > 0.0) == (fa > 0.0):
            c, fc = a, fa
        else:
            c, b, fc, fb = b, a, fb, fa
        a, fa = t, ft
        best = a if abs(fa) < abs(fb) else b
        close = 2.0 * np.finfo(np.float64).eps * abs(best) / abs(b - a) if b != a else 1.0
        if close >= 0.5 or fa == 0.0:
            return best
        share = min(max(_next_share(a, b, c, fa, fb, fc), close), 1.0 - close)
    return best


def _next_share(a: float, b: float, c: float, fa: float, fb: float, fc: float) -> float:
    """How far from a to b to look next."""
    along, up = (a - b) / (c - b), (fa - fb) / (fc - fb)
    if not (up**2 < along and (1.0 - up) ** 2 < 1.0 - along):
        return 0.5
    return fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)
