"""∂C/∂a under its lens is what a difference of a measures, and δ is that times the slope."""

from __future__ import annotations

import pytest

from tests.core.random_networks import random_network
from tests.drive import press, program
from tuibp.core.five_steps import slope, walk
from tuibp.core.proof.measured import measured
from tuibp.core.rate_of_activation import rate_of_activation


def test_it_is_what_the_cost_s_own_rate_and_the_errors_behind_it_come_to() -> None:
    told = 0
    for number in range(0, 120, 3):
        network, example = random_network(number)
        given, m = walk(network, example), measured(network, example)
        for layer in range(1, network.layer_count):
            at_output = layer == network.last
            rates = m.cost_by_activation() if at_output else network.w(layer + 1).T @ m.delta(layer + 1)
            for j in range(network.sizes[layer]):
                made = rate_of_activation(network, example, given, layer, j)
                assert made.result == pytest.approx(float(rates[j]), rel=1e-9, abs=1e-14)
                by_slope = made.result * slope(network, layer, given.z(layer), given.a(layer))[j]
                if not network.couples(layer):
                    assert by_slope == pytest.approx(given.delta(layer)[j], rel=1e-6, abs=1e-14)
                    told += "this times" in made.meaning
    assert told > 100


@pytest.mark.parametrize(("keys", "seen"), [("4 down up", "Σₖ w³ₖ₁ δ³ₖ"), ("3 down up", "a³₁ − y₁")])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_lens_tells_of_it(keys: str, seen: str, size: tuple[int, int]) -> None:
    async with program("mazur", size) as (app, pilot):
        await press(pilot, keys)
        while app.desk.view.lens != "rate":
            await press(pilot, "v")
        text = app.text()
        assert "∂C/∂a" in text
        assert seen in text
        assert "framework" in text.lower()
