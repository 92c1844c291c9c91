"""The proof's screen: line by line and back, another of the four, another neuron, and back to where one was."""

from __future__ import annotations

import pytest

from tests.app.pressing import settled, wheel
from tests.drive import press, program, screen_after
from tuibp.app.screens.proof import Proofs


async def test_a_proof_is_gone_through_line_by_line_and_back() -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, "4 P")
        assert "Proof of BP2" in app.text()
        assert "line 1 of 6" in app.text()
        await press(pilot, "space*4")
        assert "line 5 of 6" in app.text()
        assert "4 × 0" in app.text()
        await press(pilot, "backspace space*5")
        assert "line 6 of 6" in app.text()
        assert "the proof is done" in app.text()


async def test_arrows_choose_another_neuron_and_keep_the_line() -> None:
    text = await screen_after("mazur", "4 P space space down")
    assert "why δ²₂ is" in text
    assert "line 3 of 6" in text


async def test_the_four_equations_are_a_key_each() -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, "4 P")
        for key, about in (("1", "δ³₁"), ("2", "δ²₁"), ("3", "∂C/∂b²₁"), ("4", "∂C/∂w²₁₁")):
            await press(pilot, key)
            assert f"Proof of BP{key}  why {about} is" in app.text()
        await press(pilot, "right")
        assert "∂C/∂w²₁₂" in app.text()


async def test_without_a_hidden_layer_bp2_says_so() -> None:
    assert "no hidden layer" in await screen_after("single-neuron", "P 2")


async def test_leaving_is_where_one_was() -> None:
    async with program("digits") as (app, pilot):
        await press(pilot, "4 down")
        before = app.desk.view, app.desk.state.place
        await press(pilot, "P space down right space escape")
        assert (app.desk.view, app.desk.state.place) == before
        assert not isinstance(app.screen, Proofs)


async def test_what_is_under_the_cursor_is_what_is_proved() -> None:
    assert "why ∂C/∂w²₁" in await screen_after("mazur", "5 tab P")
    assert "why ∂C/∂b²₁ is" in await screen_after("mazur", "5 P")
    assert "why δ³₁ is" in await screen_after("mazur", "3 P")


@pytest.mark.parametrize(("keys", "first", "second"), [
    ("4 P", "line 1 of", "line 2 of"), ("4 m", "product 1 of", "product 2 of"),
    ("5 p b", "written out", "bracket 1 of"),
])  # fmt: skip
async def test_the_wheel_goes_line_by_line(keys: str, first: str, second: str) -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, keys)
        assert first in app.text()
        for down, seen in ((True, second), (False, first)):
            wheel(app, 40, 6, down)
            await settled(app, pilot)
            assert seen in app.text().splitlines()[1]
