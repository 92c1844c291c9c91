"""Keys, typed values and clicks at random: nothing ends the program, one key back undoes one thing, and what is told is
so. What fails is told with the keys that led there."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.app.pressing import NAMES, click, put, settled, sound, wheel
from tests.drive import program
from tuibp.app.app import TuibpApp
from tuibp.app.screens.main import MainScreen
from tuibp.files import preset_names

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


@pytest.mark.parametrize("name", PRESETS)
async def test_no_walk_at_random_ends_the_program_or_leads_where_one_key_back_does_not_undo(
    name: str, whole: bool, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(str(tmp_path))
    rnd = random.Random(f"walk, {name}")
    pressed: list[str] = []
    async with program(name) as (app, pilot):
        while len(pressed) < (WHOLE if whole else KEYS) / len(PRESETS):
            keys = list(burst(rnd))
            pressed += keys
            put(app, keys)
            await pointed(app, pilot, rnd)
            await settled(app, pilot)
            if app._exit:  # `quit` is one click, or one entry of the list of commands, away
                assert app._exception is None
                return
            if app.desk.pause():
                app.repaint()
                await settled(app, pilot)
            assert sound(app) == "", (
                f"{name}, {app.size}, the last of {len(pressed)} keys: {' '.join(pressed[-2 * TOGETHER :])}"
            )
            if isinstance(app.screen, MainScreen) and rnd.random() < 0.2:
                key = rnd.choice(NAMES)
                assert await and_back(app, pilot, key) == "", f"{name}: {' '.join(pressed[-2 * TOGETHER :])}"
                pressed += [key, "backspace"]
