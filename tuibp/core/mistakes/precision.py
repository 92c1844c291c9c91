"""How exact somebody's numbers are, and so how near they must come to ours to be the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tuibp.core.five_steps import slope
from tuibp.core.mistakes.run import Run
from tuibp.core.network import Array

Mask = NDArray[np.bool_]
Key = tuple[str, int]
"""A quantity (z, a, delta, grad_w, grad_b, new_w, new_b) and its layer, 0-based."""

EXACT = 1e-9
"""Of float64, relative to the largest sum of magnitudes that a number of the array is made of."""
SINGLE = 5e-6
"""Of float32: its 6e-8, grown through sums of some hundred terms."""
MOST_DECIMALS = 8
"""Numbers that all end after so many places were rounded for people."""
ENOUGH = 3
"""So few numbers may be round by chance."""


@dataclass(frozen=True)
class Precision:
    """What to allow: relative to the scale of an array, and absolute."""

    kind: str
    """float64, float32 or rounded."""
    relative: float = EXACT
    absolute: float = 0.0
    decimals: int | None = None

    def same(self, theirs: Array, ours: Array, scale: float) -> bool:
        """Whether two arrays are the same as far as theirs can tell; what is not finite must be so in both."""
        return theirs.shape == ours.shape and bool(self.near(theirs, ours, scale).all())

    def near(self, theirs: Array, ours: Array, scale: float) -> Mask:
        """The same number by number, of arrays of one shape."""
        both = np.isfinite(theirs) & np.isfinite(ours)
        allowed = self.relative * scale + self.absolute
        with np.errstate(all="ignore"):
            near = np.abs(theirs - ours) <= allowed
        told: Mask = np.where(both, near, _same_outside(theirs, ours))
        return told


def _same_outside(theirs: Array, ours: Array) -> Array:
    same: Array = (theirs == ours) | (np.isnan(theirs) & np.isnan(ours))
    return same


def precision_of(arrays: Iterable[Array], single: bool = False) -> Precision:
    """How exact numbers are that a person brought; `single` where their file says float32."""
    numbers = np.concatenate([np.ravel(array) for array in arrays] or [np.zeros(0)])
    numbers = numbers[np.isfinite(numbers) & (numbers != np.round(numbers))]
    if numbers.size >= ENOUGH:
        for decimals in range(1, MOST_DECIMALS + 1):
            if np.abs(numbers - np.round(numbers, decimals)).max() < 1e-12:
                return Precision("rounded", EXACT, 0.5000001 * 10.0**-decimals, decimals)
    with np.errstate(over="ignore", under="ignore"):
        if single or (numbers.size >= ENOUGH and bool(np.all(numbers == numbers.astype(np.float32)))):
            return Precision("float32", SINGLE, 1e-37)
    return Precision("float64")


def scales(run: Run) -> Mapping[Key, float]:
    """For each quantity of a layer the largest sum of magnitudes that one of its numbers is made of.

    Rounding is of this size: where terms cancel, the number itself may be far smaller.
    """
    network, task = run.task.network, run.task
    found: dict[Key, float] = {}
    before, blame = np.abs(run.a[0]), np.zeros(0)
    sizes_a = [before]
    with np.errstate(all="ignore"):
        for layer in range(1, network.layer_count):
            of_z = before @ np.abs(network.w(layer)).T + np.abs(network.b(layer))
            prime = np.abs(slope(network, layer, run.z[layer], run.a[layer]))
            before = np.abs(run.a[layer]) + prime * of_z
            sizes_a.append(before)
            found["z", layer], found["a", layer] = _most(of_z), _most(before)
        for layer in reversed(range(1, network.layer_count)):
            if layer == network.last:
                blame = np.maximum(np.abs(run.delta[layer]), _output_blame(run))
            else:
                prime = np.abs(slope(network, layer, run.z[layer], run.a[layer]))
                blame = np.maximum(np.abs(run.delta[layer]), (blame @ np.abs(network.w(layer + 1))) * prime)
            found["delta", layer] = _most(blame)
            found["grad_w", layer] = _most(blame.T @ sizes_a[layer - 1] / task.m)
            found["grad_b", layer] = _most(blame.sum(axis=0) / task.m)
            found["new_w", layer] = _most(network.w(layer)) + task.eta * found["grad_w", layer]
            found["new_b", layer] = _most(network.b(layer)) + task.eta * found["grad_b", layer]
    return found


def _output_blame(run: Run) -> Array:
    """|a| + |y| through the slope: what a − y is made of."""
    network = run.task.network
    both = np.abs(run.a[-1]) + np.abs(run.target)
    if network.cost != "quadratic":
        return both
    return both * np.abs(slope(network, network.last, run.z[-1], run.a[-1]))


def _most(values: Array) -> float:
    finite = np.abs(values[np.isfinite(values)])
    return float(finite.max()) if finite.size else 0.0
