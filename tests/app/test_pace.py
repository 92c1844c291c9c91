"""PacedRun that can be watched: at a pace, up to the preset's epochs, on the network that is shown."""

from __future__ import annotations

import asyncio
from time import monotonic, sleep

import numpy as np
import pytest

from tests.drive import press, program
from tests.session.made import load as made
from tuibp.app.desk import Desk
from tuibp.app.training import PacedRun
from tuibp.core.gradient import cost
from tuibp.core.network import Network
from tuibp.files import load, preset_names
from tuibp.session.commands import SetSetting
from tuibp.session.pace import FASTEST, TOP, goal, scaled, usual


@pytest.mark.parametrize("name", preset_names())
def test_a_preset_s_epochs_take_about_ten_seconds(name: str) -> None:
    desk = Desk.of(load(name))
    state = desk.state
    updates = state.settings.epochs * -(-len(state.preset.data.train) // state.settings.batch_size)
    assert 9 <= updates / usual(state.settings, len(state.preset.data.train)) <= 11
    assert goal(desk.history.log.start) == updates


def test_the_pace_halves_and_doubles_from_one_a_second_to_as_fast_as_it_can() -> None:
    paces = [1.0]
    while paces[-1] < FASTEST:
        paces.append(scaled(paces[-1], 2.0))
    assert paces[1:4] == [2.0, 4.0, 8.0]
    assert max(pace for pace in paces if pace < FASTEST) <= TOP
    down = FASTEST
    while down > 1.0:
        down = scaled(down, 0.5)
    assert scaled(down, 0.5) == 1.0


def test_a_run_keeps_its_pace_and_stops_where_the_epochs_end() -> None:
    desk = Desk.of(made("made"))
    desk.do(SetSetting("epochs", 7))
    started = monotonic()
    run = PacedRun(desk.history.begin_training(), lambda: None, 60.0, desk.background)
    while not run.over:
        sleep(0.01)
        assert run.run.updates <= 1 + 60.0 * (monotonic() - started) + 60.0 * 0.06
    assert run.run.updates == 7 * 3
    assert run.progress.share == 1.0


async def test_a_run_stops_by_itself_and_says_that_t_goes_on() -> None:
    async with program("xor") as (app, pilot):
        app.desk.do(SetSetting("epochs", 20))
        app.desk.look(pace=FASTEST)
        await press(pilot, "t")
        until = monotonic() + 10
        while app.desk.training and monotonic() < until:
            await asyncio.sleep(0.01)
        await pilot.pause()
        assert app.desk.state.update == 20
        assert "20 epochs are done. t goes on." in app.text()
        await press(pilot, "t")
        while app.desk.training and monotonic() < until:
            await asyncio.sleep(0.01)
        assert app.desk.state.update == 40


@pytest.mark.parametrize(("walked", "step"), [("3", "output_error"), ("4", "backpropagate"), ("", "input")])
async def test_after_a_pause_one_sees_the_network_and_the_example_that_were_live(walked: str, step: str) -> None:
    async with program("spirals") as (app, pilot):
        app.desk.look(pace=20.0)
        await press(pilot, f"e e {walked} t")
        assert "TRAINING" in app.text()
        live = app.desk.state
        assert (live.example, live.stop.step) == (2, step)
        await press(pilot, "t")
        state = app.desk.state
        assert (state.example, state.stop.step) == (2, step)
        assert state.update >= live.update
        assert "TRAINING" not in app.text()


async def test_the_cost_plotted_is_the_mean_over_the_data_and_says_so() -> None:
    async with program("xor", (120, 40)) as (app, pilot):
        await press(pilot, "e u u u")
        until = monotonic() + 10
        while "all 4 examples" not in app.text() and monotonic() < until:
            await asyncio.sleep(0.02)
        assert "all 4 examples" in app.text()
        measuring = app.desk.measuring
        assert measuring is not None
        measuring.wait()
        shares = measuring.of(app.desk.history, None, app.desk.changed)
        data = app.desk.state.preset.data
        assert shares.updates.tolist() == [0, 1, 2, 3]
        networks: list[Network] = []
        for _update in range(4):
            networks.insert(0, app.desk.state.network)
            app.desk.history.go("earlier")
        expected = np.array([cost(n, data.x, data.y) for n in networks])
        np.testing.assert_allclose(shares.costs, expected, rtol=1e-12)
