"""How a network is trained, what one update makes of a parameter, and which examples it is made with.

The mini-batch of an update depends on its number and the seed alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from tuibp.core.datasets import Rows
from tuibp.core.network import Network
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
    optimiser: str = "sgd"
    """What makes an update of a gradient, one of `optimisers.OPTIMISERS`."""
    momentum: float = 0.9
    """μ: what is left of momentum's velocity at an update."""
    rho: float = 0.99
    """ρ: what is left of RMSProp's mean square at an update."""
    beta1: float = 0.9
    """β₁: what is left of Adam's mean at an update."""
    beta2: float = 0.999
    """β₂: what is left of Adam's mean square at an update."""
    epsilon: float = 1e-8
    """ε: added to the root of a mean square, so that nothing is divided by 0."""
    schedule: str = "constant"
    """How the learning rate goes from epoch to epoch, one of SCHEDULES."""
    step_epochs: int = 10
    """Epochs between the steps of the schedule `step`,"""
    step_factor: float = 0.1
    """and what each of them multiplies η by."""
    stop_accuracy: float = 0.0
    """The share right at which a run stops; 0: at none."""
    stop_cost: float = 0.0
    """The cost at which a run stops; 0: at none."""
    patience: int = 0
    """Epochs without a better one after which a run stops; 0: it goes to its end."""

    @property
    def plain(self) -> bool:
        """Whether an update is w → w − η ∂C/∂w with one η throughout, of every parameter, and nothing else."""
        return self.optimiser == "sgd" and self.schedule == "constant" and not self.l2 and self.train_biases


SCHEDULES = ("constant", "step", "cosine")


def rate(training: Training, epoch: int) -> float:
    """η in an epoch (0-based): as set; by `step_factor` every `step_epochs`; or along half a cosine towards 0 at the
    end of the epochs, after which it begins again: η/2 (1 + cos(π e/E))."""
    if training.schedule == "step":
        return training.eta * training.step_factor ** (epoch // training.step_epochs)
    if training.schedule == "cosine":
        return training.eta / 2 * (1.0 + math.cos(math.pi * (epoch % training.epochs) / training.epochs))
    return training.eta


def rate_at(training: Training, n: int, update: int) -> float:
    """η of an update (0-based), with n training examples."""
    return rate(training, update // updates_in_epoch(training, n))


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


def shrink(training: Training, n: int, eta: float | None = None) -> float:
    """What L2 decay multiplies a weight by at an update, where it does not go through the gradient: 1 − ηλ/n."""
    return 1.0 - (training.eta if eta is None else eta) * training.l2 / n


def decay_cost(network: Network, training: Training, n: int) -> float:
    """λ/(2n) Σ w²: what L2 decay adds to the cost of n training examples."""
    if training.l2 == 0.0:
        return 0.0
    with np.errstate(all="ignore"):
        return training.l2 / (2 * n) * sum(float(w.ravel() @ w.ravel()) for w in network.weights)
