"""The slope of a neuron from its activation alone, for the functions of which that can be said."""

from __future__ import annotations

from dataclasses import dataclass

from tuibp.core.five_steps import Pass
from tuibp.core.network import Network
from tuibp.core.notation import of_neuron
from tuibp.core.terms import prime_of

DIGITS = 1e-6
"""Where 1 − a has lost so much of its digits, the two are not shown as one number."""


@dataclass(frozen=True)
class SlopeOfA:
    symbols: str
    """In markup: `σ'(z^2_1) = a^2_1 (1 − a^2_1)`."""
    factors: tuple[float, float]
    value: float
    """Their product, which is the slope."""


def slope_of_a(network: Network, given: Pass, layer: int, j: int) -> SlopeOfA | None:
    """σ' = a (1 − a), tanh' = (1 − a)(1 + a); None for other functions, and where a is too near its end."""
    name = next((m.activation for m in network.modified_in(layer) if m.neuron == j), network.activations[layer - 1])
    value, a = float(given.a(layer)[j]), of_neuron("a", layer, j)
    if name == "sigmoid":
        right, factors = f"{a} (1 − {a})", (value, 1.0 - value)
    elif name == "tanh":
        right, factors = f"(1 − {a}) (1 + {a})", (1.0 - value, 1.0 + value)
    else:
        return None
    prime = prime_of(network, given, layer, j)
    product = factors[0] * factors[1]
    if not abs(product - prime.value) <= DIGITS * abs(prime.value):
        return None
    return SlopeOfA(f"{prime.name} = {right}", factors, product)
