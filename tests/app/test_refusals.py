"""What cannot be done is said, wherever it was asked for; nothing that is refused ends the program."""

from __future__ import annotations

from functools import partial

import pytest
from rich.style import Style
from textual.events import Callback, Click
from textual.widgets import Label, OptionList

from tests.app.pressing import event_of, put
from tests.drive import press, program, screen_after
from tuibp.app.screens.palette import CommandSearch
from tuibp.app.screens.prompt import Prompt


@pytest.mark.parametrize("name", ["circles", "spirals", "deep-sigmoid"])
async def test_examples_of_either_class_of_a_single_output_are_shown_by_name(name: str) -> None:
    async with program(name) as (app, pilot):
        data = app.desk.state.preset.data
        assert data.labels is not None
        for keys in ("e", "e", "u", "e", "e"):
            await press(pilot, keys)
            await press(pilot, "1")
            assert data.class_names[int(data.labels[app.desk.state.example])] in app.text()


async def test_the_next_example_of_a_named_class_is_one_of_that_class() -> None:
    async with program("spirals") as (app, pilot):
        for label, y in (("first", 0.0), ("second", 1.0)):
            await press(pilot, f"i backspace*6 = {' '.join(label)} enter")
            assert app.desk.state.shown.y.tolist() == [y]


@pytest.mark.parametrize("keys", ["h down right", "h enter backspace*9 0 enter", "h down enter backspace*9 9 enter"])
async def test_a_setting_that_does_not_fit_is_refused_where_it_was_set(keys: str) -> None:
    async with program("mazur") as (app, pilot):
        before = app.desk.state.settings
        await press(pilot, keys)
        assert app.desk.state.settings == before
        assert str(app.screen.query_one("#objection", Label).content) in ("A mini-batch has 1 to 1 examples.",
                                                                         "η is a number above 0.")  # fmt: skip


async def test_a_question_whose_answer_is_refused_stays_open() -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, "h enter backspace*9 0 enter")
        assert isinstance(app.screen, Prompt)


async def test_a_weight_as_large_as_a_number_can_be_is_shown() -> None:
    assert "Nudge" in await screen_after("mazur", "tab = backspace*30 1 e 3 0 8 enter")


@pytest.mark.parametrize("opening", ["ctrl+p", "?", "h", "themes"])
async def test_a_list_without_lines_moves_nowhere_by_a_page(opening: str) -> None:
    async with program("mazur") as (app, pilot):
        if opening == "themes":
            app.search_themes()
        else:
            put(app, [opening])
        for _moment in range(100):
            await pilot.pause(0.05)
            if any(found.option_count for found in app.screen.query(OptionList)):
                break
        listed = app.screen.query_one(OptionList)
        assert listed.option_count
        listed.display = False  # as before it is laid out
        listed.highlighted = 0
        await pilot.pause()
        listed._clear_caches()
        put(app, ["pagedown", "pageup"])
        await pilot.pause(0.1)
        assert app._exception is None


async def test_commands_asked_for_again_while_they_are_being_left_end_nothing() -> None:
    async with program("mazur") as (app, pilot):
        for _ in range(6):
            put(app, ["ctrl+p", "a", "escape", "ctrl+p", "b", "escape", "ctrl+p", "?", "ctrl+p"])
            await pilot.pause(0.05)
        await pilot.pause(0.5)
        assert app._exception is None


async def test_a_network_is_opened_while_training_runs() -> None:
    async with program("iris") as (app, pilot):
        await press(pilot, "t")
        app.desk.open("xor")
        await pilot.pause()
        assert (app.desk.training, app.desk.state.preset.name) == (False, "xor")
        assert "xor" in app.text()


async def test_what_the_palette_still_has_to_do_when_it_has_been_taken_away_ends_nothing() -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, "ctrl+p")
        palette = app.screen
        assert isinstance(palette, CommandSearch)
        await palette.remove_children()
        for flag in (True, False, True):
            palette.call_next(setattr, palette, "_show_busy", flag)
            palette.call_later(setattr, palette, "_list_visible", not flag)
            palette.app.call_later(palette._action_cursor_down)
            palette.post_message(Callback(partial(palette._action_command_list, "select")))
        await pilot.pause(0.1)
        await press(pilot, "space")
        assert app._exception is None


@pytest.mark.parametrize("keys", ["ctrl+p", "?"])
async def test_a_click_on_a_line_of_a_list_that_has_gone_meanwhile_does_nothing(keys: str) -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, keys)
        listed = app.screen.query_one(OptionList)
        await pilot.pause(0.1)
        click = Click(listed, 1, 1, 0, 0, 1, False, False, False, 1, 1, Style(meta={"option": 3}))
        listed.clear_options()
        listed.post_message(click)
        await pilot.pause()
        assert app._exception is None


@pytest.mark.parametrize("keys", ["?", "h", "w"])
async def test_a_key_that_comes_to_a_screen_that_has_lost_its_parts_does_nothing(keys: str) -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, keys)
        left = app.screen
        await left.remove_children()
        await press(pilot, "ctrl+p")
        for key in ("down", "pagedown", "enter", "x"):
            left.post_message(event_of(key))
        await pilot.pause()
        assert app._exception is None


@pytest.mark.parametrize("keys", ["", "p"])
async def test_ctrl_c_says_which_key_leaves_where_all_else_is_said(keys: str) -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, keys)
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert "q leaves, y copies." in app.text()
        assert not app._notifications
