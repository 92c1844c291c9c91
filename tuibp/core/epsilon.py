"""The error of a finite difference over its ε: truncation where ε is large, rounding where it is small (46)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tuibp.core.careful import Method, quotients
from tuibp.core.example import Example
from tuibp.core.five_steps import walk
from tuibp.core.network import Array, Network
from tuibp.core.perturbation import flat_gradient
from tuibp.core.race import relative_error, worse

COMPARED = 4_000
"""About so many parameters of a layer are compared, whole rows evenly spread: large networks take seconds too."""

NEAR = 1e-9
"""An error below this is as good as none here."""
CLEARLY = 10.0
"""An error so many times another is clearly larger."""


@dataclass(frozen=True)
class Differenced:
    """The largest error at one ε, relative to the largest |∂C/∂w|."""

    eps: float
    forward: float
    central: float
    complex: float


@dataclass(frozen=True, eq=False)
class Sweep:
    """A whole sweep, ε ascending. Arrays are (E,)."""

    eps: Array
    forward: Array
    central: Array
    complex: Array
    """The complex step's: it subtracts nothing, so it is flat but for the truncation of a large ε."""

    @property
    def best_forward(self) -> float:
        """The ε at which the one-sided difference is nearest."""
        return best(self.eps, self.forward)

    @property
    def best_central(self) -> float:
        """The ε at which the central difference is nearest."""
        return best(self.eps, self.central)

    @property
    def complex_up_to(self) -> float | None:
        """The largest ε up to which the complex step is good to NEAR; None where it is not at the smallest."""
        bad = np.flatnonzero(~(self.complex <= NEAR))
        if not bad.size:
            return float(self.eps[-1])
        return float(self.eps[bad[0] - 1]) if bad[0] else None

    @property
    def bends(self) -> bool:
        """Whether a central difference over the largest ε is clearly worse than over the best."""
        return self._worse_at(-1)

    @property
    def cancels(self) -> bool:
        """Whether a central difference over the smallest ε is clearly worse than over the best."""
        return self._worse_at(0)

    def _worse_at(self, place: int) -> bool:
        least = float(np.min(self.central))
        return bool(self.central[place] > CLEARLY * least and self.central[place] > NEAR)


def best(eps: Array, errors: Array) -> float:
    """The ε of the least error, the largest of several such; nan where no error is a finite number."""
    known = np.where(np.isfinite(errors), errors, np.inf)
    at = np.flatnonzero(known == known.min())[-1]
    return float(eps[at]) if np.isfinite(known[at]) else float("nan")


def sweep(
    network: Network, example: Example, low: float = 1e-15, high: float = 1e-1, per_decade: int = 4
) -> Iterator[Differenced]:
    """The errors at each ε, from `high` down to `low`."""
    with np.errstate(all="ignore"):
        seen = walk(network, example)
    scale = float(np.abs(flat_gradient(seen)).max())

    def error(method: Method, eps: float) -> float:
        worst = 0.0
        for rows, estimate in quotients(network, example, method, eps, COMPARED):
            exact = np.column_stack([seen.grad_w(rows.layer)[rows.rows], seen.grad_b(rows.layer)[rows.rows]])
            worst = worse(worst, relative_error(estimate, exact, scale))
        return worst

    decades = round(np.log10(high / low))
    for eps in np.geomspace(high, low, decades * per_decade + 1).tolist():
        with np.errstate(all="ignore"):
            found = Differenced(eps, error("forward", eps), error("central", eps), error("complex", eps))
        yield found


def gathered(points: list[Differenced]) -> Sweep:
    """What a sweep has told so far, as arrays."""
    ordered = sorted(points, key=lambda point: point.eps)
    columns = ([getattr(p, name) for p in ordered] for name in ("eps", "forward", "central", "complex"))
    return Sweep(*(np.array(column) for column in columns))
