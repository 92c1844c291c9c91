"""The words of the field are found in the help, by any of their names, with where they are seen now."""

from __future__ import annotations

from rich.cells import cell_len

from tests.drive import press, screen_after
from tests.drive import program as opened
from tuibp.app.glossary import GLOSSARY


async def test_a_term_is_found_by_what_another_course_calls_it_in_either_language() -> None:
    for typed in ("d Z", "e r r o r"):
        screen = await screen_after("mazur", f"? {typed}")
        assert "error · 誤差" in screen
    async with opened("mazur") as (app, pilot):
        await pilot.press("question_mark", *"誤差")
        await pilot.pause()
        assert "How fast C grows with a neuron’s z." in app.text()


async def test_where_a_term_is_seen_follows_the_lens() -> None:
    async with opened("mazur") as (app, pilot):
        delta = next(term for term in GLOSSARY if term.symbol == "δ")
        assert delta.place(app.desk.scene()) != "in the tiles now"
        await press(pilot, "3")
        assert delta.place(app.desk.scene()) == "in the tiles now"


async def test_no_line_of_the_glossary_is_wider_than_its_room() -> None:
    async with opened("mazur") as (app, _pilot):
        scene = app.desk.scene()
        assert all(cell_len(line) <= 58 for term in GLOSSARY for line in term.lines(scene, 58))
