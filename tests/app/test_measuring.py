"""The plot of how many examples are right."""

from __future__ import annotations

import asyncio
from time import monotonic

import numpy as np

from tests.drive import press, program
from tuibp.app.measuring import MOST, thin
from tuibp.core.datasets import accuracy
from tuibp.core.judged import Judged
from tuibp.session.shares import MeasuredPoint


async def test_the_first_press_of_c_says_what_the_plot_shows() -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, "c")
        assert "log scale" in app.text()


async def test_the_share_of_held_out_examples_is_a_curve_up_to_what_it_is_now() -> None:
    async with program("digits") as (app, pilot):
        await press(pilot, "c c")
        assert app.desk.measuring is not None
        app.desk.measuring.wait()
        await pilot.pause()
        await pilot.pause()
        data = app.desk.state.preset.data
        share = accuracy(app.desk.state.network, data.x[data.test], data.y[data.test])
        assert f"{100 * share:.1f} % held out" in app.text()
        assert "100 % ┤" in app.text()


async def test_while_training_it_grows_and_keys_answer() -> None:
    async with program("digits") as (app, pilot):
        await press(pilot, "R c c t")
        assert app.desk.measuring is not None
        until = monotonic() + 20
        while "100 % ┤" not in app.text() and monotonic() < until:
            await asyncio.sleep(0.02)
        assert "100 % ┤" in app.text()
        await press(pilot, "t")
        assert not app.desk.training


async def test_what_has_no_classes_has_no_such_plot() -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, "c c")
        assert app.desk.view.plot == "errors"


async def test_after_a_pause_the_whole_run_is_measured() -> None:
    async with program("digits") as (app, pilot):
        await press(pilot, "c c t")
        until = monotonic() + 20
        while app.desk.state.update < 1000 and monotonic() < until:
            await asyncio.sleep(0.02)
        await press(pilot, "t")
        measuring, history = app.desk.measuring, app.desk.history
        assert measuring is not None
        while monotonic() < until:
            await pilot.pause()
            measuring.wait()
            shares = measuring.of(history, None, app.desk.changed)
            if len(shares.updates) and shares.updates[-1] == app.desk.state.update:
                break
        assert (shares.updates[0], shares.updates[-1]) == (0, app.desk.state.update)
        data = app.desk.state.preset.data
        assert shares.held_out[-1] == accuracy(app.desk.state.network, data.x[data.test], data.y[data.test])


def test_however_long_a_run_is_what_is_kept_of_it_is_bounded_and_spread_over_all_of_it() -> None:
    points: list[MeasuredPoint] = []
    for update in range(5_000):
        points.append((update, Judged(0.5, 0.5, 1.0, 1.0, 1.0, 0.0, (0.1,), (0.1,))))
        thin(points)
    updates = [update for update, *_rest in points]
    assert len(points) <= MOST
    assert updates == sorted(set(updates))
    assert (updates[0], updates[-1]) == (0, 4_999)
    assert np.histogram(updates, 8)[0].min() > 10
