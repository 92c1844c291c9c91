"""How a network is trained, what one update makes of a parameter, and which examples it is made with.

The mini-batch of an update depends on its number and the seed alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tuibp.core.datasets import Rows
from tuibp.core.network import Array, Network, views
from tuibp.core.stream import Purpose, stream


@dataclass(frozen=True)
class Training:
    """How a network is trained."""

    eta: float = 0.5
    """The learning rate η."""
    batch_size: int = 10
    """Examples in a mini-batch; the last one of an epoch may be smaller."""
    epochs: int = 30
    """How often the training examples are gone through."""
    l2: float = 0.0
    """λ: λ/(2n) Σ w² is added to the cost of the n training examples."""
    train_biases: bool = True
    """Whether the biases change as well."""
    seed: int = 0
    """Of the shuffles."""
    shuffle: bool = True
    """Whether each epoch goes through the examples in an order of its own, or in the data's."""


def updates_in_epoch(training: Training, n: int) -> int:
    """How many mini-batches n training examples make."""
    return -(-n // training.batch_size)


def epoch_rows(training: Training, n: int, epoch: int) -> Rows:
    """The order in which an epoch (0-based) goes through the n training examples: places in `DataSet.train`, (n,)."""
    if not training.shuffle:
        return np.arange(n)
    return stream(training.seed, Purpose.SHUFFLE, epoch).permutation(n)


def batch_rows(training: Training, n: int, update: int) -> Rows:
    """The mini-batch of an update (0-based) from n training examples: places in `DataSet.train`."""
    size = training.batch_size
    epoch, at = divmod(update, updates_in_epoch(training, n))
    return epoch_rows(training, n, epoch)[at * size : (at + 1) * size]


def decay(network: Network, training: Training, n: int) -> Array | None:
    """What L2 decay multiplies each parameter by at an update, 1 − ηλ/n for weights and 1 for biases; None without."""
    if training.l2 == 0.0:
        return None
    factors = np.ones_like(network.parameters)
    for w in views(factors, network.sizes)[0]:
        w[...] = shrink(training, n)
    return factors


def shrink(training: Training, n: int) -> float:
    """What L2 decay multiplies a weight by at an update: 1 − ηλ/n."""
    return 1.0 - training.eta * training.l2 / n


def descended(value: float, slope: float, training: Training, n: int, bias: bool) -> float:
    """What one update makes of a parameter, as `step` does for all: (1 − ηλ/n) w − η ∂C/∂w, a bias without decay."""
    if bias and not training.train_biases:
        return value
    return (value if bias else value * shrink(training, n)) - training.eta * slope


def decay_cost(network: Network, training: Training, n: int) -> float:
    """λ/(2n) Σ w²: what L2 decay adds to the cost of n training examples."""
    if training.l2 == 0.0:
        return 0.0
    with np.errstate(all="ignore"):
        return training.l2 / (2 * n) * sum(float(w.ravel() @ w.ravel()) for w in network.weights)
