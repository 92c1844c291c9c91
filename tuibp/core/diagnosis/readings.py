"""What is looked at before anything is suspected: layers at the start and in the end, and the first steps of a run."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np

from tuibp.core.activations import ACTIVATIONS
from tuibp.core.datasets import DataSet
from tuibp.core.descent import Descent
from tuibp.core.diagnosis.case import LOOKED_AT, Case, evenly
from tuibp.core.diagnosis.trial import Outcome, tried
from tuibp.core.gradient import cost, gradient
from tuibp.core.landing import landing
from tuibp.core.layers import layers_of
from tuibp.core.layers_read import errors_of
from tuibp.core.network import Array, Network

FIRST = 8
"""Steps whose landing is computed exactly on their line."""
WATCHED = 40
"""Steps that are asked whether they raise the cost of their own mini-batch."""
BY_HEART = 16
HEART_UPDATES = 1_000


@dataclass(frozen=True, eq=False)
class Layerwise:
    """What the layers of a network say on some rows; by layer from the first hidden one on, (L − 1,) each."""

    saturated: Array
    """Share of |z| beyond which it is flat; 0 where a function has no such place."""
    slope: Array
    """Mean f′(z), of functions by element; 1 for softmax."""
    silent: Array
    """Share of relu neurons that fire on none of the rows; 0 where the layer has another function."""
    error: Array
    """Root of the mean square of δ."""
    largest: Array
    """max |z|."""


def layerwise(network: Network, data: DataSet, case: Case) -> Layerwise:
    """Read a network on at most LOOKED_AT rows to train on."""
    rows = evenly(case.data.train, LOOKED_AT)
    x, y = data.x[rows], data.y[rows]
    with np.errstate(all="ignore"):
        found = layers_of(network, x)
        errors = errors_of(network, found.z, found.a, y)
        read = [_one(network, layer, found.z[layer], found.a[layer]) for layer in range(1, network.layer_count)]
        sizes = np.array([np.sqrt(np.mean(delta**2)) for delta in errors])
    saturated, slope, silent, largest = (np.array(column) for column in zip(*read, strict=True))
    return Layerwise(saturated, slope, silent, sizes, largest)


def _one(network: Network, layer: int, z: Array, a: Array) -> tuple[float, float, float, float]:
    f = ACTIVATIONS[network.activations[layer - 1]]
    saturated = float((np.abs(z) >= f.flat).mean()) if f.flat is not None else 0.0
    slope = 1.0 if f.couples else float(f.derivative(z, a).mean())
    silent = float((~(z > 0).any(axis=0)).mean()) if f.turns_off else 0.0
    return saturated, slope, silent, float(np.abs(z).max())


@dataclass(frozen=True, eq=False)
class Steps:
    """The first steps of a run."""

    alphas: Array
    """(n,), where each of the first steps lands: −1 start, 0 lowest, +1 as high again; those with no lowest point
    are left out, as all of an optimiser whose steps do not lie on the gradient's line."""
    raised: float
    """Share of the steps watched after which their own mini-batch costs more than before."""


def first_steps(case: Case) -> Steps:
    """Follow the first steps one by one."""
    descent, data = Descent(case.network, case.data, case.training), case.data
    alphas, raised, made = [], 0, 0
    for update in range(WATCHED):
        rows = evenly(data.train[descent.rows(update)], LOOKED_AT)
        before, x, y = descent.snapshot(), data.x[rows], data.y[rows]
        if update < FIRST and case.training.optimiser == "sgd":  # other steps do not land on the gradient's line
            with np.errstate(all="ignore"):
                found = landing(before, x, y, gradient(before, x, y).flat, case.training.eta).alpha
            if found is not None:
                alphas.append(float(found))
        was = cost(before, x, y)
        descent.run(1)
        made += 1
        if descent.divergence is not None:
            raised += 1
            break
        raised += not cost(descent.snapshot(), x, y) <= was * (1.0 + 1e-12)
    return Steps(np.array(alphas), raised / made)


@dataclass(frozen=True, eq=False)
class Readings:
    """All that symptoms are judged by."""

    case: Case
    outcomes: tuple[Outcome, ...]
    """Of the unchanged copies: the very network, then others with other seeds."""
    updates: int
    """That each was trained for."""
    start: Layerwise
    end: Layerwise
    steps: Steps
    by_heart: bool
    """Whether the network learns BY_HEART of its examples."""

    @property
    def own(self) -> Outcome:
        return self.outcomes[0]


def learns_by_heart(case: Case) -> Generator[None, None, bool]:
    """Whether the network, trained as it is, learns a few examples by heart: whether it can learn anything at all."""
    train = case.data.train
    rows = evenly(train, BY_HEART)
    few = DataSet.of(case.data.x[rows], case.data.y[rows], None if case.data.labels is None else case.data.labels[rows])
    outcome = yield from tried(Case(case.network, few, case.training, case.scheme, case.seed), HEART_UPDATES)
    return outcome.learned
