"""A question with its answer and the reason for it; text is markup (`tuibp.core.notation`)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from tuibp.core.steps import Computed


@dataclass(frozen=True)
class Number:
    """A number that the five steps come to: as soon as they have, it is on the screen. 0-based."""

    quantity: Computed
    layer: int
    j: int
    k: int | None = None


@dataclass(frozen=True)
class Question:
    """Answered by one of `choices`, by a neuron of `layer`, or by a number."""

    text: str
    answer: float
    """Which choice, which neuron (0-based), or the number."""
    said: str
    """The answer in words."""
    reason: str
    choices: tuple[str, ...] = ()
    layer: int | None = None
    """Set where it is answered by a neuron."""
    told_by: Number | None = None
    """What tells the answer; None where the steps never do."""
    of_network: bool = False
    """Whether it asks about all layers, and not about the number or the layer that tells it last."""
    whole: bool = False
    """Whether the number is a count, which is right or wrong by one."""

    @property
    def kind(self) -> Literal["choice", "neuron", "number"]:
        return "choice" if self.choices else "neuron" if self.layer is not None else "number"

    def is_about(self, quantity: Computed | None, layer: int, j: int) -> bool:
        """Whether the answer is this number of this neuron, or one of its layer's."""
        told = self.told_by
        if told is None or self.of_network or (told.quantity, told.layer) != (quantity, layer):
            return False
        return self.layer is not None or told.j == j

    def is_right(self, given: float) -> bool:
        """Whether the answer is this one; a number counts where its first two digits do."""
        if self.kind != "number" or self.whole:
            return given == self.answer
        return abs(given - self.answer) <= tolerance(self.answer)


def tolerance(value: float) -> float:
    """Half a unit of the second digit that counts, and a little for who rounds on the way."""
    if value == 0 or not math.isfinite(value):
        return 1e-12
    return 0.6 * 10.0 ** (math.floor(math.log10(abs(value))) - 1)
