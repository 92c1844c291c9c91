"""The code that is shown is run, in both orientations, and gives the number that is shown."""

from __future__ import annotations

import itertools
import re
from typing import Any

import numpy as np
import pytest

from tests.core.random_networks import numbers_of, random_network
from tuibp.core.activations import ACTIVATIONS
from tuibp.core.as_code import FUNCTIONS, ORIENTATIONS, Orientation, as_code
from tuibp.core.explanation import QUANTITIES, explain
from tuibp.core.five_steps import Pass, walk
from tuibp.core.index import shown
from tuibp.core.network import Array, Network, NetworkError
from tuibp.core.steps import Quantity
from tuibp.files import load


def numbers_for(network: Network, given: Pass, y: Array, orientation: Orientation = "vector") -> dict[str, Array]:
    """Every array that the lines may read, by the name that it has there; as rows, a batch of this one example."""
    rows = orientation == "rows"
    found: dict[str, Array] = {"y": y[None] if rows else y, "x": given.a(0)[None] if rows else given.a(0)}
    for layer in range(network.layer_count):
        here = {"a": given.a(layer)} | ({"z": given.z(layer), "delta": given.delta(layer)} if layer else {})
        found |= {f"{n}{shown(layer)}": v[None] if rows else v for n, v in here.items()}
        if layer:
            found |= {f"w{shown(layer)}": network.w(layer), f"b{shown(layer)}": network.b(layer)}
    return found


def numbers_of_network(network: Network) -> list[tuple[Quantity, int, int, int | None]]:
    found: list[tuple[Quantity, int, int, int | None]] = []
    for layer, quantity in itertools.product(range(network.layer_count), QUANTITIES):
        for j in range(network.sizes[layer]):
            ks = [None, *range(network.sizes[layer - 1])] if quantity == "gradient" and layer else [None]
            found += [(quantity, layer, j, k) for k in ks if layer or quantity == "a"]
    return found


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_the_code_gives_the_number_that_is_shown(orientation: Orientation, whole: bool) -> None:
    judged = 0
    for number in numbers_of(whole, 16):
        network, example = random_network(number)
        given = walk(network, example)
        layers = range(1, network.layer_count)
        if max(float(np.abs(given.z(layer)).max()) for layer in layers) > 15:
            continue  # the code is written to be read: saturated, 1 − a has lost its digits in it
        scale = max(float(np.abs(given.delta(layer)).max()) for layer in layers)
        for quantity, layer, j, k in numbers_of_network(network)[:: 1 if whole else 3]:
            code = as_code(network, quantity, layer, j, k, orientation)
            known: dict[str, Any] = {"np": np, **numbers_for(network, given, example.y, orientation)}
            exec("\n".join([*code.functions, *(line.text for line in code.lines)]), known)
            told = explain(network, example, quantity, layer, j, k, given).result
            assert eval(code.picked, known) == pytest.approx(told, rel=1e-7, abs=1e-9 * (scale + 1)), code
            judged += 1
    assert judged > 80


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_the_shapes_are_those_of_the_arrays(orientation: Orientation) -> None:
    for number in range(0, 60, 7):
        network, example = random_network(number)
        known: dict[str, Any] = {"np": np, **numbers_for(network, walk(network, example), example.y, orientation)}
        for quantity, layer, j, k in numbers_of_network(network):
            code = as_code(network, quantity, layer, j, k, orientation)
            run = dict(known)
            exec("\n".join(code.functions), run)
            for line in code.lines:
                exec(line.text, run)
                name = re.split(r" = |\[", line.text)[0]
                if "[" in line.text.split(" = ")[0]:
                    continue
                written = line.shapes.split(" → ")[1].replace("m,", "1,").replace(" ", "")
                assert str(run[name].shape).replace(" ", "") == written, line


def test_a_hidden_error_is_written_as_one_reads_it() -> None:
    network = load("mazur").network
    (line,) = as_code(network, "delta", 1, 0, None).lines
    assert (line.text, line.shapes) == ("delta2 = (w3.T @ delta3) * sigmoid_prime(z2)", "(2,2)ᵀ@(2,) → (2,)")
    (line,) = as_code(network, "delta", 1, 0, None, "rows").lines
    assert line.text == "delta2 = (delta3 @ w3) * sigmoid_prime(z2)"


def test_there_is_code_for_every_function() -> None:
    assert set(ACTIVATIONS) <= set(FUNCTIONS)
    assert {f"{name}_prime" for name in ACTIVATIONS if not ACTIVATIONS[name].couples} <= set(FUNCTIONS)


def test_a_number_that_is_not_there_is_refused() -> None:
    with pytest.raises(NetworkError):
        as_code(load("mazur").network, "delta", 0, 0, None)
