"""After `u`: the same example and step, and what the update did."""

from __future__ import annotations

import numpy as np
import pytest

from tests.drive import press, program
from tuibp.app.screens.in_hand import InHand
from tuibp.core.gradient import cost
from tuibp.session.commands import Keep, PutBack
from tuibp.session.place import phase_of


@pytest.mark.parametrize("walked", ["", "3", "s space*3", "5"])
async def test_an_update_stays_at_example_step_and_cursor(walked: str) -> None:
    async with program("xor") as (app, pilot):
        await press(pilot, f"e {walked} right")
        before, cursor = app.desk.state, app.desk.scene().cursor
        await press(pilot, "u")
        after = app.desk.state
        assert (after.example, after.place, after.since) == (before.example, before.place, before.since)
        assert app.desk.scene().cursor == cursor
        assert after.update == before.update + 1


async def test_the_panel_tells_gradient_descent_with_the_very_numbers_and_both_costs() -> None:
    async with program("xor", (120, 40)) as (app, pilot):
        await press(pilot, "e 5 tab")
        before = app.desk.state
        await press(pilot, "u")
        after, at = app.desk.state, app.desk.scene().cursor
        assert at.k is not None
        gradient = before.walk.grad_w(at.layer)
        data = before.preset.data
        numbers = [
            before.network.w(at.layer)[at.j, at.k], gradient[at.j, at.k], after.network.w(at.layer)[at.j, at.k],
            before.walk.cost, after.walk.cost,
            cost(before.network, data.x, data.y), cost(after.network, data.x, data.y),
        ]  # fmt: skip
        screen = app.text().replace("−", "-")
        for number in numbers:
            assert f"{number:.6f}" in screen
        assert "C all 4" in screen
        assert f"C {before.walk.cost:.4f} → {after.walk.cost:.4f}" in screen


@pytest.mark.parametrize("preset", ["digits", "single-neuron"])
async def test_what_changed_is_marked_until_the_next_key_that_does_more_than_look(preset: str) -> None:
    async with program(preset) as (app, pilot):
        await press(pilot, "5 u right")
        assert "C here" in app.text()
        assert "was" in app.text()
        await press(pilot, "4")
        assert "C here" not in app.text()


async def test_was_is_and_change_stand_below_each_other_for_the_neuron_under_the_cursor() -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, "5 tab")
        before = app.desk.state.network
        await press(pilot, "u down")
        j = app.desk.scene().cursor.j
        layer = app.desk.scene().cursor.layer
        rows = [line for line in app.text().splitlines() if line.startswith((" was", " is", " Δ"))]
        shown = [[float(word) for word in row[4:47].replace("−", "-").split()] for row in rows]
        was = [*before.w(layer)[j], before.b(layer)[j]]
        now = [*app.desk.state.network.w(layer)[j], app.desk.state.network.b(layer)[j]]
        np.testing.assert_allclose(shown, [was, now, np.subtract(now, was)], atol=6e-7)


async def test_a_setting_goes_on_to_the_next_example_as_before() -> None:
    async with program("xor") as (app, pilot):
        app.desk.look(then="next")
        before = app.desk.state.example
        await press(pilot, "5 u")
        assert (app.desk.state.example, phase_of(app.desk.state.stop)) == (before + 1, 0)
        assert "what the update did" not in app.text()


@pytest.mark.parametrize(("key", "answer"), [("u", "enter"), ("t", "x"), ("R", "esc"), ("N", "enter"), ("<", "x")])
async def test_a_nudge_in_hand_is_kept_or_put_back_by_a_question(key: str, answer: str) -> None:
    async with program("digits") as (app, pilot):
        await press(pilot, "5 ]")
        entries = app.desk.history.length
        await press(pilot, key)
        assert isinstance(app.screen, InHand)
        await press(pilot, answer)
        assert not isinstance(app.screen, InHand)
        app.desk.pause()
        await pilot.pause()
        made = [entry.command for entry in app.desk.history.entries[-app.desk.history.length :]][entries:]
        if answer == "esc":
            assert made == []
            assert app.desk.state.nudge is not None
        else:
            assert made[0] == (Keep() if answer == "enter" else PutBack())
            assert len(made) > 1
            assert app.desk.state.nudge is None


async def test_a_demon_cannot_be_kept_and_the_question_says_so() -> None:
    async with program() as (app, pilot):
        await press(pilot, "5 d u enter")
        assert isinstance(app.screen, InHand)
        assert "cannot be kept" in app.text()
        await press(pilot, "x")
        assert (app.desk.state.update, app.desk.state.nudge) == (1, None)


async def test_the_settings_turn_what_comes_after_an_update() -> None:
    async with program("xor") as (app, pilot):
        start = app.desk.state.example
        await press(pilot, "h end up enter esc u")
        assert (app.desk.view.then, app.desk.state.example) == ("next", start + 1)


async def test_the_panel_tells_by_which_weights_the_error_came_back() -> None:
    async with program("mazur", (120, 40)) as (app, pilot):
        await press(pilot, "5 tab u")
        before, after = app.desk.before, app.desk.state
        assert before is not None
        weights = before.network.w(2), after.network.w(2)
        a = before.walk.a(1)[0]
        old, new = (w[:, 0] @ before.walk.delta(2) * a * (1 - a) for w in weights)
        assert f"δ²₁ by the old w³  {old:.3g}" in app.text()
        assert f"by the new w³  {new:.3g}" in app.text()
        assert "The error came back by the old ones" in app.text()
