"""A network of two inputs shows its plane: what each neuron says at every point of it, and the data on it."""

from dataclasses import replace

import numpy as np
import pytest
from rich.cells import cell_len

from tests.render.views import scene, state, text
from tuibp.core.example import Example
from tuibp.core.five_steps import walk
from tuibp.core.plane import bounds_of, has_plane, parted, plane_of
from tuibp.render.equation import equation
from tuibp.render.network import network
from tuibp.render.plane import cell_of
from tuibp.render.plane_network import plane_layout, point_at
from tuibp.render.pointing import hit
from tuibp.session.commands import GoTo, Train
from tuibp.session.cursor import Cursor
from tuibp.session.view import View, lens_of, lenses

WITH = ["xor", "circles", "spirals", "nand"]


@pytest.mark.parametrize("name", WITH)
def test_every_point_of_the_plane_is_what_the_five_steps_say_there(name: str) -> None:
    shown = state(name)
    bounds = bounds_of(shown.preset.data)
    planes = plane_of(shown.network, bounds, 9)
    for row, column in ((0, 0), (4, 7), (8, 3)):
        x = np.array(bounds.point((column + 0.5) / 9, (row + 0.5) / 9))
        given = walk(shown.network, Example(x, np.zeros(1)))
        for layer, a in enumerate(planes):
            assert np.allclose(a[row, column], given.a(layer), rtol=1e-12, atol=1e-12)


def test_the_plane_is_kept_for_its_network_and_made_anew_for_another() -> None:
    shown, later = state("circles"), state("circles", Train(3))
    bounds = bounds_of(shown.preset.data)
    assert plane_of(shown.network, bounds, 8) is plane_of(shown.network, bounds, 8)
    assert not np.array_equal(plane_of(shown.network, bounds, 8)[-1], plane_of(later.network, bounds, 8)[-1])


@pytest.mark.parametrize("name", WITH)
def test_all_examples_lie_within_the_plane(name: str) -> None:
    data = state(name).preset.data
    shares = bounds_of(data).share(data.x)
    assert ((shares > 0) & (shares < 1)).all()


@pytest.mark.parametrize("name", ["mazur", "digits", "iris", "single-neuron"])
def test_a_network_without_a_plane_has_no_such_lens(name: str) -> None:
    shown = state(name)
    assert not has_plane(shown.network, shown.preset.data)
    assert "plane" not in lenses(shown)
    assert lens_of(shown, View(lens="plane")) == "a"


@pytest.mark.parametrize("size", [(47, 12), (72, 23), (30, 8), (120, 40)])
@pytest.mark.parametrize("name", WITH)
def test_the_panel_fits_and_every_tile_can_be_pointed_at(name: str, size: tuple[int, int]) -> None:
    shown = scene(state(name, GoTo(2)), lens="plane", compact=size[1] < 20)
    lines = text(network(shown, *size).lines).split("\n")
    assert len(lines) <= size[1]
    assert all(cell_len(line) <= size[0] for line in lines)
    for block in plane_layout(shown, *size).blocks[1:]:
        assert block.x + block.width <= size[0]
        for j in range(block.count):
            at = block.place(j)
            assert at is not None
            assert hit(shown, *size, *at) == Cursor(block.layer, j)


def test_a_click_on_the_plane_is_the_point_that_is_drawn_there() -> None:
    shown = scene(state("spirals"), lens="plane")
    first = plane_layout(shown, 72, 23).blocks[0]
    for x, y in ((0, 0), (11, 5), (first.cell_width - 1, first.cell_height - 1)):
        point = point_at(shown, 72, 23, first.x + x, first.y + y)
        assert point is not None
        assert cell_of(shown, np.array(point), first.cell_height) == (x, y)
    assert point_at(shown, 72, 23, first.x + first.cell_width, first.y) is None
    assert point_at(scene(state("spirals", GoTo(2))), 72, 23, first.x, first.y) is None


def test_examples_and_the_one_shown_stand_on_the_plane_without_colour_too() -> None:
    drawn = text(network(scene(state("xor"), lens="plane", depth="none", ascii=True), 47, 12).lines)
    assert drawn.isascii()
    body = "".join(drawn.split("\n")[2:-1])
    assert (body.count("o"), body.count("x"), body.count("@")) == (2, 1, 1)


@pytest.mark.parametrize("name", ["xor", "circles", "spirals", "nand"])
def test_the_plane_is_what_one_sees_first_and_the_walk_has_its_own_lens(name: str) -> None:
    assert lens_of(state(name), View()) == "plane"
    assert lens_of(state(name, GoTo(2)), View()) == "a"
    assert lens_of(state("mazur"), View()) == "a"


@pytest.mark.parametrize("name", ["circles", "spirals"])
def test_what_is_said_of_a_neurons_plane_is_counted_on_every_example(name: str) -> None:
    shown = state(name, Train(40), GoTo(2))
    network, data = shown.network, shown.preset.data
    assert data.labels is not None
    says = np.array([walk(network, Example(x, np.zeros(1))).output[0] > 0.5 for x in data.x])
    told = parted(network, data, network.last, 0)
    assert told is not None
    assert told.right == np.count_nonzero(says == (data.labels == 1))
    drawn = text(equation(scene(shown, lens="plane", cursor=Cursor(network.last, 0)), 44, 20).lines)
    assert f"has {told.right} of {len(data)} points right" in " ".join(drawn.split())


def test_a_value_that_is_not_finite_has_no_colour_on_the_plane() -> None:
    shown = state("circles")
    broken = replace(shown, network=shown.network.with_parameters(shown.network.parameters * np.nan))
    drawn = scene(broken, lens="plane", compact=True)
    first = plane_layout(drawn, 47, 12).blocks[0]
    rows = text(network(drawn, 47, 12).lines).split("\n")
    body = "".join(row[first.x : first.x + first.cell_width] for row in rows[first.y : first.y + first.cell_height])
    assert "▀" not in body


@pytest.mark.parametrize("name", ["xor", "circles", "spirals"])
def test_beside_the_plane_of_an_output_stands_the_neuron_that_it_reads_with_the_largest_weight(name: str) -> None:
    drawn = scene(state(name, GoTo(2)), lens="plane")
    into = drawn.state.network.w(drawn.state.network.last)[0].tolist()
    most = max(range(len(into)), key=lambda k: abs(into[k]))
    beside = equation(drawn, 44, 23)
    subscript = str(most + 1).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))
    assert beside.title.endswith(subscript)
    assert "The output reads this neuron most" in " ".join(text(beside.lines).split())
    for size in ((70, 8), (28, 4), (44, 3)):
        assert len(equation(drawn, *size).lines) <= size[1]
    assert "reads this neuron" not in text(
        equation(scene(drawn.state, lens="plane", cursor=Cursor(1, 0)), 44, 23).lines
    )
