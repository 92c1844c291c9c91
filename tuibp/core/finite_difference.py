"""Every partial derivative by differences, and how far the gradient is from them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tuibp.core.careful import Method as Method
from tuibp.core.careful import quotients
from tuibp.core.datasets import Rows
from tuibp.core.example import Example
from tuibp.core.gradient import Gradient, cost, rows_for
from tuibp.core.gradient import gradient as by_backpropagation
from tuibp.core.kinks import Kink, kinks_within
from tuibp.core.network import Array, Network, views

__all__ = ["METHODS", "STEP", "TOLERANCE", "GradientCheck", "Method", "Partial", "check_gradient", "differences"]

METHODS: tuple[Method, ...] = ("complex", "central", "forward")

STEP: dict[Method, float] = {"complex": 1e-20, "central": 1e-4, "forward": 1e-7}
"""The step of each method where none is given."""
TOLERANCE: dict[Method, float] = {"complex": 1e-9, "central": 1e-5, "forward": 1e-3}
"""The largest relative error at which backpropagation and the differences agree."""
SHARE = 1e-3
"""A partial derivative below this share of the largest in its layer is compared on the scale of that share."""
EPSILON = float(np.finfo(np.float64).eps)
SMALLEST = 1e-280
"""Partial derivatives below it have lost digits to underflow: on its way the complex step is smaller by 1e-20."""
SUSPECTS = 2_000
"""So many partial derivatives that disagree are asked whether a corner is the reason."""
DROWNED = 1e-2
"""Errors above this share of the largest partial derivative of all are not forgiven as rounding."""


@dataclass(frozen=True)
class Partial:
    """One partial derivative, twice: layer (0-based, 1 or more), j, k (None for a bias)."""

    layer: int
    j: int
    k: int | None
    backprop: float
    numeric: float


@dataclass(frozen=True, eq=False)
class GradientCheck:
    """Backpropagation beside differences. The relative error of a partial derivative is |b − d| / max(|b|, |d|, s).

    The scale s keeps rounding from counting as disagreement: it is the largest of SHARE times the largest partial
    derivative of the layer, SMALLEST and, for real differences, what a few units in the last place of the cost and of
    the activations make of the quotient, over the tolerance.
    """

    method: Method
    eps: float
    parameters: int
    """How many partial derivatives there are. All are compared but those at a corner."""
    max_abs_error: float
    max_rel_error: float
    tolerance: float
    ok: bool
    worst: Partial
    """The one with the largest relative error."""
    at_kinks: int = 0
    """How many have a corner within the step, where the difference is a mean of two slopes: they are not compared."""
    kinks: tuple[Kink, ...] = ()
    """The corners within the step of the worst of these."""


def check_gradient(
    network: Network,
    x: Array,
    y: Array,
    method: Method = "complex",
    eps: float | None = None,
    gradient: Array | Gradient | None = None,
) -> GradientCheck:
    """Compare every partial derivative of the mean cost over x (m, n_in), y (m, n_out), or of one example's vectors.

    `gradient` is what is to be checked, in the order of `parameters`; left out, it is what `gradient` computes. Raises
    ValueError for an unknown method, a step that is not a positive number, or shapes that do not fit.
    """
    step = _step(method, eps)
    x, y = rows_for(network, x, y)
    backprop = _flat(network, x, y, gradient)
    numeric = differences(network, x, y, method, step)
    error = np.abs(backprop - numeric)
    size = np.fmax(np.abs(backprop), np.abs(numeric))  # what is not a number shows in the error
    scale = _scale(network, size, cost(network, x, y), method, step)
    drowned = _drowned(method, step, error, size)
    relative = error / np.maximum(size, SMALLEST if drowned else scale)
    relative[np.isnan(relative)] = np.inf
    kinks, across = _across_kinks(network, x, y, method, step, np.flatnonzero(relative > TOLERANCE[method]), relative)
    relative[across] = error[across] = 0.0
    worst = int(np.argmax(relative))
    largest = float(relative[worst])
    place = _place(network, worst)
    return GradientCheck(
        method=method,
        eps=step,
        parameters=backprop.size,
        max_abs_error=float(error.max()),
        max_rel_error=largest,
        tolerance=TOLERANCE[method],
        ok=largest <= TOLERANCE[method] and not drowned,
        worst=Partial(*place, float(backprop[worst]), float(numeric[worst])),
        at_kinks=len(across),
        kinks=kinks,
    )


def differences(network: Network, x: Array, y: Array, method: Method = "complex", eps: float | None = None) -> Array:
    """All partial derivatives of the mean cost by differences, (parameter_count,), in the order of `parameters`.

    `complex` is Im C(p + i eps) / eps, `central` (C(p + eps) − C(p − eps)) / (2 eps), `forward`
    (C(p + eps) − C(p)) / eps.
    """
    step = _step(method, eps)
    x, y = rows_for(network, x, y)
    total = np.zeros(network.parameters.size)
    with np.errstate(all="ignore"):
        for row_x, row_y in zip(x, y, strict=True):
            total += _quotients(network, row_x, row_y, method, step)
    return total / len(x)


def _quotients(network: Network, x: Array, y: Array, method: Method, step: float) -> Array:
    flat = np.empty(network.parameters.size)
    grad_w, grad_b = views(flat, network.sizes)
    for rows, quotient in quotients(network, Example(x, y), method, step):
        grad_w[rows.layer - 1][rows.rows] = quotient[:, :-1]
        grad_b[rows.layer - 1][rows.rows] = quotient[:, -1]
    return flat


def _step(method: Method, eps: float | None) -> float:
    if method not in METHODS:
        raise ValueError(f"unknown method {method!r}; there are {', '.join(METHODS)}")
    step = STEP[method] if eps is None else eps
    if not 0.0 < step < math.inf:
        raise ValueError(f"the step must be a positive number, not {step}")
    return step


def _flat(network: Network, x: Array, y: Array, given: Array | Gradient | None) -> Array:
    flat = by_backpropagation(network, x, y) if given is None else given
    flat = flat.flat if isinstance(flat, Gradient) else flat
    if flat.shape != network.parameters.shape:
        raise ValueError(f"a gradient of {network.parameters.size} numbers is needed, not {flat.shape}")
    return flat


def _scale(network: Network, size: Array, cost: float, method: Method, step: float) -> Array:
    """s for each parameter: see GradientCheck."""
    scale = np.empty_like(size)
    layers = zip(*views(size, network.sizes), *views(scale, network.sizes), strict=True)
    for size_w, size_b, scale_w, scale_b in layers:
        scale_w[...] = scale_b[...] = SHARE * max(size_w.max(), size_b.max())
    rounding = 0.0 if method == "complex" else 4.0 * EPSILON * (cost + math.sqrt(2.0 * cost)) / step
    return np.maximum(scale, max(rounding / TOLERANCE[method], SMALLEST))


def _across_kinks(
    network: Network, x: Array, y: Array, method: Method, step: float, suspects: Rows, relative: Array
) -> tuple[tuple[Kink, ...], list[int]]:
    """Of the partial derivatives that disagree, those whose step reaches across a corner; and the worst one's corners.

    A complex step never does. At most SUSPECTS are looked at, the worst first: each is three forward passes.
    """
    if method == "complex":
        return (), []
    rows = [Example(one_x, one_y) for one_x, one_y in zip(x, y, strict=True)]
    suspects = suspects[np.argsort(-relative[suspects], kind="stable")][: SUSPECTS // len(rows)]
    found = {int(i): tuple(k for row in rows for k in kinks_within(network, row, int(i), step)) for i in suspects}
    across = [i for i, kinks in found.items() if kinks]
    return (found[across[0]] if across else ()), across


def step_is_to_blame(found: GradientCheck, network: Network, x: Array, y: Array) -> Literal["", "small", "large"]:
    """Whether a step of one's own makes the disagreement: with the method's own step there is none."""
    if found.ok or found.eps == STEP[found.method] or not check_gradient(network, x, y, found.method).ok:
        return ""
    return "small" if found.eps < STEP[found.method] else "large"


def _drowned(method: Method, step: float, error: Array, size: Array) -> bool:
    """Whether so small a step leaves nothing but rounding, which its own scale would forgive."""
    return step < STEP[method] and float(error.max()) > DROWNED * float(size.max())


def _place(network: Network, index: int) -> tuple[int, int, int | None]:
    """(layer, j, k) of a place in `parameters`; k None for a bias. The inverse of `Network.index_of`."""
    for layer in range(1, network.layer_count):
        n, n_in = network.sizes[layer], network.sizes[layer - 1]
        if index < n * n_in:
            return layer, index // n_in, index % n_in
        index -= n * n_in
        if index < n:
            return layer, index, None
        index -= n
    raise IndexError(index)
