"""The matrix form's panels: every product fits, its zeros are dots, and its counts are the value's."""

from __future__ import annotations

import pytest

from tests.drive import press, program
from tests.render.views import scene, state
from tuibp.core.diagonal import Widths
from tuibp.core.matrix_form import matrix_form
from tuibp.render.lines import text_of
from tuibp.render.matrix_page import beside_panel, cost_panel, matrix_title, product_panel
from tuibp.render.scene import Panel

PRESETS = ("mazur", "digits", "deep-sigmoid", "iris", "modified-neuron", "single-neuron")


def text(panel: Panel) -> str:
    return "\n".join(text_of(row) for row in panel.lines)


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize(("width", "height"), [(80, 14), (118, 22)])
@pytest.mark.parametrize("ascii_only", [False, True])
def test_every_product_fits_with_its_counts(preset: str, width: int, height: int, ascii_only: bool) -> None:
    drawn = scene(state(preset), compact=width == 80, ascii=ascii_only)
    network = drawn.state.network
    for layer in range(1, network.layer_count):
        form = matrix_form(network, drawn.state.shown, layer)
        for at, product in enumerate(form.products):
            panel = product_panel(drawn, form, at, width, height)
            assert all(sum(s.cell_length for s in row) == width for row in panel.lines)
            said = text(panel)
            many = "s" * (product.multiplications > 1)
            assert f"{product.multiplications:,} multiplication{many}" in said
            assert said.isascii() or not ascii_only
            if product.square and product.layer not in form.coupled:
                assert ("same to the bit") in said
                assert f"{product.by_zero:,} by zero" in said or not product.by_zero
            title = text_of(matrix_title(drawn, form, at, 80))
            assert f"product {at + 1} of {len(form.products)}" in title


def test_numbers_come_line_by_line() -> None:
    drawn = scene(state("mazur"), compact=True)
    form = matrix_form(drawn.state.network, drawn.state.shown, 1)
    first, last = (text(beside_panel(drawn, form, at, 64, 12)) for at in (0, 2))
    assert "0.13850" in first
    assert "0.00877" not in first
    assert "0.00877" in last
    assert "12 multiplications from the right, 8 with ⊙, 20 from the left" in last.replace("\n", "")


def test_measured_times_stand_in_a_table_and_before_that_the_key() -> None:
    drawn = scene(state("mazur"), compact=True)
    assert "h measures" in text(cost_panel(drawn, [], 40, 10))
    told = text(cost_panel(drawn, [Widths(10, 2e-6, 1e-6, 1e-6, True), Widths(2000, 9e-4, 1e-6, 1e-6, True)], 50, 12))
    assert "2.0×" in told
    assert "900.0×" in told
    assert "The computer prefers" in told


@pytest.mark.parametrize("preset", ["digits", "deep-sigmoid"])
async def test_at_80_by_24_all_rows_of_a_layer_of_ten_are_seen(preset: str) -> None:
    async with program(preset) as (app, pilot):
        await press(pilot, "4 m space")
        if preset == "digits":
            await press(pilot, "backspace")
        upper = app.text().split("The same as")[0]
    rows = sum(line.lstrip().startswith(("⎡", "⎢", "⎣")) for line in upper.splitlines())
    assert rows == {"digits": 10, "deep-sigmoid": 8}[preset]
    assert "…" not in upper


@pytest.mark.parametrize(("preset", "neurons"), [("mazur", 2), ("xor", 3), ("iris", 5)])
async def test_all_rows_of_a_small_layer_are_seen_in_the_smallest_window(preset: str, neurons: int) -> None:
    """One row of two was seen, and nothing said so."""
    async with program(preset, (48, 14)) as (app, pilot):
        await press(pilot, "4 m end")
        upper = app.text().split("The same as")[0]
    assert sum(line.lstrip().startswith(("⎡", "⎢", "⎣")) for line in upper.splitlines()) == neurons


def test_a_single_product_has_no_other_end() -> None:
    """ "1 multiplications from the right … from the left: matrix times matrix" stood where there is one matrix."""
    drawn = scene(state("single-neuron"), compact=True)
    said = text(beside_panel(drawn, matrix_form(drawn.state.network, drawn.state.shown, 1), 0, 64, 12))
    assert "One product: 1 multiplication, 1 with ⊙." in said
    assert "from the left" not in said
