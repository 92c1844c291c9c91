"""With sixteen colours every ink can be read on its ground, in VGA's shades and in xterm's, on dark and on light."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from rich.style import Style

from tests.drive import press, program
from tests.render.views import scene, state
from tuibp.app.terminal import Terminal
from tuibp.render.colour import contrast, rgb
from tuibp.render.cost_plot import cost
from tuibp.render.equation import equation
from tuibp.render.matrix import matrix
from tuibp.render.network import network
from tuibp.render.palette import DARK, LIGHT, Palette
from tuibp.render.title import step_line, title_line
from tuibp.session.commands import GoTo

VGA = (
    "#000000", "#aa0000", "#00aa00", "#aa5500", "#0000aa", "#aa00aa", "#00aaaa", "#aaaaaa",
    "#555555", "#ff5555", "#55ff55", "#ffff55", "#5555ff", "#ff55ff", "#55ffff", "#ffffff",
)  # fmt: skip
XTERM = (
    "#000000", "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#e5e5e5",
    "#7f7f7f", "#ff0000", "#00ff00", "#ffff00", "#5c5cff", "#ff00ff", "#00ffff", "#ffffff",
)  # fmt: skip
LEAST = 4.5
LINES = 2.7
"""Of rules, frames and dots, which are no text."""


def ratio(style: Style, shades: tuple[str, ...], light: bool) -> float:
    ink, ground = ("#000000", "#ffffff") if light else (shades[7], "#000000")

    def shade(number: int | None, usual: str) -> str:
        return usual if number is None else shades[number]

    assert style.color is None or style.color.number is not None or style.color.is_default
    pair = (
        shade(style.color.number if style.color else None, ink),
        shade(style.bgcolor.number if style.bgcolor else None, ground),
    )
    return contrast(*map(rgb, pair))


def roles(palette: Palette) -> Iterator[tuple[str, Style]]:
    for name in (
        "ink",
        "strong",
        "quiet",
        "faint",
        "accent",
        "accent_line",
        "positive",
        "negative",
        "wrong",
        "badge",
        "raised",
    ):
        yield name, getattr(palette, name)
    for value in (-1.0, -0.3, 0.0, 0.3, 1.0):
        yield f"diverging {value}", palette.diverging(value, 1.0)
        yield f"activation {value}", palette.activation(value)


@pytest.mark.parametrize("shades", [VGA, XTERM], ids=["vga", "xterm"])
@pytest.mark.parametrize("light", [False, True], ids=["dark", "light"])
def test_every_role_can_be_read(shades: tuple[str, ...], light: bool) -> None:
    palette = Palette("16", LIGHT if light else DARK)
    for name, style in roles(palette):
        assert ratio(style, shades, light) >= LEAST, name
    assert ratio(palette.line, shades, light) >= LINES
    assert len({palette.line, palette.quiet, palette.accent_line, palette.positive, palette.negative}) == 5


@pytest.mark.parametrize("light", [False, True], ids=["dark", "light"])
@pytest.mark.parametrize("name", ["digits", "mazur", "spirals"])
@pytest.mark.parametrize("step", [1, 3, 5])
def test_every_cell_of_the_panels_can_be_read(name: str, step: Literal[1, 3, 5], light: bool) -> None:
    shown = scene(state(name, GoTo(step)), compact=True, depth="16", light=light)
    panels = [network(shown, 47, 12), equation(shown, 33, 12), matrix(shown, 47, 7), cost(shown, 33, 7)]
    rows = [row for panel in panels for row in panel.lines] + [title_line(shown, 80), step_line(shown, 80)]
    for segment in (s for row in rows for s in row if s.text.strip() and s.style):
        assert segment.style is not None
        for shades in (VGA, XTERM):
            least = LEAST if any(map(str.isalnum, segment.text)) else LINES
            assert ratio(segment.style, shades, light) >= least, segment


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
def test_grounds_are_of_the_eight_that_a_linux_console_has(colours: dict[str, str]) -> None:
    for _name, style in roles(Palette("16", colours)):
        assert style.bgcolor is None or (style.bgcolor.number or 0) < 8


@pytest.mark.parametrize("light", [False, True], ids=["dark", "light"])
@pytest.mark.parametrize(
    ("keys", "box"),
    [("ctrl+p", "CommandList"), ("h", "#settings"), ("?", "#help"), ("5 tab =", "#prompt"), ("", "#small")],
)
async def test_what_textual_draws_can_be_read_on_the_terminals_own_ground(keys: str, box: str, light: bool) -> None:
    small = (44, 10) if box == "#small" else (80, 24)
    async with program("xor", small, Terminal(colors="16", light=light)) as (app, pilot):
        await press(pilot, keys)
        for _wait in range(100):
            inside = app.screen.query_one(box).region
            strips = app.screen._compositor.render_strips()[inside.y : inside.bottom]
            cells = [s for strip in strips for s in strip.crop(inside.x, inside.right)]
            if sum(len(segment.text.strip()) for segment in cells) > 20:
                break
            await pilot.pause(0.05)  # the palette fills by and by
        else:
            raise AssertionError
    badge = Palette("16", LIGHT if light else DARK).badge.bgcolor
    for segment in cells:
        style = segment.style or Style.null()
        assert style.bgcolor is None or style.bgcolor.is_default or style.bgcolor == badge, segment
        least = LEAST if any(map(str.isalnum, segment.text)) else LINES
        for shades in (VGA, XTERM):
            assert not segment.text.strip() or ratio(style, shades, light) >= least, segment


@pytest.mark.parametrize("light", [False, True])
async def test_no_tile_behind_a_question_is_reversed(light: bool) -> None:
    async with program("digits", terminal=Terminal(colors="16", light=light)) as (app, pilot):
        await press(pilot, "5 ] =")
        cells = [segment for strip in app.strips() for segment in strip]
        assert any("+2.3" in segment.text for segment in cells)
        assert not [s for s in cells if s.style and s.style.reverse and any(map(str.isdigit, s.text))]
