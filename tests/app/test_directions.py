"""Keys and the wheel go the way that they say: more, less, back, forth."""

from __future__ import annotations

from textual import events

from tests.drive import press, program
from tuibp.app.widgets.slot import Slot
from tuibp.render.shape import TILES


def turned(slot: Slot, way: type[events.MouseScrollUp | events.MouseScrollDown]) -> events.MouseEvent:
    return way(slot, 1, 1, 0, 0, 0, False, False, False)


async def test_plus_makes_the_tiles_of_the_layer_under_the_cursor_larger_and_minus_smaller() -> None:
    async with program("digits", (120, 40)) as (app, pilot):
        await press(pilot, "2")
        layer = app.desk.scene().cursor.layer
        tiles = []
        for key in ("plus", "minus", "minus"):
            await press(pilot, key)
            tiles.append(TILES.index(dict(app.desk.view.zoom)[layer]))
        assert tiles[0] < tiles[1] < tiles[2]


async def test_a_typed_number_is_the_example_that_is_then_shown() -> None:
    async with program("digits") as (app, pilot):
        await press(pilot, "i backspace*9 1 2 enter")
        assert app.desk.state.example == 11
        assert "Example 12" in app.text() or "example 12" in app.text()


async def test_in_the_settings_left_halves_and_right_doubles() -> None:
    async with program("mazur") as (app, pilot):
        eta = app.desk.state.settings.eta
        await press(pilot, "h right")
        assert app.desk.state.settings.eta == 2 * eta
        await press(pilot, "left left")
        assert app.desk.state.settings.eta == eta / 2


async def test_the_wheel_on_the_plot_goes_back_upwards_and_forth_downwards() -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, "u u")
        slot = app.screen.query_one("#cost", Slot)
        for way, update in ((events.MouseScrollUp, 1), (events.MouseScrollUp, 0), (events.MouseScrollDown, 1)):
            slot.post_message(turned(slot, way))
            await pilot.pause()
            assert app.desk.state.update == update
