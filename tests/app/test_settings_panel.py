"""The settings panel: every row is a command of the log, and a run under way goes on with what was set."""

from __future__ import annotations

import asyncio

from textual import events
from textual.widgets import OptionList

from tests.drive import press, program
from tuibp.app.app import TuibpApp
from tuibp.app.screens.settings import SettingsScreen
from tuibp.app.setting_rows import CHOICES, HIDDEN
from tuibp.core.optimisers import OPTIMISERS
from tuibp.session.pace import FASTEST


def rows(app: TuibpApp) -> list[str]:
    return [str(option.id) for option in app.screen.query_one(OptionList).options]


async def to_row(app: TuibpApp, name: str) -> None:
    app.screen.query_one(OptionList).highlighted = rows(app).index(name)


async def test_the_constants_of_the_optimiser_in_use_have_rows_and_those_of_others_none() -> None:
    async with program("xor") as (app, pilot):
        await press(pilot, "h")
        for name in OPTIMISERS:
            assert app.desk.state.settings.optimiser == name
            assert HIDDEN & set(rows(app)) == set(OPTIMISERS[name].constants)
            await to_row(app, "optimiser")
            await press(pilot, "right")
        assert app.desk.state.settings.optimiser == "sgd"


async def test_a_choice_turns_both_ways_and_is_undone_like_any_command() -> None:
    async with program("xor") as (app, pilot):
        before, start = app.desk.state.settings, app.desk.state.network.digest()
        await press(pilot, "h")
        for name in ("schedule", "optimiser"):
            await to_row(app, name)
            await press(pilot, "left")
            assert getattr(app.desk.state.settings, name) == list(CHOICES[name])[-1]
        await to_row(app, "init")
        await press(pilot, "right")
        assert app.desk.state.network.digest() != start
        await press(pilot, "escape z")
        assert app.desk.state.network.digest() == start
        await press(pilot, "z z")
        assert app.desk.state.settings == before


async def test_a_run_goes_on_with_what_is_set_in_the_middle_of_it() -> None:
    async with program("circles") as (app, pilot):
        eta = app.desk.state.settings.eta
        app.desk.look(pace=30.0)
        await press(pilot, "t")
        for _wait in range(500):
            if app.desk.state.update >= 5:
                break
            await asyncio.sleep(0.01)
        await press(pilot, "h")
        await to_row(app, "eta")
        await press(pilot, "right")
        assert app.desk.training
        at = app.desk.state.update
        for _wait in range(500):
            if app.desk.state.update >= at + 5:
                break
            await asyncio.sleep(0.01)
        assert app.desk.state.update >= at + 5
        assert app.desk.state.settings.eta == 2 * eta
        await press(pilot, "escape t")


async def test_a_run_stops_at_the_end_of_the_epoch_where_its_condition_holds() -> None:
    async with program("circles") as (app, pilot):
        await press(pilot, "h")
        await to_row(app, "stop_accuracy")
        await press(pilot, "enter backspace 0 . 8 enter escape")
        app.desk.look(pace=FASTEST)
        await press(pilot, "t")
        for _wait in range(1000):
            if not app.desk.training:
                break
            await asyncio.sleep(0.02)
        state = app.desk.state
        assert "80.0% were wanted" in app.desk.message
        each = -(-len(state.preset.data.train) // state.settings.batch_size)
        assert state.update % each == 0
        assert 0 < state.update < each * state.settings.epochs


async def test_a_panel_that_is_opened_while_the_program_ends_has_no_parts_and_hears_no_key() -> None:
    async with program("xor") as (app, __):
        app.exit()
        panel = SettingsScreen(app.desk)
        app.push_screen(panel)
        for key in ("down", "j", "enter"):
            panel.post_message(events.Key(key, None))
        await asyncio.sleep(0.1)
