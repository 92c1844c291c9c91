"""Where the cursor stands and what tiles show."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.session.made import preset
from tuibp.core.datasets import DataSet
from tuibp.session.commands import GoTo, Step, apply, untrained
from tuibp.session.cursor import clamped
from tuibp.session.place import Place
from tuibp.session.view import Cursor, View, cursor_of, lens_of, move_cursor

STATE = untrained(preset((3, 4, 2)))


def test_the_cursor_follows_the_step_to_the_neuron_it_computes() -> None:
    state, found = STATE, []
    for _ in range(8):
        state = apply(state, Step("neuron"))
        found.append(cursor_of(state, View()))
    assert found == [Cursor(1, j) for j in range(4)] + [Cursor(2, j) for j in (0, 1, 0, 1)]


def test_in_step_five_term_by_term_the_cursor_is_the_weight_and_then_the_bias() -> None:
    state = STATE.at(Place(4))
    found = []
    for _ in range(6):
        state = apply(state, Step("term"))
        found.append(cursor_of(state, View()))
    assert found == [*(Cursor(2, 0, k) for k in range(4)), Cursor(2, 0, bias=True), Cursor(2, 1, 0)]


def test_a_whole_layer_puts_the_cursor_on_its_first_neuron_and_the_outputs_on_the_one_most_to_blame() -> None:
    errors = STATE.walk.delta(2)
    j = max(range(2), key=lambda output: abs(errors[output]))
    assert [cursor_of(apply(STATE, GoTo(n)), View()) for n in (1, 2, 3, 4, 5)] == [
        Cursor(2, j), Cursor(2, 0), Cursor(2, j), Cursor(1, 0), Cursor(1, 0)
    ]  # fmt: skip


def test_a_cursor_that_was_moved_stays_and_another_network_moves_it_inside() -> None:
    view = View(cursor=Cursor(2, 1, 3))
    assert cursor_of(apply(STATE, GoTo(4)), view) == Cursor(2, 1, 3)
    assert cursor_of(untrained(preset((2, 2))), view) == Cursor(1, 1, 1)


cursors = st.builds(
    Cursor, st.integers(-3, 9), st.integers(-3, 9), st.none() | st.integers(-3, 9), st.booleans()
)  # fmt: skip
sizes_ = st.lists(st.integers(1, 6), min_size=2, max_size=5).map(tuple)


def exists(cursor: Cursor, sizes: tuple[int, ...]) -> bool:
    fits = 0 <= cursor.layer < len(sizes) and 0 <= cursor.j < sizes[cursor.layer]
    weight = cursor.k is None or (cursor.layer > 0 and 0 <= cursor.k < sizes[cursor.layer - 1])
    return fits and weight and not (cursor.bias and (cursor.layer == 0 or cursor.k is not None))


@given(cursors, sizes_)
def test_a_clamped_cursor_exists(cursor: Cursor, sizes: tuple[int, ...]) -> None:
    inside = clamped(cursor, sizes)
    assert exists(inside, sizes)
    assert clamped(inside, sizes) == inside


@given(st.lists(st.sampled_from(["up", "down", "left", "right"]), max_size=20), st.sampled_from(["network", "matrix"]),
       st.lists(st.integers(1, 5), min_size=3, max_size=3) | st.none())  # fmt: skip
def test_arrows_never_leave_the_network(moves: list[str], panel: str, rows: list[int] | None) -> None:
    view = View(panel=panel)
    for move in moves:
        view = replace(view, cursor=move_cursor(STATE, view, move, rows))
        assert view.cursor is not None
        assert exists(view.cursor, STATE.network.sizes)


def moved(cursor: Cursor, direction: str, panel: str = "network", rows: list[int] | None = None) -> Cursor:
    return move_cursor(STATE, View(cursor=cursor, panel=panel), direction, rows)


def test_sideways_goes_to_the_neuron_at_the_same_height() -> None:
    assert moved(Cursor(1, 3), "right") == Cursor(2, 1)
    assert moved(Cursor(1, 0), "right") == Cursor(2, 0)
    assert moved(Cursor(2, 1), "left") == Cursor(1, 3)
    assert moved(Cursor(2, 1), "right") == Cursor(2, 1)


def test_in_a_layer_of_several_columns_sideways_goes_through_them_first() -> None:
    rows = [3, 2, 2]
    assert moved(Cursor(1, 0), "right", rows=rows) == Cursor(1, 2)
    assert moved(Cursor(1, 2), "right", rows=rows) == Cursor(2, 0)
    assert moved(Cursor(2, 1), "left", rows=rows) == Cursor(1, 3)


def test_in_the_matrix_the_bias_is_the_column_after_the_weights() -> None:
    assert moved(Cursor(1, 0, 2), "right", "matrix") == Cursor(1, 0, bias=True)
    assert moved(Cursor(1, 0, bias=True), "down", "matrix") == Cursor(1, 1, bias=True)
    assert moved(Cursor(1, 0, bias=True), "left", "matrix") == Cursor(1, 0, 2)
    assert moved(Cursor(1, 0, bias=True), "right", "matrix") == Cursor(1, 0, bias=True)


@pytest.mark.parametrize(
    ("direction", "k", "to"),
    [
        ("right", 0, 1),
        ("down", 0, 3),
        ("up", 4, 1),
        ("up", 1, 1),
        ("down", 4, None),
        ("right", 5, None),
        ("left", 0, 0),
    ],
)
def test_weights_of_an_image_are_its_pixels(direction: str, k: int, to: int | None) -> None:
    made = preset((6, 2))
    data = made.data
    image = DataSet(data.x, data.y, None, (), (2, 3), data.train, data.test)
    state = untrained(replace(made, data=image))
    there = move_cursor(state, View(cursor=Cursor(1, 1, k), panel="matrix"), direction)
    assert there == (Cursor(1, 1, bias=True) if to is None else Cursor(1, 1, to))


def test_the_lens_follows_the_step_until_one_is_chosen() -> None:
    lenses = [lens_of(apply(STATE, GoTo(n)), View()) for n in (1, 2, 3, 4, 5)]
    assert lenses == ["a", "a", "delta", "delta", "grad_b"]
    assert lens_of(STATE, View(lens="z")) == "z"
    assert np.isfinite(STATE.cost)
