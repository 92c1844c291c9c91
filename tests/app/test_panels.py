"""Screens over the main one: their keys, and the help that lists them."""

from __future__ import annotations

import pytest
from textual.widgets import OptionList

from tests.drive import press, program, screen_after
from tuibp.app.doors import panels
from tuibp.app.key_row import KeyRow
from tuibp.app.screens.brackets import Brackets

PANELS = {
    "paths": "p",
    "proof": "P",
    "matrices": "m",
    "function": "3 f",
    "batch": "b",
    "race": "r",
    "notebook": "] enter n",
    "open": "o",
}


@pytest.mark.parametrize("keys", PANELS.values(), ids=PANELS)
async def test_at_80_columns_the_footer_names_the_way_back_and_the_help(keys: str) -> None:
    footer = (await screen_after("deep-sigmoid", keys)).splitlines()[-1]
    assert " esc " in footer
    assert footer.rstrip().endswith("? help")


@pytest.mark.parametrize(("keys", "title"), [("p", "Choose a path"), ("r", "Race again"), ("o", "Choose a network")])
async def test_the_help_of_a_panel_lists_its_own_keys(keys: str, title: str) -> None:
    help_ = await screen_after("mazur", f"{keys} ?")
    assert title in help_
    assert "Next step" not in help_


@pytest.mark.parametrize("rows", [*panels(), Brackets.key_rows()])
def test_no_key_of_a_panel_does_two_things_and_footer_names_are_there(rows: list[KeyRow]) -> None:
    keys = [key for row in rows for key in row.keys]
    assert sorted(set(keys)) == sorted(keys)
    names = {row.name for row in rows}
    assert {name for row in rows for name in row.beside} <= names
    assert "" not in names, "a person can choose another key for it"


async def test_the_palette_of_a_panel_offers_what_that_panel_does() -> None:
    async with program("deep-sigmoid") as (app, pilot):
        everywhere = {command.title for command in app.get_system_commands(app.screen)}
        await press(pilot, "p")
        in_paths = {command.title: command for command in app.get_system_commands(app.screen)}
        assert "Next step" in everywhere - set(in_paths)
        assert {"Theme", "Screenshot"} < set(in_paths)
        back = next(key.title for key in app.screen.listed_keys() if key.shown == "esc")  # type: ignore[attr-defined]
        in_paths[back].callback()
        await pilot.pause()
        assert type(app.screen).__name__ == "MainScreen"


async def test_a_key_chosen_in_the_help_of_a_panel_is_that_panel_s() -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, "p ?")
        titles = [str(option.prompt) for option in app.screen.query_one(OptionList).options]
        at = next(i for i, title in enumerate(titles) if "Back to the steps" in title and "esc" in title)
        await press(pilot, f"down*{at} enter")
        await pilot.pause()
        assert len(app.screen_stack) == 2


async def test_a_reason_that_does_not_fit_takes_no_second_line_in_the_help() -> None:
    lines = (await screen_after("mazur", "?")).splitlines()
    at = next(i for i, line in enumerate(lines) if "Back by one" in line)
    assert "Go to step 1" in lines[at + 1]


@pytest.mark.parametrize("keys", ["p", "r", "o"])
async def test_q_quits_from_a_panel(keys: str) -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, f"{keys} q")
        await pilot.pause()
        assert not app.is_running or app._exit


async def test_arrows_move_in_the_help_and_enter_does_what_is_chosen() -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, "? down*3 enter")
        assert app.desk.state.stop.step == "feedforward"
        await press(pilot, "?")
        listed = app.screen.query_one(OptionList)
        await press(pilot, "pagedown pagedown")
        assert (listed.highlighted or 0) > 20


async def test_the_help_can_be_searched() -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, "? b a c k p r o p enter")
        assert app.desk.state.stop.step == "backpropagate"
