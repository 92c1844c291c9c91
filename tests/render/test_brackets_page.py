"""The brackets' panels: every line of the sum fits, counted, and says that it is the same number."""

from __future__ import annotations

import pytest

from tests.render.views import scene, state
from tuibp.core.bracketing import bracket
from tuibp.render.brackets_page import brackets_title, multiplications_panel, pages, sum_panel
from tuibp.render.lines import text_of
from tuibp.render.scene import Panel

PRESETS = ("mazur", "digits", "deep-sigmoid", "iris", "exploding", "spirals")


def text(panel: Panel) -> str:
    return "\n".join(text_of(row) for row in panel.lines)


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("ascii_only", [False, True])
def test_every_page_fits_and_counts(preset: str, ascii_only: bool) -> None:
    drawn = scene(state(preset), compact=True, ascii=ascii_only)
    network = drawn.state.network
    for layer in range(1, network.layer_count):
        found = bracket(network, drawn.state.shown, layer, 0, 0)
        for at in range(pages(found)):
            total, counted = sum_panel(drawn, found, at, 80, 10), multiplications_panel(drawn, found, at, 80, 9)
            for panel, height in ((total, 10), (counted, 9)):
                assert len(panel.lines) == height
                assert all(sum(s.cell_length for s in row) == 80 for row in panel.lines)
                assert text(panel).isascii() or not ascii_only
            assert "every line is the same number" in total.note
            if at < len(found.lines):
                assert f"{found.lines[at].multiplications:,}" in text(counted) or "e" in text(counted)
            assert text_of(brackets_title(drawn, found, at, 80)).startswith(" From paths to backprop ")


def test_what_is_to_come_is_not_counted_yet() -> None:
    drawn = scene(state("deep-sigmoid"), compact=True)
    found = bracket(drawn.state.network, drawn.state.shown, 1, 0, 0)
    first, third = (text(multiplications_panel(drawn, found, at, 80, 10)) for at in (0, 2))
    assert ("2,560" in first, "2,056" in first) == (True, False)
    assert all(count in third for count in ("2,560", "2,056", "264"))
    assert "152" not in third
    assert "once a neuron of layer 4, instead of once for each of 64" in " ".join(third.split())


def test_the_summands_that_are_still_written_out_stand_below_their_line() -> None:
    drawn = scene(state("mazur"), compact=True)
    walk, network = drawn.state.walk, drawn.state.network
    found = bracket(network, drawn.state.shown, 1, 1, 0)
    slope = walk.a(1)[1] * (1 - walk.a(1)[1]) * walk.a(0)[0]
    ways = [walk.delta(2)[m] * network.w(2)[m, 1] * slope for m in range(2)]
    assert found.lines[0].summands == pytest.approx(ways, rel=1e-12)
    said = text(sum_panel(drawn, found, 0, 80, 10))
    assert "= 7.498e−4 − 2.521e−4" in said, (said, ways)
    assert sum(ways) == pytest.approx(found.measured, rel=1e-12)


@pytest.mark.parametrize("preset", PRESETS)
def test_what_is_saved_is_said_only_where_it_is(preset: str) -> None:
    """On xor's sixteen multiplications it said "16 instead of 15", and "once for each of 1 ways" where there is one."""
    drawn = scene(state(preset), compact=True)
    network = drawn.state.network
    for layer in range(1, network.layer_count):
        found = bracket(network, drawn.state.shown, layer, 0, 0)
        for at in range(pages(found)):
            said = " ".join(text(multiplications_panel(drawn, found, at, 80, 12)).split())
            assert "of 1 ways" not in said
            own, by_paths = found.all_by_backpropagation, found.all_by_paths
            assert (f"{own:,} multiplications instead of {by_paths:,}" in said) == (
                at == len(found.lines) and own < by_paths
            )
            if "nothing is made twice" in said:
                assert found.paths == 1
            if "all begin with the same step" in said:
                assert found.lines[-1].ways == 1
            if 0 < at < len(found.lines):
                saves = found.lines[at].multiplications < found.lines[at - 1].multiplications
                assert ("Nothing is saved yet" in said) <= (not saves)
                assert ("instead of once for each" in said) <= (saves or found.lines[at].holds.size == 1)
