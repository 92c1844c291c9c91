"""From the paths to backpropagation and back again."""

from __future__ import annotations

from tests.drive import press, program


async def test_the_sum_is_bracketed_from_the_paths_and_left_for_them() -> None:
    async with program("deep-sigmoid") as (app, pilot):
        await press(pilot, "5 tab p b")
        assert "written out" in app.text()
        await press(pilot, "space")
        assert "bracket 1 of" in app.text()
        await press(pilot, "end")
        assert "all weights at once" in app.text()
        await press(pilot, "space")
        assert "backpropagation has been found" in app.text()
        await press(pilot, "home escape")
        assert "Strongest paths" in app.text()
        await press(pilot, "escape")
        assert "Strongest paths" not in app.text()
