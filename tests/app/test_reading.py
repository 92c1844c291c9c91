"""Opening a file that takes long to read: the interface goes on meanwhile, and `esc` leaves all as it was."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from types import SimpleNamespace

import pytest
from textual.pilot import Pilot

from tests.app.test_replaying import arrived
from tests.drive import press, program
from tests.files.described import naming
from tuibp.app.app import TuibpApp
from tuibp.app.reading import Reading
from tuibp.app.screens.main import MainScreen
from tuibp.app.screens.picker import Picker
from tuibp.app.shelf import Shelf
from tuibp.session.saved import write


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Whoever reads rests at each word, until it is over."""
    rest = SimpleNamespace(seconds=0.1, over=Event())
    heed = Reading.heed

    def rested(reading: Reading[object], done: int, total: int) -> None:
        rest.over.wait(rest.seconds)
        heed(reading, done, total)

    monkeypatch.setattr(Reading, "heed", rested)
    return rest


def written(folder: Path, last: str = "") -> str:
    (folder / "p.toml").write_text(naming("d.csv", [2, 1]))
    (folder / "d.csv").write_text("1,2,0\n" * 60_000 + last)
    return str(folder / "p.toml")


async def asked_for(app: TuibpApp, pilot: Pilot[None], path: str) -> None:
    await press(pilot, "o f")
    app.screen.query_one("#answer").value = path  # type: ignore[attr-defined]  # it is a line to type in
    await press(pilot, "enter")


async def test_keys_answer_while_a_file_is_read_and_then_it_is_open(tmp_path: Path, slow: SimpleNamespace) -> None:
    async with program("mazur") as (app, pilot):
        slow.seconds = 60.0
        await asked_for(app, pilot, written(tmp_path))
        assert "Reading p.toml" in app.text()
        await press(pilot, "down")
        assert isinstance(app.screen, Picker)
        assert app.screen.item is not None
        await press(pilot, "enter")
        assert app.desk.state.preset.name == "mazur"
        slow.over.set()
        await arrived(app, pilot)
        assert isinstance(app.screen, MainScreen)
        assert (app.desk.state.preset.name, len(app.desk.state.preset.data)) == ("p", 60_000)


async def test_esc_ends_the_reading_and_all_is_as_it_was(tmp_path: Path, slow: SimpleNamespace) -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, "space space")
        before = app.desk.moment()
        slow.seconds = 60.0
        await asked_for(app, pilot, written(tmp_path))
        assert app.desk.awaited is not None
        await press(pilot, "esc")
        slow.over.set()
        await arrived(app, pilot)
        assert "Stopped; nothing was opened." in app.text()
        assert isinstance(app.screen, Picker)
        await press(pilot, "esc")
        assert isinstance(app.screen, MainScreen)
        assert app.desk.moment() == before
        await press(pilot, "o enter")
        await arrived(app, pilot)
        assert isinstance(app.screen, MainScreen)


@pytest.mark.parametrize("seconds", [0.0, 0.1])
async def test_what_is_wrong_with_a_file_is_told_however_long_it_took(
    seconds: float, tmp_path: Path, slow: SimpleNamespace
) -> None:
    slow.seconds = seconds
    (tmp_path / "p.toml").write_text("[network")
    async with program("mazur") as (app, pilot):
        await asked_for(app, pilot, str(tmp_path / "p.toml"))
        await arrived(app, pilot)
        assert "is not TOML" in app.text().replace("\n", "")
        assert app.desk.state.preset.name == "mazur"


async def test_a_session_that_is_read_can_be_left_to_others(tmp_path: Path, slow: SimpleNamespace) -> None:
    slow.seconds = 60.0
    async with program("xor") as (app, pilot):
        await press(pilot, "u u")
        (tmp_path / "1.session").write_text(write(app.desk.history, app.desk.view))
        update = app.desk.state.update
    async with program("mazur") as (app, pilot):
        app.shelf, app.desk.resumable = Shelf(tmp_path), True
        await press(pilot, "ctrl+r")
        assert "Reading the session" in app.text()
        await press(pilot, "u")
        assert app.desk.state.update == 0
        await press(pilot, "esc")
        slow.over.set()
        await arrived(app, pilot)
        assert app.desk.state.preset.name == "mazur"
        assert Shelf(tmp_path).newest() == tmp_path / "1.session"
        await press(pilot, "ctrl+r")
        await arrived(app, pilot)
        assert (app.desk.state.preset.name, app.desk.state.update) == ("xor", update)
        assert Shelf(tmp_path).newest() is None
        app.shelf.end()
