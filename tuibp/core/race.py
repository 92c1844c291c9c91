"""The race of equation (46): every partial derivative by N + 1 forward passes, and by one backpropagation.

Core knows no clock: whoever starts a race hands it one, a function that tells seconds. Only computing is timed, not
what the listener does between two records.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace

import numpy as np

from tuibp.core.careful import changes, chosen, everything, full_pass
from tuibp.core.example import Example
from tuibp.core.gradient import Workspace
from tuibp.core.kinks import Kink, kinks_within
from tuibp.core.network import Array, Network, views

Clock = Callable[[], float]

EPS = 1e-8
"""Step of the one-sided difference: near the floor of its error."""
REPEATS, LONG_ENOUGH = 500, 0.05
"""Backpropagation is so short that it is timed so many times, or for so many seconds: its mean is compared with the
mean of the passes, which are as many."""
DISAGREES = 1e-3
"""Beyond such an error a difference is not merely inexact: it is asked whether it reached across a corner."""

SAMPLE = 2_000
"""About so many parameters of each layer are taken by the careful lane where the plain one is cut short too."""


@dataclass(frozen=True)
class Careful:
    """The careful engineer's lane: only what lies downstream of a weight, many weights in one product."""

    passes: float
    """Its arithmetic for all parameters, as a number of whole forward passes."""
    wanted: int
    """Partial derivatives that will be computed: all, or a sample where the whole race is one."""
    done: int = 0
    """Partial derivatives so far."""
    seconds_run: float = 0.0
    multiply_adds: int = 0
    """Made so far."""
    seconds: float | None = None
    """What all of them take: as measured, or as the arithmetic done so far suggests; None before the first."""
    max_rel_error: float | None = None
    """Largest error so far; None before the first."""


@dataclass(frozen=True)
class Race:
    """Where the race stands. Errors are relative to the largest |∂C/∂w| there is."""

    parameters: int
    wanted: int
    """Forward passes that will be run, all that are needed unless the caller wants fewer."""
    seconds_backprop: float
    careful: Careful
    run: int = 0
    """Forward passes made, the one at the unchanged weights included."""
    seconds_run: float = 0.0
    max_rel_error: float | None = None
    """Largest error of the differences so far; None before the first, nan where a difference is not a number."""
    kinks: tuple[Kink, ...] = ()
    """The corners that the worst of the differences reaches across: there it is no estimate of the slope."""

    @property
    def needed(self) -> int:
        """N + 1."""
        return self.parameters + 1

    @property
    def finished(self) -> bool:
        """Whether every forward pass has been made."""
        return self.run == self.needed

    @property
    def seconds_forward_pass(self) -> float | None:
        """Mean of the passes made."""
        return self.seconds_run / self.run if self.run else None

    @property
    def seconds_finite_difference(self) -> float | None:
        """What all N + 1 passes take: measured where the race is finished, else as the passes made suggest."""
        return self.seconds_run / self.run * self.needed if self.run else None

    @property
    def speedup(self) -> float | None:
        """How many times faster backpropagation is."""
        total = self.seconds_finite_difference
        return total / self.seconds_backprop if total is not None and self.seconds_backprop > 0.0 else None


def race(
    network: Network, example: Example, clock: Clock, passes: int | None = None, eps: float = EPS
) -> Generator[Race, None, None]:
    """Run the three lanes one after the other, and tell after each stretch where they stand.

    Backpropagation first, then the careful lane, then the plain differences, one forward pass a record. To cancel,
    close the generator: the last record holds what was done till then. Raises ValueError for fewer than 1 pass.
    """
    if passes is not None and passes < 1:
        raise ValueError("a race needs at least 1 pass")
    count = network.parameters.size
    wanted = count + 1 if passes is None else min(passes, count + 1)
    seconds, gradient = _backprop(network, example, clock)
    scale = float(np.abs(gradient).max())
    at_most = None if wanted == count + 1 else SAMPLE
    now = Race(count, wanted, seconds, _careful_start(network, at_most))
    yield now
    for careful in _careful(network, example, clock, eps, gradient, scale, at_most):
        now = replace(now, careful=careful)
        yield now
    worst: float | None = None
    for run, spent, estimate in _differences(network, example, clock, eps, wanted):
        if run > 1:
            off = relative_error(estimate, gradient[run - 2], scale)
            if off > max(worst or 0.0, DISAGREES):
                now = replace(now, kinks=kinks_within(network, example, run - 2, eps))
            worst = worse(worst or 0.0, off)
        now = replace(now, run=run, seconds_run=spent, max_rel_error=worst)
        yield now


def relative_error(numeric: Array | float, exact: Array | float, scale: float) -> float:
    """The largest |numeric - exact| over `scale`; 0 where both are 0 throughout, nan where a difference is."""
    with np.errstate(all="ignore"):
        off = float(np.abs(np.subtract(numeric, exact)).max())
    return 0.0 if off == 0.0 else off / scale if scale > 0.0 else float("inf")


def worse(one: float, other: float) -> float:
    """The larger of two errors; nan where one is, since then nothing is known of the largest."""
    return float(np.maximum(one, other))


def _backprop(network: Network, example: Example, clock: Clock) -> tuple[float, Array]:
    """Seconds of one forward and one backward pass, and the gradient: the mean of several after one to warm up."""
    workspace, x, y = Workspace(network, 1), example.x[None], example.y[None]
    spent, runs = 0.0, 0
    with np.errstate(all="ignore"):
        workspace.fill(x, y)
        while runs < 3 or (runs < REPEATS and spent < LONG_ENOUGH):
            began = clock()
            workspace.fill(x, y)
            spent, runs = spent + clock() - began, runs + 1
    return spent / runs, workspace.flat


def _differences(
    network: Network, example: Example, clock: Clock, eps: float, wanted: int
) -> Iterator[tuple[int, float, float]]:
    """(passes made, seconds, (C(w + ε e_i) - C(w)) / ε), one whole forward pass at a time, as fast as one can be."""
    workspace, x, y = Workspace(network, 1), example.x[None], example.y[None]
    flat = network.parameters.copy()
    workspace.bind(flat)

    def timed_cost() -> tuple[float, float]:
        with np.errstate(all="ignore"):
            began = clock()
            workspace.forward(x)
            cost = workspace.cost(y)
            return cost, clock() - began

    cost, spent = timed_cost()
    yield 1, spent, 0.0
    for i in range(wanted - 1):
        kept = flat[i]
        flat[i] = kept + eps
        changed, seconds = timed_cost()
        flat[i] = kept
        spent += seconds
        yield i + 2, spent, (changed - cost) / eps


def _careful_start(network: Network, at_most: int | None) -> Careful:
    wanted = sum(
        len(chosen(network, layer, at_most)) * (network.sizes[layer - 1] + 1) for layer in range(1, network.layer_count)
    )
    return Careful(everything(network) / full_pass(network), wanted)


def _careful(
    network: Network, example: Example, clock: Clock, eps: float, gradient: Array, scale: float, at_most: int | None
) -> Iterator[Careful]:
    exact_w, exact_b = views(gradient, network.sizes)
    now, worst = _careful_start(network, at_most), 0.0
    total = everything(network)
    found = changes(network, example, eps, at_most)
    done, spent, made = 0, 0.0, full_pass(network)
    while True:
        began = clock()
        with np.errstate(all="ignore"):
            rows = next(found, None)
            if rows is None:
                return
            estimate = rows.change / eps
        spent += clock() - began
        exact = np.column_stack([exact_w[rows.layer - 1][rows.rows], exact_b[rows.layer - 1][rows.rows]])
        worst = worse(worst, relative_error(estimate, exact, scale))
        done, made = done + estimate.size, made + rows.multiply_adds
        now = replace(
            now, done=done, seconds_run=spent, multiply_adds=made, seconds=spent * (total / made), max_rel_error=worst
        )
        yield now
