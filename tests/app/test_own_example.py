"""Any input: typed into `i`, answered at once, asked for its target once, left by `e`."""

from __future__ import annotations

import numpy as np
import pytest

from tests.drive import press, program
from tuibp.app.screens.editor import Editor
from tuibp.app.screens.prompt import Prompt
from tuibp.core.gradient import outputs
from tuibp.render.drawing import LEFT, TOP
from tuibp.session.place import phase_of

TYPED = "i . 3 space . 7 enter"


async def test_typed_numbers_are_the_example_and_are_answered_at_once() -> None:
    async with program("spirals") as (app, pilot):
        await press(pilot, TYPED)
        state = app.desk.state
        assert state.own is not None
        assert state.own.x == (0.3, 0.7)
        name = state.preset.data.class_names[int(state.walk.output[0] > 0.5)]
        assert f"It says {name}" in app.desk.message
        assert "of your own" in app.text()
        assert "nan" not in app.text()


@pytest.mark.parametrize("key", ["3", "u", "]", "="])
async def test_what_needs_a_target_asks_for_it_once_and_goes_on(key: str) -> None:
    async with program("xor") as (app, pilot):
        await press(pilot, TYPED)
        await press(pilot, key)
        assert isinstance(app.screen, Prompt)
        await press(pilot, "1 enter")
        state = app.desk.state
        assert state.own is not None
        assert state.own.y == (1.0,)
        if key == "=":
            assert isinstance(app.screen, Prompt)
        elif key == "3":
            assert phase_of(state.stop) == 2
        elif key == "u":
            assert state.update == 1
        elif key == "]":
            assert state.nudge is not None


async def test_without_a_target_training_and_visits_show_no_number_that_is_none() -> None:
    async with program("mazur", (120, 40)) as (app, pilot):
        app.desk.look(pace=20.0)
        await press(pilot, f"{TYPED} t")
        assert app.desk.training
        assert phase_of(app.desk.state.stop) == 1
        await press(pilot, "t < v v c c")
        assert not app.desk.wrong
        assert "no target" in app.text()
        assert "nan" not in app.text()


async def test_space_walks_two_steps_and_the_third_asks() -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, f"{TYPED} space space")
        assert isinstance(app.screen, Prompt)
        await press(pilot, "x enter")
        assert isinstance(app.screen, Prompt)
        await press(pilot, "escape")
        assert phase_of(app.desk.state.stop) == 1


@pytest.mark.parametrize("key", ["e", "E"])
async def test_the_keys_of_examples_go_back_to_the_example_that_was_left(key: str) -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, f"{TYPED} {key}")
        assert app.desk.state.own is None
        assert app.desk.state.example == 0


async def test_a_wrong_number_of_inputs_is_said_in_the_question() -> None:
    async with program("xor") as (app, pilot):
        await press(pilot, "i . 3 space . 7 space 1 enter")
        assert isinstance(app.screen, Prompt)
        assert "2 inputs, not 3" in app.text()


async def test_an_image_is_drawn_and_answered_at_every_change_and_taken_by_enter() -> None:
    async with program("digits") as (app, pilot):
        await press(pilot, "i")
        assert isinstance(app.screen, Editor)
        before = app.desk.state.shown.x.copy()
        bright = app.desk.state.preset.data.x.max()
        await press(pilot, "c space space right space")
        wanted = np.zeros(64)
        wanted[4 * 8 + 4], wanted[4 * 8 + 5] = bright, bright / 2
        a = outputs(app.desk.state.network, wanted[None])[0]
        name = app.desk.state.preset.data.class_names[int(a.argmax())]
        assert f"It says {name} ({a.max():.2f})" in app.text()
        assert np.array_equal(app.desk.state.shown.x, before)
        await press(pilot, "enter")
        own = app.desk.state.own
        assert own is not None
        assert np.allclose(own.x, wanted)
        await press(pilot, "i escape")
        assert app.desk.state.own is own


async def test_the_mouse_turns_the_pixel_that_is_drawn_under_it() -> None:
    async with program("digits", (120, 40)) as (app, pilot):
        await press(pilot, "i c")
        await pilot.click("#drawing", offset=(1 + LEFT, 1 + TOP))
        await press(pilot, "enter")
        own = app.desk.state.own
        assert own is not None
        assert [place for place, value in enumerate(own.x) if value] == [0]


@pytest.mark.parametrize(("typed", "example"), [("1 2 enter", 11), ("i 1 2 enter", 11)])
async def test_a_digit_in_the_editor_begins_the_number_of_an_example(typed: str, example: int) -> None:
    async with program("digits") as (app, pilot):
        await press(pilot, f"i {typed}")
        assert app.desk.state.example == example
        assert not isinstance(app.screen, Editor)
