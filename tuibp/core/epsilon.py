"""The error of a finite difference over its ε: truncation where ε is large, rounding where it is small (46)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tuibp.core.careful import changes
from tuibp.core.example import Example
from tuibp.core.five_steps import walk
from tuibp.core.network import Array, Network
from tuibp.core.race import relative_error

COMPARED = 4_000
"""About so many parameters of a layer are compared, whole rows evenly spread: large networks take seconds too."""


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
        return float(self.eps[np.argmin(self.forward)])

    @property
    def best_central(self) -> float:
        """The ε at which the central difference is nearest."""
        return float(self.eps[np.argmin(self.central)])


def sweep(
    network: Network, example: Example, low: float = 1e-15, high: float = 1e-1, per_decade: int = 4
) -> Iterator[Differenced]:
    """The errors at each ε, from `high` down to `low`."""
    seen = walk(network, example)
    exact_w, exact_b = seen.grad_w, seen.grad_b
    scale = max(float(np.abs(g).max()) for g in (*exact_w, *exact_b) if g is not None)

    def error(estimates: Iterator[tuple[int, Array, Array]]) -> float:
        worst = 0.0
        for layer, rows, estimate in estimates:
            w, b = exact_w[layer], exact_b[layer]
            assert w is not None
            assert b is not None
            worst = max(worst, relative_error(estimate, np.column_stack([w[rows], b[rows]]), scale))
        return worst

    decades = round(np.log10(high / low))
    for eps in np.geomspace(high, low, decades * per_decade + 1).tolist():
        yield Differenced(
            eps,
            error(_forward(network, example, eps)),
            error(_central(network, example, eps)),
            error(_complex(network, example, eps)),
        )


def gathered(points: list[Differenced]) -> Sweep:
    """What a sweep has told so far, as arrays."""
    ordered = sorted(points, key=lambda point: point.eps)
    columns = ([getattr(p, name) for p in ordered] for name in ("eps", "forward", "central", "complex"))
    return Sweep(*(np.array(column) for column in columns))


def _forward(network: Network, example: Example, eps: float) -> Iterator[tuple[int, Array, Array]]:
    """(C(w + ε) - C(w)) / ε."""
    for up in changes(network, example, eps, COMPARED):
        yield up.layer, up.rows, up.change / eps


def _central(network: Network, example: Example, eps: float) -> Iterator[tuple[int, Array, Array]]:
    """(C(w + ε) - C(w - ε)) / 2ε."""
    both = zip(changes(network, example, eps, COMPARED), changes(network, example, -eps, COMPARED), strict=True)
    for up, down in both:
        yield up.layer, up.rows, (up.change - down.change) / (2.0 * eps)


def _complex(network: Network, example: Example, eps: float) -> Iterator[tuple[int, Array, Array]]:
    """Im C(w + iε) / ε."""
    for turned in changes(network, example, 1j * eps, COMPARED):
        yield turned.layer, turned.rows, turned.change.imag / eps
