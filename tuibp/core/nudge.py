"""What is changed in an experiment: one parameter, one neuron's weighted input, or all parameters along a direction."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tuibp.core.network import Array, Network, NetworkError
from tuibp.core.stream import Purpose, stream
from tuibp.locale import _

Kind = Literal["parameter", "demon", "direction"]
Direction = Literal["gradient", "random"]


@dataclass(frozen=True)
class Nudge:
    """One experiment on a network, and how far it goes.

    A `parameter` is w^l_jk, or b^l_j where k is None. A `demon` adds Δz to one neuron's weighted input z^l_j, which is
    what adding it to the bias does. A `direction` moves all parameters by the length `delta` along a unit vector:
    `gradient` is straight down, -∇C/|∇C|, and `random` is drawn from the seed, evenly over the sphere.
    """

    kind: Kind
    delta: float
    """Δw, Δb, Δz, or the length of the step."""
    layer: int = 0
    """0-based, counted from the input; a direction does not read it."""
    j: int = 0
    k: int | None = None
    """None for a bias, and for a demon."""
    direction: Direction | None = None
    seed: int = 0

    def place(self, network: Network) -> int:
        """Where the changed number stands in `network.parameters`. Raises NetworkError where there is none."""
        if self.kind == "direction":
            raise NetworkError(_("a direction changes all parameters, not one"))
        return network.index_of(self.layer, self.j, self.k if self.kind == "parameter" else None)


def unit(network: Network, nudge: Nudge, gradient: Array) -> Array:
    """The vector (parameters,) along which the nudge moves the network a distance of `delta`.

    `gradient` is ∇C, flat. Where it is 0 there is no way down: the vector is 0 as well.
    """
    if nudge.kind != "direction":
        axis = np.zeros_like(network.parameters)
        axis[nudge.place(network)] = 1.0
        return axis
    if nudge.direction == "random":
        drawn = stream(nudge.seed, Purpose.DIRECTION).standard_normal(network.parameters.size)
        return drawn / np.linalg.norm(drawn)
    length = float(np.linalg.norm(gradient))
    return -gradient / length if length > 0.0 else np.zeros_like(gradient)


def nudged(network: Network, nudge: Nudge, gradient: Array | None = None) -> Network:
    """The network with the nudge applied; `gradient` (flat ∇C) is needed only to go along it.

    Raises NetworkError where the nudge is not finite or its parameter does not exist.
    """
    if not math.isfinite(nudge.delta):
        raise NetworkError(_("a change must be a finite number, not {delta}").format(delta=nudge.delta))
    if nudge.kind == "direction":
        if gradient is None and nudge.direction == "gradient":
            raise NetworkError(_("the gradient is needed to go along it"))
        along = unit(network, nudge, network.parameters if gradient is None else gradient)
        return network.with_parameters(network.parameters + nudge.delta * along)
    changed = network.parameters.copy()
    changed[nudge.place(network)] += nudge.delta
    return network.with_parameters(changed)


def tidy(delta: float, step: float) -> float:
    """A sum of Δs without the dust of binary fractions: 0.30000000000000004 is 0.3."""
    return round(delta, max(0, 2 - math.floor(math.log10(step)))) + 0.0
