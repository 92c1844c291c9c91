"""The update of an optimiser that remembers, from the gradients of all updates so far; and as it is written wrongly.

The right forms are those of `core.optimisers`, written anew for one layer, so that a slip may stand in each line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tuibp.core.network import Array

Slip = Literal["", "uncorrected", "swapped", "crossed", "up", "inside", "early", "late", "coupled", "damped"]
Of = Literal["w", "b"]
NAMES = ("momentum", "nesterov", "rmsprop", "adam", "adamw")


@dataclass(frozen=True)
class Rule:
    """An optimiser with its constants, as PyTorch has them."""

    name: str
    momentum: float = 0.9
    rho: float = 0.99
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8


def direction(rule: Rule, gradients: Sequence[Array], slip: Slip) -> Array:
    """What η is multiplied with."""
    g = gradients[-1]
    if rule.name in ("momentum", "nesterov"):
        v = _mean(gradients, rule.momentum, 1.0 - rule.momentum if slip == "damped" else 1.0)
        return g + rule.momentum * v if rule.name == "nesterov" else v
    squares = [gradient * gradient for gradient in gradients]
    if rule.name == "rmsprop":
        return g / _root(_mean(squares, rule.rho, 1.0 - rule.rho), rule.epsilon, slip)
    first, second = (rule.beta2, rule.beta1) if slip in ("swapped", "crossed") else (rule.beta1, rule.beta2)
    m, v = _mean(gradients, first, 1.0 - first), _mean(squares, second, 1.0 - second)
    if slip == "crossed":  # in m and v alone, not where they are corrected
        first, second = second, first
    if slip != "uncorrected":
        t = len(gradients) + {"early": -1, "late": 1}.get(slip, 0)
        m, v = m / np.float64(1.0 - first**t), v / np.float64(1.0 - second**t)
    return m / _root(v, rule.epsilon, slip)


def _mean(values: Sequence[Array], kept: float, share: float) -> Array:
    """v → kept · v + share · value, from 0 on."""
    found = np.zeros_like(values[0])
    for value in values:
        found = kept * found + share * value
    return found


def _root(v: Array, epsilon: float, slip: Slip) -> Array:
    """√v + ε; wrongly √(v + ε)."""
    root: Array = np.sqrt(v + epsilon) if slip == "inside" else np.sqrt(v) + epsilon
    return root
