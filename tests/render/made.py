"""Scenes to draw, made from presets and from small networks."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import TypeVar

import numpy as np

from tuibp.core.datasets import DataSet
from tuibp.core.network import Network, initialise
from tuibp.core.nudge import Nudge
from tuibp.core.training import Training
from tuibp.files import load
from tuibp.files.preset import Opening, Preset
from tuibp.render.glyphs import ASCII, UNICODE
from tuibp.render.lines import Row, text_of
from tuibp.render.palette import Depth, Palette
from tuibp.render.scene import Scene
from tuibp.session.curve import LearningCurve
from tuibp.session.place import Place
from tuibp.session.state import State
from tuibp.session.view import Cursor, View, cursor_of, lens_of

Kind = TypeVar("Kind")
SIZES = ((46, 22), (70, 8), (32, 12), (47, 7), (28, 6), (24, 4), (90, 40))
"""Insides of panels, from roomy to hardly any."""


@cache
def preset(name: str) -> Preset:
    return load(name)


def small(
    sizes: tuple[int, ...], activations: str | list[str], cost: str, image: tuple[int, int] | None = None
) -> Preset:
    """A seeded network on a few seeded examples."""
    stream = np.random.default_rng(3)
    network = initialise(sizes, activations, cost, seed=5)
    y = np.zeros((4, sizes[-1]))
    y[np.arange(4), np.arange(4) % sizes[-1]] = 1.0
    x, rows = stream.random((4, sizes[0])), np.arange(4)
    return around(network, DataSet(x, y, None, (), image, rows, rows))


def around(network: Network, data: DataSet) -> Preset:
    return Preset("small", "Small", "", network, data, Training(), Opening(), None, "small")


@cache
def many() -> tuple[Preset, ...]:
    """Networks of all kinds, from one neuron to wide layers and an image."""
    return (
        preset("mazur"),
        preset("single-neuron"),
        preset("modified-neuron"),
        small((2, 3, 1), ["tanh", "sigmoid"], "cross_entropy"),
        small((3, 5, 4), ["relu", "softmax"], "log_likelihood"),
        small((2, 3, 3), ["softmax", "linear"], "quadratic"),
        small((64, 30, 10), "sigmoid", "quadratic", (8, 8)),
        small((196, 12, 10), "sigmoid", "cross_entropy", (14, 14)),
        small((2, 8, 8, 8, 2), "sigmoid", "quadratic"),
        saturated(),
    )


def saturated() -> Preset:
    """Weights so large that numbers are of every size."""
    made = small((3, 4, 2), "sigmoid", "cross_entropy")
    return replace(made, network=made.network.with_parameters(made.network.parameters * 1e5))


@lru_cache(maxsize=32)
def begun(of: Preset) -> State:
    """The state at the first step, walked: what is worked out of a number is kept with the walk, for every scene."""
    state = State(of, of.network, 0, 0, Place(), of.training)
    assert state.walk
    return state


def scene(
    of: Preset, stop: int = 0, *, neuron: int | None = None, term: int | None = None, cursor: Cursor | None = None,
    lens: str | None = None, ascii: bool = False, depth: Depth = "truecolor", nudge: Nudge | None = None,
    curve: LearningCurve | None = None, compact: bool = False, plot: str = "cost", panel: str = "network",
    message: str = "",
) -> Scene:  # fmt: skip
    state = begun(of).at(Place(stop, neuron, term)).holding(nudge)
    view = View(cursor=cursor, lens=lens, plot=plot, panel=panel)
    return Scene(
        state, view, cursor_of(state, view), lens_of(state, view), Palette(depth), ASCII if ascii else UNICODE, curve,
        compact, message=message,
    )  # fmt: skip


def places(of: Preset) -> Iterator[tuple[int, Cursor | None]]:
    """Every stop with cursors that follow it, and on neurons, a weight and a bias of the first and the last layer."""
    sizes, last = of.network.sizes, of.network.last
    cursors = [None, Cursor(0, 0), Cursor(1, sizes[1] - 1), Cursor(last, 0), Cursor(1, 0, sizes[0] - 1)]
    cursors += [Cursor(last, sizes[last] - 1, 0), Cursor(last, 0, bias=True), Cursor(1, 0, bias=True)]
    for stop in range(len(begun(of).stops)):
        for cursor in cursors:
            yield stop, cursor


def drawn_for(of: Preset, kinds: Sequence[Kind], whole: bool) -> Iterator[tuple[int, Cursor | None, Sequence[Kind]]]:
    """`places`, each with every kind; or, where not all are wanted, with two that are drawn for it."""
    draw = random.Random(str(of.network.sizes))
    for stop, cursor in places(of):
        yield stop, cursor, kinds if whole else draw.sample(kinds, 2)


def text(lines: list[Row]) -> str:
    """What the lines say, without the blanks at their ends."""
    return "\n".join(text_of(line).rstrip() for line in lines)


def drawing(golden: str) -> str:
    """A picture in a test: the margin is cut, and so are empty lines around it."""
    lines = golden.strip("\n").split("\n")
    margin = min(len(line) - len(line.lstrip()) for line in lines if line.strip())
    return "\n".join(line[margin:].rstrip() for line in lines).rstrip()
