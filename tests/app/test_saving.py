"""Saving from the program asks before it overwrites, and never follows a link."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from tests.drive import press, program
from tuibp.app.desk import Desk
from tuibp.app.saving import saver
from tuibp.files import load, preset_folder


@pytest.fixture
def app() -> Any:
    desk = Desk.of(load("mazur"))
    return cast(Any, SimpleNamespace(desk=desk, kiosk=False, picture=lambda: "<svg/>", text=lambda: "text"))


def test_a_file_that_exists_is_overwritten_when_its_name_is_entered_again(app: Any, tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text("mine")
    (tmp_path / "b.svg").write_text("mine too")
    accept = saver(app)
    assert "exists: enter again overwrites" in accept(str(tmp_path / "a.svg"))
    assert "exists: enter again overwrites" in accept(str(tmp_path / "b.svg"))
    assert (tmp_path / "b.svg").read_text() == "mine too"
    assert accept(str(tmp_path / "b.svg")) == ""
    assert (tmp_path / "b.svg").read_text() == "<svg/>"
    assert (tmp_path / "a.svg").read_text() == "mine"
    assert "Saved the picture" in app.desk.message


@pytest.mark.parametrize("ending", [".svg", ".txt", ".json", ".npz", ".py", ".csv", ".tuibp"])
def test_no_kind_of_file_is_written_through_a_link_or_over_a_preset(ending: str, app: Any, tmp_path: Path) -> None:
    link = tmp_path / f"link{ending}"
    link.symlink_to(tmp_path / "elsewhere")
    assert "is a link" in saver(app)(str(link))
    assert not (tmp_path / "elsewhere").exists()
    shipped = preset_folder() / f"digits{ending}"
    before = shipped.read_bytes() if shipped.exists() else None
    accept = saver(app)
    assert "stays as it is" in accept(str(shipped))
    assert "stays as it is" in accept(str(shipped))
    assert (shipped.read_bytes() if shipped.exists() else None) == before


def test_a_home_folder_that_nobody_has_is_an_objection(app: Any) -> None:
    assert "there is no home folder for ~nosuchuser" in saver(app)("~nosuchuser/x.svg")


@pytest.mark.parametrize(("keys", "seen"), [("", "Network"), ("p", "path"), ("o", "networks")])
async def test_every_screen_is_saved_as_it_was_before_the_question(keys: str, seen: str, tmp_path: Path) -> None:
    async with program("xor") as (app, pilot):
        await press(pilot, f"{keys} w")
        app.screen.query_one("#answer").value = str(tmp_path / "screen.txt")  # type: ignore[attr-defined]
        await press(pilot, "enter")
    screen = (tmp_path / "screen.txt").read_text()
    assert seen in screen
    assert "Save as" not in screen
