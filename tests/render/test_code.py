"""The equation as code on the panel: its lines are those of the value, its number is the one that is shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.render.views import scene, state
from tuibp.core.as_code import ORIENTATIONS, Orientation
from tuibp.render.code import code_panel
from tuibp.render.lines import text_of
from tuibp.session.commands import GoTo
from tuibp.session.cursor import Cursor


@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize("preset", ["mazur", "digits", "iris", "modified-neuron", "deep-sigmoid"])
@pytest.mark.parametrize("width", [31, 44])
def test_the_code_fits_and_ends_with_the_number(preset: str, orientation: Orientation, width: int) -> None:
    for where in (2, 3, 4, 5):
        drawn = scene(state(preset, GoTo(where)), compact=True)
        panel = code_panel(drawn, orientation, width, 16)
        rows = [text_of(row) for row in panel.lines]
        assert all(sum(s.cell_length for s in row) == width for row in panel.lines)
        (number,) = (row for row in rows if "]  # " in row)
        assert "·" not in number
        assert panel.title.endswith("as code")


def test_what_the_steps_have_not_come_to_is_a_dot() -> None:
    drawn = scene(state("mazur", GoTo(2)), lens="delta", cursor=Cursor(1, 0), compact=True)
    rows = [text_of(row) for row in code_panel(drawn, "vector", 40, 12).lines]
    assert any(row.strip() == "delta2[0]  # ·" for row in rows)


def test_in_ascii_there_is_nothing_else() -> None:
    drawn = scene(state("mazur", GoTo(4)), compact=True, ascii=True)
    for orientation in ORIENTATIONS:
        panel = code_panel(replace(drawn), orientation, 40, 12)
        assert all(text_of(row).isascii() for row in panel.lines)
