"""Costs of one example, each beside its derivative, and the output error BP1 for every pair of cost and activation.

Arrays are (n_out,) for one example or (m, n_out) for a mini-batch; values come back as () or (m,).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tuibp.core.activations import ACTIVATIONS, Values, softmax_product, sum_of_others
from tuibp.core.logarithms import log_of, log_of_rest

SMALL = 1e-300
"""Keeps a quotient finite where a probability has underflowed to 0."""


@dataclass(frozen=True)
class Cost:
    """A cost as a function of the output activations."""

    name: str
    gradient: Callable[[Values, Values], Values]
    """∇_a C from a and y, elementwise."""
    formula: str
    """The cost of one example, as it is written."""
    probabilities: bool = False
    """Whether it is defined only for outputs between 0 and 1."""


COSTS: dict[str, Cost] = {
    c.name: c
    for c in (
        Cost("quadratic", lambda a, y: a - y, "C = ½ Σ_j (a^L_j − y_j)²"),
        Cost(
            "cross_entropy",
            lambda a, y: (a - y) / np.maximum(a * (1.0 - a), SMALL),
            "C = −Σ_j [y_j ln a^L_j + (1 − y_j) ln(1 − a^L_j)]",
            probabilities=True,
        ),
        Cost("log_likelihood", lambda a, y: -y / np.maximum(a, SMALL), "C = −Σ_j y_j ln a^L_j", probabilities=True),
    )
}


def requires_probabilities(cost: str) -> bool:
    return COSTS[cost].probabilities


def value(cost: str, activation: str, z: Values, a: Values, y: Values) -> Values:
    """C of each example. Costs of probabilities are computed from z, so that no logarithm meets a 0."""
    if cost == "quadratic":
        return 0.5 * ((a - y) ** 2).sum(axis=-1)
    log_a = log_of(activation, z)
    if cost == "log_likelihood":
        return -(y * log_a).sum(axis=-1)
    return -(y * log_a + np.where(y == 1.0, 0.0, (1.0 - y) * log_of_rest(activation, z))).sum(axis=-1)


def output_error(cost: str, activation: str, z: Values, a: Values, y: Values) -> Values:
    """δ^L = ∇_a C ⊙ f'(z^L) (BP1), by the cancelled form where a quotient would lose its digits, real values only.

    Sigmoid with cross-entropy gives a − y, with log-likelihood −y(1 − a); both as sums that keep their digits where a
    is nearly y. For softmax it is the full Jacobian product, a Σy − y with log-likelihood; one output of softmax is
    always 1, and its error 0.
    """
    if activation == "softmax":
        return _softmax_error(cost, z, a, y)
    if activation == "sigmoid" and cost == "cross_entropy":
        return (1.0 - y) * a - y * ACTIVATIONS["sigmoid"].value(-z)
    if activation == "sigmoid" and cost == "log_likelihood":
        return -y * ACTIVATIONS["sigmoid"].value(-z)
    return COSTS[cost].gradient(a, y) * ACTIVATIONS[activation].derivative(z, a)


def _softmax_error(cost: str, z: Values, a: Values, y: Values) -> Values:
    if z.shape[-1] == 1:
        return np.zeros_like(a)
    if cost == "quadratic":
        return softmax_product(a, a - y)
    if cost == "log_likelihood":
        return a * sum_of_others(y) - y * sum_of_others(a)
    # Cross-entropy: Σ_k ∂C/∂a_k a_k (δ_jk − a_j). The quotients a_j / (1 − a_k), j ≠ k, are at most 1, so they are
    # formed first, from z, and nothing overflows where one output has taken it all.
    log_share = log_of("softmax", z)[..., :, None] - log_of_rest("softmax", z)[..., None, :]
    share = np.exp(np.minimum(log_share, 0.0))
    n = a.shape[-1]
    share[..., np.arange(n), np.arange(n)] = 0.0
    through_others = (share * ((1.0 - y) * a)[..., None, :]).sum(axis=-1) - a * sum_of_others(y)
    return -y * sum_of_others(a) + (1.0 - y) * a - through_others
