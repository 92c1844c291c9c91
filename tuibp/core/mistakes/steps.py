"""The update of an optimiser that remembers, from the gradients of all updates so far; and as it is written wrongly.

The right forms are those of `core.optimisers`, written anew on one layer, so that a slip may stand in each line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from tuibp.core.network import Array

if TYPE_CHECKING:
    from tuibp.core.mistakes.run import Run

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


def stepped(run: Run, layer: int, of: Of, slip: Slip = "") -> Array:
    """The layer's weights or biases after the update; the task has a rule."""
    rule, task = run.task.rule, run.task
    assert rule is not None
    runs = (*task.history, run)
    decay = task.l2 / task.n if of == "w" else 0.0
    apart = rule.name == "adamw" and slip != "coupled"
    before = _parameter(run, layer, of)
    gradients = [_gradient(past, layer, of) + (0.0 if apart else decay) * _parameter(past, layer, of) for past in runs]
    with np.errstate(all="ignore"):
        moved: Array = task.eta * _direction(rule, gradients, slip)
        return before * (1.0 - task.eta * decay * apart) - (-moved if slip == "up" else moved)


def _parameter(run: Run, layer: int, of: Of) -> Array:
    return run.task.network.w(layer) if of == "w" else run.task.network.b(layer)


def _gradient(run: Run, layer: int, of: Of) -> Array:
    return run.grad_w[layer] if of == "w" else run.grad_b[layer]


def _direction(rule: Rule, gradients: Sequence[Array], slip: Slip) -> Array:
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
