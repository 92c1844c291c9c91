"""Keys that walk the five steps, in the real program."""

from __future__ import annotations

import numpy as np
import pytest
from textual.events import MouseScrollDown

from tests.drive import SIZES, press, program, screen_after
from tuibp.app.desk import Desk
from tuibp.core.gradient import outputs
from tuibp.files import load, preset_names
from tuibp.render.lines import Row
from tuibp.session.commands import ChooseExample
from tuibp.session.examples import wrong_after
from tuibp.session.place import phase_of

PRESETS = [name for name in preset_names() if name != "million"]


@pytest.mark.parametrize("name", PRESETS)
async def test_five_presses_of_space_walk_the_five_steps_and_back(name: str) -> None:
    async with program(name) as (app, pilot):
        start = app.desk.state
        phases = [phase_of(app.desk.state.stop)]
        for _press in range(4):
            await press(pilot, "space")
            phases.append(phase_of(app.desk.state.stop))
        assert phases == [0, 1, 2, 3, 4]
        await press(pilot, "backspace*4")
        assert app.desk.state.place == start.place
        assert app.desk.state.network.digest() == start.network.digest()


async def test_after_the_last_step_space_moves_nothing_and_names_the_key_that_goes_on() -> None:
    async with program() as (app, pilot):
        await press(pilot, "5")
        before = app.desk.state
        await press(pilot, "space")
        assert app.desk.state is before
        assert "That was backpropagation. u is gradient descent." in app.text()


async def test_an_update_changes_the_cost_and_backspace_takes_it_back_to_the_bit() -> None:
    async with program() as (app, pilot):
        before = app.desk.state.network.digest()
        await press(pilot, "u")
        assert app.desk.state.update == 1
        assert app.desk.state.network.digest() != before
        await press(pilot, "backspace")
        assert (app.desk.state.update, app.desk.state.network.digest()) == (0, before)


@pytest.mark.parametrize(("size", "presses"), [("phase", 4), ("layer", 6), ("neuron", 12)])
async def test_a_step_can_be_a_phase_a_layer_or_a_neuron(size: str, presses: int) -> None:
    async with program() as (app, pilot):
        while app.desk.view.step_size != size:
            await press(pilot, "s")
        await press(pilot, f"space*{presses}")
        assert app.desk.state.place.stop == len(app.desk.state.stops) - 1
        assert app.desk.state.place.neuron is None


async def test_before_and_after_visit_every_update_of_the_run() -> None:
    async with program() as (app, pilot):
        await press(pilot, "u*5")
        digests = []
        for _update in range(5):
            digests.append(app.desk.state.network.digest())
            await press(pilot, "<")
        assert app.desk.state.update == 0
        for digest in reversed(digests):
            await press(pilot, ">")
            assert app.desk.state.network.digest() == digest


async def test_three_hundred_steps_at_once_are_painted_a_few_times_at_most() -> None:
    async with program("digits") as (app, pilot):
        await press(pilot, "s s s")
        painted = 0
        pictures = app.stage.pictures

        def counted(width: int, height: int) -> dict[str, list[Row]]:
            nonlocal painted
            painted += 1
            return pictures(width, height)

        app.stage.pictures = counted  # type: ignore[method-assign]
        for _press in range(300):
            app.action_press("step")
        await pilot.pause()
        assert app.desk.history.at == 300
        assert painted <= 3


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PRESETS)
async def test_every_line_of_the_screen_has_the_window_s_width(name: str, size: tuple[int, int]) -> None:
    async with program(name, size) as (app, pilot):
        for keys in ("space", "space", "5", "tab right down", "] ]"):
            await press(pilot, keys)
            strips = app.screen._compositor.render_strips()
            assert [strip.cell_length for strip in strips] == [size[0]] * size[1]


async def test_every_gradient_shown_carries_its_check() -> None:
    screen = await screen_after("digits", "5")
    assert "✓ 2,260 partials" in screen


async def test_a_window_too_small_says_so_and_comes_back_as_it_was() -> None:
    async with program() as (app, pilot):
        await press(pilot, "space space")
        before = app.text()
        await pilot.resize_terminal(10, 3)
        await pilot.pause()
        assert "48×14" in app.text()
        await pilot.resize_terminal(1, 1)
        await pilot.pause()
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        await pilot.pause()
        assert app.text() == before


async def test_the_mouse_selects_a_neuron_and_its_wheel_moves_on() -> None:
    async with program() as (app, pilot):
        await press(pilot, "2")
        await pilot.click("#network", offset=(35, 5))
        await pilot.pause()
        assert (app.desk.scene().cursor.layer, app.desk.scene().cursor.j) == (2, 0)
        slot = app.screen_stack[1].query_one("#network")
        slot.post_message(MouseScrollDown(slot, 35, 5, 0, 1, 0, False, False, False))
        await pilot.pause()
        assert (app.desk.scene().cursor.layer, app.desk.scene().cursor.j) == (2, 1)


async def test_a_long_sum_can_be_scrolled() -> None:
    async with program("digits") as (app, pilot):
        await press(pilot, "2")
        before = app.text()
        await press(pilot, "pagedown")
        assert app.text() != before
        await press(pilot, "pageup")
        assert app.text() == before


def test_the_next_wrong_example_comes_round_the_end_and_is_every_wrong_one_in_turn() -> None:
    desk = Desk.of(load("digits"))
    state = desk.state
    data = state.preset.data
    wrong = np.flatnonzero(outputs(state.network, data.x).argmax(axis=1) != data.y.argmax(axis=1)).tolist()
    found = []
    for _ in wrong:
        row = wrong_after(desk.state)
        assert row is not None
        found.append(row)
        desk.do(ChooseExample(row))
    assert sorted(found) == wrong
    assert found[-1] == state.example
    again = wrong_after(desk.state)
    assert again == found[0]
