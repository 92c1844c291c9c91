"""The screen of runs: laid over each other, listed, gone to, saved."""

from __future__ import annotations

import asyncio
import csv
from pathlib import Path
from time import monotonic

import pytest

from tests.drive import press, program
from tuibp.app.app import TuibpApp
from tuibp.app.screens.runs import RunsScreen
from tuibp.core.gradient import cost
from tuibp.render.numbers import percent, significant
from tuibp.session.commands import Reset, SetSetting, Train


def three_runs(app: TuibpApp) -> None:
    for eta in (0.01, 0.05, 0.2):
        app.desk.do(Reset())
        app.desk.do(SetSetting("eta", eta))
        app.desk.do(Train(90))


async def until(app: TuibpApp, text: str) -> None:
    last = monotonic() + 20
    while text not in app.text() and monotonic() < last:
        await asyncio.sleep(0.02)
    assert text in app.text()


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (48, 14)])
async def test_runs_are_laid_over_each_other_with_what_sets_them_apart(size: tuple[int, int]) -> None:
    async with program("iris", size) as (app, pilot):
        three_runs(app)
        await press(pilot, "T")
        shown = app.text()
        assert max(map(len, shown.split("\n"))) <= size[0]
        for eta in ("η 0.01", "η 0.05", "η 0.2"):
            assert eta in shown
        for _plot in range(4):
            await press(pilot, "c")
        assert app.text().split("\n")[2] == shown.split("\n")[2]
        await press(pilot, "space")
        assert "Drawn" not in app.text()
        await press(pilot, "esc")
        assert app.desk.state.update == 90


async def test_what_a_run_led_to_is_measured_while_one_looks() -> None:
    async with program("iris", (120, 40)) as (app, pilot):
        three_runs(app)
        state = app.desk.state
        await press(pilot, "T")
        data = state.preset.data
        await until(app, significant(cost(state.network, data.x, data.y), 3))
        screen = app.screen
        assert isinstance(screen, RunsScreen)
        held_out = screen.rows[-1].measured.held_out[-1]
        assert percent(float(held_out)) in app.text()


async def test_enter_goes_to_the_end_of_a_run() -> None:
    async with program("iris") as (app, pilot):
        three_runs(app)
        networks = [app.desk.history.log.state(run.tip).network for run in app.desk.history.log.runs() if run.tip]
        await press(pilot, "T up enter")
        assert app.desk.state.network.parameters.tobytes() == networks[-2].parameters.tobytes()


async def test_a_run_that_was_undone_says_so() -> None:
    async with program("iris") as (app, pilot):
        app.desk.do(Reset())
        app.desk.do(Train(60))
        await press(pilot, "z T")
        await press(pilot, "enter")
        assert "Z, among the steps, does it again" in app.text()
        await press(pilot, "esc")
        app.desk.do(SetSetting("eta", 0.02))
        app.desk.do(Train(50))
        await press(pilot, "T up*9 enter")
        assert "This run was undone" in app.text().replace("\n", " ")


async def test_without_a_run_the_key_says_what_makes_one() -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, "T")
        assert "No run was made yet: t trains." in app.text()


async def test_curves_are_saved_as_csv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with program("iris") as (app, pilot):
        three_runs(app)
        await press(pilot, "T v")
        await press(pilot, "enter")
        await until(app, "Saved the runs as iris-runs.csv")
    rows = list(csv.DictReader((tmp_path / "iris-runs.csv").read_text().splitlines()))
    assert {row["eta"] for row in rows} == {"0.01", "0.05", "0.2"}


async def test_in_ascii_a_curve_is_made_of_its_number() -> None:
    from tuibp.render.glyphs import ASCII

    async with program("iris", (120, 40)) as (app, pilot):
        app.desk.glyphs = ASCII
        three_runs(app)
        await press(pilot, "T")
        shown = app.text()
        assert shown.isascii()
        assert "22" in shown.split("Runs")[0]


async def test_the_plot_goes_to_the_last_update_of_the_longest_run() -> None:
    """However few columns there are for its costs."""
    async with program("digits") as (app, pilot):
        await press(pilot, "T")
        updates = app.desk.state.update
        ends = [line.split() for line in app.text().split("\n")]
        assert updates == 431
        assert ["0", "431"] in ends
