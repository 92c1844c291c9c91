"""`w` saves what the name's ending asks for; a session is saved while it goes on."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.drive import press, program
from tuibp.app.desk import Desk
from tuibp.app.saving import ENDINGS
from tuibp.app.screens.prompt import Prompt
from tuibp.files import load
from tuibp.session.saved import read, write


async def save(name: Path | str, keys: str = "5") -> tuple[Desk, str]:
    """Save under a name after these keys; gives the desk and the screen."""
    async with program("xor") as (app, pilot):
        await press(pilot, keys)
        await press(pilot, "w")
        app.screen.query_one("#answer").value = str(name)  # type: ignore[attr-defined]
        await press(pilot, "enter")
        return app.desk, app.text()


@pytest.mark.parametrize("ending", ENDINGS)
async def test_every_ending_saves_a_file_and_says_so(ending: str, tmp_path: Path) -> None:
    _desk, screen = await save(tmp_path / f"x{ending}", "e tab ] enter")
    assert (tmp_path / f"x{ending}").stat().st_size > 100
    assert "Saved" in screen


async def test_a_saved_network_is_the_one_on_the_desk(tmp_path: Path) -> None:
    desk, _screen = await save(tmp_path / "x.npz", "u u")
    assert load(str(tmp_path / "x.npz")).network.digest() == desk.state.network.digest()


@pytest.mark.parametrize("name", ["nowhere/x.svg", "x.gif", ""])
async def test_a_name_that_cannot_be_saved_is_objected_to_in_place(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with program("xor") as (app, pilot):
        await press(pilot, "w")
        app.screen.query_one("#answer").value = name  # type: ignore[attr-defined]
        await press(pilot, "enter")
        assert isinstance(app.screen, Prompt)
    assert not list(tmp_path.iterdir())


async def test_a_session_is_saved_while_it_trains_and_goes_on() -> None:
    async with program("digits") as (app, pilot):
        await press(pilot, "t")
        for _wait in range(100):
            await asyncio.sleep(0.02)
            if app.desk.state.update > 500:
                break
        run = app.desk.run
        assert run is not None
        text = write(app.desk.history, app.desk.view, run.run)
        assert app.desk.training
        await press(pilot, "t")
    restored = read(text)
    assert restored.history.state.update > 431
    assert restored.same is not False
    assert restored.history.length == 2
