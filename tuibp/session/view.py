"""What is looked at: not part of the log, but saved with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tuibp.core.network import Network
from tuibp.core.plane import has_plane
from tuibp.core.steps import KINDS
from tuibp.session.commands import Then
from tuibp.session.cursor import Cursor, clamped, in_column, to_neuron, to_pixel, to_weight
from tuibp.session.place import StepSize
from tuibp.session.reach import first_computed
from tuibp.session.state import State
from tuibp.session.stepping import Where

__all__ = [
    "LENSES",
    "PANELS",
    "Cursor",
    "View",
    "clamped",
    "cursor_of",
    "lens_of",
    "lenses",
    "move_cursor",
    "parameter_under",
    "watched_from",
]

LENSES = ("a", "z", "delta", "slope", "grad_b", "term", "rate", "plane")
CODES = ("", "vector", "rows")
Scale = Literal["one", "layer"]
SCALES: tuple[Scale, ...] = ("one", "layer")
PANELS = ("network", "matrix", "equation", "cost")


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
    span: float = 4.0
    """How far the cost is drawn to either side of the nudged number."""
    pace: float | None = None
    """Updates a second of a training run; None for what suits its epochs."""
    then: Then = "stay"
    """What an update by hand does with the example and the step."""
    scale: Scale = "one"
    """Whether δ and ∂C/∂b have one colour scale and power of ten for all layers, or each layer its own."""
    code: Literal["", "vector", "rows"] = ""
    """The equation as code: for one example, or for rows as examples; empty for the equation itself."""
    symbol: int | None = None
    """Which symbol of the equation the cursor is on, counted from the first one read."""
    panel: str = "network"
    """The panel that arrow keys move in."""


DEEP = 5
"""Layers from which on it is the errors that a network is about."""


def first_view(network: Network) -> View:
    """What is looked at when a network is opened: of a deep one the errors, layer by layer, in place of the cost."""
    return View(plot="errors") if network.layer_count >= DEEP else View()


def cursor_of(state: State, view: View) -> Cursor:
    """The person's cursor, kept within the network as it is; otherwise what the step just computed."""
    return _following(state) if view.cursor is None else clamped(view.cursor, state.network.sizes)


def lens_of(state: State, view: View) -> str:
    """What tiles show: the person's lens, otherwise what the step computes; at the start the plane, if there is one."""
    if view.lens in lenses(state):
        return view.lens
    at_start = state.stop.step == "input" and has_plane(state.network, state.preset.data)
    return "plane" if at_start else KINDS[state.stop.step].lens


def watched_from(state: State, view: View) -> Where | None:
    """Where to go before training is watched, since at the start nothing is computed; None where one stands well.

    The plane is all there at the start; errors need step 4, and an example without a target ends at step 2.
    """
    if state.place.stop or (lens_of(state, view) == "plane" and view.plot != "errors"):
        return None
    return 2 if state.wants_target else 4 if view.plot == "errors" else "end"


def lenses(state: State) -> tuple[str, ...]:
    """Those that show something here: the plane only of a network that has one."""
    return LENSES if has_plane(state.network, state.preset.data) else LENSES[:-1]


def parameter_under(state: State, view: View) -> Cursor:
    """The weight or bias under the cursor; a neuron stands for the weight that matters most to the cost.

    That is the one with the largest |∂C/∂w| among those into it, or of an input among those out of it.
    """
    cursor = cursor_of(state, view)
    if cursor.bias or cursor.k is not None:
        return cursor
    gradient = np.abs(np.asarray(state.walk.grad_w(max(cursor.layer, 1))))
    if cursor.layer:
        return Cursor(cursor.layer, cursor.j, int(gradient[cursor.j].argmax()))
    if view.cursor is None:
        j, k = np.unravel_index(gradient.argmax(), gradient.shape)
        return Cursor(1, int(j), int(k))
    return Cursor(1, int(gradient[:, cursor.j].argmax()), cursor.j)


def move_cursor(state: State, view: View, direction: str, rows: Sequence[int] | None = None) -> Cursor:
    """The cursor after an arrow key; unmoved at an edge.

    In the network it goes from neuron to neuron, in the matrix from weight to weight of a layer. `rows` says how many
    neurons stand in a column of each layer as drawn; without it every layer is one column.
    """
    cursor, sizes = cursor_of(state, view), state.network.sizes
    if view.panel != "matrix":
        return to_neuron(cursor, sizes, direction, sizes if rows is None else rows)
    image = state.preset.data.image
    layer = max(cursor.layer, 1)
    held = cursor if cursor.layer else Cursor(1, 0, cursor.j)
    if layer == 1 and image is not None:
        return to_pixel(held, sizes[0], direction, image[1])
    return to_weight(held, sizes, direction)


def most_to_blame(state: State) -> int:
    """The output with the largest |δ|, the first of equals; numbers that are not finite are passed over."""
    delta = state.walk.delta(state.network.last)
    return int(np.where(np.isfinite(delta), np.abs(delta), -1.0).argmax())


def _following(state: State) -> Cursor:
    """The first neuron that the step computed in the layer where it ended; in step 5 term by term the weight itself.

    At the start and where all outputs have their errors, the output that is most to blame.
    """
    stop, place = state.stop, state.place
    if stop.step == "input" or (stop.step == "output_error" and place.neuron is None):
        return Cursor(state.network.last, most_to_blame(state))
    begun, j, term = first_computed(state)
    if stop.layer is None:
        return Cursor(state.network.last, 0)
    if begun != place.stop:
        return Cursor(stop.layer, 0)
    by_term = term > 0 or place.term is not None
    if stop.step != "gradient" or not by_term:
        return Cursor(stop.layer, j)
    return in_column(stop.layer, j, term, state.network.sizes[stop.layer - 1])
