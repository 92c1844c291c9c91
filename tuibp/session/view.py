"""What is looked at: not part of the log, but saved with it."""

from __future__ import annotations

from dataclasses import dataclass

from tuibp.session.place import StepSize

LENSES = ("a", "z", "delta", "slope", "grad_b", "term", "rate")
PANELS = ("network", "matrix", "equation", "cost")


@dataclass(frozen=True)
class Cursor:
    """A neuron (k None, bias False), a weight (k set) or a bias (bias True); 0-based."""

    layer: int
    j: int
    k: int | None = None
    bias: bool = False


@dataclass(frozen=True)
class View:
    cursor: Cursor | None = None
    """None follows the step."""
    lens: str | None = None
    """One of LENSES; None follows the step."""
    step_size: StepSize = "phase"
    nudge_step: float = 0.1
    plot: str = "cost"
    zoom: tuple[tuple[int, str], ...] = ()
    """(layer, tile) where the person asked for another tile than fits."""
    panel: str = "network"
    """The panel that arrow keys move in."""
