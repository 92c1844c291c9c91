"""Where one stands in the five steps: stops, neurons within a stop, terms within a neuron."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from tuibp.core.five_steps import order
from tuibp.core.steps import STEPS, StepName

StepSize = Literal["phase", "layer", "neuron", "term"]
STEP_SIZES: tuple[StepSize, ...] = ("phase", "layer", "neuron", "term")


@dataclass(frozen=True)
class Stop:
    """One layer-level step; `layer` is None where a phase has nothing to do."""

    step: StepName
    layer: int | None


@dataclass(frozen=True)
class Place:
    """Everything up to and including this has been computed."""

    stop: int = 0
    """Index into `stops`."""
    neuron: int | None = None
    """The last neuron computed in the stop; None when the whole stop is done."""
    term: int | None = None
    """The last term computed in the neuron; None when the whole neuron is done."""


@lru_cache(maxsize=64)
def stops(layer_count: int) -> tuple[Stop, ...]:
    """The layer-level steps in order; without a hidden layer step 4 is still one stop, with nothing to do."""
    listed = [Stop(step, layer) for step, layer in order(layer_count)]
    if layer_count == 2:
        listed.insert(next(i for i, s in enumerate(listed) if s.step == "gradient"), Stop("backpropagate", None))
    return tuple(listed)


def phase_of(stop: Stop) -> int:
    """0 to 4: which of the five steps."""
    return STEPS.index(stop.step)
