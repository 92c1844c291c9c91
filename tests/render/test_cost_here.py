"""Before there is a run to plot, the cost panel draws C over an output's weighted input, whose slope is its error."""

from __future__ import annotations

import numpy as np
import pytest
from rich.cells import cell_len

from tests.render.views import scene, state, text
from tuibp.render.cost_here import cost_here, cost_over
from tuibp.render.cost_plot import cost
from tuibp.render.network import network
from tuibp.session.commands import GoTo

NAMES = ["xor", "mazur", "iris", "modified-neuron", "single-neuron-saturated"]


@pytest.mark.parametrize("name", NAMES)
def test_the_curve_passes_through_c_and_its_slope_there_is_the_error_of_the_output(name: str) -> None:
    drawn = scene(state(name, GoTo(3)))
    seen, last = drawn.state.walk, drawn.state.network.last
    for j, z in enumerate(seen.z(last)):
        before, here, after = cost_over(drawn, j, z + np.array([-1e-5, 0.0, 1e-5])).tolist()
        assert here == pytest.approx(seen.cost, rel=1e-12)
        assert (after - before) / 2e-5 == pytest.approx(seen.delta(last)[j], rel=1e-5, abs=1e-9)


@pytest.mark.parametrize("size", [(31, 7), (44, 8), (20, 6), (8, 4)])
@pytest.mark.parametrize("name", [*NAMES, "spirals", "exploding"])
def test_it_fits_and_tells_the_slope_from_step_3_on(name: str, size: tuple[int, int]) -> None:
    for step in (1, 4):
        lines = text(cost(scene(state(name, GoTo(step))), *size).lines).splitlines()
        assert len(lines) <= size[1]
        assert all(cell_len(line) <= size[0] for line in lines)
    before, after = (text(cost_here(scene(state("xor", GoTo(s))), 44, 6)) for s in (1, 3))
    assert "slope" not in before
    assert "slope δ³₁ −0.5" in after


def test_every_neuron_of_a_chain_shows_its_function_once_its_z_is_known() -> None:
    shown = text(network(scene(state("exploding", GoTo(4))), 72, 23).lines)
    assert shown.count("◆") == 4
    assert shown.count("σ′ 0.25") == 4
    assert "◆" not in text(network(scene(state("exploding")), 72, 23).lines)
