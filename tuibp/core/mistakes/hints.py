"""Where no known mistake makes somebody's numbers: what would have to change, as far as the numbers show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tuibp.core.mistakes.precision import Key
from tuibp.core.mistakes.run import Run
from tuibp.core.network import Array

CLOSE = 1e-6
"""Relative spread of a factor that is the same everywhere."""


@dataclass(frozen=True)
class Hint:
    """One thing that holds of the array that differs first."""

    kind: Literal["shape", "factor", "transposed", "other_layer", "factor_of_neuron"]
    factor: float = 1.0
    layer: int = 0
    """Of `other_layer`: whose numbers these are."""
    shape: tuple[int, ...] = ()


def look(right: Run, brought: Mapping[Key, Array], first: Key) -> Iterator[Hint]:
    """What the first array that differs has in common with the right one."""
    quantity, layer = first
    theirs, ours = brought[first], getattr(right, quantity)[layer]
    if theirs.shape != ours.shape:
        yield Hint("shape", shape=theirs.shape)
        if theirs.shape == ours.T.shape and np.allclose(theirs, ours.T, rtol=CLOSE, atol=0.0):
            yield Hint("transposed")
        return
    if theirs.ndim == 2 and theirs.shape[0] == theirs.shape[1] and np.allclose(theirs, ours.T, rtol=CLOSE, atol=0.0):
        yield Hint("transposed")
    factor = _factor(theirs, ours)
    if factor is not None:
        yield Hint("factor", factor)
    for other in range(1, right.task.network.layer_count):
        numbers: Array = getattr(right, quantity)[other]
        if other != layer and numbers.shape == theirs.shape and np.allclose(theirs, numbers, rtol=CLOSE, atol=0.0):
            yield Hint("other_layer", layer=other)


def _factor(theirs: Array, ours: Array) -> float | None:
    """The number that every entry is times ours; None where there is no one such."""
    told = np.isfinite(theirs) & np.isfinite(ours) & (ours != 0.0)
    if told.sum() < 2 or not np.all(theirs[~told & np.isfinite(theirs)] == 0.0):
        return None
    factors = theirs[told] / ours[told]
    middle = float(np.median(factors))
    return middle if middle and np.abs(factors - middle).max() <= CLOSE * abs(middle) else None
