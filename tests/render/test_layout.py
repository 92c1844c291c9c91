"""The whole network fits the window, and the window's size decides how much a neuron tells."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tuibp.render.layout import Layout, layout
from tuibp.render.wanted import Wanted

SMALL, LARGE = (47, 12), (72, 23)
SIZES = st.lists(st.integers(1, 60), min_size=2, max_size=7).map(tuple)


def tiles(
    *sizes: int, window: tuple[int, int], image: tuple[int, int] | None = None, names: int = 0, margin: int = 5
) -> list[str]:
    return [b.tile for b in layout(Wanted(sizes, *window, image, names, margin)).blocks]


def test_small_networks_are_boxes() -> None:
    assert tiles(2, 2, 2, window=SMALL) == tiles(2, 3, 1, window=LARGE) == ["box", "box", "box"]


def test_digits_are_doubles_in_a_large_window_and_singles_in_a_small_one() -> None:
    assert tiles(64, 30, 10, window=LARGE, image=(8, 8), names=1) == ["image", "double", "double"]
    assert tiles(64, 30, 10, window=SMALL, image=(8, 8), names=1, margin=2) == ["image", "single", "single"]


def test_five_hundred_neurons_are_specks() -> None:
    assert tiles(784, 500, 500, 10, window=LARGE, image=(28, 28), names=1, margin=5)[1:3] == ["speck", "speck"]


def test_a_million_weights_fit_a_large_window() -> None:
    found = layout(Wanted((784, 800, 400, 10), *LARGE, (28, 28), 1, 5))
    assert not found.scrolls


def test_an_image_is_drawn_at_the_largest_whole_scale_that_fits() -> None:
    first = [layout(Wanted((64, 30, 10), *window, (8, 8), 1, 2)).blocks[0].scale for window in (SMALL, (200, 60))]
    assert first == [2, 14]


def test_layers_of_equal_size_take_equal_tiles() -> None:
    found = layout(Wanted((2, 8, 8, 8, 8, 1), *LARGE)).blocks[1:5]
    assert len({(b.tile, b.columns, b.y) for b in found}) == 1


def test_boxes_that_face_each_other_are_level() -> None:
    blocks = layout(Wanted((2, 2, 2), *LARGE)).blocks
    assert len({(b.anchor(0), b.anchor(1)) for b in blocks}) == 1


def test_a_zoomed_layer_takes_the_tile_asked_for_and_scrolls_around_the_cursor() -> None:
    want = Wanted((64, 30, 10), *LARGE, (8, 8), 1, 5, zoom=((1, "box"),))
    block = layout(want, 1, 25).block(1)
    assert block is not None
    assert block.tile == "box"
    assert block.first <= 25 < block.until


@settings(max_examples=150)
@given(SIZES, st.integers(1, 160), st.integers(1, 50), st.data())
def test_nothing_overlaps_or_leaves_the_window(
    sizes: tuple[int, ...], width: int, height: int, data: st.DataObject
) -> None:
    layer = data.draw(st.integers(0, len(sizes) - 1))
    found = layout(Wanted(sizes, width, height), layer, data.draw(st.integers(0, sizes[layer] - 1)))
    for block in found.blocks:
        for j in (block.first, block.until - 1):
            at = block.place(j)
            assert at is not None
            assert at[0] - block.label >= 0
            assert at[1] >= 0
            assert at[1] < height
            assert at[0] + block.cell_width <= width or width < 4
    for left, right in pairwise(found.blocks):
        assert left.x + left.width - left.label <= right.x - right.label


@settings(max_examples=100)
@given(SIZES, st.integers(60, 160), st.integers(12, 50))
def test_every_neuron_is_seen_where_the_window_is_wide(sizes: tuple[int, ...], width: int, height: int) -> None:
    found = layout(Wanted(sizes, width, height))
    if not found.scrolls:
        assert [b.until - b.first for b in found.blocks] == list(sizes)
        assert _distinct(found)


@given(SIZES, st.integers(4, 60), st.integers(2, 20), st.data())
def test_the_cursor_is_always_in_sight(sizes: tuple[int, ...], width: int, height: int, data: st.DataObject) -> None:
    layer = data.draw(st.integers(0, len(sizes) - 1))
    neuron = data.draw(st.integers(0, sizes[layer] - 1))
    block = layout(Wanted(sizes, width, height), layer, neuron).block(layer)
    assert block is not None
    assert block.place(neuron) is not None


def _distinct(found: Layout) -> bool:
    return all(
        block.place(i) != block.place(j) or block.tile == "speck"
        for block in found.blocks
        for i, j in combinations(range(min(block.count, 20)), 2)
    )


@pytest.mark.parametrize("window", [(0, 0), (1, 1), (3, 40), (400, 1)])
def test_a_window_too_small_is_no_error(window: tuple[int, int]) -> None:
    layout(Wanted((64, 30, 10), *window, (8, 8), 1))
