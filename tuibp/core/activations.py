"""Activation functions, each beside its derivative; one table of names.

All take arrays of any shape (the last axis is the layer's), real or complex: a complex step through them gives
derivatives without subtraction. All are stable for |z| up to 1e4 and beyond, and raise no overflow warnings.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = NDArray[Any]  # float64, or complex128 in a complex step

LEAK = 0.01
"""Slope of leaky_relu below 0."""

FAR = 700.0
"""exp(FAR) is still finite; exp(-FAR) is as good as zero."""


def sigmoid(z: Values) -> Values:
    """σ(z) = 1 / (1 + e^-z)."""
    return 1.0 / (1.0 + np.exp(-_not_below(z, -FAR)))


def sigmoid_prime(z: Values, a: Values) -> Values:  # noqa: ARG001 (every derivative is offered both)
    """σ'(z) = e^-|z| / (1 + e^-|z|)²: the same as a(1 - a), with all its digits where a is nearly 1."""
    e = np.exp(-np.abs(z))
    return e / (1.0 + e) ** 2


def tanh(z: Values) -> Values:
    """tanh(z); real and complex arguments beyond ±FAR are cut there, where it is ±1 to the last bit."""
    return np.tanh(_not_below(-_not_below(-z, -FAR), -FAR))


def tanh_prime(z: Values, a: Values) -> Values:  # noqa: ARG001
    """1 - tanh²(z), as 4 e / (1 + e)² with e = e^-2|z|."""
    e = np.exp(-2.0 * np.abs(z))
    return 4.0 * e / (1.0 + e) ** 2


def relu(z: Values) -> Values:
    """max(z, 0)."""
    return np.where(z.real > 0, z, 0.0)


def relu_prime(z: Values, a: Values) -> Values:  # noqa: ARG001
    """1 above 0, 0 at 0 and below."""
    return np.where(z > 0, 1.0, 0.0)


def leaky_relu(z: Values) -> Values:
    """z above 0, LEAK z below."""
    return np.where(z.real > 0, z, LEAK * z)


def leaky_relu_prime(z: Values, a: Values) -> Values:  # noqa: ARG001
    """1 above 0, LEAK at 0 and below."""
    return np.where(z > 0, 1.0, LEAK)


def linear(z: Values) -> Values:
    """z itself."""
    return z.copy()


def linear_prime(z: Values, a: Values) -> Values:  # noqa: ARG001
    """1."""
    return np.ones_like(z)


def softmax(z: Values) -> Values:
    """e^z_j / Σ_k e^z_k over the last axis."""
    e = np.exp(z - z.real.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def softmax_prime(z: Values, a: Values) -> Values:  # noqa: ARG001
    """The Jacobian's diagonal, ∂a_j/∂z_j = a_j (1 - a_j). The whole is `softmax_product`."""
    return a * (1.0 - a)


def softmax_product(a: Values, v: Values) -> Values:
    """Σ_k v_k ∂a_k/∂z_j = a_j (v_j - Σ_k v_k a_k): the full Jacobian, which is symmetric, times a vector."""
    return a * (v - (v * a).sum(axis=-1, keepdims=True))


@dataclass(frozen=True)
class Activation:
    """One activation function and what the rest of the program needs to know of it."""

    name: str
    value: Callable[[Values], Values]
    """f(z), elementwise but for softmax."""
    derivative: Callable[[Values, Values], Values]
    """f'(z) from z and a = f(z), real values only, elementwise (for softmax the Jacobian's diagonal)."""
    symbol: str
    """How the function is written in an equation."""
    steepest: float
    """The largest f' there is: a slope far below it means a saturated neuron."""
    probability: bool = False
    """Whether the outputs lie strictly between 0 and 1."""
    couples: bool = False
    """Whether an output depends on every z of its layer."""


ACTIVATIONS: dict[str, Activation] = {
    a.name: a
    for a in (
        Activation("sigmoid", sigmoid, sigmoid_prime, "σ", 0.25, probability=True),
        Activation("tanh", tanh, tanh_prime, "tanh", 1.0),
        Activation("relu", relu, relu_prime, "relu", 1.0),
        Activation("leaky_relu", leaky_relu, leaky_relu_prime, "lrelu", 1.0),
        Activation("linear", linear, linear_prime, "id", 1.0),
        Activation("softmax", softmax, softmax_prime, "softmax", 0.25, probability=True, couples=True),
    )
}


def logs(name: str, z: Values) -> tuple[Values, Values]:
    """(ln a, ln(1 - a)) of a probability activation from its weighted input, finite wherever z is."""
    if name == "sigmoid":
        return -_softplus(-z), -_softplus(z)
    if name == "softmax":
        largest = z.real.max(axis=-1, keepdims=True)
        total = np.log(np.exp(z - largest).sum(axis=-1, keepdims=True)) + largest
        return z - total, _log_of_the_others(z) - total
    raise ValueError(f"{name} does not give probabilities")


def _softplus(z: Values) -> Values:
    """ln(1 + e^z) = max(z, 0) + ln(1 + e^-|z|), where |z| is z or -z by the sign of its real part."""
    positive = z.real > 0
    magnitude = np.where(positive, z, -z)
    return np.where(positive, z, 0.0) + np.log1p(np.exp(-magnitude))


def _log_of_the_others(z: Values) -> Values:
    """ln Σ_{i≠j} e^z_i for every j, over the last axis; -inf (as a large negative number) where there is no other."""
    n = z.shape[-1]
    if n == 1:
        return np.full_like(z, -1e300)
    out = np.empty_like(z)
    for j in range(n):
        others = np.delete(z, j, axis=-1)
        largest = others.real.max(axis=-1, keepdims=True)
        out[..., j] = (np.log(np.exp(others - largest).sum(axis=-1, keepdims=True)) + largest)[..., 0]
    return out


def _not_below(z: Values, floor: float) -> Values:
    """z with its real part at least `floor`."""
    if np.iscomplexobj(z):
        return np.maximum(z.real, floor) + 1j * z.imag
    return np.maximum(z, floor)
