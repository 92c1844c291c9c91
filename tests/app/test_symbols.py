"""A cursor on a symbol of the equation says what it stands for, and lights it on the grid."""

from __future__ import annotations

import pytest

from tests.drive import SIZES, press, program
from tuibp.app.app import TuibpApp
from tuibp.render.equation import symbols_of


async def test_a_symbol_has_its_name_its_numbers_and_its_meaning() -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, "4 . .")
        text = app.text()
        assert "w³ₖ₁ = 0.4000, 0.5000" in text
        assert "walked backwards" in text
        await press(pilot, "right")
        assert "δ³ = 0.1385, −0.0381" in app.text()
        await press(pilot, "esc")
        assert app.desk.view.symbol is None


async def test_the_equation_stays_where_it_is_from_symbol_to_symbol() -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, "4 .")
        before = [line for line in app.text().splitlines() if "BP2" in line or "δ²₁ = (" in line]
        await press(pilot, "right right right")
        assert [line for line in app.text().splitlines() if "BP2" in line or "δ²₁ = (" in line] == before


async def test_only_the_wires_of_the_symbol_are_in_the_accent() -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, "4")
        assert not _accented(app)
        await press(pilot, ". .")
        assert _accented(app)
        await press(pilot, "right")
        assert not _accented(app)


async def test_it_goes_with_the_example_and_leaves_with_a_step() -> None:
    async with program("xor") as (app, pilot):
        await press(pilot, "4 . e")
        assert app.desk.view.symbol == 0
        await press(pilot, "space")
        assert app.desk.view.symbol is None


async def test_where_there_is_no_equation_it_says_why() -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, ".")
        assert "no equation here" in app.desk.message
        await press(pilot, "4 k .")
        assert "This is code" in app.desk.message


async def test_y_copies_the_numbers_of_the_symbol() -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, "4 . . y")
        assert app.clipboard == "[[0.4], [0.5]]"


def _accented(app: TuibpApp) -> bool:
    """Whether a wire of the grid is drawn in the accent."""
    rows, colour = app.stage.pictures(80, 24)["network"], app.desk.palette.accent_line.color
    return any(
        part.style is not None and part.style.color == colour and any("⠀" < c <= "⣿" for c in part.text)
        for row in rows
        for part in row
    )


@pytest.mark.parametrize(("size", "target", "keys"), [(SIZES[0], "mazur", "4"), (SIZES[1], "iris", "5 tab")])
async def test_a_click_on_a_symbol_is_the_cursor_on_it(size: tuple[int, int], target: str, keys: str) -> None:
    """The cell that each symbol's cursor lights is clicked, from the equation and from another symbol."""
    async with program(target, size) as (app, pilot):
        await press(pilot, keys)
        count = len(symbols_of(app.desk.scene()))
        assert count > 1
        await press(pilot, ".")
        for n in range(count):
            app.desk.look(symbol=n)
            app.repaint()
            await pilot.pause()
            lit = _lit(app)
            if lit is None:  # it has no room here
                continue
            app.desk.look(symbol=(n + 1) % count)
            app.repaint()
            await pilot.pause()
            await pilot.click(offset=lit)
            assert app.desk.view.symbol == n
        await pilot.click(offset=(size[0] - 2, 3))
        assert app.desk.view.symbol is None


async def test_a_click_from_the_equation_finds_the_symbol_where_it_stands() -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, "4")
        lines = app.text().splitlines()
        y = next(n for n, line in enumerate(lines) if "BP2" in line and "(w" in line)
        await pilot.click(offset=(lines[y].index("(w"), y))
        assert "walked backwards" in app.text()


def _lit(app: TuibpApp) -> tuple[int, int] | None:
    """The first cell of the equation's panel that is lit as the cursor is."""
    region = app.screen.query_one("#equation").region
    badge = app.desk.palette.badge
    for y, strip in enumerate(app.screen._compositor.render_strips()[region.y : region.bottom], start=region.y):
        x = 0
        for segment in strip:
            if x >= region.x and segment.style and segment.style.bgcolor == badge.bgcolor and segment.text.strip():
                return x, y
            x += segment.cell_length
    return None
