"""The screen of the loss surface."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from time import monotonic
from typing import Any

import numpy as np
import pytest
from rich.segment import Segment

from tests.drive import press, program
from tests.render.views import scene, state
from tuibp.app.app import TuibpApp
from tuibp.app.screens.surface import SurfaceScreen
from tuibp.core.gradient import cost
from tuibp.core.network import located, parameter_count
from tuibp.core.surface import Surface, Window, of_weights, surface
from tuibp.render.chart import tick
from tuibp.render.glyphs import ASCII
from tuibp.render.numbers import percent
from tuibp.render.surface_page import Looked, levels_of, picture_shape, surface_picture, surface_words
from tuibp.render.typeset import typeset
from tuibp.session.commands import Reset, Train


async def whole(app: TuibpApp) -> Looked:
    """What is looked at, once every point is computed."""
    screen, last = app.screen, monotonic() + 30
    assert isinstance(screen, SurfaceScreen)
    while monotonic() < last:
        looked = screen.looked
        if looked is not None and looked.surface is not None and looked.surface.done == 1.0 and screen.done:
            return looked
        await asyncio.sleep(0.02)
    raise AssertionError("it was never computed")


@pytest.mark.parametrize("place", range(parameter_count((2, 3, 1))))
def test_every_parameter_is_located(place: int) -> None:
    from tuibp.files import load

    layer, j, k = located((2, 3, 1), place)
    assert load("xor").network.index_of(layer, j, k) == place


async def test_the_middle_is_where_one_stands_and_the_axes_are_the_weights_own() -> None:
    async with program("xor") as (app, pilot):
        app.desk.do(Train(100))
        await press(pilot, "S")
        looked = await whole(app)
        data, network = app.desk.state.preset.data, app.desk.state.network
        assert looked.cost == pytest.approx(cost(network, data.x, data.y))
        first, second = (int(np.flatnonzero(way)[0]) for way in (looked.plane.u, looked.plane.v))
        assert looked.path[-1] == pytest.approx([network.parameters[first], network.parameters[second]])
        (s_low, s_high), (t_low, t_high) = looked.window.s, looked.window.t
        made: Surface | None = looked.surface
        assert made is not None
        h, w = made.costs.shape
        for i, j in ((0, 0), (h - 1, w - 1), (h // 2, w // 3)):
            moved = network.parameters.copy()
            moved[first] = s_low + (j + 0.5) / w * (s_high - s_low)
            moved[second] = t_high - (i + 0.5) / h * (t_high - t_low)
            assert made.costs[i, j] == pytest.approx(cost(network.with_parameters(moved), data.x, data.y))
        assert f"C {looked.cost:.4g}" in app.text()


async def test_the_path_lies_on_its_own_plane_from_the_start_to_where_one_stands() -> None:
    async with program("xor") as (app, pilot):
        app.desk.do(Reset())
        start = app.desk.state.network.parameters
        app.desk.do(Train(600))
        await press(pilot, "S")
        await whole(app)
        await press(pilot, "v")
        looked = await whole(app)
        assert looked.plane.kind == "path"
        for at, parameters in ((0, start), (-1, app.desk.state.network.parameters)):
            assert looked.path[at] == pytest.approx(looked.plane.at(parameters)[0])
        assert looked.plane.held is not None
        words = app.text().split("\n")
        said = " ".join(" ".join(line.partition("│")[2].split()) for line in words)
        assert f"hold {percent(looked.plane.held, 2)} of its way" in said


@pytest.mark.parametrize(("size", "ascii"), [((80, 24), False), ((48, 14), True)])
async def test_it_fits_every_size(size: tuple[int, int], ascii: bool) -> None:
    async with program("xor", size) as (app, pilot):
        if ascii:
            app.desk.glyphs = ASCII
        app.desk.do(Train(60))
        for keys in ("S", "v", "v down", "plus", "minus"):
            await press(pilot, keys)
            await whole(app)
            await pilot.pause()
            assert max(map(len, app.text().split("\n"))) <= size[0]
            assert not ascii or app.text().isascii()
            *__, below, ___ = app.text().rstrip("\n").split("\n")
            name, low, high = screen_names(app)
            assert below.partition("│")[0].partition("|")[0].split() in (f"{low} {name} {high}".split(), name.split())
            assert "of a\n" not in app.text()


def screen_names(app: TuibpApp) -> tuple[str, str, str]:
    """Of the direction across: its name, and the two ends, as they are drawn."""
    assert isinstance(app.screen, SurfaceScreen)
    looked, g = app.screen.looked, app.desk.glyphs
    assert looked is not None
    low, high = (tick(value, g) for value in looked.window.s)
    return typeset(looked.names[0], g), low, high


async def test_esc_stops_and_then_leaves_and_nothing_of_the_session_is_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(*asked: Any) -> Iterator[Surface]:
        while True:
            yield from surface(*asked)

    monkeypatch.setattr("tuibp.app.screens.surface.surface", endless)
    async with program("digits") as (app, pilot):
        before, state = app.desk.history.length, app.desk.state
        await press(pilot, "S")
        await press(pilot, "esc")
        screen = app.screen
        assert isinstance(screen, SurfaceScreen)
        assert screen.done
        await press(pilot, "esc")
        assert not isinstance(app.screen, SurfaceScreen)
        assert (app.desk.history.length, app.desk.state) == (before, state)


@pytest.mark.parametrize("name", ["mazur", "single-neuron"])
async def test_without_a_run_there_is_no_path_and_it_says_so(name: str) -> None:
    async with program(name) as (app, pilot):
        await press(pilot, "S")
        await whole(app)
        await press(pilot, "v")
        assert "There is no path here that spans a plane" in app.text()
        looked = await whole(app)
        assert looked.plane.kind == "random"


def test_shades_rise_with_the_cost_and_what_is_no_number_has_none() -> None:
    costs = np.array([[1.0, 2.0, 5.0], [np.nan, np.inf, 8.0]])
    levels = levels_of(costs)
    assert levels[0, 0] == 0 < levels[0, 1] < levels[0, 2] < levels[1, 2]
    assert (levels[1, :2] < 0).all()
    assert (levels_of(np.full((2, 2), np.nan)) < 0).all()
    assert (levels_of(np.ones((2, 2))) == 0).all()
    far = levels_of(np.array([[1e-4, 1e-2, 1.0]]))
    assert far[0, 2] - far[0, 1] == pytest.approx(far[0, 1] - far[0, 0], abs=2)


@pytest.mark.parametrize("points", [[[np.nan, 0.0]], [[1e300, -1e300], [0.0, 0.0]], [[np.inf, 1.0], [0.2, 0.1]], []])
def test_points_that_lie_nowhere_are_not_drawn(points: list[list[float]]) -> None:
    made = scene(state("xor"))
    path = np.array(points).reshape(-1, 2)
    plane, window = of_weights(made.state.network, 0, 1), Window((-1.0, 1.0), (-1.0, 1.0))
    full = Surface(np.ones(picture_shape(44, 12)), 1.0, 4)
    looked = Looked(plane, window, ("w^2_11", "w^2_12"), path, 3, full, 0.5)
    assert [Segment.get_line_length(row) for row in surface_picture(made, looked, 44, 12).lines] == [44] * 12


@pytest.mark.parametrize(
    ("name", "planes", "said", "not_said"),
    [
        ("xor", 0, "All other weights are held as they are here.", "Two directions"),
        ("xor", 2, "along each, all weights change at once. The run went other ways, too", "are held"),
        ("single-neuron", 0, "the whole way lies on this surface", "only ●"),
    ],
)
async def test_what_lies_on_the_surface_is_said_of_the_plane_that_is_seen(
    name: str, planes: int, said: str, not_said: str
) -> None:
    async with program(name) as (app, pilot):
        app.desk.do(Train(30))
        await press(pilot, "S" + " v" * planes)
        looked = await whole(app)
        await pilot.pause()
        words = " ".join(" ".join(line.partition("│")[2].split()) for line in app.text().split("\n"))
        assert said in " ".join(words.split())
        assert not_said not in words
        own = app.desk.state.network.parameters
        for varied in (looked.plane.u, looked.plane.v):  # what is said of the weights, held to the directions
            assert (np.count_nonzero(varied) == 1) == ("All other" in said or name == "single-neuron")
        assert len(own) == looked.plane.u.size


@pytest.mark.parametrize(
    ("costs", "said"),
    [
        ((0.25, 0.5), "Dark is low, 0.25; light is high, 0.5."),
        ((0.69674, 0.69683), "Dark is low, 0.6967; light is high, 0.6968."),
        ((0.5, 0.5), "The cost is 0.5 all over here."),
        ((0.5, 0.5 + 1e-16), "The cost is 0.5 all over here."),
    ],
)
def test_the_ends_of_the_shades_are_told_apart_or_said_to_be_one(costs: tuple[float, float], said: str) -> None:
    made = scene(state("xor"))
    plane, window = of_weights(made.state.network, 0, 1), Window((-1.0, 1.0), (-1.0, 1.0))
    looked = Looked(plane, window, ("w", "b"), np.zeros((1, 2)), 0, Surface(np.array([costs]), 1.0, 4), 0.5)
    lines = surface_words(made, looked, 44, 14).lines
    assert said in " ".join("".join(piece.text for piece in row).strip() for row in lines)
