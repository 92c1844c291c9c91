"""The table of the five steps: what each is called, what it reads and computes, and what is asked about there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tuibp.locale import _

StepName = Literal["input", "feedforward", "output_error", "backpropagate", "gradient"]
Computed = Literal["a", "z", "delta", "grad_w", "grad_b"]
Read = Literal["x", "y", "a", "z", "w", "b", "delta"]
Quantity = Literal["z", "a", "delta", "gradient"]


@dataclass(frozen=True)
class KindOfStep:
    """One of the five, for any of its layers. What it comes to on a network is `explained_step`'s to say."""

    name: StepName
    title: str
    equation: str
    """FF, BP1, BP2 or BP4 (the gradient step, which is BP3 as well); x for the input."""
    does: str
    """One sentence, before there are numbers."""
    reads: tuple[tuple[Read, int], ...]
    """(array, its layer counted from the step's own), in the order of the equation."""
    computes: tuple[Computed, ...]
    asks: Quantity
    """What is explained of a neuron there."""
    lens: str
    """What tiles show there."""


_TABLE = (
    KindOfStep(
        "input", _("Input"), "x", _("The example becomes the activations of layer 1."),
        (("x", 0),), ("a",), "a", "a",
    ),
    KindOfStep(
        "feedforward", _("Feedforward"), "FF",
        _("Each neuron weighs what the layer before says, adds its bias and answers."),
        (("a", -1), ("w", 0), ("b", 0)), ("z", "a"), "a", "a",
    ),
    KindOfStep(
        "output_error", _("Output error"), "BP1", _("How C would change with each output’s weighted input."),
        (("a", 0), ("y", 0), ("z", 0)), ("delta",), "delta", "delta",
    ),
    KindOfStep(
        "backpropagate", _("Backpropagate"), "BP2", _("The errors go back over the same weights, read as columns."),
        (("delta", 1), ("w", 1), ("z", 0)), ("delta",), "delta", "delta",
    ),
    KindOfStep(
        "gradient", _("Gradient"), "BP4",
        _("A weight’s gradient is what came in times the error behind it; a bias’s is the error itself."),
        (("a", -1), ("delta", 0)), ("grad_w", "grad_b"), "gradient", "grad_b",
    ),
)  # fmt: skip
STEPS: tuple[StepName, ...] = tuple(step.name for step in _TABLE)
"""In the order of the algorithm."""
KINDS: dict[StepName, KindOfStep] = {step.name: step for step in _TABLE}
TITLES: tuple[str, ...] = tuple(step.title for step in _TABLE)
