"""The terms of every sum in the five steps: which factors make a number, in the order in which they are added."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from tuibp.core.five_steps import Pass, slope
from tuibp.core.network import Array, Network
from tuibp.core.notation import (
    of_neuron,
    symbol,
    weight,
    weights_into,
    weights_out_of,
)


@dataclass(frozen=True)
class Factor:
    """One number in an equation."""

    name: str
    """In markup: `w^3_11`, `δ^3_1`, `σ'(z^3_1)`."""
    value: float


@dataclass(frozen=True)
class Term:
    """One summand; its value is the product of its factors."""

    factors: tuple[Factor, ...]
    value: float


@dataclass(frozen=True)
class Derivation:
    """An equation with its numbers: the sum of the terms times each of `times` is the result."""

    equation: str
    """FF, BP1, BP2, BP3 or BP4; x for the input."""
    general: str
    """The equation for a whole layer, in markup."""
    indexed: str
    """The same for this one number."""
    terms: tuple[Term, ...]
    times: tuple[Factor, ...] = ()


def product(*factors: Factor) -> Term:
    return Term(factors, math.prod(f.value for f in factors))


def total(terms: Iterable[Term]) -> float:
    """The exact sum, rounded once; nan or inf where a term is."""
    values = [t.value for t in terms]
    return math.fsum(values) if all(map(math.isfinite, values)) else sum(values)


def prime_of(network: Network, given: Pass, layer: int, j: int) -> Factor:
    """σ'(z^l_j), by the neuron's own function."""
    z, a = given.z(layer), given.a(layer)
    return Factor(f"{symbol(network, layer, j)}'({of_neuron('z', layer, j)})", float(slope(network, layer, z, a)[j]))


def input_terms(given: Pass, j: int) -> Derivation:
    """a^1_j = x_j."""
    x = Factor(f"x_{j + 1}", float(given.a(0)[j]))
    return Derivation("x", "a^1 = x", f"{of_neuron('a', 0, j)} = {x.name}", (product(x),))


def weighted_input_terms(network: Network, given: Pass, layer: int, j: int) -> Derivation:
    """z^l_j = Σ_k w^l_jk a^{l-1}_k + b^l_j, the bias last."""
    bias = Factor(of_neuron("b", layer, j), float(network.b(layer)[j]))
    terms = tuple(
        product(Factor(weight(layer, j, k), w), Factor(of_neuron("a", layer - 1, k), a))
        for k, (w, a) in enumerate(zip(network.w(layer)[j].tolist(), given.a(layer - 1).tolist(), strict=True))
    )
    z = of_neuron("z", layer, j)
    indexed = f"{z} = Σ_k {weights_into(layer, j)} a^{layer}_k + {bias.name}"
    return Derivation("FF", "z^l = w^l a^{l-1} + b^l", indexed, (*terms, product(bias)))


def activation_terms(network: Network, given: Pass, layer: int, j: int) -> Derivation:
    """a^l_j = f(z^l_j): one term; a softmax is exp(z^l_j) divided by the layer's sum of such."""
    a, z = of_neuron("a", layer, j), of_neuron("z", layer, j)
    f = symbol(network, layer, j)
    if not network.couples(layer):
        value = Factor(f"{f}({z})", float(given.a(layer)[j]))
        return Derivation("FF", f"a^l = {f}(w^l a^{{l-1}} + b^l)", f"{a} = {f}({z})", (product(value),))
    zs = given.z(layer)
    largest = float(zs.max()) if np.abs(zs).max() > 500 else 0.0  # beyond it exp overflows
    less = " − z_max" if largest else ""
    top = Factor(f"exp({z}{less})", float(np.exp(zs[j] - largest)))
    below = Factor(f"1/Σ_k exp(z^{layer + 1}_k{less})", float(1.0 / np.exp(zs - largest).sum()))
    indexed = f"{a} = exp({z}) / Σ_k exp(z^{layer + 1}_k)"
    return Derivation("FF", "a^l = softmax(w^l a^{l-1} + b^l)", indexed, (product(top),), (below,))


def backward_terms(network: Network, given: Pass, layer: int, j: int) -> Derivation:
    """BP2: δ^l_j = Σ_k w^{l+1}_kj δ^{l+1}_k σ'(z^l_j); for softmax Σ_k ∂C/∂a^l_k ∂a^l_k/∂z^l_j."""
    after, name = layer + 1, of_neuron("δ", layer, j)
    f = symbol(network, layer, j)
    if network.couples(layer):
        blame = (network.w(after).T @ given.delta(after)).tolist()
        rates = jacobian_column(given.a(layer), j).tolist()
        return Derivation(
            "BP2",
            "δ^l = J^T (w^{l+1})^T δ^{l+1}",
            f"{name} = Σ_k ∂C/∂a^{layer + 1}_k · ∂a^{layer + 1}_k/∂{of_neuron('z', layer, j)}",
            tuple(coupled(layer, j, k, b, rate) for k, (b, rate) in enumerate(zip(blame, rates, strict=True))),
        )
    prime = prime_of(network, given, layer, j)
    columns = zip(network.w(after)[:, j].tolist(), given.delta(after).tolist(), strict=True)
    terms = tuple(
        product(Factor(weight(after, k, j), w), Factor(of_neuron("δ", after, k), delta))
        for k, (w, delta) in enumerate(columns)
    )
    return Derivation(
        "BP2",
        f"δ^l = ((w^{{l+1}})^T δ^{{l+1}}) ⊙ {f}'(z^l)",
        f"{name} = (Σ_k {weights_out_of(after, j)} δ^{after + 1}_k) · {prime.name}",
        terms,
        (prime,),
    )


def coupled(layer: int, j: int, k: int, blame: float, rate: float) -> Term:
    """∂C/∂a^l_k ∂a^l_k/∂z^l_j: the way from z_j to the cost through output k of a softmax."""
    a_k = of_neuron("a", layer, k)
    return product(Factor(f"∂C/∂{a_k}", blame), Factor(f"∂{a_k}/∂{of_neuron('z', layer, j)}", rate))


def jacobian_column(a: Array, j: int) -> Array:
    """∂a_k/∂z_j of a softmax for every k: −a_k a_j, and for k = j a_j Σ_{i≠j} a_i, which keeps its digits near 1."""
    column = -a * a[j]
    column[j] = a[j] * np.delete(a, j).sum()
    return column


def bias_gradient_terms(given: Pass, layer: int, j: int) -> Derivation:
    """BP3: ∂C/∂b^l_j = δ^l_j."""
    delta = Factor(of_neuron("δ", layer, j), float(given.delta(layer)[j]))
    indexed = f"∂C/∂{of_neuron('b', layer, j)} = {delta.name}"
    return Derivation("BP3", "∂C/∂b^l_j = δ^l_j", indexed, (product(delta),))


def weight_gradient_terms(given: Pass, layer: int, j: int, k: int) -> Derivation:
    """BP4: ∂C/∂w^l_jk = a^{l-1}_k δ^l_j."""
    a = Factor(of_neuron("a", layer - 1, k), float(given.a(layer - 1)[k]))
    delta = Factor(of_neuron("δ", layer, j), float(given.delta(layer)[j]))
    indexed = f"∂C/∂{weight(layer, j, k)} = {a.name} {delta.name}"
    return Derivation("BP4", "∂C/∂w^l_jk = a^{l-1}_k δ^l_j", indexed, (product(a, delta),))
