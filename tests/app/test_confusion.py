"""Which classes are taken for which, and the examples behind each cell."""

from __future__ import annotations

import numpy as np
import pytest

from tests.drive import press, program
from tuibp.app.screens.confusion import Confusions
from tuibp.core.datasets import decided
from tuibp.core.gradient import outputs
from tuibp.core.scores import Reads
from tuibp.files import load
from tuibp.render.glyphs import ASCII


@pytest.mark.parametrize("name", ["digits", "iris", "xor"])
def test_cells_hold_the_rows_that_are_read_so_the_most_surely_wrong_first(name: str) -> None:
    of = load(name)
    reads, data = Reads.of(of.network, of.data), of.data
    a, rows = outputs(of.network, data.x), data.train
    wanted, said = decided(data.y), decided(a)
    for i in range(reads.classes):
        for j in range(reads.classes):
            cell = reads.cell(rows, i, j)
            assert sorted(cell.tolist()) == [r for r in rows.tolist() if (wanted[r], said[r]) == (i, j)]
            assert reads.confusion(rows).counts[i, j] == len(cell)
    wrong = reads.wrong(rows)
    assert len(wrong) == len(rows) - reads.confusion(rows).counts.trace()
    if a.shape[1] > 1:
        off = [a[r].max() - a[r, wanted[r]] for r in wrong]
        assert off == sorted(off, reverse=True)


@pytest.mark.parametrize(
    ("name", "size", "ascii"),
    [
        ("digits", (80, 24), False), ("digits", (120, 40), True), ("digits", (48, 14), False),
        ("iris", (80, 24), True), ("xor", (48, 14), True),
    ],
)  # fmt: skip
async def test_matrix_and_wall_fit_every_size(name: str, size: tuple[int, int], ascii: bool) -> None:
    async with program(name, size) as (app, pilot):
        if ascii:
            app.desk.glyphs = ASCII
        for keys in ("M", "right down", "W", "right down", "esc", "v v", "enter"):
            await press(pilot, keys)
            assert max(map(len, app.text().split("\n"))) <= size[0]
            assert not ascii or app.text().isascii()


async def test_the_matrix_is_of_the_examples_held_out_and_opens_on_the_most_wrong() -> None:
    async with program("digits") as (app, pilot):
        state, data = app.desk.state, app.desk.state.preset.data
        await press(pilot, "M")
        reads = Reads.of(state.network, data)
        counts = reads.confusion(data.test).counts
        for label, line in enumerate(app.text().split("\n")[5:15]):
            numbers = line.replace("[", " ").replace("]", " ").replace("·", "0").split()
            assert [int(n) for n in numbers[:11]] == [label, *counts[label]]
        i, j = reads.confusion(data.test).largest
        wrong = counts - np.diag(counts.diagonal())
        assert wrong[i, j] == wrong.max()
        assert f"{counts[i, j]} of {counts[i].sum()} examples of class {i} are read as {j}." in app.text()


async def test_enter_shows_the_examples_of_a_cell_and_opens_one_in_the_walk() -> None:
    async with program("digits") as (app, pilot):
        network, data = app.desk.state.network, app.desk.state.preset.data
        await press(pilot, "M")
        i, j = Reads.of(network, data).confusion(data.test).largest
        await press(pilot, "enter right")
        assert f"{i}, read as {j}" in app.text()
        await press(pilot, "enter")
        row = app.desk.state.example
        assert row in data.test
        assert (data.labels[row], decided(outputs(network, data.x[row : row + 1]))[0]) == (i, j)  # type: ignore[index]  # digits has labels
        assert not isinstance(app.screen, Confusions)


async def test_all_wrong_ones_are_a_wall_and_esc_goes_back_by_one() -> None:
    async with program("digits") as (app, pilot):
        await press(pilot, "M W")
        assert "Read wrongly" in app.text()
        assert "1 of 31, most surely wrong first" in app.text()
        await press(pilot, "left")
        assert "That is the first example." in app.text()
        await press(pilot, "esc")
        assert "read as" in app.text()
        await press(pilot, "esc")
        assert not isinstance(app.screen, Confusions)


async def test_an_empty_cell_has_no_examples_and_says_so() -> None:
    async with program("digits") as (app, pilot):
        await press(pilot, "M")
        await press(pilot, "up*9 left*9 right enter")
        assert "There is no such example." in app.text()


async def test_without_classes_the_key_says_why_there_is_no_matrix() -> None:
    async with program("mazur") as (app, pilot):
        await press(pilot, "M")
        assert "These examples have no classes" in app.text()


async def test_what_is_most_often_wrong_is_said_where_it_is_another_cell_and_more_than_once() -> None:
    async with program("iris") as (app, pilot):
        await press(pilot, "M")
        assert "Most often wrong" not in app.text()
        await press(pilot, "up")
        assert "Most often wrong: virginica is taken for setosa, 12 times." in " ".join(app.text().split())
    async with program("xor") as (app, pilot):
        await press(pilot, "M up*2 left*2")
        assert "1 times" not in app.text()


@pytest.mark.parametrize("key", ["M", "S"])
@pytest.mark.parametrize("size", [(80, 24), (48, 14)])
async def test_what_is_seen_of_all_examples_during_a_nudge_is_said_to_be_without_it(
    key: str, size: tuple[int, int]
) -> None:
    async with program("iris", size) as (app, pilot):
        await press(pilot, "] " + key)
        assert app.desk.state.nudge is not None
        assert "without the nudge" in app.text().split("\n")[1]
        await press(pilot, "esc*2 esc " + key)
        assert app.desk.state.nudge is None
        assert "without the nudge" not in app.text()
