"""A person's own numbers on the grid: which are right, what the mistake is, and the updates of a recorded run."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import numpy as np
import pytest

from tests.drive import press, program
from tests.files.test_recorder import run
from tuibp.app.compared import Compared, open_compared
from tuibp.app.desk import Desk
from tuibp.app.screens.comparison import ComparisonScreen
from tuibp.core.mistakes.run import Run, Task
from tuibp.core.mistakes.table import BY_NAME
from tuibp.files import load, preset_names
from tuibp.files.judged import brings_numbers
from tuibp.files.reading import Fallback
from tuibp.session.saved import read, write


def brought(folder: Path, preset: str, name: str, quantities: str = "z a delta grad_w grad_b", m: int = 1) -> Path:
    """A file as somebody writes it who made this mistake on examples of a preset."""
    opened = load(preset)
    task = Task(opened.network, opened.data.x[:m], opened.data.y[:m])
    wrong = Run(task, next(iter(BY_NAME[name].variants(task)))[1])
    arrays = {"x": task.x, "y": task.y}
    for layer in range(1, task.network.layer_count):
        arrays |= {f"W{layer}": task.network.w(layer), f"b{layer}": task.network.b(layer)}
        arrays |= {f"{q}{layer}": getattr(wrong, q)[layer] for q in quantities.split()}
    file = folder / "mine.json"
    facts = {"activations": list(task.network.activations), "cost": task.network.cost}
    file.write_text(json.dumps(facts | {key: array.tolist() for key, array in arrays.items()}))
    return file


def desk_of(compared: Compared) -> Desk:
    desk = Desk.of(compared.now.preset)
    desk.compared = compared
    return desk


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_right_numbers_are_ticked_and_the_first_wrong_one_has_its_mistake_beside_it(
    size: tuple[int, int], tmp_path: Path
) -> None:
    desk = desk_of(open_compared(brought(tmp_path, "mazur", "w_not_transposed"), Fallback()))
    async with program("mazur", size) as (app, pilot):
        app.replace(desk)
        await press(pilot, "C")
        text = app.text()
        assert "First difference  δ² in step 4" in text
        assert ("0.3775✓" in text, "0.0092✗" in text) == (True, True)
        assert "w³ was not transposed." in text
        assert (".4 δ³₁ + .5 δ³₂" in text, ".4 δ³₁ + .45 δ³₂" in text) == (True, True)
        assert "δ²₁ yours and ours" in text
        await press(pilot, "space space space")
        assert "∂C/∂w²" in app.text()
        await press(pilot, "right")
        assert max(len(line) for line in app.text().splitlines()) <= size[0]
        await press(pilot, "esc")
        assert not isinstance(app.screen, ComparisonScreen)
        assert app.desk.state.network.sizes == (2, 2, 2)
        # Their network is saved whole in the session, as it is no preset of ours.
        assert read(write(app.desk.history, app.desk.view)).history.state.preset.name == "mine.json"


async def test_what_was_not_brought_is_carried_on_by_the_named_form(tmp_path: Path) -> None:
    desk = desk_of(open_compared(brought(tmp_path, "mazur", "slope_missing_hidden", "z a delta"), Fallback()))
    async with program("mazur") as (app, pilot):
        app.replace(desk)
        await press(pilot, "C tab")
        assert "You brought none of these" in app.text()
        assert "It follows from δ²" in app.text()


async def test_a_network_too_large_for_boxes_and_a_mini_batch_are_drawn_as_tiles(tmp_path: Path) -> None:
    desk = desk_of(open_compared(brought(tmp_path, "digits", "slope_missing_hidden", m=2), Fallback()))
    async with program("mazur") as (app, pilot):
        app.replace(desk)
        await press(pilot, "C")
        assert ("✗" in app.text(), "example 1 of 2" in app.text()) == (True, True)
        await press(pilot, "e")
        assert "example 2 of 2" in app.text()


async def test_a_recorded_run_opens_at_its_first_wrong_update_and_is_walked(tmp_path: Path) -> None:
    run(tmp_path / "run.npz", 6, wrong_from=3)
    compared = open_compared(tmp_path / "run.npz", Fallback())
    assert (compared.at, compared.first_wrong, len(compared.updates)) == (3, 3, 6)
    async with program("mazur") as (app, pilot):
        app.replace(desk_of(compared))
        await press(pilot, "C")
        assert "update 4, 4 of 6 recorded" in app.text()
        assert "date 4 is the first that" in app.text()
        await press(pilot, "<")
        assert "Everything agrees" in app.text()
        await press(pilot, "> >")
        while compared.now.judged is None:
            await asyncio.sleep(0.02)
        await pilot.pause()
        assert "update 5" in app.text()
        assert "σ′ is missing" in app.text()
        await press(pilot, "home")
        assert compared.at == 3
        await press(pilot, "esc space space")
        log = app.desk.history.log
        await press(pilot, "C < < < esc")
        assert np.array_equal(app.desk.state.network.parameters, compared.updates[0].sides.task.network.parameters)
        await press(pilot, "C home esc")
        assert app.desk.history.log is log  # what was done on that update is there again


async def test_no_key_is_silent_on_a_single_comparison(tmp_path: Path) -> None:
    desk = desk_of(open_compared(brought(tmp_path, "mazur", "sign_of_error"), Fallback()))
    async with program("mazur") as (app, pilot):
        app.replace(desk)
        await press(pilot, "C")
        for key in ("<", ">", "e", "E", "home", "up"):
            app.desk.say("")
            await press(pilot, key)
            assert app.desk.message, key


def test_a_network_s_file_is_no_comparison_and_a_file_with_gradients_is(tmp_path: Path) -> None:
    from tuibp.files.description import describe
    from tuibp.files.json_file import write_json

    for name in preset_names()[:6]:
        file = tmp_path / f"{name}.json"
        file.write_bytes(write_json(describe(load(name))))
        assert not brings_numbers(str(file))
    flat = tmp_path / "flat.json"
    flat.write_text(json.dumps({"sizes": [1, 1], "weights": [[[1.0]]], "biases": [[0.0]], "cost": "quadratic"}))
    assert not brings_numbers(str(flat))
    assert brings_numbers(str(brought(tmp_path, "mazur", "sign_of_error")))
    assert not brings_numbers(str(tmp_path / "none.npz"))
