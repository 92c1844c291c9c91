"""Errors share one scale across layers, so that their shades tell which layers hardly learn; a setting gives each its
own."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from tests.render.views import scene, state, text
from tuibp.render.lens import shown
from tuibp.render.network import network
from tuibp.render.numbers import across, shared
from tuibp.session.commands import GoTo, Update
from tuibp.session.view import first_view

DEEP = ["deep-sigmoid", "exploding"]


@pytest.mark.parametrize("lens", ["delta", "grad_b"])
@pytest.mark.parametrize("name", DEEP)
def test_the_shade_of_an_error_is_its_size_beside_the_largest_of_all_layers(name: str, lens: str) -> None:
    drawn = scene(state(name, GoTo(5)), lens)
    seen = drawn.state.walk
    largest = max(float(np.abs(seen.delta(layer)).max()) for layer in range(1, seen.last + 1))
    for layer in range(1, seen.last + 1):
        assert shown(drawn, layer).high == largest
    own = replace(drawn, view=replace(drawn.view, scale="layer"))
    for layer in range(1, seen.last + 1):
        assert shown(own, layer).high == float(np.abs(seen.delta(layer)).max())


@pytest.mark.parametrize("width", [4, 6, 7])
@pytest.mark.parametrize("name", [*DEEP, "digits", "spirals"])
def test_with_one_scale_all_layers_are_written_in_one_form_and_none_as_zeros(name: str, width: int) -> None:
    drawn = scene(state(name, GoTo(5)), "delta")
    seen = drawn.state.walk
    for layer in range(1, seen.last + 1):
        form = shown(drawn, layer).format(width, drawn)
        largest = float(seen.delta(layer)[np.abs(seen.delta(layer)).argmax()])
        written = form(largest)
        assert any(digit in written for digit in "123456789")
        assert len(written) in (width, max(width, 5))
        assert form == shown(drawn, 1).format(width, drawn)


def test_what_is_written_as_zero_has_no_sign() -> None:
    form = shared([0.147, 1e-6, -1e-6], 4, least=1.0, plus=True)
    assert form.column([0.147, 1e-6, -1e-6, 0.0]) == ["+147", "   0", "   0", "   0"]


@pytest.mark.parametrize("size", [(46, 12), (72, 23), (110, 40)])
@pytest.mark.parametrize("name", [*DEEP, "iris", "spirals", "xor"])
def test_no_wire_touches_a_number(name: str, size: tuple[int, int]) -> None:
    for step in (2, 4):
        for line in text(network(scene(state(name, GoTo(step)), compact=size[1] < 20), *size).lines).splitlines():
            assert not re.search(r"[\d.][⠁-⣿]|[⠁-⣿][−+.\d]", line), line


@pytest.mark.parametrize("size", [(46, 12), (72, 23)])
def test_the_corner_says_that_there_is_one_scale(size: tuple[int, int]) -> None:
    drawn = scene(state("deep-sigmoid", GoTo(4)), compact=size[1] < 20)
    assert "one scale" in network(drawn, *size).note
    own = replace(drawn, view=replace(drawn.view, scale="layer"))
    assert "one scale" not in network(own, *size).note
    assert "#" not in text(network(drawn, *size).lines)


@pytest.mark.parametrize(("name", "plot"), [("deep-sigmoid", "errors"), ("exploding", "errors"), ("digits", "cost")])
def test_a_deep_network_opens_on_its_errors(name: str, plot: str) -> None:
    assert first_view(state(name).network).plot == plot


def test_a_number_too_small_for_its_tile_is_a_zero_beside_the_others() -> None:
    form = across([0.02, 3e-5], 5, plus=True)
    assert form.column([0.02, -3e-5, 4e-11, 0.0]) == ["+2e−2", "−3e−5", "    0", "    0"]


@pytest.mark.parametrize("name", ["digits", "spirals", "deep-sigmoid"])
@pytest.mark.parametrize("width", [30, 38, 47])
def test_no_two_numbers_of_neighbouring_tiles_touch(name: str, width: int) -> None:
    reached = state(name, Update(), GoTo(5))
    for line in text(network(scene(reached, "grad_b", compact=True), width, 12).lines).splitlines():
        assert not re.search(r"e−\d[−+\d]|e−\d\d", line.replace("e−10", "")), line
