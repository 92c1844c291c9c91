"""Backpropagation as two people write it, and the slips that people make in it: nothing of `core/mistakes` is used.

A slip is made in the text of the code, as it is made at a desk: a piece of it is replaced. What the code then gives is
computed by running it, so it is an oracle of its own for what a named mistake makes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from tuibp.core.mistakes.comparison import QUANTITIES
from tuibp.core.mistakes.precision import Key
from tuibp.core.mistakes.run import Task
from tuibp.core.network import Array, initialise

ROWS = """
import numpy as np

def f(kind, z):
    if kind == "sigmoid":
        return 1.0 / (1.0 + np.exp(-z))
    if kind == "tanh":
        return np.tanh(z)
    if kind == "relu":
        return np.maximum(z, 0.0)
    if kind == "softmax":
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)
    return z

def prime(kind, z, a):
    if kind == "sigmoid":
        return a * (1.0 - a)
    if kind == "tanh":
        return 1.0 - a**2
    if kind == "relu":
        return np.where(z > 0, z.dtype.type(1), z.dtype.type(0))
    return np.ones_like(z)

def output_error(kind, cost, z, a, y):
    error = a - y
    if cost != "quadratic":
        return error
    if kind == "softmax":
        return a * (error - (error * a).sum(axis=1, keepdims=True))
    return error * prime(kind, z, a)

def step(weights, biases, x, y, kinds, cost, eta, lmbda, n):
    m, last = len(x), len(weights)
    W, b, kinds = dict(enumerate(weights, 1)), dict(enumerate(biases, 1)), dict(enumerate(kinds, 1))
    z, a, delta, grad_w, grad_b, new_w, new_b = {}, {0: x}, {}, {}, {}, {}, {}
    for l in range(1, last + 1):
        z[l] = a[l - 1] @ W[l].T + b[l]
        a[l] = f(kinds[l], z[l])
    for l in range(last, 0, -1):
        if l == last:
            delta[l] = output_error(kinds[l], cost, z[l], a[l], y)
        else:
            back = delta[l + 1] @ W[l + 1]
            delta[l] = back * prime(kinds[l], z[l], a[l])
        grad_w[l] = delta[l].T @ a[l - 1] / m
        grad_b[l] = delta[l].sum(axis=0) / m
        new_w[l] = (1.0 - eta * lmbda / n) * W[l] - eta * grad_w[l]
        new_b[l] = b[l] - eta * grad_b[l]
    a.pop(0)
    return {"z": z, "a": a, "delta": delta, "grad_w": grad_w, "grad_b": grad_b, "new_w": new_w, "new_b": new_b}
"""
"""Rows are examples; a whole mini-batch at once."""

COLUMNS = """
import numpy as np

def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))

def sigmoid_prime(z):
    s = sigmoid(z)
    return s * (1.0 - s)

def cost_derivative(output, y):
    return output - y

def backprop(weights, biases, x, y):
    nabla_b = [np.zeros(b.shape) for b in biases]
    nabla_w = [np.zeros(w.shape) for w in weights]
    activation, activations, zs = x, [x], []
    for b, w in zip(biases, weights):
        z = np.dot(w, activation) + b
        zs.append(z)
        activation = sigmoid(z)
        activations.append(activation)
    delta = cost_derivative(activations[-1], y) * sigmoid_prime(zs[-1])
    nabla_b[-1] = delta
    nabla_w[-1] = np.dot(delta, activations[-2].transpose())
    for l in range(2, len(weights) + 1):
        z = zs[-l]
        sp = sigmoid_prime(z)
        delta = np.dot(weights[-l + 1].transpose(), delta) * sp
        nabla_b[-l] = delta
        nabla_w[-l] = np.dot(delta, activations[-l - 1].transpose())
    return nabla_b, nabla_w

def step(weights, biases, x, y, kinds, cost, eta, lmbda, n):
    biases = [b[:, None] for b in biases]
    sum_b = [np.zeros(b.shape) for b in biases]
    sum_w = [np.zeros(w.shape) for w in weights]
    for x_k, y_k in zip(x, y):
        delta_nabla_b, delta_nabla_w = backprop(weights, biases, x_k[:, None], y_k[:, None])
        sum_b = [nb + dnb for nb, dnb in zip(sum_b, delta_nabla_b)]
        sum_w = [nw + dnw for nw, dnw in zip(sum_w, delta_nabla_w)]
    m = len(x)
    new_w = [(1 - eta * (lmbda / n)) * w - (eta / m) * nw for w, nw in zip(weights, sum_w)]
    new_b = [b - (eta / m) * nb for b, nb in zip(biases, sum_b)]
    grad_w, grad_b = [w / m for w in sum_w], [b / m for b in sum_b]
    return {"grad_w": grad_w, "grad_b": grad_b, "new_w": new_w, "new_b": new_b}
"""
"""The book's own: one example as a column, gradients added up. Sigmoid and the quadratic cost alone."""


@dataclass(frozen=True)
class Slip:
    """A piece of a text and what was written in its place, more than once where they belong together."""

    name: str
    """The contract's, of what was written."""
    changes: tuple[tuple[str, str], ...]
    text: str = ROWS
    needs: Callable[[Task], bool] = lambda _task: True
    """Networks on which it is this mistake and no other; where it makes no difference need not be said."""

    @property
    def code(self) -> str:
        found = self.text
        for right, wrong in self.changes:
            assert right in found, (self.name, right)
            found = found.replace(right, wrong)
        return found


def _rows(name: str, *changes: str, needs: Callable[[Task], bool] = lambda _task: True) -> Slip:
    return Slip(name, tuple(zip(changes[::2], changes[1::2], strict=True)), ROWS, needs)


def _columns(name: str, *changes: str) -> Slip:
    return Slip(name, tuple(zip(changes[::2], changes[1::2], strict=True)), COLUMNS)


def _hidden(*kinds: str) -> Callable[[Task], bool]:
    return lambda task: task.network.activations[0] in kinds


def _output(*kinds: str, cost: str = "") -> Callable[[Task], bool]:
    return lambda t: t.network.activations[-1] in kinds and (not cost or t.network.cost == cost)


def _quadratic(task: Task) -> bool:
    return task.network.cost == "quadratic" and task.network.activations[-1] != "softmax"


BACK, OUT, HIDDEN = "delta[l + 1] @ W[l + 1]", "return error * prime(kind, z, a)", "back * prime(kinds[l], z[l], a[l])"
GRAD_W, GRAD_B = "delta[l].T @ a[l - 1] / m", "delta[l].sum(axis=0) / m"
NEW_W, NEW_B = "(1.0 - eta * lmbda / n) * W[l] - eta * grad_w[l]", "b[l] - eta * grad_b[l]"
SIGMOID, TANH, RELU = (
    "return a * (1.0 - a)",
    "return 1.0 - a**2",
    "return np.where(z > 0, z.dtype.type(1), z.dtype.type(0))",
)
RETURNED = "delta[l] = output_error(kinds[l], cost, z[l], a[l], y)"

SLIPS: tuple[Slip, ...] = (
    # The slope
    _rows("slope_missing_output", OUT, "return error", needs=_quadratic),
    _rows("slope_missing_hidden", HIDDEN, "back", needs=_hidden("sigmoid", "tanh")),
    _rows("slope_everywhere_one", HIDDEN, "back", needs=_hidden("relu")),
    _rows("slope_extra_cross_entropy", 'if cost != "quadratic":\n        return error\n',
          'if cost != "quadratic":\n        return error * a * (1.0 - a)\n', needs=_output("sigmoid", "softmax")),
    _rows("slope_of_a", SIGMOID, "s = f(kind, a)\n        return s * (1.0 - s)", TANH, "return 1.0 - np.tanh(a) ** 2",
          needs=_hidden("sigmoid", "tanh")),
    _rows("slope_z_one_minus_z", SIGMOID, "return z * (1.0 - z)", TANH, "return 1.0 - z**2",
          needs=_hidden("sigmoid", "tanh")),
    _rows("slope_of_next_layer", HIDDEN, "back * prime(kinds[l], z[l + 1], a[l + 1])"),
    _rows("slope_of_other_function", HIDDEN, "back * (1.0 - np.tanh(z[l]) ** 2)", needs=_hidden("sigmoid", "relu")),
    _rows("slope_of_other_function", HIDDEN, "back * (1.0 - a[l] ** 2)", needs=_hidden("sigmoid")),
    _rows("slope_of_other_function", HIDDEN, "back * a[l] * (1.0 - a[l])", needs=_hidden("tanh", "relu")),
    _rows("relu_mask_at_zero", RELU, "return 1.0 * (a >= 0)", needs=_hidden("relu")),
    _rows("relu_mask_at_zero", RELU, "return 1.0 * (z >= 0)", needs=_hidden("relu")),
    _rows("relu_mask_of_a_before", HIDDEN, "back * (a[l - 1] > 0)", needs=_hidden("relu")),
    _rows("softmax_diagonal_only", "return a * (error - (error * a).sum(axis=1, keepdims=True))",
          "return error * a * (1.0 - a)", needs=_output("softmax", cost="quadratic")),
    _rows("softmax_short_cut_quadratic", "return a * (error - (error * a).sum(axis=1, keepdims=True))",
          "return error", needs=_output("softmax", cost="quadratic")),
    _rows("softmax_wrong_axis", "e = np.exp(z - z.max(axis=1, keepdims=True))", "e = np.exp(z - z.max(axis=0))",
          "return e / e.sum(axis=1, keepdims=True)", "return e / e.sum(axis=0)", needs=_output("softmax")),
    # The error
    _rows("sign_of_error", "error = a - y", "error = y - a"),
    _rows("factor_two", "error = a - y", "error = 2 * (a - y)"),
    _rows("factor_half", "error = a - y", "error = 0.5 * (a - y)"),
    _rows("mse_loss", "error = a - y", "error = 2 * (a - y) / y.shape[1]"),
    _rows("mean_over_neurons", "error = a - y", "error = (a - y) / y.shape[1]"),
    _rows("mean_over_neurons", GRAD_W, "delta[l].T @ a[l - 1] / delta[l].shape[1]",
          GRAD_B, "delta[l].sum(axis=0) / delta[l].shape[1]"),
    _rows("one_hot_off_by_one", "error = a - y", "error = a - np.roll(y, 1, axis=1)"),
    _rows("label_broadcast", "error = a - y", "error = a - y.argmax(axis=1)[:, None]"),
    _rows("dot_for_hadamard", HIDDEN, "back * prime(kinds[l], z[l], a[l])\n"
          "            delta[l] = delta[l].sum(axis=1, keepdims=True) * np.ones_like(z[l])"),
    _rows("broadcast_for_hadamard", HIDDEN, "back[0][:, None] * prime(kinds[l], z[l], a[l])\n            break",
          needs=lambda t: t.m == 1),
    _rows("w_not_transposed", BACK, "delta[l + 1] @ W[l + 1].T"),
    _rows("reshape_for_transpose", BACK, "delta[l + 1] @ W[l + 1].reshape(W[l + 1].T.shape).T"),
    _rows("grad_w_for_w_delta", BACK, "delta[l + 1] @ grad_w[l + 1]"),
    _rows("w_missing", BACK, "delta[l + 1].sum(axis=1, keepdims=True) * np.ones_like(z[l])"),
    _rows("w_missing", BACK, "delta[l + 1]", needs=lambda t: len(set(t.network.sizes[1:])) == 1),
    _rows("delta_from_updated_weights", BACK, "delta[l + 1] @ new_w[l + 1]"),
    _rows("delta_reused", HIDDEN, "delta[l + 1]"),
    _rows("layer_off_by_one", BACK, "delta[l + 1] @ W[l]"),
    _rows("layer_off_by_one", GRAD_W, "delta[l].T @ a[max(l - 2, 0)] / m"),
    _rows("value_for_delta", BACK, "a[l + 1] @ W[l + 1]"),
    _rows("value_for_delta", GRAD_W, "a[l].T @ a[l - 1] / m"),
    # The gradients
    _rows("own_activation", GRAD_W, "delta[l].T @ a[l] / m"),
    _rows("grad_w_transposed", GRAD_W, "a[l - 1].T @ delta[l] / m",
          NEW_W, "(1.0 - eta * lmbda / n) * W[l] - eta * grad_w[l].T"),
    _rows("w_for_activation", GRAD_W, "delta[l].mean(axis=0)[:, None] * W[l]"),
    _rows("bias_zero", GRAD_B, "np.zeros_like(b[l])"),
    _rows("bias_output_only", GRAD_B, "delta[l].sum(axis=0) / m if l == last else np.zeros_like(b[l])"),
    _rows("bias_scalar", GRAD_B, "np.full_like(b[l], delta[l].sum() / m)"),
    _rows("bias_scalar", GRAD_B, "np.full_like(b[l], delta[l].mean())"),
    _rows("bias_not_summed", GRAD_B, "delta[l]"),
    _rows("bias_not_summed", GRAD_B, "delta[l][0]"),
    _rows("bias_mean_for_sum", GRAD_B, "delta[l].mean(axis=0) / m"),
    _rows("mean_missing", GRAD_W, "delta[l].T @ a[l - 1]", GRAD_B, "delta[l].sum(axis=0)"),
    _rows("mean_twice", RETURNED, RETURNED + " / m"),
    _rows("mean_twice", "eta * grad_w[l]", "eta / m * grad_w[l]", "eta * grad_b[l]", "eta / m * grad_b[l]"),
    _rows("last_example_only", GRAD_W, "np.outer(delta[l][-1], a[l - 1][-1])", GRAD_B, "delta[l][-1]"),
    _rows("first_example_only", GRAD_W, "np.outer(delta[l][0], a[l - 1][0])", GRAD_B, "delta[l][0]"),
    _rows("batch_duplicated", GRAD_W, "np.concatenate([delta[l]] * 2).T @ np.concatenate([a[l - 1]] * 2) / m",
          GRAD_B, "(delta[l].sum(axis=0) + delta[l].sum(axis=0)) / m"),
    # The update
    _rows("sign_of_update", NEW_W, "(1.0 - eta * lmbda / n) * W[l] + eta * grad_w[l]",
          NEW_B, "b[l] + eta * grad_b[l]"),
    _rows("decay_on_biases", NEW_B, "(1.0 - eta * lmbda / n) * b[l] - eta * grad_b[l]"),
    _rows("decay_not_divided", NEW_W, "(1.0 - eta * lmbda) * W[l] - eta * grad_w[l]"),
    _rows("decay_sign", NEW_W, "(1.0 + eta * lmbda / n) * W[l] - eta * grad_w[l]"),
    # The book's code
    _columns("slope_missing_output", "y) * sigmoid_prime(zs[-1])", "y)"),
    _columns("slope_missing_hidden", ".transpose(), delta) * sp", ".transpose(), delta)"),
    _columns("slope_of_a", "sp = sigmoid_prime(z)", "sp = sigmoid_prime(activations[-l])"),
    _columns("slope_of_next_layer", "z = zs[-l]", "z = zs[-l + 1]"),
    _columns("slope_z_one_minus_z", "s = sigmoid(z)", "s = z"),
    _columns("sign_of_error", "output - y", "y - output"),
    _columns("factor_two", "output - y", "2 * (output - y)"),
    _columns("w_not_transposed", "weights[-l + 1].transpose(), delta", "weights[-l + 1], delta"),
    _columns("layer_off_by_one", "weights[-l + 1].transpose(), delta", "weights[-l].transpose(), delta"),
    _columns("own_activation", "delta, activations[-l - 1]", "delta, activations[-l]", "activations[-2]",
             "activations[-1]"),
    _columns("bias_output_only", "        nabla_b[-l] = delta\n", ""),
    _columns("delta_reused", "delta = np.dot(weights[-l + 1].transpose(), delta) * sp", "pass"),
    _columns("last_example_only", "nb + dnb", "dnb", "nw + dnw", "dnw", "eta / m", "eta", "w / m", "w", "b / m", "b"),
    _columns("mean_missing", "eta / m", "eta", "w / m", "w", "b / m", "b"),
    _columns("grad_w_for_w_delta", "weights[-l + 1].transpose(), delta", "nabla_w[-l + 1].transpose(), delta"),
)  # fmt: skip


@cache
def _step(code: str) -> Callable[..., dict[str, Any]]:
    space: dict[str, Any] = {}
    exec(compile(code, "slip", "exec"), space)
    made: Callable[..., dict[str, Any]] = space["step"]
    return made


def numbers(code: str, task: Task, dtype: type = np.float64) -> dict[Key, Array] | None:
    """What a text gives for a task, computed in `dtype`, as somebody brings it; None where numpy stops."""
    network = task.network
    weights: list[Any] = [w.astype(dtype) for w in network.weights]
    biases: list[Any] = [b.astype(dtype) for b in network.biases]
    given: tuple[Any, ...] = (
        weights,
        biases,
        task.x.astype(dtype),
        task.y.astype(dtype),
        network.activations,
        network.cost,
    )
    try:
        with np.errstate(all="ignore"):
            found = _step(code)(*given, task.eta, task.l2, task.n)
    except (ValueError, IndexError, KeyError):
        return None
    brought: dict[Key, Array] = {}
    for quantity in QUANTITIES:
        values = found.get(quantity, {})
        for at, array in values.items() if isinstance(values, dict) else enumerate(values, 1):
            one_a_neuron = quantity in ("grad_b", "new_b") and array.size == network.sizes[at]
            assert array.dtype == dtype
            brought[quantity, at] = (array.reshape(-1) if one_a_neuron else array).astype(np.float64)
    return brought


def suits(slip: Slip, task: Task) -> bool:
    """Whether the text computes this network at all, and the slip is this mistake there."""
    names, cost = task.network.activations, task.network.cost
    return slip.needs(task) and (slip.text is ROWS or (set(names) == {"sigmoid"} and cost == "quadratic"))


KINDS = (("sigmoid", "sigmoid", "quadratic"), ("tanh", "tanh", "quadratic"), ("relu", "softmax", "log_likelihood"),
         ("sigmoid", "sigmoid", "cross_entropy"), ("sigmoid", "softmax", "quadratic"))  # fmt: skip
SIZES = ((4, 4, 4, 4), (3, 5, 4, 2), (6, 5, 3), (2, 3, 4, 4, 3))


def networks(seed: int) -> Iterator[Task]:
    """One network of each kind of functions, of sizes and a mini-batch that go with the seed."""
    for at, (hidden, last, cost) in enumerate(KINDS):
        sizes, m = SIZES[(seed + at) % len(SIZES)], (1, 3, 5)[(seed + at) % 3]
        random = np.random.default_rng([seed, at, 77])
        network = initialise(sizes, [hidden] * (len(sizes) - 2) + [last], cost, "gaussian", 1000 + seed)
        y = np.eye(sizes[-1])[random.integers(0, sizes[-1], m)]
        yield Task(network, random.standard_normal((m, sizes[0])), y, eta=0.7, l2=0.3, n=40)
