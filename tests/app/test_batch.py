"""The mini-batch on the screen: u makes the update that training makes, and backspace takes it back."""

from __future__ import annotations

import numpy as np

from tests.drive import press, program
from tuibp.app.desk import Desk
from tuibp.files import load
from tuibp.session.commands import Train


async def test_u_makes_the_update_that_training_makes() -> None:
    alone = Desk.of(load("iris"))
    alone.do(Train(1))
    async with program("iris") as (app, pilot):
        await press(pilot, "b u")
        assert "Updated by the mean" in app.text()
        assert "mini-batch 2/12" in app.text()
        assert np.array_equal(app.desk.state.network.parameters, alone.state.network.parameters)
        await press(pilot, "backspace")
        assert "mini-batch 1/12" in app.text()
        assert app.desk.state.update == 0


async def test_arrows_and_tab_choose_whose_share_it_is_and_leave_the_desk_alone() -> None:
    async with program("iris") as (app, pilot):
        before = app.desk.view
        await press(pilot, "5 b")
        assert "∂C/∂b²₁: a mean of 10" in app.text()
        await press(pilot, "down tab right")
        assert "∂C/∂w²₂₂: a mean of 10" in app.text()
        await press(pilot, "tab v v")
        assert "a²₂: a mean of 10" in app.text()
        await press(pilot, "b")
        assert "Mini-batch" not in app.text()
        assert app.desk.view.panel == before.panel


async def test_the_power_of_ten_of_the_tiles_is_said() -> None:
    """The note said of how many examples they are the mean, and not in what they are written."""
    async with program("digits") as (app, pilot):
        await press(pilot, "b")
        heading = app.text().splitlines()[2]
        assert "mean of 8 examples  ×10⁻³" in heading
        assert "+12" in app.text()
