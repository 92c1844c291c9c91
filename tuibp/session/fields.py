"""Where somebody is, as plain fields: what `play --json` prints and what a page of a lesson waits for."""

from __future__ import annotations

from typing import Any

from tuibp.core.index import shown
from tuibp.session.state import State
from tuibp.session.view import View, cursor_of, lenses


def fields_of(state: State, view: View) -> dict[str, Any]:
    """As the contract of `play --json` has it; everything counts from 1."""
    cursor, place, nudge = cursor_of(state, view), state.place, state.nudge
    return {
        "preset": state.preset.name,
        "example": shown(state.example),
        "own": None if state.own is None else {"x": state.own.x, "y": state.own.y},
        "update": state.update,
        "eta": state.settings.eta,
        "cost": state.cost,
        "place": {
            "step": state.stop.step,
            "layer": None if state.stop.layer is None else shown(state.stop.layer),
            "j": None if place.neuron is None else shown(place.neuron),
            "k": None if place.term is None else shown(place.term),
        },
        "step_size": view.step_size,
        "cursor": {
            "layer": shown(cursor.layer),
            "j": shown(cursor.j),
            "k": 0 if cursor.bias else None if cursor.k is None else shown(cursor.k),
        },
        "lens": view.lens if view.lens in lenses(state) else "follow",
        "panel": view.panel,
        "code": view.code,
        "plot": view.plot,
        "plane": "plane" in lenses(state),
        "nudge": None
        if nudge is None
        else {
            "layer": shown(nudge.layer) if nudge.kind != "direction" else None,
            "j": shown(nudge.j) if nudge.kind != "direction" else None,
            "k": None if nudge.kind != "parameter" else 0 if nudge.k is None else shown(nudge.k),
            "delta": nudge.delta,
        },
    }
