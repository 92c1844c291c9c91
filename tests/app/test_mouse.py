"""What looks as if it could be clicked can be: each click does what its key does."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from tests.drive import SIZES, press, program
from tuibp.app.app import TuibpApp
from tuibp.app.screens.help import Help
from tuibp.app.screens.picker import Picker
from tuibp.session.cursor import Cursor
from tuibp.session.place import phase_of


async def click(app: TuibpApp, pilot: Pilot[Any], text: str, line: int, within: int = 0) -> None:
    """Click a text where it stands in a line of the screen."""
    row = app.text().splitlines()[line]
    assert text in row, row
    await pilot.click(offset=(row.index(text) + within, line % app.size.height))
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_each_of_the_five_steps_is_clicked_to(size: tuple[int, int]) -> None:
    async with program("mazur", size) as (app, pilot):
        line = 1 if size[1] == 24 else 2
        for number, name in enumerate(("Input", "Feedforward", "Output error", "Backpropagate", "Gradient")):
            await click(app, pilot, name, line)
            assert phase_of(app.desk.state.stop) == number


@pytest.mark.parametrize("size", SIZES)
async def test_every_key_of_the_footer_is_clicked_where_it_is_written(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with program("mazur", size) as (app, pilot):
        await press(pilot, "3")
        pressed: list[str] = []
        keys = {
            "␣": "step", "step": "step", "⌫": "back", "back": "back", "tab weights": "tab", "v lens": "lens",
            "[": "down_nudge", "]": "up_nudge", "u update": "update", "train": "train", "p paths": "paths", "?": "help",
        }  # fmt: skip
        monkeypatch.setattr(app, "action_press", pressed.append)
        line = size[1] - 1
        written = [text for text in keys if text in app.text().splitlines()[line]]
        for text in written:
            await click(app, pilot, text, line)
        assert pressed == [keys[text] for text in written]
        assert len(written) >= 10
        for cell, name in enumerate(("up", "down", "left", "right")):
            await click(app, pilot, "↑↓←→", line, cell)
            assert pressed[-1] == name


async def test_a_weight_a_bias_and_a_gradient_are_chosen_by_a_click() -> None:
    async with program("mazur", (120, 40)) as (app, pilot):
        await press(pilot, "5")
        lines = app.text().splitlines()
        first = next(n for n, line in enumerate(lines) if " j=2" in line)
        await click(app, pilot, "0.250000", first)
        assert app.desk.scene().cursor == Cursor(1, 1, 0)
        assert app.desk.view.panel == "matrix"
        await click(app, pilot, "0.350000", first)
        assert app.desk.scene().cursor == Cursor(1, 1, bias=True)
        await click(app, pilot, "0.300000", first)
        assert app.desk.scene().cursor == Cursor(1, 1, 1)


async def test_a_place_of_the_plot_is_the_network_as_it_was_there() -> None:
    async with program("mazur", (120, 40)) as (app, pilot):
        await press(pilot, "u*20 c c c")
        slot = app.screen.query_one("#cost")
        await pilot.click("#cost", offset=(slot.size.width // 2, 4))
        await pilot.pause()
        assert 5 < app.desk.state.update < 15
        await pilot.click("#cost", offset=(slot.size.width - 2, 4))
        await pilot.pause()
        assert app.desk.state.update == 20


async def test_rows_of_a_list_are_chosen_and_opened_by_clicks_and_its_footer_closes_it() -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, "o")
        line = next(n for n, row in enumerate(app.text().splitlines()) if " xor " in row)
        await click(app, pilot, "xor", line)
        assert isinstance(app.screen, Picker)
        assert app.screen.item is not None
        assert app.screen.item.name == "xor"
        line = next(n for n, row in enumerate(app.text().splitlines()) if "▸ xor" in row)
        await click(app, pilot, "xor", line)
        assert app.desk.state.preset.name == "xor"
        await press(pilot, "o")
        await click(app, pilot, "esc", 23)
        assert not isinstance(app.screen, Picker)


async def test_paths_and_experiments_are_chosen_by_clicks() -> None:
    async with program("deep-sigmoid") as (app, pilot):
        await press(pilot, "5 p")
        row = next(n for n, line in enumerate(app.text().splitlines()) if line.startswith("   w→"))
        await click(app, pilot, "w→", row)
        assert app.text().splitlines()[row].startswith(" ▸ w→")
        await click(app, pilot, "? help", 23)
        assert isinstance(app.screen, Help)


async def test_a_pixel_is_its_weight_in_every_picture_of_weights() -> None:
    async with program("digits", (80, 24)) as (app, pilot):
        await press(pilot, "5")
        lines = app.text().splitlines()
        row = next(n for n, line in enumerate(lines) if n > 14 and "▀" in line)
        right = lines[row].rindex("▀" * 8) + 5
        await pilot.click(offset=(right, row + 2))
        await pilot.pause()
        assert app.desk.scene().cursor == Cursor(1, 0, 4 * 8 + 5)
        number = next(n for n, line in enumerate(app.text().splitlines()) if "k=33" in line)
        await pilot.click(offset=(8, number))
        await pilot.pause()
        assert app.desk.scene().cursor == Cursor(1, 0, 32)
    async with program("digits", (120, 40)) as (app, pilot):
        await press(pilot, "5")
        lines = app.text().splitlines()
        row = next(n for n, line in enumerate(lines) if "▀" in line[80:])
        left = lines[row].index("▀" * 16, 80)
        await pilot.click(offset=(left + 2 * 3, row + 2))
        await pilot.pause()
        assert app.desk.scene().cursor == Cursor(1, 0, 2 * 8 + 3)


async def test_a_neurons_picture_and_a_row_of_outputs_are_the_neuron() -> None:
    async with program("digits", (80, 24)) as (app, pilot):
        row = next(n for n, line in enumerate(app.text().splitlines()) if line.startswith(" 1        2"))
        await pilot.click(offset=(10, row - 1))
        await pilot.pause()
        assert app.desk.scene().cursor == Cursor(1, 1)
        await press(pilot, "3")
        app.desk.look(cursor=None)
        await pilot.pause()
        row = next(n for n, line in enumerate(app.text().splitlines()) if line.startswith(" 7  "))
        await pilot.click(offset=(4, row))
        await pilot.pause()
        assert app.desk.scene().cursor == Cursor(2, 7)


async def test_a_key_that_a_panel_names_is_pressed_by_a_click_on_it_or_on_what_it_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with program("mazur", (120, 40)) as (app, pilot):
        pressed: list[str] = []
        meant = {"␣ first": "step", "lessons": "lessons", "one step downhill": "update", "t train": "train"}
        with monkeypatch.context() as patch:
            patch.setattr(app, "action_press", pressed.append)
            for text in meant:
                line = next(n for n, row in enumerate(app.text().splitlines()) if text in row)
                await click(app, pilot, text, line)
            for line, text in ((0, "η 0.5"), (0, "example 1"), (3, "follows the step"), (28, "Cost")):
                await click(app, pilot, text, line)
        assert pressed == [*meant.values(), "settings", "next", "lens", "plot"]
        await press(pilot, "]")
        with monkeypatch.context() as patch:
            pressed.clear()
            patch.setattr(app, "action_press", pressed.append)
            for text in ("{", "}", "keep", "esc", "put back"):
                await click(app, pilot, text, 2)
        assert pressed == ["finer", "coarser", "keep", "put_back", "put_back"]
