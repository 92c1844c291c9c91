"""The five steps of backpropagation, once: a generator of frozen frames, one a layer-level step.

The grid, the equation panel, `trace` and the tests all read these frames. Layers and neurons are 0-based here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tuibp.core.activations import ACTIVATIONS, Values, softmax_product
from tuibp.core.costs import output_error, value
from tuibp.core.example import Example
from tuibp.core.network import Array, Network
from tuibp.core.steps import StepName

FIELDS = ("a", "z", "delta", "grad_w", "grad_b")


@dataclass(frozen=True, eq=False)
class Frame:
    """What one step computed for one layer; only the fields of its step are set. Arrays are read-only."""

    step: StepName
    layer: int
    """0-based, counted from the input."""
    a: Array | None = None
    """Activations (n_l,): input, feedforward."""
    z: Array | None = None
    """Weighted inputs (n_l,): feedforward."""
    delta: Array | None = None
    """Errors ∂C/∂z (n_l,): output_error, backpropagate."""
    grad_w: Array | None = None
    """∂C/∂w (n_l, n_{l-1}): gradient."""
    grad_b: Array | None = None
    """∂C/∂b (n_l,): gradient."""


def order(layer_count: int) -> tuple[tuple[StepName, int], ...]:
    """The algorithm's steps in order, as (step, layer), without computing anything."""
    last = layer_count - 1
    return (
        ("input", 0),
        *(("feedforward", layer) for layer in range(1, layer_count)),
        ("output_error", last),
        *(("backpropagate", layer) for layer in reversed(range(1, last))),
        *(("gradient", layer) for layer in reversed(range(1, layer_count))),
    )


def five_steps(network: Network, example: Example) -> Iterator[Frame]:
    """Walk the five steps on one example: a frame for each layer of each step, in the order of the algorithm.

    A frame holds what its step computed: `z`, `a`, `delta` and `grad_b` are (n_l,), `grad_w` is (n_l, n_{l-1}). Source:
    M. Nielsen, "Neural Networks and Deep Learning", chapter 2 (BP1 to BP4). Raises ValueError where x or y does not fit
    the network.
    """
    x, y = example.x, example.y
    if x.shape != (network.sizes[0],) or y.shape != (network.sizes[-1],):
        raise ValueError(
            f"the network takes x of {network.sizes[0]} and y of {network.sizes[-1]} numbers, not {x.size} and {y.size}"
        )
    a: list[Array] = [x]
    z: list[Array] = [x]  # z[0] is never read: the input has no weighted input
    delta: dict[int, Array] = {}
    for step, layer in order(network.layer_count):
        if step == "input":
            yield Frame(step, layer, a=x)
        elif step == "feedforward":
            z.append(_fixed(network.w(layer) @ a[layer - 1] + network.b(layer)))
            a.append(_fixed(activate(network, layer, z[layer])))
            yield Frame(step, layer, z=z[layer], a=a[layer])
        elif step == "output_error":  # BP1
            delta[layer] = _fixed(error_of_output(network, z[layer], a[layer], y))
            yield Frame(step, layer, delta=delta[layer])
        elif step == "backpropagate":  # BP2
            blame = network.w(layer + 1).T @ delta[layer + 1]
            delta[layer] = _fixed(through_activation(network, layer, z[layer], a[layer], blame))
            yield Frame(step, layer, delta=delta[layer])
        else:  # BP3, BP4
            grad_w = _fixed(np.outer(delta[layer], a[layer - 1]))
            yield Frame(step, layer, grad_w=grad_w, grad_b=delta[layer])


@dataclass(frozen=True, eq=False)
class Pass:
    """All that the five steps computed on one example, by layer (0-based). A method raises KeyError for a layer that
    has no such value: the input has no z, δ or gradient."""

    frames: tuple[Frame, ...]
    cost: float

    @cached_property
    def _filed(self) -> dict[tuple[str, int], Array]:
        """Every array by its field and layer."""
        every = ((name, f.layer, getattr(f, name)) for f in self.frames for name in FIELDS)
        return {(name, layer): array for name, layer, array in every if array is not None}

    def a(self, layer: int) -> Array:
        """Activations a^l, (n_l,)."""
        return self._filed["a", layer]

    def z(self, layer: int) -> Array:
        """Weighted inputs z^l, (n_l,), from layer 1 on."""
        return self._filed["z", layer]

    def delta(self, layer: int) -> Array:
        """Errors δ^l = ∂C/∂z^l, (n_l,), from layer 1 on."""
        return self._filed["delta", layer]

    def grad_w(self, layer: int) -> Array:
        """∂C/∂w^l, (n_l, n_{l-1}), from layer 1 on."""
        return self._filed["grad_w", layer]

    def grad_b(self, layer: int) -> Array:
        """∂C/∂b^l, (n_l,), from layer 1 on."""
        return self._filed["grad_b", layer]

    @cached_property
    def last(self) -> int:
        """Index of the output layer."""
        return max(f.layer for f in self.frames)

    @property
    def output(self) -> Array:
        """a^L, (n_L,)."""
        return self.a(self.last)


def walk(network: Network, example: Example) -> Pass:
    """Run the five steps to their end and file their numbers by layer; numbers out of range are told, not warned of."""
    with np.errstate(all="ignore"):
        return _walk(network, example)


def _walk(network: Network, example: Example) -> Pass:
    frames = tuple(five_steps(network, example))
    output = frames[network.last]
    assert output.z is not None
    assert output.a is not None
    return Pass(frames, float(cost_of_output(network, output.z, output.a, example.y)))


# One layer at a time; arrays are (n_l,) or (m, n_l). A modified neuron is a column with a function of its own.


def activate(network: Network, layer: int, z: Values) -> Values:
    """a^l = f_l(z^l); real or complex."""
    a = ACTIVATIONS[network.activations[layer - 1]].value(z)
    for m in network.modified_in(layer):
        a[..., m.neuron] = ACTIVATIONS[m.activation].value(z[..., m.neuron])
    return a


def slope(network: Network, layer: int, z: Array, a: Array) -> Array:
    """f_l'(z^l), elementwise (for softmax the diagonal of its Jacobian)."""
    prime = ACTIVATIONS[network.activations[layer - 1]].derivative(z, a)
    for m in network.modified_in(layer):
        prime[..., m.neuron] = ACTIVATIONS[m.activation].derivative(z[..., m.neuron], a[..., m.neuron])
    return prime


def through_activation(network: Network, layer: int, z: Array, a: Array, blame: Array) -> Array:
    """∂C/∂z^l from ∂C/∂a^l: elementwise by f', or by the full Jacobian where softmax couples the layer."""
    if network.couples(layer):
        return softmax_product(a, blame)
    return blame * slope(network, layer, z, a)


def error_of_output(network: Network, z: Array, a: Array, y: Array) -> Array:
    """δ^L for one example or a batch (BP1)."""
    delta = output_error(network.cost, network.activations[-1], z, a, y)
    for m in network.modified_in(network.last):
        j = slice(m.neuron, m.neuron + 1)
        delta[..., j] = output_error(network.cost, m.activation, z[..., j], a[..., j], y[..., j])
    return delta


def cost_of_output(network: Network, z: Values, a: Values, y: Array) -> Values:
    """C of each example from the output layer's z and a; real or complex."""
    special = network.modified_in(network.last)
    if not special or network.cost == "quadratic":
        return value(network.cost, network.activations[-1], z, a, y)
    columns = [slice(j, j + 1) for j in range(network.sizes[-1])]
    names = [network.activation_of(network.last, j) for j in range(network.sizes[-1])]
    parts = [value(network.cost, name, z[..., c], a[..., c], y[..., c]) for name, c in zip(names, columns, strict=True)]
    total: Values = np.sum(parts, axis=0)
    return total


def _fixed(array: Array) -> Array:
    array.flags.writeable = False
    return array
