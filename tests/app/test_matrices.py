"""The matrix form's screen: one product at a time and back, another layer, and back to where one was."""

from __future__ import annotations

from tests.drive import press, program, screen_after


async def test_products_are_made_from_the_right_and_taken_back() -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, "4 m")
        assert "product 1 of 3  (35)" in app.text()
        await press(pilot, "space space")
        assert "product 3 of 3" in app.text()
        await press(pilot, "space")
        assert "last product" in app.text()
        await press(pilot, "backspace right")
        assert "product 1 of 1  (33)" in app.text()
        before = app.desk.view, app.desk.state.place
        await press(pilot, "left escape")
        assert (app.desk.view, app.desk.state.place) == before
        assert "Matrix form" not in app.text()


async def test_what_is_said_at_the_end_is_whole_in_a_small_window() -> None:
    """It stood behind the title, where 48 columns cut it."""
    said = " ".join((await screen_after("mazur", "4 m end space", (48, 14))).split())
    assert "That was the last product: what came out is the error." in said
