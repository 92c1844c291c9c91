"""The help opens as a legend of the very screen, then lists every key once, in groups."""

import pytest
from textual.widgets import OptionList

from tests.drive import press, program, screen_after
from tuibp.app.key_groups import GROUPS, LEGEND, group_of
from tuibp.app.keys import BY_NAME
from tuibp.render.glyphs import ASCII


async def test_the_first_page_says_what_every_sign_means_uncut() -> None:
    first = await screen_after("mazur", "?")
    for sign, _style, means in LEGEND:
        assert any(sign in line and means in line for line in first.split("\n")), sign


async def test_every_key_stands_once_under_its_group_and_a_search_finds_it_without_the_legend() -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, "?")
        listed = app.screen.query_one(OptionList)
        ids = [option.id for option in listed.options if option.id]
        assert len(ids) == len(set(ids))
        assert [group_of(name) for name in ids] == sorted(group_of(name) for name in ids)
        await press(pilot, "n u d g e")
        assert listed.options
        assert all(option.id for option in listed.options)


@pytest.mark.parametrize("names", [names for _title, names in GROUPS])
def test_a_group_holds_keys_that_there_are(names: str) -> None:
    assert {name for name in names.split() if name != "lens_back"} <= set(BY_NAME)


async def test_a_panel_s_help_lists_its_own_keys_and_no_legend() -> None:
    assert LEGEND[0][2] not in await screen_after("mazur", "p ?")


async def test_the_legend_names_the_signs_that_an_ascii_screen_draws() -> None:
    async with program("mazur") as (app, pilot):
        app.desk.glyphs = ASCII
        await press(pilot, "?")
        listed = app.screen.query_one(OptionList).options
        signs = {str(option.prompt).strip().split("  ")[0] for option in listed[:40]}
    assert {ASCII.dot, ASCII.target, ASCII.right, "== .."} <= signs
