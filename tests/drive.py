"""Drives the real program without a terminal: keys in, state and text picture out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from tuibp.app.app import TuibpApp
from tuibp.app.desk import Desk
from tuibp.app.terminal import Terminal
from tuibp.files import load
from tuibp.headless.play import parse_keys
from tuibp.render import plot

SIZES = ((80, 24), (120, 40))


@asynccontextmanager
async def program(
    target: str = "mazur", size: tuple[int, int] = (80, 24), terminal: Terminal | None = None
) -> AsyncIterator[tuple[TuibpApp, Pilot[None]]]:
    """The program with a network open, and the pilot that presses its keys."""
    plot.load()
    app = TuibpApp(Desk.of(load(target)), terminal)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, pilot


async def press(pilot: Pilot[None], keys: str) -> None:
    """Press keys written as for `play --keys`, and let the screen be painted."""
    await pilot.press(*parse_keys(keys))
    await pilot.pause()


async def screen_after(target: str, keys: str, size: tuple[int, int] = (80, 24)) -> str:
    """The screen as text after these keys."""
    async with program(target, size) as (app, pilot):
        await press(pilot, keys)
        return app.text()
