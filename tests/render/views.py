"""Scenes for tests: a preset, the commands that lead somewhere, and what is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from tuibp.core.network import initialise
from tuibp.files import load
from tuibp.files.preset import Preset
from tuibp.render.glyphs import ASCII, UNICODE
from tuibp.render.lines import Row, text_of
from tuibp.render.palette import DARK, LIGHT, Depth, Palette
from tuibp.render.scene import Scene
from tuibp.session.commands import Command, apply, opened
from tuibp.session.cursor import Cursor
from tuibp.session.state import State
from tuibp.session.view import View, cursor_of, lens_of


@lru_cache(maxsize=32)
def preset(name: str) -> Preset:
    return load(name)


@lru_cache(maxsize=8)
def wide(*sizes: int) -> Preset:
    """Images of 28 × 28 into a network of these sizes."""
    made = preset("digits")
    random = np.random.default_rng(0)
    x, y = random.random((3, sizes[0])), np.zeros((3, sizes[-1]))
    y[:, 1] = 1.0
    rows = np.arange(3)
    data = replace(made.data, x=x, y=y, labels=None, image=(28, 28), train=rows, test=rows)
    network = initialise(sizes, "sigmoid", "quadratic", "scaled")
    return replace(made, network=network, data=data, opening=replace(made.opening, example=0, updates=0))


@lru_cache(maxsize=64)
def state(given: str | Preset, *commands: Command) -> State:
    reached = opened(preset(given) if isinstance(given, str) else given)
    for command in commands:
        reached = apply(reached, command)
    return reached


def scene(
    reached: State, lens: str | None = None, cursor: Cursor | None = None, compact: bool = False,
    depth: Depth = "truecolor", light: bool = False, ascii: bool = False, zoom: tuple[tuple[int, str], ...] = (),
) -> Scene:  # fmt: skip
    view = View(cursor=cursor, lens=lens, zoom=zoom)
    palette = Palette(depth, LIGHT if light else DARK)
    glyphs = ASCII if ascii else UNICODE
    return Scene(reached, view, cursor_of(reached, view), lens_of(reached, view), palette, glyphs, compact=compact)


def text(lines: Sequence[Row]) -> str:
    """The picture without its colours, as a review can read it."""
    return "\n".join(text_of(line).rstrip() for line in lines)
