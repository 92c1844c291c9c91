"""A click means the neuron drawn there, and arrows follow what is drawn."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.render.views import scene, state
from tuibp.render.network import layout_of
from tuibp.render.pointing import hit, neighbour, zoomed
from tuibp.session.commands import GoTo
from tuibp.session.cursor import Cursor

WINDOWS = [(47, 12), (72, 23), (120, 40)]
NAMES = ["digits", "mazur", "iris", "spirals", "deep-sigmoid"]


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("name", NAMES)
def test_a_click_on_any_tile_means_its_neuron(name: str, window: tuple[int, int]) -> None:
    shown = scene(state(name, GoTo(2)))
    for block in layout_of(shown, *window).blocks:
        for j in range(block.count):
            at = block.pixel(j) if block.tile == "image" else block.place(j)
            if at is not None and (block.tile != "speck" or j % 2 == 0):
                found = hit(shown, *window, *at)
                assert found is not None
                assert found.layer == block.layer
                if block.scale % 2 == 0 or block.tile != "image":  # of an odd scale a cell may hold two pixels
                    assert found.j == j


def test_a_click_beside_the_tiles_means_nothing() -> None:
    assert hit(scene(state("mazur", GoTo(2))), 72, 23, 0, 0) is None


@given(st.sampled_from(NAMES), st.sampled_from(WINDOWS), st.data())
@settings(max_examples=60, deadline=None)
def test_down_and_up_lead_back(name: str, window: tuple[int, int], data: st.DataObject) -> None:
    reached = state(name, GoTo(2))
    sizes = reached.network.sizes
    layer = data.draw(st.integers(0, len(sizes) - 1))
    start = Cursor(layer, data.draw(st.integers(0, sizes[layer] - 1)))
    below = neighbour(scene(reached, cursor=start), *window, "down")
    if below != start:
        assert neighbour(scene(reached, cursor=below), *window, "up") == start


@pytest.mark.parametrize("direction", ["up", "down", "left", "right"])
@pytest.mark.parametrize("name", NAMES)
def test_an_arrow_pressed_for_long_ends_at_an_edge(name: str, direction: str) -> None:
    reached, cursor = state(name, GoTo(2)), Cursor(0, 0)
    for _ in range(100):
        cursor = neighbour(scene(reached, cursor=cursor), 72, 23, direction)
    assert neighbour(scene(reached, cursor=cursor), 72, 23, direction) == cursor


def test_right_goes_through_the_columns_of_a_block_and_then_to_the_next_layer() -> None:
    reached, cursor, met = state("digits", GoTo(2)), Cursor(1, 2), []
    for _ in range(3):
        cursor = neighbour(scene(reached, cursor=cursor, compact=True), 47, 12, "right")
        met.append((cursor.layer, cursor.j))
    assert met == [(1, 12), (1, 22), (2, 2)]


def test_an_arrow_leads_from_a_picture_to_the_neuron_beside_the_pixel() -> None:
    cursor = neighbour(scene(state("digits", GoTo(2)), cursor=Cursor(0, 7), compact=True), 47, 12, "right")
    assert cursor.layer == 1


def test_plus_and_minus_change_the_tile_of_the_cursors_layer() -> None:
    shown = scene(state("digits", GoTo(2)), cursor=Cursor(1, 3))
    zoom = zoomed(shown, 72, 23, +1)
    assert zoom == ((1, "box"),)
    larger = scene(shown.state, cursor=Cursor(1, 3), zoom=zoom)
    block = layout_of(larger, 72, 23).block(1)
    assert block is not None
    assert block.tile == "box"
    assert zoomed(larger, 72, 23, -1) == ((1, "double"),)
