"""A layer and all that was computed around it: what the rules of a whole step can see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tuibp.core.activations import ACTIVATIONS
from tuibp.core.example import Example
from tuibp.core.five_steps import Pass, slope
from tuibp.core.meaning.certainty import Certainty, certainty
from tuibp.core.meaning.claim import Claim, Sentence, about
from tuibp.core.meaning.rule import too_large
from tuibp.core.network import Array, Network


@dataclass(frozen=True, eq=False)
class LayerSight:
    """A layer (0-based) and all that was computed around it."""

    network: Network
    example: Example
    given: Pass
    layer: int

    @property
    def size(self) -> int:
        return self.network.sizes[self.layer]

    @property
    def is_output(self) -> bool:
        return self.layer == self.network.last

    @property
    def has_target(self) -> bool:
        """Whether these are the outputs, and somebody has said what they should be."""
        return self.is_output and self.example.has_target

    def errors(self, layer: int) -> Array:
        return self.given.delta(layer)

    @property
    def certainty(self) -> Certainty:
        return certainty(self.network, self.example, self.given)

    @property
    def names(self) -> list[str]:
        """Each neuron's own function."""
        return [self.network.activation_of(self.layer, j) for j in range(self.size)]

    def shares_of_steepest(self) -> Array:
        """f' over the largest that it can be, for each neuron."""
        slopes = slope(self.network, self.layer, self.given.z(self.layer), self.given.a(self.layer))
        return slopes / np.array([ACTIVATIONS[name].steepest for name in self.names])


Rule = Callable[[LayerSight], Sentence | None]


def ran_away(s: LayerSight) -> Sentence | None:
    if s.certainty.finite:
        return None
    return Sentence(too_large(), lambda t: t.overflows())


def cost_is(s: LayerSight) -> Claim:
    """That C is what is said, but for what rounding leaves of it where it is nearly 0."""
    off = 4.0 * float(s.certainty.a[-1].max())
    return lambda t: (
        about(t.cost(), s.given.cost, 0.006)
        or bool(abs(t.cost() - s.given.cost) <= off * (off + 1e-7 + 4.0 * float(np.sqrt(abs(t.cost())))))
    )
