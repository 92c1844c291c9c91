"""f and f′ of a neuron, large: the point stands where the five steps say, and what has no curve says why."""

from __future__ import annotations

import pytest

from tests.render.views import scene, state, text
from tuibp.core.five_steps import slope
from tuibp.render.function_page import function_page, why_no_function
from tuibp.render.numbers import significant
from tuibp.session.commands import GoTo
from tuibp.session.cursor import Cursor


@pytest.mark.parametrize("size", [(80, 20), (118, 33), (48, 10)])
@pytest.mark.parametrize("name", ["mazur", "xor", "linear-neurons", "modified-neuron", "single-neuron-saturated"])
def test_the_page_tells_the_slope_that_the_five_steps_use(name: str, size: tuple[int, int]) -> None:
    drawn = scene(state(name, GoTo(3)), cursor=Cursor(1, 0))
    assert why_no_function(drawn) == ""
    panel = function_page(drawn, *size)
    seen = drawn.state.walk
    here = float(slope(drawn.state.network, 1, seen.z(1), seen.a(1))[0])
    assert f"{significant(here, 2)} of at most" in text(panel.lines)
    assert len(panel.lines) == size[1]


def test_what_has_no_curve_says_why() -> None:
    assert "input" in why_no_function(scene(state("mazur"), cursor=Cursor(0, 0)))
    assert "not computed" in why_no_function(scene(state("mazur"), cursor=Cursor(1, 0)))
    assert "Softmax" in why_no_function(scene(state("iris", GoTo(3)), cursor=Cursor(2, 0)))
