"""Activation functions, each beside its derivative and the same two in place; one table of names.

All take arrays of any shape (the last axis is the layer's), real or complex: a complex step through them gives
derivatives without subtraction. All are stable for |z| up to 1e4 and beyond, and raise no overflow warnings.

In place there is `NAME_into(z, kept, a)`, which leaves f(z) in a, and `times_NAME_prime(z, kept, a, delta)`, which
multiplies delta by f'(z); `kept` is an array of z's shape in which the first may leave what the second can use.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy import add, copyto, divide, exp, maximum, minimum, multiply, sign, subtract  # `np.` takes a tenth of a call
from numpy.typing import NDArray

Values = NDArray[Any]  # float64, or complex128 in a complex step
Array = NDArray[np.float64]

LEAK = 0.01
"""Slope of leaky_relu below 0."""

FAR = 700.0
"""exp(FAR) is still finite; exp(-FAR) is as good as zero."""

# Arrays of no dimension: numpy converts a Python number anew at each operation.
_ONE, _FAR, _HALF_FAR, _LEAK, _ZERO = (np.array(number) for number in (1.0, FAR, FAR / 2.0, LEAK, 0.0))


def sigmoid(z: Values) -> Values:
    """σ(z) = 1 / (1 + e^-z)."""
    return 1.0 / (1.0 + np.exp(-_not_below(z, -FAR)))


def sigmoid_prime(z: Values, a: Values) -> Values:  # noqa: ARG001 (every derivative is offered both)
    """σ'(z) = e^-|z| / (1 + e^-|z|)²: the same as a(1 - a), with all its digits where a is nearly 1."""
    e = np.exp(-np.abs(z))
    return e / (1.0 + e) ** 2


def sigmoid_into(z: Array, kept: Array, a: Array) -> None:
    """σ(z) = e / (1 + e) with e = e^z; keeps 1 + e."""
    minimum(z, _FAR, out=a)
    exp(a, a)
    add(a, _ONE, kept)
    divide(a, kept, a)


def times_sigmoid_prime(z: Array, kept: Array, a: Array, delta: Array) -> None:  # noqa: ARG001
    """σ'(z) = a / (1 + e): as exact where a is nearly 1 as where it is nearly 0."""
    multiply(delta, a, delta)
    divide(delta, kept, delta)


def tanh(z: Values) -> Values:
    """tanh(z); real and complex arguments beyond ±FAR are cut there, where it is ±1 to the last bit."""
    return np.tanh(_not_below(-_not_below(-z, -FAR), -FAR))


def tanh_prime(z: Values, a: Values) -> Values:  # noqa: ARG001
    """1 - tanh²(z), as 4 e / (1 + e)² with e = e^-2|z|."""
    e = np.exp(-2.0 * np.abs(z))
    return 4.0 * e / (1.0 + e) ** 2


def tanh_into(z: Array, kept: Array, a: Array) -> None:  # noqa: ARG001
    """tanh(z)."""
    np.tanh(z, a)


def times_tanh_prime(z: Array, kept: Array, a: Array, delta: Array) -> None:  # noqa: ARG001
    """1 - tanh²(z) = 1 / cosh²(z)."""
    np.abs(z, kept)
    minimum(kept, _HALF_FAR, out=kept)
    np.cosh(kept, kept)
    divide(delta, kept, delta)
    divide(delta, kept, delta)


def relu(z: Values) -> Values:
    """max(z, 0)."""
    return np.where(z.real > 0, z, 0.0)


def relu_prime(z: Values, a: Values) -> Values:  # noqa: ARG001
    """1 above 0, 0 at 0 and below."""
    return np.where(z > 0, 1.0, 0.0)


def relu_into(z: Array, kept: Array, a: Array) -> None:  # noqa: ARG001
    """max(z, 0)."""
    maximum(z, _ZERO, out=a)


def times_relu_prime(z: Array, kept: Array, a: Array, delta: Array) -> None:  # noqa: ARG001
    """The sign of max(z, 0)."""
    sign(a, kept)
    multiply(delta, kept, delta)


def leaky_relu(z: Values) -> Values:
    """z above 0, LEAK z below."""
    return np.where(z.real > 0, z, LEAK * z)


def leaky_relu_prime(z: Values, a: Values) -> Values:  # noqa: ARG001
    """1 above 0, LEAK at 0 and below."""
    return np.where(z > 0, 1.0, LEAK)


def leaky_relu_into(z: Array, kept: Array, a: Array) -> None:
    """max(z, LEAK z)."""
    multiply(z, _LEAK, kept)
    maximum(z, kept, out=a)


def times_leaky_relu_prime(z: Array, kept: Array, a: Array, delta: Array) -> None:  # noqa: ARG001
    """1 above 0, LEAK at 0 and below."""
    kept[...] = _LEAK
    copyto(kept, _ONE, where=z > _ZERO)
    multiply(delta, kept, delta)


def linear(z: Values) -> Values:
    """z itself."""
    return z.copy()


def linear_prime(z: Values, a: Values) -> Values:  # noqa: ARG001
    """1."""
    return np.ones_like(z)


def linear_into(z: Array, kept: Array, a: Array) -> None:  # noqa: ARG001
    """z itself."""
    copyto(a, z)


def times_linear_prime(z: Array, kept: Array, a: Array, delta: Array) -> None:
    """1."""


def softmax(z: Values) -> Values:
    """e^z_j / Σ_k e^z_k over the last axis."""
    e = np.exp(below_largest(z)[0])
    return e / e.sum(axis=-1, keepdims=True)


def softmax_prime(z: Values, a: Values) -> Values:  # noqa: ARG001
    """The Jacobian's diagonal, ∂a_j/∂z_j = a_j (1 - a_j). The whole is `softmax_product`."""
    return a * sum_of_others(a)


def softmax_product(a: Values, v: Values) -> Values:
    """Σ_k v_k ∂a_k/∂z_j = a_j Σ_{k≠j} a_k (v_j - v_k): the full Jacobian, which is symmetric, times a vector."""
    return a * (v * sum_of_others(a) - sum_of_others(v * a))


def softmax_into(z: Array, kept: Array, a: Array) -> None:  # noqa: ARG001
    """e^z_j / Σ_k e^z_k."""
    subtract(z, z.max(axis=-1, keepdims=True), a)
    exp(a, a)
    divide(a, a.sum(axis=-1, keepdims=True), a)


def times_softmax_jacobian(z: Array, kept: Array, a: Array, delta: Array) -> None:  # noqa: ARG001
    """The full Jacobian times delta."""
    delta[...] = softmax_product(a, delta)


def sum_of_others(v: Values) -> Values:
    """Σ_{k≠j} v_k for every j: what Σ v − v_j is, with all its digits where v_j is nearly all of it."""
    return v @ (1.0 - np.eye(v.shape[-1]))


@dataclass(frozen=True)
class Activation:
    """One activation function and what the rest of the program needs to know of it."""

    name: str
    value: Callable[[Values], Values]
    """f(z), elementwise but for softmax."""
    derivative: Callable[[Values, Values], Values]
    """f'(z) from z and a = f(z), real values only, elementwise (for softmax the Jacobian's diagonal)."""
    into: Callable[[Array, Array, Array], None]
    """f(z) in place: (z, kept, a)."""
    times_derivative: Callable[[Array, Array, Array, Array], None]
    """delta times f'(z) in place: (z, kept, a, delta); for softmax the full Jacobian's product."""
    symbol: str
    """How the function is written in an equation."""
    steepest: float
    """The largest f' there is: a slope far below it means a saturated neuron."""
    probability: bool = False
    """Whether the outputs lie strictly between 0 and 1."""
    couples: bool = False
    """Whether an output depends on every z of its layer."""
    ends: tuple[float, float] | None = None
    """What it comes near to at either side; None where it goes on for ever."""
    span: float = 1.0
    """How far to either side of 0 its curve is of interest; beyond it is straight."""
    below: float | None = None
    """Its slope below the corner that it has at z = 0, where that is 1 above; None where it has none."""
    straight: bool = False
    """Whether it hands on z as it is."""
    flat: float | None = None
    """|z| from which f' is below a 37th of its largest, where it nears an end at either side."""
    code: tuple[str, ...] = ()
    """f and f' as numpy code, each a definition; without f' where the layer is coupled."""
    torch: str = ""
    """PyTorch's module of the same function, as code; empty where it has none."""

    @property
    def smooth(self) -> bool:
        """Whether its slope changes with z, and nowhere at once."""
        return not (self.straight or self.couples or self.below is not None)

    @property
    def turns_off(self) -> bool:
        """Whether it gives 0 below 0, where it has no slope."""
        return self.below == 0.0

    @property
    def leaks(self) -> bool:
        """Whether a part of z comes through below its corner."""
        return self.below is not None and self.below != 0.0

    @property
    def range(self) -> tuple[float, float]:
        """What it lies between, or comes near to."""
        return self.ends or ((0.0, np.inf) if self.turns_off else (-np.inf, np.inf))


ACTIVATIONS: dict[str, Activation] = {
    a.name: a
    for a in (
        Activation(
            "sigmoid", sigmoid, sigmoid_prime, sigmoid_into, times_sigmoid_prime, "σ", 0.25, probability=True,
            ends=(0.0, 1.0), span=6.0, flat=5.0, torch="nn.Sigmoid()", code=(
                "def sigmoid(z): return 1 / (1 + np.exp(-z))",
                "def sigmoid_prime(z): return sigmoid(z) * (1 - sigmoid(z))",
            ),
        ),
        Activation(
            "tanh", tanh, tanh_prime, tanh_into, times_tanh_prime, "tanh", 1.0, ends=(-1.0, 1.0), span=3.5,
            flat=2.5, torch="nn.Tanh()", code=("tanh = np.tanh", "def tanh_prime(z): return 1 - np.tanh(z) ** 2"),
        ),
        Activation(
            "relu", relu, relu_prime, relu_into, times_relu_prime, "relu", 1.0, below=0.0,
            torch="nn.ReLU()",
            code=("def relu(z): return np.maximum(z, 0)", "def relu_prime(z): return np.where(z > 0, 1.0, 0.0)"),
        ),
        Activation(
            "leaky_relu", leaky_relu, leaky_relu_prime, leaky_relu_into, times_leaky_relu_prime, "lrelu", 1.0,
            below=LEAK, torch=f"nn.LeakyReLU({LEAK})", code=(
                "def leaky_relu(z): return np.maximum(z, 0.01 * z)",
                "def leaky_relu_prime(z): return np.where(z > 0, 1.0, 0.01)",
            ),
        ),
        Activation(
            "linear", linear, linear_prime, linear_into, times_linear_prime, "id", 1.0,
            straight=True, torch="nn.Identity()",
            code=("def linear(z): return z.copy()", "def linear_prime(z): return np.ones_like(z)"),
        ),
        Activation(
            "softmax", softmax, softmax_prime, softmax_into, times_softmax_jacobian, "softmax", 0.25,
            probability=True, couples=True, ends=(0.0, 1.0), torch="nn.Softmax(dim=1)", code=(
                "def softmax(z): e = np.exp(z - z.max(-1, keepdims=True)); return e / e.sum(-1, keepdims=True)",
            ),
        ),
    )
}  # fmt: skip


def below_largest(z: Values) -> tuple[Values, NDArray[np.intp]]:
    """z less its largest (by real part) over the last axis, which so becomes 0 exactly, and where that is."""
    winner = z.real.argmax(axis=-1, keepdims=True)
    return z - np.take_along_axis(z, winner, axis=-1), winner


def _not_below(z: Values, floor: float) -> Values:
    """z with its real part at least `floor`."""
    if np.iscomplexobj(z):
        return np.maximum(z.real, floor) + 1j * z.imag
    return np.maximum(z, floor)
