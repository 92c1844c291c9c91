"""What is measured of one network on its way through a run, over all examples or over a sample of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tuibp.core.datasets import DataSet, decided
from tuibp.core.five_steps import cost_of_output
from tuibp.core.gradient import Workspace, last_layer
from tuibp.core.network import Network
from tuibp.core.training import Training, decay_cost

SAMPLE = 200
"""Examples, evenly spread in the data, of which errors and gradients are measured."""


@dataclass(frozen=True)
class Judged:
    """Nan where there are no examples of the kind."""

    trained: float
    """The share right of the examples trained on,"""
    held_out: float
    """and of those held out."""
    cost: float
    """The mean over all examples, trained on or not,"""
    trained_cost: float
    """over those trained on (C₀, without L2 decay's part),"""
    held_out_cost: float
    """and over those held out."""
    decay: float
    """λ/(2n) Σ w²: what L2 decay adds to the cost of those trained on."""
    errors: tuple[float, ...]
    """‖δ^l‖ of each layer after the input, the root of its mean square over a SAMPLE."""
    gradients: tuple[float, ...]
    """‖∂C/∂w^l‖ of each layer after the input, of the mean cost of the same examples."""


def judged(network: Network, data: DataSet, training: Training) -> Judged:
    """One pass over all examples; right ones are counted as `train` does."""
    z, a = last_layer(network, data.x)
    right = decided(a, data.middle) == decided(data.y, data.middle)
    with np.errstate(all="ignore"):
        costs = cost_of_output(network, z, a, data.y)
        of_trained, of_held_out = (
            float(costs[rows].mean()) if len(rows) else np.nan for rows in (data.train, data.test)
        )
        cost = float(costs.mean())
    trained, held_out = (float(right[rows].mean()) if len(rows) else np.nan for rows in (data.train, data.test))
    decay = decay_cost(network, training, len(data.train))
    return Judged(trained, held_out, cost, of_trained, of_held_out, decay, *norms_of(network, data))


def norms_of(network: Network, data: DataSet) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """(`Judged.errors`, `Judged.gradients`)."""
    rows = sampled(len(data))
    workspace = Workspace(network, len(rows))
    with np.errstate(all="ignore"):
        workspace.fill(data.x[rows], data.y[rows])
        return workspace.error_norms(), workspace.gradient_norms()


def sampled(count: int) -> NDArray[np.int64]:
    """The examples that errors and gradients are measured on."""
    return np.arange(min(count, SAMPLE)) * max(count, SAMPLE) // SAMPLE if count > SAMPLE else np.arange(count)
