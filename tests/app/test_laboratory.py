"""Keys of the laboratory, in the real program."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.drive import press, program
from tuibp.app.screens.race import RaceScreen
from tuibp.session.view import cursor_of


async def test_a_nudge_can_be_put_back_to_the_bit() -> None:
    async with program("xor") as (app, pilot):
        before = app.desk.state.network.digest()
        await press(pilot, "e tab ] ] [ esc")
        assert app.desk.state.nudge is None
        assert app.desk.state.network.digest() == before


async def test_a_nudge_that_is_kept_changes_that_weight_alone() -> None:
    async with program("xor") as (app, pilot):
        await press(pilot, "e tab")
        cursor = cursor_of(app.desk.state, app.desk.view)
        before = app.desk.state.network
        await press(pilot, "] ] enter")
        after = app.desk.state.network
        changed = after.parameters != before.parameters
        assert changed.sum() == 1
        assert changed[after.index_of(cursor.layer, cursor.j, cursor.k)]
        assert app.desk.state.nudge is None


async def test_the_step_of_a_nudge_goes_by_tens() -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, "tab { ]")
        assert app.desk.state.nudge is not None
        assert app.desk.state.nudge.delta == 0.01
        await press(pilot, "} } ]")
        assert app.desk.state.nudge.delta == 1.01


async def test_zero_sets_the_weight_to_zero_and_a_typed_value_is_taken() -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, "tab 0")
        nudge = app.desk.state.nudge
        assert nudge is not None
        assert app.desk.state.nudged.parameters[nudge.place(app.desk.state.network)] == 0.0
        await press(pilot, "=")
        answer = app.screen.query_one("#answer")
        answer.value = "-2.5"  # type: ignore[attr-defined]
        await press(pilot, "enter")
        assert app.desk.state.nudged.parameters[nudge.place(app.desk.state.network)] == -2.5


@pytest.mark.parametrize("text", ["nan", "inf", "two", "1e999"])
async def test_a_value_that_is_no_finite_number_is_refused_in_place(text: str) -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, "tab =")
        app.screen.query_one("#answer").value = text  # type: ignore[attr-defined]
        await press(pilot, "enter")
        assert app.screen.query("#answer")
        assert app.desk.state.nudge is None


async def test_a_demon_adds_to_the_weighted_input_and_cannot_be_kept() -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, "3 d enter")
        assert app.desk.state.nudge is not None
        assert app.desk.state.nudge.kind == "demon"
        assert app.desk.wrong


async def test_going_downhill_lowers_the_cost_and_a_second_press_takes_a_random_way() -> None:
    async with program("xor") as (app, pilot):
        await press(pilot, "e g")
        assert app.desk.state.experiment is not None
        assert app.desk.state.experiment.actual < 0
        await press(pilot, "g")
        assert app.desk.state.nudge is not None
        assert app.desk.state.nudge.direction == "random"


async def test_the_notebook_goes_back_to_the_moment_of_an_experiment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with program("xor") as (app, pilot):
        await press(pilot, "e tab ] enter right ] ] enter n")
        await press(pilot, "c")
        await press(pilot, "enter")
        assert (tmp_path / "xor.csv").read_text().startswith("parameter,delta,predicted,actual,error")
        await press(pilot, "up enter")
        assert app.desk.state.nudge is not None
        assert app.desk.state.nudge.delta == 0.1


async def test_paths_come_back_to_the_very_place() -> None:
    async with program("deep-sigmoid") as (app, pilot):
        await press(pilot, "5 tab down")
        before = app.text()
        await press(pilot, "p down down n")
        assert "Strongest paths" in app.text()
        await press(pilot, "esc")
        assert app.text() == before


async def test_a_race_runs_while_keys_answer_and_keeps_what_is_done() -> None:
    async with program("digits") as (app, pilot):
        await press(pilot, "r")
        screen = app.screen
        assert isinstance(screen, RaceScreen)
        await press(pilot, "space")
        assert screen._race.paused or screen._race.stopped
        await press(pilot, "space e")
        for _wait in range(200):
            await asyncio.sleep(0.02)
            if screen._race.stopped and screen._below.stopped:
                break
        await pilot.pause()
        text = app.text()
        assert "2,261 / 2,261" in text
        assert "best ε" in text
        await press(pilot, "x")
        assert not isinstance(app.screen, RaceScreen)


async def test_training_goes_on_while_keys_answer_and_pauses_in_the_stepper() -> None:
    async with program("digits") as (app, pilot):
        start = app.desk.state.update
        app.desk.look(pace=100.0)
        await press(pilot, "t")
        for _wait in range(100):
            await asyncio.sleep(0.02)
            if app.desk.state.update > start + 50:
                break
        await press(pilot, "v down")
        assert app.desk.training
        await press(pilot, "t")
        assert not app.desk.training
        made = app.desk.state.update
        assert made > start + 50
        assert [type(entry.command).__name__ for entry in app.desk.history.entries[1:]] == ["GoTo", "Train"]
        await press(pilot, "space space")
        await press(pilot, "backspace*3")
        assert app.desk.state.update == start


async def test_a_run_that_diverges_stops_by_itself_and_says_where() -> None:
    async with program("linear-neurons") as (app, pilot):
        from tuibp.session.commands import SetSetting

        app.desk.do(SetSetting("eta", 1e6))
        await press(pilot, "t")
        for _wait in range(200):
            await asyncio.sleep(0.02)
            if not app.desk.training:
                break
        await pilot.pause()
        assert not app.desk.training
        assert app.desk.wrong
        assert "layer" in app.desk.message
        assert app.desk.state.network.parameters.max() < float("inf")


@pytest.mark.parametrize("keys", ["] u", "] =", "?", "h"])
async def test_a_small_screen_stands_in_the_middle_of_what_it_is_about(keys: str) -> None:
    async with program("xor", (120, 40)) as (app, pilot):
        await press(pilot, keys)
        lines = app.text().splitlines()
        assert "xor" in lines[0]
        box = app.screen.children[0].region
        assert abs(box.x - (120 - box.right)) <= 1
        assert abs(box.y - (40 - box.bottom)) <= 1
