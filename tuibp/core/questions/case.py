"""What is asked, and about what."""

from __future__ import annotations

from dataclasses import dataclass

from tuibp.core.datasets import DataSet
from tuibp.core.example import Example
from tuibp.core.explanation import explain
from tuibp.core.five_steps import Pass
from tuibp.core.network import Array, Network
from tuibp.core.steps import Quantity
from tuibp.core.training import Training


@dataclass(frozen=True)
class Ask:
    """Which question; a field that its kind has no use for is None. Indices are 0-based."""

    what: str
    """One of KINDS."""
    layer: int | None = None
    neuron: int | None = None
    weight: int | None = None
    """The k of w_jk; None where the neuron itself or its bias is meant."""
    by: float | None = None
    """A change."""
    of: str | None = None
    """z, a, delta, gradient."""
    mistake: str | None = None
    """A name of `core.mistakes.table`."""

    @property
    def at(self) -> tuple[int, int]:
        """Layer and neuron, where its kind has both."""
        assert self.layer is not None
        assert self.neuron is not None
        return self.layer, self.neuron


@dataclass(frozen=True, eq=False)
class Case:
    """A network and an example, with all that the five steps made of them."""

    network: Network
    example: Example
    given: Pass
    training: Training
    data: DataSet
    update: int = 0
    """Updates made so far: which mini-batch is next."""

    def errors(self, layer: int) -> Array:
        """δ^l, (n_l,)."""
        return self.given.delta(layer)

    def meaning(self, quantity: Quantity, layer: int, j: int, k: int | None = None) -> str:
        """The plain sentence about a number, whose claim holds."""
        return explain(self.network, self.example, quantity, layer, j, k, self.given).meaning
