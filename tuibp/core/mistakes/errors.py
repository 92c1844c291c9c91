"""Wrong forms of δ: of the output, of what is sent back through the weights, and of the product ⊙."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tuibp.core.costs import COSTS
from tuibp.core.mistakes.run import DoesNotFit, Form, Run, decay_factor
from tuibp.core.network import Array

Right = Callable[[], Array]


def times(factor: Callable[[Run, int], float]) -> Form:
    """The right form times a number."""
    return lambda run, layer, right: right() * factor(run, layer)


def turned(by: int) -> Form:
    """y turned by one place."""

    def form(_run: Run, _layer: int, right: Right) -> Array:
        y = right()
        if y.shape[1] < 2:
            raise DoesNotFit
        return np.roll(y, by, axis=1)

    return form


def label(first: int) -> Form:
    """The label's number in place of the vector, taken from every output."""

    def form(_run: Run, _layer: int, right: Right) -> Array:
        y = right()
        if y.shape[1] < 2 or not ((y == 0.0) | (y == 1.0)).all() or not (y.sum(axis=1) == 1.0).all():
            raise DoesNotFit
        return np.repeat(y.argmax(axis=1)[:, None] + float(first), y.shape[1], axis=1)

    return form


def less_label(first: int) -> Form:
    """a less the label's number, of a cost for which δ^L is a − y: log-likelihood's own form adds up y as well."""

    def form(run: Run, layer: int, _right: Right) -> Array:
        if run.task.network.cost != "log_likelihood":
            raise DoesNotFit
        return run.a[layer] - label(first)(run, layer, lambda: run.target)

    return form


def summed(_run: Run, _layer: int, right: Right) -> Array:
    """A dot product where ⊙ belongs: one number for the layer."""
    product = right()
    return np.broadcast_to(product.sum(axis=1, keepdims=True), product.shape)


def spread(slope_down: bool) -> Form:
    """(n,) with (n, 1): the numbers become a square."""

    def form(run: Run, layer: int, right: Right) -> Array:
        if run.task.m != 1 or right().ndim != 2 or right().shape[1] < 2:
            raise DoesNotFit
        last = layer == run.task.network.last
        cost = COSTS[run.task.network.cost]
        before = cost.gradient(run.a[layer], run.target) if last else run.part("sent", layer)
        prime = run.part("slope", layer)
        return prime.T * before if slope_down else before.T * prime

    return form


# What is sent back to layer l: Σ w δ of layer l + 1


def not_transposed(run: Run, layer: int, _right: Right) -> Array:
    """w δ for wᵀ δ."""
    return run.delta[layer + 1] @ run.task.network.w(layer + 1).T


def reshaped(run: Run, layer: int, _right: Right) -> Array:
    """`.reshape` where `.T` belongs."""
    w = run.task.network.w(layer + 1)
    return run.delta[layer + 1] @ w.reshape(w.shape[::-1]).T


def by_gradient(run: Run, layer: int, _right: Right) -> Array:
    """∂C/∂w of the next layer in the place of w."""
    return run.delta[layer + 1] @ run.grad_w[layer + 1]


def by_own_gradient(run: Run, layer: int, _right: Right) -> Array:
    """The same where ∂C/∂w is made example by example: δ_j (δ_j a_k), summed over j."""
    if run.task.m == 1:
        raise DoesNotFit
    return (run.delta[layer + 1] ** 2).sum(axis=1, keepdims=True) * run.a[layer]


def gradient_summed(run: Run, layer: int, _right: Right) -> Array:
    """∂C/∂w of the next layer, summed over its rows, in the place of Σ w δ."""
    return np.broadcast_to(run.grad_w[layer + 1].sum(axis=0), run.z[layer].shape)


def itself(run: Run, layer: int, _right: Right) -> Array:
    """δ of the next layer, handed back without w."""
    return run.delta[layer + 1]


def without_weights(run: Run, layer: int, _right: Right) -> Array:
    """Σ δ of the next layer, without w."""
    return np.broadcast_to(run.delta[layer + 1].sum(axis=1, keepdims=True), run.z[layer].shape)


def updated(decayed: bool) -> Form:
    """Through the weights that the update has changed already."""

    def form(run: Run, layer: int, _right: Right) -> Array:
        w = run.task.network.w(layer + 1) * (decay_factor(run) if decayed else 1.0)
        return run.delta[layer + 1] @ (w - run.task.eta * run.grad_w[layer + 1])

    return form


RATES = (1.0, 0.5, 0.1, 0.05, 0.01, 0.001)
"""Learning rates that people write, where nobody said which it is."""


def updated_by(eta: float) -> Form:
    """The same with a learning rate of their own, as code has it that is given none."""

    def form(run: Run, layer: int, _right: Right) -> Array:
        if run.task.eta_known:
            raise DoesNotFit
        return run.delta[layer + 1] @ (run.task.network.w(layer + 1) - eta * run.grad_w[layer + 1])

    return form


def own_weights(run: Run, layer: int, _right: Right) -> Array:
    """Through the weights of the layer itself."""
    return run.delta[layer + 1] @ run.task.network.w(layer)


def activations(run: Run, layer: int, _right: Right) -> Array:
    """a sent back in the place of δ."""
    return run.a[layer + 1] @ run.task.network.w(layer + 1)
