"""`Lowering w^2_12 by 0.1 lowers C by about 0.03.`: a change that was tried before it is recommended."""

from __future__ import annotations

import numpy as np

from tuibp.core.line import line
from tuibp.core.meaning.claim import Claim, about, both
from tuibp.core.meaning.sight import Sight
from tuibp.core.notation import of_neuron, short, weight
from tuibp.core.nudge import Nudge
from tuibp.locale import _

CHANGES = (0.1, 0.01, 1e-3, 1e-4, 1e-5, 1e-6)
"""The changes that are tried, the largest first."""
STRAIGHT = 0.15
"""A change whose effect differs from the straight line's by less than this share is one that the gradient tells."""
VISIBLE = 1e-10
"""An effect below this share of C drowns in its rounding."""


def advice(s: Sight) -> tuple[str, Claim]:
    """What to do with this weight or bias, and the claim that it lowers C, by as much as is said."""
    sign = -1.0 if s.result > 0 else 1.0
    lowers: Claim = lambda t: t.lowers(s.layer, s.j, sign, s.k)  # noqa: E731 (a claim, not a function of its own)
    change = tried(s, sign)
    if change is None:
        template = _("Lowering {p} lowers C.") if sign < 0 else _("Raising {p} lowers C.")
        return template.format(p=parameter(s)), lowers
    much = abs(change * s.result)
    template = (
        _("Lowering {p} by {change} lowers C by about {much}.")
        if sign < 0
        else _("Raising {p} by {change} lowers C by about {much}.")
    )
    text = template.format(p=parameter(s), change=short(change), much=short(much))
    return text, both(lowers, lambda t: about(-t.moved(s.layer, s.j, s.k, sign * change), much, 0.25))


def tried(s: Sight, sign: float) -> float | None:
    """The largest of CHANGES whose effect is what the gradient says, by an exact nudge; None where none is."""
    nudge = Nudge("parameter", 0.0, s.layer, s.j, s.k)
    changes = np.array([c for c in CHANGES if c * abs(s.result) > VISIBLE * s.given.cost])
    with np.errstate(all="ignore"):
        costs = line(s.network, s.example.x[None], s.example.y[None], nudge).costs(np.append(0.0, sign * changes))
        falls = costs[0] - costs[1:]
        good = np.abs(falls - changes * abs(s.result)) <= STRAIGHT * changes * abs(s.result)
    return float(changes[good][0]) if good.any() else None


def parameter(s: Sight) -> str:
    """The name of the weight or bias, in markup."""
    return of_neuron("b", s.layer, s.j) if s.k is None else weight(s.layer, s.j, s.k)
