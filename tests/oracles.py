"""Independent answers: numbers from outside this project, and gradients by the `autograd` package."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import autograd.numpy as anp
from autograd import grad

from tuibp.core.network import Array, Network, views

SLOPE_BELOW_ZERO = 0.01


@cache
def ground_truth() -> dict[str, Any]:
    """The tables of ground_truth.toml."""
    return tomllib.loads(Path(__file__).with_name("ground_truth.toml").read_text())


def gradient_by_autograd(network: Network, x: Array, y: Array) -> Array:
    """The mean cost's gradient over rows x and y, in the order of `parameters`, from the formulas as they stand."""
    return grad(lambda flat: cost_by_formula(network, flat, x, y))(network.parameters)


def cost_by_formula(network: Network, flat: Any, x: Any, y: Any) -> Any:
    """The mean cost, written anew: one function of all parameters."""
    a = x
    for layer, (w, b) in enumerate(zip(*views(flat, network.sizes), strict=True), start=1):
        z = anp.dot(a, w.T) + b
        columns = [network.activation_of(layer, j) for j in range(network.sizes[layer])]
        if columns[0] == "softmax":
            e = anp.exp(z - anp.max(z, axis=1, keepdims=True))
            a = e / anp.sum(e, axis=1, keepdims=True)
        else:
            a = anp.stack([_function(name, z[:, j]) for j, name in enumerate(columns)], axis=1)
    return anp.sum(_cost(network.cost, a, y)) / len(x)


def _function(name: str, z: Any) -> Any:
    if name == "sigmoid":
        return 1.0 / (1.0 + anp.exp(-z))
    if name == "tanh":
        return anp.tanh(z)
    if name == "relu":
        return anp.where(z > 0, z, 0.0 * z)
    if name == "leaky_relu":
        return anp.where(z > 0, z, SLOPE_BELOW_ZERO * z)
    assert name == "linear"
    return z


def _cost(name: str, a: Any, y: Any) -> Any:
    if name == "quadratic":
        return 0.5 * (a - y) ** 2
    if name == "log_likelihood":
        return -y * anp.log(a)
    return -(y * anp.log(a) + (1.0 - y) * anp.log(1.0 - a))
