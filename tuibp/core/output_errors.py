"""What makes each output's error, as columns whose numbers multiply to it; and what the error foretells of the cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tuibp.core.activations import ACTIVATIONS
from tuibp.core.five_steps import Pass, activate, cost_of_output, slope
from tuibp.core.network import Array, Network
from tuibp.core.notation import symbol
from tuibp.core.rate_factors import cost_rates

STEPS = (0.1, 0.01, 0.001)
"""Changes of z to foretell the cost's for, the largest first."""
ABOUT = 0.05
"""A forecast is about right where it is off by less than this share."""


@dataclass(frozen=True, eq=False)
class Column:
    """One quantity of every output."""

    name: str
    """In markup: `a − y`, `σ'`, `δ = a − y`."""
    values: Array
    """(n_L,)."""


def error_columns(network: Network, given: Pass, y: Array) -> tuple[Column, ...]:
    """a, y, then what BP1 makes δ^L of, and δ^L last; σ' has no column where the cost cancels it."""
    last = network.last
    a, z, delta = given.a(last), given.z(last), given.delta(last)
    head = (Column("a", a), Column("y", y))
    couples = ACTIVATIONS[network.activations[-1]].couples
    if network.cost == ("log_likelihood" if couples else "cross_entropy") and (not couples or y.sum() == 1.0):
        return (*head, Column("δ = a − y", delta))
    quadratic = network.cost == "quadratic"
    rates = Column("a − y", a - y) if quadratic else Column("∂C/∂a", cost_rates(network, z, a, y))
    if couples:  # a whole Jacobian stands between the two
        return (*head, rates, Column("δ", delta))
    prime = "f'" if network.modified_in(last) else symbol(network, last, 0) + "'"
    return (*head, rates, Column(prime, slope(network, last, z, a)), Column("δ", delta))


@dataclass(frozen=True)
class Forecast:
    """How C changes with one weighted input, first order and in truth."""

    step: float
    foretold: float
    exact: float


def forecast(network: Network, given: Pass, y: Array, j: int) -> Forecast | None:
    """The largest step of z^L_j for which δ^L_j foretells C's change about right; None where there is none."""
    z, delta = given.z(network.last), float(given.delta(network.last)[j])
    if not np.isfinite(delta) or delta == 0.0:
        return None
    for step in STEPS:
        moved = z.copy()
        moved[j] += step
        with np.errstate(all="ignore"):
            cost = float(cost_of_output(network, moved, activate(network, network.last, moved), y))
        exact = cost - given.cost
        if abs(exact - delta * step) <= ABOUT * abs(exact):
            return Forecast(step, delta * step, exact)
    return None
