"""Frames around panels: boxes where there is room, rules with joints between panels where there is not."""

from __future__ import annotations

from typing import Literal

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment

from tuibp.render.lines import Line, Row, blank, fitted, row_of, width_of
from tuibp.render.scene import Panel, Scene

Side = Literal["left", "right", "whole"]
"""Where a panel stands: `whole` takes the window's width; only a `right` one has a separator of its own."""


def inside(scene: Scene, width: int, height: int, side: Side = "left") -> tuple[int, int]:
    """Cells that a frame of this size leaves to its panel."""
    if scene.compact:
        return max(width - (side == "right"), 0), max(height - 1, 0)
    return max(width - 2, 0), max(height - 2, 0)


def framed(
    panel: Panel, scene: Scene, width: int, height: int, side: Side = "left", joint: str = "", focus: bool = False
) -> list[Row]:
    """The panel with its title and note in the line above it.

    `joint` is what the separator of a right-hand panel begins with: `top` (┬, the default), `cross` (┼), `bottom`, or
    `beside` (├, where the left side has no line).
    """
    return (
        _ruled(panel, scene, width, height, side, joint, focus)
        if scene.compact
        else _boxed(panel, scene, width, height, focus)
    )


def _boxed(panel: Panel, scene: Scene, width: int, height: int, focus: bool) -> list[Row]:
    g, line = scene.glyphs, scene.palette.line
    top_left, top_right, bottom_left, bottom_right = tuple(g.corners)
    inner = max(width - 2, 0)
    side = Segment(g.vertical, line)
    body = [[side, *row, side] for row in _filled(panel.lines, inner, height - 2)]
    top = row_of(((top_left, line), *_heading(panel, scene, inner, focus), (top_right, line)), width)
    bottom = row_of(((bottom_left + g.horizontal * inner + bottom_right, line),), width)
    return [top, *body, bottom][:height]


def _ruled(panel: Panel, scene: Scene, width: int, height: int, side: Side, joint: str, focus: bool) -> list[Row]:
    g, line = scene.glyphs, scene.palette.line
    if side != "right":
        return [row_of(_heading(panel, scene, width, focus), width), *_filled(panel.lines, width, height - 1)][:height]
    start = {"cross": g.cross, "bottom": g.tee_up, "beside": g.sides[0]}.get(joint, g.tee_down)
    top = row_of(((start, line), *_heading(panel, scene, width - 1, focus)), width)
    separator = Segment(g.vertical, line)
    return [top, *([separator, *row] for row in _filled(panel.lines, width - 1, height - 1))][:height]


def _heading(panel: Panel, scene: Scene, width: int, focus: bool) -> Line:
    """`─ title ───── note ─`; the note goes where both do not fit, then the title is cut."""
    palette, rule = scene.palette, scene.glyphs.horizontal
    title_style = palette.accent if focus or panel.title_accent else palette.role("quiet", bold=True)
    title, note = panel.title, panel.note
    room = width - 7 - cell_len(title)
    if note and cell_len(note) > room:
        note = _cut(note, room, scene) if room >= 8 else ""
    title = _cut(title, max(width - 4, 0), scene)
    left: Line = ((rule, palette.line), (f" {title} ", title_style)) if title else ((rule, palette.line),)
    right: Line = ((f" {note} ", palette.quiet), (rule, palette.line)) if note else ()
    middle = rule * max(width - width_of(left) - width_of(right), 0)
    return (*left, (middle, palette.line), *right)


def _cut(text: str, room: int, scene: Scene) -> str:
    """The beginning of a text, with an ellipsis where something is missing."""
    if cell_len(text) <= room:
        return text
    end = scene.glyphs.ellipsis
    return set_cell_size(text, max(room - cell_len(end), 0)).rstrip() + end if room > cell_len(end) else ""


def _filled(lines: list[Row], width: int, height: int) -> list[Row]:
    """Exactly `height` rows of exactly `width` cells."""
    height = max(height, 0)
    rows = [fitted(row, width) for row in lines[:height]]
    return rows + [blank(width)] * (height - len(rows))
