"""k turns the equation to code, to code with examples as rows, and back; it is saved with the view."""

from __future__ import annotations

from tests.drive import press, program
from tuibp.session.saved_state import view_of, view_table
from tuibp.session.view import View


async def test_k_goes_round() -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, "4 k")
        assert "(w3.T @ delta3)" in app.text()
        await press(pilot, "k")
        assert "(delta3 @ w3)" in app.text()
        await press(pilot, "k")
        assert "delta3" not in app.text()


def test_it_is_saved_with_the_view() -> None:
    from tuibp.files.table import Table

    view = View(code="rows")
    assert view_of(Table("a file", "view", view_table(view))).code == "rows"
