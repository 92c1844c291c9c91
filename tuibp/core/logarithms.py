"""ln a and ln(1 − a) of activations that are probabilities, finite wherever the weighted input is."""

from __future__ import annotations

import numpy as np

from tuibp.core.activations import ACTIVATIONS, Values, below_largest, softmax


def log_of(name: str, z: Values) -> Values:
    """ln a of a probability activation from its weighted input, finite wherever z is."""
    if name == "sigmoid":
        return -_softplus(-z)
    below, _ = below_largest(z)
    return below - _log_total(z)


def log_of_rest(name: str, z: Values) -> Values:
    """ln(1 - a) of a probability activation from its weighted input, finite wherever z is."""
    if name == "sigmoid":
        return -_softplus(z)
    if z.shape[-1] == 1:
        return np.full_like(z, NEVER)
    a = softmax(z)
    _, winner = below_largest(z)
    is_winner = np.arange(z.shape[-1]) == winner
    others = np.where(is_winner, NEVER, z)
    ahead = np.take_along_axis(z, winner, axis=-1) - np.take_along_axis(others, below_largest(others)[1], axis=-1)
    of_winner = np.log(np.exp(below_largest(others)[0]).sum(axis=-1, keepdims=True)) - ahead - _log_total(z)
    return np.where(is_winner, of_winner, np.log1p(-np.where(is_winner, 0.0, a)))


def logs(name: str, z: Values) -> tuple[Values, Values]:
    """(ln a, ln(1 - a)) of a probability activation from its weighted input, finite wherever z is."""
    if not ACTIVATIONS[name].probability:
        raise ValueError(f"{name} does not give probabilities")
    return log_of(name, z), log_of_rest(name, z)


NEVER = -1e307
"""Stands for the logarithm of a probability that is 0 whatever the weights."""


def _softplus(z: Values) -> Values:
    """ln(1 + e^z) = max(z, 0) + ln(1 + e^-|z|), where |z| is z or -z by the sign of its real part."""
    positive = z.real > 0
    magnitude = np.where(positive, z, -z)
    return np.where(positive, z, 0.0) + np.log1p(np.exp(-magnitude))


def _log_total(z: Values) -> Values:
    """ln Σ_k e^(z_k - max z), which keeps its digits where one e^z_k is nearly all of the sum."""
    below, winner = below_largest(z)
    e = np.exp(below)
    np.put_along_axis(e, winner, 0.0, axis=-1)
    return np.log1p(e.sum(axis=-1, keepdims=True))
