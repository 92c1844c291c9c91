"""A state and a view as JSON tables and back; the preset is named, not held."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from tuibp.core.index import counted, shown
from tuibp.core.network import SCHEMES, NetworkError
from tuibp.core.optimisers import OPTIMISERS, Memory
from tuibp.files.description import training_keys_of, training_of
from tuibp.files.errors import BadInput
from tuibp.files.preset import Preset
from tuibp.files.table import Table
from tuibp.locale import _
from tuibp.session.commands import THEN, Reset, SetNudge, apply, untrained
from tuibp.session.cursor import Cursor
from tuibp.session.own import checked
from tuibp.session.pace import FASTEST, SLOWEST
from tuibp.session.packing import packed, unpacked
from tuibp.session.place import STEP_SIZES, Place
from tuibp.session.saved_commands import nudge_of, nudge_table, optional, own_of, own_table
from tuibp.session.state import State
from tuibp.session.stepping import canonical
from tuibp.session.view import CODES, LENSES, SCALES, View

LAYERS = 1_000
KEYS = (
    "seed", "scheme", "example", "update", "place", "since", "settings", "nudge", "own", "digest", "parameters",
    "memory",
)  # fmt: skip


def state_table(state: State, numbers: bool = True) -> dict[str, Any]:
    """A state; without `numbers` of its parameters only the digest."""
    initial = state.preset.initial
    return {
        "seed": None if initial is None else initial.seed,
        "scheme": None if initial is None else initial.scheme,
        "example": shown(state.example),
        "update": state.update,
        "place": _place_table(state.place),
        "since": None if state.since is None else _place_table(state.since),
        "settings": training_keys_of(state.settings),
        "nudge": None if state.nudge is None else nudge_table(state.nudge),
        **({} if state.own is None else {"own": own_table(state.own)}),
        "digest": state.network.digest(),
        **({"parameters": packed(state.network.parameters)} if numbers else {}),
        **({"memory": memory_table(state.memory)} if numbers and state.memory is not None else {}),
    }


def state_of(table: Table, preset: Preset) -> State:
    """The state of a table, on this preset. Raises BadInput where it does not fit, or the parameters are damaged."""
    table.only(KEYS)
    seed, scheme = optional(table, "seed"), table.get("scheme", None)
    start = untrained(preset)
    if preset.initial is not None and seed is not None:
        start = apply(start, Reset(seed, None if scheme is None else table.word("scheme", SCHEMES)))
    parameters = unpacked(table, "parameters", preset.network.parameters.size)
    network = start.network.with_parameters(parameters)
    if network.digest() != table.get("digest"):
        raise table.bad("digest", _("is not that of the parameters: the file is damaged"))
    state = replace(
        start,
        network=network,
        example=counted(table.whole("example", low=1, high=len(preset.data))),
        update=table.whole("update", high=10**12),
        settings=training_of(table.table("settings")),
        memory=memory_of(table.table("memory"), parameters.size) if table.has("memory") else None,
    )
    if table.has("own"):
        state = replace(state, own=checked(own_of(table.table("own")), preset.network))
    state = replace(state, place=_place_of(table.table("place"), state))
    if table.get("since") is not None:
        state = replace(state, since=_place_of(table.table("since"), state))
    return state if table.get("nudge") is None else _holding(state, table.table("nudge"))


def memory_table(memory: Memory) -> dict[str, Any]:
    """What an optimiser remembers: whose it is, how many updates, and its sums behind one another."""
    return {"of": list(memory.of), "steps": memory.steps, "numbers": packed(np.concatenate(memory.sums))}


def memory_of(table: Table, size: int) -> Memory:
    """The same again, of `size` parameters. Raises BadInput."""
    table.only(("of", "steps", "numbers"))
    name, *constants = table.items("of", 8) or [None]
    if not isinstance(name, str) or name not in OPTIMISERS or len(constants) != len(OPTIMISERS[name].remembered_by):
        raise table.bad("of", _("is no optimiser with its constants"))
    each = Table(table.file, table.path, {f"of[{n}]": item for n, item in enumerate(constants, start=2)})
    sums = unpacked(table, "numbers", OPTIMISERS[name].count * size).reshape(-1, size)
    sums.flags.writeable = False
    return Memory((name, *(each.number(key) for key in each.values)), table.whole("steps", high=10**12), tuple(sums))


def view_table(view: View) -> dict[str, Any]:
    cursor = view.cursor
    return {
        "cursor": None
        if cursor is None
        else {
            "layer": shown(cursor.layer),
            "j": shown(cursor.j),
            "k": 0 if cursor.bias else None if cursor.k is None else shown(cursor.k),
        },
        "lens": view.lens,
        "step_size": view.step_size,
        "nudge_step": view.nudge_step,
        "plot": view.plot,
        "zoom": [{"layer": shown(layer), "tile": tile} for layer, tile in view.zoom],
        "span": view.span,
        "panel": view.panel,
        "then": view.then,
        "scale": view.scale,
        "pace": view.pace,
        "code": view.code,
    }


def view_of(table: Table) -> View:
    """The view of a table; a cursor that the network does not have is moved where it is looked at. Raises BadInput."""
    table.only(
        ("cursor", "lens", "step_size", "nudge_step", "plot", "zoom", "span", "panel", "then", "scale", "pace", "code")
    )
    zoom = tuple((counted(t.whole("layer", low=1)), t.text("tile")) for t in table.tables("zoom", LAYERS))
    return View(
        cursor=None if table.get("cursor") is None else _cursor_of(table.table("cursor")),
        lens=None if table.get("lens") is None else table.word("lens", LENSES),
        step_size=table.word("step_size", STEP_SIZES),  # type: ignore[arg-type]  # one of STEP_SIZES
        nudge_step=table.number("nudge_step", low=1e-12, high=1e12),
        plot=table.text("plot"),
        zoom=zoom,
        span=table.number("span", low=1e-12, high=1e12),
        panel=table.text("panel"),
        pace=None if table.get("pace", None) is None else table.number("pace", low=SLOWEST, high=FASTEST),
        code=table.word("code", CODES, ""),  # type: ignore[arg-type]  # one of CODES
        then=table.word("then", THEN, "stay"),  # type: ignore[arg-type]  # one of THEN
        scale=table.word("scale", SCALES, "one"),  # type: ignore[arg-type]  # one of SCALES
    )


def _holding(state: State, table: Table) -> State:
    try:
        return apply(state, SetNudge(nudge_of(table)))
    except (NetworkError, BadInput) as problem:
        raise table.bad("layer", str(problem)) from None


def _place_table(place: Place) -> dict[str, Any]:
    return {
        "stop": shown(place.stop),
        "neuron": None if place.neuron is None else shown(place.neuron),
        "term": None if place.term is None else shown(place.term),
    }


def _place_of(table: Table, state: State) -> Place:
    table.only(("stop", "neuron", "term"))
    stop = counted(table.whole("stop", low=1, high=len(state.stops)))
    neuron, term = optional(table, "neuron", 1), optional(table, "term", 1)
    place = Place(stop, None if neuron is None else counted(neuron), None if term is None else counted(term))
    if canonical(state.network, place) != place:
        raise table.bad("neuron", _("is beyond the layer"))
    return place


def _cursor_of(table: Table) -> Cursor:
    table.only(("layer", "j", "k"))
    k = optional(table, "k")
    layer, j = counted(table.whole("layer", low=1)), counted(table.whole("j", low=1))
    return Cursor(layer, j, None if not k else counted(k), bias=k == 0)
