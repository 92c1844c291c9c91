"""BP1 for every pair of cost and activation, with its numbers, and what softmax and cross-entropy cancel in it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tuibp.core.activations import ACTIVATIONS
from tuibp.core.example import Example
from tuibp.core.five_steps import Pass
from tuibp.core.logarithms import logs
from tuibp.core.network import Network
from tuibp.core.notation import of_neuron, symbol, target
from tuibp.core.terms import Derivation, Factor, Term, coupled, jacobian_column, prime_of, product

FAR = 600.0
"""Where |z| is larger, 1/σ' is no double any more and only the cancelled form can be shown."""
TINY = 1e-290
"""Where a softmax output is smaller, ∂C/∂a is no double any more."""


def output_terms(network: Network, example: Example, given: Pass, j: int) -> Derivation:
    """δ^L_j = ∂C/∂a^L_j σ'(z^L_j); for softmax Σ_k ∂C/∂a^L_k ∂a^L_k/∂z^L_j."""
    layer = network.last
    if network.couples(layer):
        return _softmax(network, example, given, j)
    a, y = Factor(of_neuron("a", layer, j), float(given.a(layer)[j])), float(example.y[j])
    prime = prime_of(network, given, layer, j)
    z = float(given.z(layer)[j])
    terms, times, right = _FORMS[network.cost](a, Factor(target(j), y), prime, z)
    general = f"δ^L = ∇_a C ⊙ {symbol(network, layer, j)}'(z^L)"
    return Derivation("BP1", general, f"{of_neuron('δ', layer, j)} = {right}", terms, times)


Form = tuple[tuple[Term, ...], tuple[Factor, ...], str]
"""The terms of ∂C/∂a, what they are multiplied by, and the equation's right side."""


def _quadratic(a: Factor, y: Factor, prime: Factor, _z: float) -> Form:
    return (product(a), _minus(y)), (prime,), f"({a.name} − {y.name}) · {prime.name}"


def _cross_entropy(a: Factor, y: Factor, prime: Factor, z: float) -> Form:
    difference, below = (product(a), _minus(y)), f"{a.name} (1 − {a.name})"
    if not abs(z) < FAR:
        return difference, (), f"{a.name} − {y.name}"
    one_over = Factor(f"1/({below})", 1.0 / prime.value)
    return difference, (one_over, prime), f"({a.name} − {y.name}) / ({below}) · {prime.name}"


def _log_likelihood(a: Factor, y: Factor, prime: Factor, z: float) -> Form:
    if not abs(z) < FAR:
        rest = float(ACTIVATIONS["sigmoid"].value(np.array(-z)))
        return (_minus(y),), (Factor(f"(1 − {a.name})", rest),), f"−{y.name} (1 − {a.name})"
    return (_minus(y),), (Factor(f"1/{a.name}", 1.0 / a.value), prime), f"−{y.name} / {a.name} · {prime.name}"


_FORMS: dict[str, Callable[[Factor, Factor, Factor, float], Form]] = {
    "quadratic": _quadratic,
    "cross_entropy": _cross_entropy,
    "log_likelihood": _log_likelihood,
}


def _minus(y: Factor) -> Term:
    return product(Factor(f"−{y.name}", -y.value))


def _softmax(network: Network, example: Example, given: Pass, j: int) -> Derivation:
    layer = network.last
    above = layer + 1
    return Derivation(
        "BP1",
        "δ^L_j = Σ_k ∂C/∂a^L_k · ∂a^L_k/∂z^L_j",
        f"{of_neuron('δ', layer, j)} = Σ_k ∂C/∂a^{above}_k · ∂a^{above}_k/∂{of_neuron('z', layer, j)}",
        _softmax_terms(network, example, given, j),
    )


def _softmax_terms(network: Network, example: Example, given: Pass, j: int) -> tuple[Term, ...]:
    """The terms over k. Where ∂C/∂a_k is no double, it and its rate stand as one factor, whose value is known."""
    layer, y = network.last, example.y
    a = given.a(layer)
    rates = jacobian_column(a, j)
    if network.cost == "quadratic":
        blame = a - y
        safe = np.ones(len(a), dtype=bool)
        whole = blame * rates
    elif network.cost == "log_likelihood":
        safe = (a > TINY) | (y == 0)
        blame = -y / np.where(safe, np.where(y == 0, 1.0, a), 1.0)
        whole = y * a[j]
        whole[j] = -y[j] * np.delete(a, j).sum()
    else:
        log_a, log_rest = logs("softmax", given.z(layer))
        rest = np.exp(log_rest)
        safe = (a > TINY) & (rest > TINY)
        blame = (1.0 - y) / np.where(safe, rest, 1.0) - y / np.where(safe, a, 1.0)
        rates[j] = a[j] * rest[j]
        # a_j / (1 − a_k) is at most 1 for every other k, also where both have underflowed
        whole = y * a[j] - (1.0 - y) * a * np.exp(np.minimum(log_a[j] - log_rest, 0.0))
        whole[j] = (1.0 - y[j]) * a[j] - y[j] * rest[j]
    numbers = zip(blame.tolist(), rates.tolist(), whole.tolist(), safe.tolist(), strict=True)
    return tuple(
        coupled(layer, j, k, b, rate) if ok else _whole(layer, j, k, product_of_both)
        for k, (b, rate, product_of_both, ok) in enumerate(numbers)
    )


def _whole(layer: int, j: int, k: int, value: float) -> Term:
    a_k = of_neuron("a", layer, k)
    return product(Factor(f"∂C/∂{a_k} · ∂{a_k}/∂{of_neuron('z', layer, j)}", value))
