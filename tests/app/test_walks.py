"""Keys, typed values and clicks at random: nothing ends the program, one key back undoes one thing, and what is told is
so. What fails is told with the keys that led there."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.app.pressing import LEAVES, NAMES, click, put, settled, sound, wheel
from tests.drive import program
from tuibp.app.app import TuibpApp
from tuibp.app.desk import Desk
from tuibp.app.keymap import Keymap
from tuibp.app.keys import KEYS as KEYS_OF_ALL
from tuibp.app.screens.main import MainScreen
from tuibp.files import load, preset_names

PRESETS = [name for name in preset_names() if name != "million"]
KEYS, WHOLE = 1_500, 80_000
"""Pressed altogether, and with `--whole`."""
TOGETHER = 125
"""Keys that come one behind the other before anybody looks."""
SIZES = ((80, 24), (120, 40), (80, 24), (48, 14), (97, 31), (200, 60))
TYPED = ("1e308", "-0", "nan", "0", "1e-300", "3", "=1", "999999", "", "../x", "貓", "x.csv", "y.svg", "-1e308", "0.5")
OTHERS = [*"lbmkafyDGLV(),.:/jMCT", "delete", "ctrl+x", "escape", "escape", "escape", "enter", "backspace"]


def burst(rnd: random.Random) -> Iterator[str]:
    """Some keys: most of the table, some of nothing, now and then a line that is typed."""
    for _ in range(TOGETHER):
        roll = rnd.random()
        if roll < 0.04:
            yield from (*rnd.choice(TYPED), "enter")
        elif roll < 0.25:
            yield rnd.choice(OTHERS)
        else:
            yield rnd.choice(NAMES)


async def pointed(app: TuibpApp, pilot: Pilot[Any], rnd: random.Random) -> None:
    """Sometimes a click, the wheel, or another size of window."""
    roll = rnd.random()
    x, y = rnd.randrange(app.size.width), rnd.randrange(app.size.height)
    if roll < 0.2:
        click(app, x, y)
    elif roll < 0.3:
        wheel(app, x, y, down=rnd.random() < 0.5)
    elif roll < 0.33:
        await pilot.resize_terminal(*rnd.choice(SIZES))


async def and_back(app: TuibpApp, pilot: Pilot[Any], key: str) -> str:
    """One key and `backspace`: what is not as it was before, "" where everything is."""
    desk = app.desk
    before, at = desk.state, desk.history.at
    put(app, [key])
    await settled(app, pilot)
    if app.desk is not desk or desk.history.at != at + 1 or not isinstance(app.screen, MainScreen) or desk.training:
        return ""  # it was no change, or not one that is a single entry
    put(app, ["backspace"])
    await settled(app, pilot)
    after = desk.state
    same = (after.network.digest(), after.example, after.place, after.nudge, after.settings) == (
        before.network.digest(), before.example, before.place, before.nudge, before.settings,
    )  # fmt: skip
    return "" if same or desk.awaited is not None else f"{key} backspace does not lead back"


async def walked(app: TuibpApp, pilot: Pilot[Any], rnd: random.Random, count: int) -> str:
    """A walk of so many keys: what went wrong and the keys that led there, "" where nothing did."""
    pressed: list[str] = []
    while len(pressed) < count:
        keys = list(burst(rnd))
        pressed += keys
        put(app, keys)
        await pointed(app, pilot, rnd)
        await settled(app, pilot)
        if app._exit and app._exception is None:  # `quit` is one click, or one entry of the list of commands, away
            return ""
        if app.desk.pause():
            app.repaint()
            await settled(app, pilot)
        wrong = sound(app)
        if not wrong and isinstance(app.screen, MainScreen) and rnd.random() < 0.2:
            pressed += [rnd.choice(NAMES), "backspace"]
            wrong = await and_back(app, pilot, pressed[-2])
        if wrong:
            own = dict(app.desk.keymap.own)
            told = f"{app.size}, {own}, the last of {len(pressed)} keys"
            return f"{wrong}: {told}: {' '.join(pressed[-2 * TOGETHER :])}"
    return ""


@pytest.mark.parametrize("name", PRESETS)
async def test_no_walk_at_random_ends_the_program_or_leads_where_one_key_back_does_not_undo(
    name: str, whole: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with program(name) as (app, pilot):
        count = (WHOLE if whole else KEYS) // len(PRESETS)
        assert await walked(app, pilot, random.Random(f"walk, {name}"), count) == ""


def own_keys(rnd: random.Random) -> Keymap:
    """Rows that have taken each other's keys, and a few keys of nobody's."""
    rows = rnd.sample([row for row in KEYS_OF_ALL if row.name not in LEAVES], 25)
    keys = list(dict.fromkeys([*(key for row in rows for key in row.keys), "f5", "f6", "ctrl+n", "ctrl+g"]))
    rnd.shuffle(keys)
    return Keymap({row.name: ((key, key),) for row, key in zip(rows, keys, strict=False)})


@pytest.mark.parametrize("name", PRESETS)
async def test_no_walk_with_own_does(name: str, whole: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if name != "mazur" and not whole:
        pytest.skip("with --whole")
    monkeypatch.chdir(tmp_path)
    rnd = random.Random(f"walk with own keys, {name}")
    for _walk in range(10 if whole else 1):
        desk = Desk.of(load(name))
        desk.keymap = own_keys(rnd)
        app = TuibpApp(desk)
        async with app.run_test(size=SIZES[0]) as pilot:
            await pilot.pause()
            assert await walked(app, pilot, rnd, 400 if whole else TOGETHER) == ""


def test_no_walk_in_chinese_does(whole: bool) -> None:
    """In a process of its own: tables of the program speak the language that was chosen before they were made."""
    if not whole:
        pytest.skip("with --whole")
    environ = os.environ | {"TUIBP_LANG": "zh-TW"}
    command = [sys.executable, "-m", "pytest", "-q", "-x", __file__, "-k", "no_walk_at_random or one_s_own"]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False, timeout=1_800)
    assert done.returncode == 0, done.stdout[-5_000:]
