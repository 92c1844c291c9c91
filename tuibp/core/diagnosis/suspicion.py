"""What a symptom says: a cause that may be at work, where it was seen, and the numbers that speak for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Source = Literal["data", "start", "run"]


@dataclass(frozen=True)
class Spot:
    """Where in the stepper it shows: 0-based layer and neuron; layer 0 is the input."""

    update: int = 0
    layer: int = 0
    j: int = 0


@dataclass(frozen=True)
class Suspicion:
    """A cause that may be at work; it is named only if its cure helps."""

    cause: str
    """One of `causes.CAUSES`."""
    where: Source
    evidence: Mapping[str, float | int | str]
    """The numbers, by name."""
    seen: str
    """The same as a sentence."""
    see: Spot = field(default_factory=Spot)
