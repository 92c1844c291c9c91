"""No key is silent: in every screen each key of the table does its thing, or says in a line why not."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tests.drive import press, program
from tuibp.app.app import TuibpApp
from tuibp.app.desk import Desk
from tuibp.app.key import Key
from tuibp.app.keys import KEYS
from tuibp.files import load
from tuibp.session.place import STEP_SIZES, phase_of
from tuibp.session.state import State
from tuibp.session.view import View

SCREENS = {
    "steps": ("", "e 3"), "last step": ("", "e 5 tab"), "nudge": ("", "e 5 ]"), "paths": ("PathsScreen", "e 5 p"),
    "race": ("RaceScreen", "r"), "notebook": ("Notebook", "] enter n"), "settings": ("SettingsScreen", "h"),
    "picker": ("Picker", "o"), "lessons": ("Lessons", "l"), "diagnosis": ("DiagnosisScreen", "D"),
    "symbols": ("", "e 5 . ."), "lesson": ("", "l enter"), "question": ("", "a space"),
}  # fmt: skip
SKIPPED = {"quit", "suspend"}
"""They leave the program; what they do has tests of its own."""
SAMPLE = 2
"""Keys that are pressed in a screen beyond those with a claim, unless the whole product is asked for."""

Claim = Callable[[State, View, State, View], bool]
CLAIMS: dict[str, Claim] = {
    "step": lambda s, _v, t, _w: phase_of(t.stop) == phase_of(s.stop) + 1,
    "phase1": lambda _s, _v, t, _w: phase_of(t.stop) == 0,
    "phase2": lambda _s, _v, t, _w: phase_of(t.stop) == 1,
    "phase4": lambda _s, _v, t, _w: phase_of(t.stop) == 3,
    "phase5": lambda _s, _v, t, _w: phase_of(t.stop) == 4,
    "start": lambda _s, _v, t, _w: t.place.stop == 0,
    "end": lambda _s, _v, t, _w: t.place.stop == len(t.stops) - 1,
    "size": lambda _s, v, _t, w: STEP_SIZES.index(w.step_size) == STEP_SIZES.index(v.step_size) + 1,
    "update": lambda s, _v, t, _w: (t.update, t.example, t.place) == (s.update + 1, s.example, s.place),
    "next": lambda s, _v, t, _w: (t.example, t.place) == (s.example + 1, s.place),
    "previous": lambda s, _v, t, _w: (t.example, t.place) == (s.example - 1, s.place),
    "up_nudge": lambda _s, v, t, _w: t.nudge is not None and t.nudge.delta == v.nudge_step,
    "down_nudge": lambda _s, v, t, _w: t.nudge is not None and t.nudge.delta == -v.nudge_step,
    "coarser": lambda _s, v, _t, w: w.nudge_step == 10 * v.nudge_step,
    "demon": lambda _s, _v, t, _w: t.nudge is not None and t.nudge.kind == "demon",
    "direction": lambda _s, _v, t, _w: t.nudge is not None and t.nudge.direction == "gradient",
    "lens": lambda _s, v, _t, w: w.lens != v.lens,
    "tab": lambda _s, _v, _t, w: w.panel == "matrix",
    "faster": lambda _s, _v, _t, w: w.pace == 100.0,
    "plot": lambda _s, v, _t, w: w.plot != v.plot,
}
"""What keys do at step 3 of an example in the middle, beyond being seen."""


async def fresh(app: TuibpApp, pilot: object, keys: str) -> None:
    """The same network once more from its start, and these keys pressed."""
    while len(app.screen_stack) > 2:
        await app.pop_screen()
    app.desk.pause()
    app.replace(Desk.of(load("xor")))
    await press(pilot, keys)  # type: ignore[arg-type]  # the pilot of this program


@pytest.mark.parametrize("place", SCREENS)
async def test_each_key_has_its_effect_or_says_why_not(place: str, whole: bool) -> None:
    own, setup = SCREENS[place]
    keys = [key for key in KEYS if key.name not in SKIPPED]
    if not whole:
        claimed = [key for key in keys if place == "steps" and key.name in CLAIMS]
        others = [key for key in keys if key not in claimed]
        keys = claimed + random.Random(place).sample(others, SAMPLE)
    async with program("xor") as (app, pilot):
        silent = []
        for key in keys:
            await fresh(app, pilot, setup)
            if own:
                assert type(app.screen).__name__ == own
            before, told = (app.desk.state, app.desk.view), (app.text(), tuple(app.screen_stack))
            await press(pilot, pressed(key))
            if app.desk.training:
                app.desk.pause()
            if not app.desk.message and told == (app.text(), tuple(app.screen_stack)):
                silent.append(key.name)
            if place == "steps" and key.name in CLAIMS:
                assert CLAIMS[key.name](*before, app.desk.state, app.desk.view), key.name
    assert not silent, place


def pressed(key: Key) -> str:
    """As `play --keys` writes it."""
    name = key.keys[0]
    return {"escape": "esc"}.get(name, name)


def test_the_claims_are_about_keys_that_there_are() -> None:
    assert set(CLAIMS) <= {key.name for key in KEYS}
