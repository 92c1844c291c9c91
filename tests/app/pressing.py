"""Keys, clicks and typed text put into the running program as fast as it takes them, and what must hold after each."""

from __future__ import annotations

import re
import unicodedata
from asyncio import Event, wait_for
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import numpy as np
from textual.events import Key, MouseDown, MouseEvent, MouseScrollDown, MouseScrollUp, MouseUp
from textual.keys import _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot

from tests.oracles import cost_by_formula
from tuibp.app.app import TuibpApp
from tuibp.app.desk import Desk
from tuibp.app.keys import KEYS
from tuibp.app.screens.main import MainScreen
from tuibp.core.gradient import outputs

LEAVES = frozenset({"quit", "suspend"})
"""Keys of the table that end the program or stop it."""
NAMES = [key for row in KEYS if row.name not in LEAVES for key in row.keys]
"""Every other key of the table."""


def event_of(key: str) -> Key:
    """A key as Textual reports it, from its name or from its character."""
    name = _character_to_key(key) if len(key) == 1 else key
    try:
        return Key(name, unicodedata.lookup(_get_unicode_name_from_key(name)))
    except KeyError:
        return Key(name, key if len(key) == 1 else None)


def put(app: TuibpApp, keys: Iterable[str]) -> None:
    """Press keys one behind the other, without waiting for what they do."""
    for key in keys:
        app.post_message(event_of(key))


def click(app: TuibpApp, x: int, y: int) -> None:
    for kind in (MouseDown, MouseUp):
        app.post_message(_mouse(kind, x, y, 1))


def wheel(app: TuibpApp, x: int, y: int, down: bool) -> None:
    app.post_message(_mouse(MouseScrollDown if down else MouseScrollUp, x, y, 0))


def _mouse(kind: type[MouseEvent], x: int, y: int, button: int) -> MouseEvent:
    return kind(None, x, y, 0, 0, button, False, False, False, x, y)


async def settled(app: TuibpApp, pilot: Pilot[Any]) -> None:
    """Until all keys have done what they do, and it is painted; `pause` waits for a processor that rests as well, which
    a training run lets nobody see."""
    for _ in range(2):
        heard = Event()
        app.call_later(heard.set)
        while not heard.is_set() and app._exception is None and not app._exit:
            with suppress(TimeoutError):
                await wait_for(heard.wait(), 1.0)
        if app._exception is None and not app._exit:
            await pilot._wait_for_screen()


async def afresh(app: TuibpApp, pilot: Pilot[Any], desk: Desk) -> None:
    """The main screen with another desk on it."""
    while len(app.screen_stack) > 2:
        app.pop_screen()
    app.replace(desk)
    await settled(app, pilot)


def sound(app: TuibpApp) -> str:
    """What is wrong with the program as it stands, "" where nothing is."""
    if app._exception is not None:
        return f"crashed: {app._exception!r}"
    width, height = app.size
    strips = app.screen._compositor.render_strips()
    if strips and [strip.cell_length for strip in strips] != [width] * height:  # none: not laid out yet
        return f"lines of {sorted({strip.cell_length for strip in strips})} cells, {len(strips)} of them, in {app.size}"
    return _told_wrong(app)


def _told_wrong(app: TuibpApp) -> str:
    """Whether the cost that the title tells is another than the formula's."""
    desk = app.desk
    if desk.training or not isinstance(app.screen, MainScreen) or app.size.width < 80:
        return ""
    told = re.search(r"C (\d+\.\d{6})(?: → (\d+\.\d{6}))?\s", app.screen._compositor.render_strips()[0].text)
    state = desk.state
    if told is None or (state.nudge is not None and state.nudge.kind == "demon"):
        return ""
    for text, network in zip(told.groups(), (state.network, state.nudged), strict=True):
        with np.errstate(all="ignore"):
            cost = cost_by_formula(network, network.parameters, state.shown.x[None], state.shown.y[None])
            with np.errstate(all="ignore"):  # the formula's ln(1 − a) has lost what 1 − a has
                lost = float(np.sum(1e-15 / np.abs(1.0 - outputs(network, state.shown.x[None]))))
        if text is not None and abs(float(text) - cost) > 6e-7 + 1e-9 * abs(cost) + lost:
            return f"the title tells C {told.groups()}, the formula {cost!r}"
    return ""
