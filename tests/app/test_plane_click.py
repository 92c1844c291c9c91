"""A click on the plane takes the point that is drawn there as the example; it has no target yet."""

from __future__ import annotations

import numpy as np
import pytest

from tests.drive import press, program
from tuibp.core.plane import bounds_of
from tuibp.render.plane import cell_of


@pytest.mark.parametrize("name", ["xor", "spirals"])
async def test_a_click_on_the_plane_is_the_example_and_step_three_asks_what_is_wanted(name: str) -> None:
    async with program(name) as (app, pilot):
        await pilot.click("#network", offset=(9, 6))
        await pilot.pause()
        own = app.desk.state.own
        assert own is not None
        bounds = bounds_of(app.desk.state.preset.data)
        assert bounds.left < own.x[0] < bounds.left + bounds.side
        assert bounds.bottom < own.x[1] < bounds.bottom + bounds.side
        scene = app.desk.scene()
        assert cell_of(scene, np.array(own.x), 9)[0] > 0
        assert app.desk.state.wants_target
        await press(pilot, "2 3")
        assert app.desk.state.stop.step == "feedforward"


async def test_the_plane_stays_in_sight_while_training_and_changes_with_the_network() -> None:
    async with program("spirals") as (app, pilot):
        app.desk.look(pace=100.0)
        await press(pilot, "t")
        run = app.desk.run
        assert run is not None
        assert app.desk.scene().lens == "plane"
        before = app.text()
        while run.run.updates < 30:
            await pilot.pause(0.01)
        await press(pilot, "t")
        assert app.desk.scene().lens == "plane"
        assert app.text() != before
