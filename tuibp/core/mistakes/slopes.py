"""Wrong forms of f′(z): in BP1, where the error of the output begins, and in BP2, where it comes back."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tuibp.core.activations import ACTIVATIONS, softmax
from tuibp.core.five_steps import activate, slope
from tuibp.core.mistakes.run import RIGHT, SHORT, DoesNotFit, Form, Run
from tuibp.core.network import Array

RECTIFIERS = ("relu", "leaky_relu")


def _function(run: Run, layer: int) -> str:
    return run.task.network.activations[layer - 1]


def _elementwise(run: Run, layer: int) -> None:
    if ACTIVATIONS[_function(run, layer)].couples:
        raise DoesNotFit


def of_a(run: Run, layer: int, _right: Callable[[], Array]) -> Array:
    """f′(a) for f′(z)."""
    _elementwise(run, layer)
    a = run.a[layer]
    return slope(run.task.network, layer, a, activate(run.task.network, layer, a))


def z_one_minus_z(run: Run, layer: int, _right: Callable[[], Array]) -> Array:
    """z(1 − z) for a(1 − a); 1 − z² for 1 − a²."""
    z, name = run.z[layer], _function(run, layer)
    if name == "sigmoid":
        return z * (1.0 - z)
    if name == "tanh":
        return 1.0 - z * z
    raise DoesNotFit


def of_layer(offset: int) -> Form:
    """f′ of another layer's z."""

    def form(run: Run, layer: int, _right: Callable[[], Array]) -> Array:
        other = layer + offset
        if not 1 <= other <= run.task.network.last or run.z[other].shape != run.z[layer].shape:
            raise DoesNotFit
        _elementwise(run, other)
        return RIGHT["slope"](run, other)

    return form


def own_at(offset: int, of: str) -> Form:
    """This layer's f′ at another layer's z, or its short form in the other's a; that one may have another function."""

    def form(run: Run, layer: int, _right: Callable[[], Array]) -> Array:
        other = layer + offset
        _elementwise(run, layer)
        if not 1 <= other <= run.task.network.last:
            raise DoesNotFit
        name = _function(run, layer)
        if of == "a":
            if name not in SHORT:
                raise DoesNotFit
            return SHORT[name](run.a[other])
        return ACTIVATIONS[name].derivative(run.z[other], run.a[other])

    return form


def of_function(name: str) -> Form:
    """Another function's derivative at this z."""

    def form(run: Run, layer: int, _right: Callable[[], Array]) -> Array:
        _elementwise(run, layer)
        if name == _function(run, layer):
            raise DoesNotFit
        z, function = run.z[layer], ACTIVATIONS[name]
        return function.derivative(z, function.value(z))

    return form


def formula_of_a(name: str) -> Form:
    """Another function's derivative written with a: a(1 − a), 1 − a²."""

    def form(run: Run, layer: int, _right: Callable[[], Array]) -> Array:
        _elementwise(run, layer)
        if name == _function(run, layer):
            raise DoesNotFit
        a = run.a[layer]
        return a * (1.0 - a) if name == "sigmoid" else 1.0 - a * a

    return form


def one(run: Run, layer: int, _right: Callable[[], Array]) -> Array:
    """No f′ at all."""
    _elementwise(run, layer)
    if _function(run, layer) in RECTIFIERS and layer != run.task.network.last:
        raise DoesNotFit  # that one has a name of its own
    return np.ones_like(run.z[layer])


def rectifier_open(run: Run, layer: int, _right: Callable[[], Array]) -> Array:
    """relu's mask left out."""
    if _function(run, layer) not in RECTIFIERS:
        raise DoesNotFit
    return np.ones_like(run.z[layer])


def mask(of: str, at_zero: bool, offset: int = 0) -> Form:
    """relu's mask from z or a, of this layer or another, 0 taken in or not."""

    def form(run: Run, layer: int, _right: Callable[[], Array]) -> Array:
        if _function(run, layer) not in RECTIFIERS:
            raise DoesNotFit
        values = (run.z if of == "z" else run.a)[layer + offset]
        if values.shape != run.z[layer].shape:
            raise DoesNotFit
        below = 0.0 if _function(run, layer) == "relu" else RIGHT["slope"](run, layer).min()
        return np.where(values >= 0.0 if at_zero else values > 0.0, 1.0, below)

    return form


def extra(run: Run, layer: int, right: Callable[[], Array]) -> Array:
    """f′ once more, though the cost has cancelled it (cross-entropy with sigmoid, log-likelihood with softmax)."""
    if run.task.network.cost == "quadratic":
        raise DoesNotFit
    return right() * RIGHT["slope"](run, layer)


def diagonal(run: Run, layer: int, _right: Callable[[], Array]) -> Array:
    """Only ∂a_j/∂z_j of softmax."""
    if not ACTIVATIONS[_function(run, layer)].couples:
        raise DoesNotFit
    return RIGHT["slope"](run, layer)


def short_cut(run: Run, layer: int, _right: Callable[[], Array]) -> Array:
    """a − y of softmax, though the cost is quadratic."""
    if run.task.network.cost != "quadratic" or not ACTIVATIONS[_function(run, layer)].couples:
        raise DoesNotFit
    return run.a[layer] - run.target


def over_the_batch(run: Run, layer: int, _right: Callable[[], Array]) -> Array:
    """softmax over the examples, not over the neurons."""
    if not ACTIVATIONS[_function(run, layer)].couples:
        raise DoesNotFit
    return softmax(run.z[layer].T).T


def plain_error(run: Run, layer: int, _right: Callable[[], Array]) -> Array:
    """softmax's error from an a that does not add up to 1: a − y, or a ⊙ (∇C − Σ ∇C a) with the quadratic cost."""
    a, error = run.a[layer], run.a[layer] - run.target
    return a * (error - (error * a).sum(axis=1, keepdims=True)) if run.task.network.cost == "quadratic" else error
