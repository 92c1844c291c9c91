"""Under a short equation a neuron's function is drawn where it works now."""

import numpy as np
import pytest

from tests.render.views import scene, state, text
from tuibp.core.example import Example
from tuibp.core.five_steps import walk
from tuibp.core.layers import layers_of
from tuibp.render.cost_plot import cost
from tuibp.render.dots import BLANK
from tuibp.render.equation import equation
from tuibp.render.function_curve import condition, function_curve
from tuibp.session.commands import GoTo
from tuibp.session.cursor import Cursor
from tuibp.session.spread import spread_of


@pytest.mark.parametrize("name", ["spirals", "iris", "modified-neuron"])
def test_many_inputs_at_once_give_what_the_five_steps_give_one_at_a_time(name: str) -> None:
    shown = state(name)
    rows = shown.preset.data.x[:7]
    found = layers_of(shown.network, rows)
    for i, x in enumerate(rows):
        given = walk(shown.network, Example(x, shown.preset.data.y[i]))
        for layer in range(1, shown.network.layer_count):
            assert np.allclose(found.z[layer][i], given.z(layer), rtol=1e-12, atol=1e-15)
            assert np.allclose(found.a[layer][i], given.a(layer), rtol=1e-12, atol=1e-15)


def test_the_point_stands_on_the_curve_at_its_own_z() -> None:
    shown = scene(state("mazur", GoTo(3)))
    width, height = 60, 12
    lines = text(function_curve(shown, 2, 0, width, height)).split("\n")
    row = next(y for y, line in enumerate(lines) if "◆" in line)
    z = lines[row].index("◆") - 5
    assert z == int((1.1059 + 6) / 12 * 48)
    a = 1.0 - (row - 1) / (height - 2)
    assert a == pytest.approx(0.7514, abs=1 / (height - 2))


def test_a_large_equation_panel_and_an_empty_small_cost_panel_show_the_curve() -> None:
    assert "where it works now" in text(equation(scene(state("mazur", GoTo(3))), 44, 23).lines)
    assert "where it works now" in cost(scene(state("mazur", GoTo(3)), compact=True), 33, 7).title
    assert cost(scene(state("mazur"), compact=True), 33, 7).title == "Cost"


def test_the_curve_waits_for_its_z_and_softmax_has_none() -> None:
    assert "where it works" not in text(equation(scene(state("mazur", GoTo(1)), cursor=Cursor(1, 0)), 44, 23).lines)
    assert "where it works" not in text(equation(scene(state("iris", GoTo(3))), 44, 40).lines)


def test_the_data_lie_under_the_curve_where_there_are_enough() -> None:
    shown = state("spirals", GoTo(2))
    spread = spread_of(shown, 1, 0)
    assert spread is not None
    assert len(spread) == len(shown.preset.data.train)
    assert spread_of(state("mazur"), 1, 0) is None
    bars = text(function_curve(scene(shown), 1, 0, 60, 10)).split("\n")[-2]
    assert any(ord(c) > BLANK for c in bars)


def test_what_is_flat_is_called_saturated_and_a_relu_off_for_all_the_data_dead() -> None:
    assert condition("sigmoid", 0.05, None) == "saturated"
    assert condition("sigmoid", 0.5, None) == ""
    assert condition("relu", 0.0, np.array([-1.0, 2.0])) == "off"
    assert condition("relu", 0.0, np.array([-1.0, -2.0])) == "dead"
