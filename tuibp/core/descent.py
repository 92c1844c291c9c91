"""Stochastic gradient descent."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Training:
    eta: float = 0.5
    batch_size: int = 10
    epochs: int = 30
    l2: float = 0.0
    train_biases: bool = True
    seed: int = 0
