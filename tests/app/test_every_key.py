"""Every key on every screen, of every preset: none ends the program, and no line leaves the screen."""

from __future__ import annotations

import random
from itertools import product

import pytest

from tests.app.pressing import NAMES, afresh, put, settled, sound
from tests.drive import SIZES, program
from tuibp.app.desk import Desk
from tuibp.files import preset_names
from tuibp.files.once import load_once
from tuibp.headless.play import parse_keys

SCREENS = {
    "main": "",
    "done": "5 tab right",
    "nudge": "] ]",
    "demon": "2 d",
    "training": "t",
    "paths": "p",
    "race": "r",
    "diagnosis": "D",
    "lessons": "l",
    "lesson": "l enter L",
    "question": "a space",
    "symbols": "5 . .",
    "proof": "P",
    "matrices": "5 m",
    "function": "f",
    "batch": "b",
    "editor": "i",
    "gallery": "G",
    "notebook": "] enter ] n",
    "settings": "h",
    "confusion": "M",
    "wall": "M W",
    "surface": "S",
    "runs": "u u T",
    "picker": "o",
    "help": "?",
    "palette": "ctrl+p",
    "prompt": "=",
}
"""How to come to each of them."""
SAMPLE = 1
"""So many of a screen's cases (keys × presets × sizes) are tried where not all are."""


@pytest.mark.parametrize("screen", SCREENS)
async def test_no_key_ends_the_program_or_draws_beyond_the_screen(
    screen: str, whole: bool, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(str(tmp_path))  # a saved file goes nowhere else
    names = preset_names() if whole else [name for name in preset_names() if name != "million"]
    cases = list(product(SIZES, names, NAMES))
    if not whole:
        cases = sorted(random.Random(f"every key, {screen}").sample(cases, SAMPLE), key=cases.index)
    async with program("mazur", SIZES[0]) as (app, pilot):
        for size, name, key in cases:
            if app.size != size:
                await pilot.resize_terminal(*size)
            await afresh(app, pilot, Desk.of(load_once(name)))
            put(app, [*parse_keys(SCREENS[screen]), key])
            await settled(app, pilot)
            assert sound(app) == "", f"{name} {size[0]}×{size[1]}: {SCREENS[screen]} {key}"
