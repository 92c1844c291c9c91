"""A plot with its axes: curves over each other on one canvas, numbers at the edges, and marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from rich.style import Style

from tuibp.render.canvas import Canvas
from tuibp.render.glyphs import Glyphs
from tuibp.render.palette import Palette
from tuibp.render.plot import BRAILLE, Span, curve

Array = NDArray[np.float64]


Axis = tuple[Span, list[tuple[float, str]]]
"""What an axis spans, and the numbers at it."""


@dataclass(frozen=True, eq=False)
class Series:
    """One curve; later ones lie over earlier ones."""

    x: Array
    y: Array
    style: Style
    lines: bool = True
    marker: str = "*"
    """What it is made of in ASCII."""


@dataclass(frozen=True)
class Mark:
    """A character at a point."""

    x: float
    y: float
    character: str
    style: Style


@dataclass(frozen=True, eq=False)
class Chart:
    across: Span
    up: Span
    series: Sequence[Series]
    ticks: Sequence[tuple[float, str]]
    """Numbers at the left edge: (value, text)."""
    below: Sequence[tuple[float, str]]
    """Numbers under the plot."""
    marks: Sequence[Mark] = field(default=())


def drawn(chart: Chart, width: int, height: int, palette: Palette, glyphs: Glyphs) -> Canvas:
    """The chart in so many cells; the numbers of the x axis take the last row."""
    canvas = Canvas(width, height)
    left = left_of(chart.ticks)
    w, h = width - left, height - (1 if chart.below else 0)
    if w < 3 or h < 2:
        return canvas
    for series in chart.series:
        rows = curve(series.x, series.y, chart.across, chart.up, w, h, glyphs.ascii, series.lines, series.marker)
        _overlay(canvas, left, rows, series.style)
    for value, text in chart.ticks:
        y = _at(value, chart.up, h, upwards=True)
        canvas.right(left - 2, y, text, palette.quiet)
        canvas.put(left - 1, y, "|" if glyphs.ascii else "┤", palette.line)
    taken = -1
    for value, text in chart.below:
        x = left + _at(value, chart.across, w)
        start = max(min(x - len(text) // 2, width - len(text)), left)
        if start > taken:
            taken = canvas.put(start, height - 1, text, palette.quiet)
    for mark in chart.marks:
        if np.isfinite(mark.x) and np.isfinite(mark.y):
            x, y = left + _at(mark.x, chart.across, w), _at(mark.y, chart.up, h, upwards=True)
            canvas.put(x, y, mark.character, mark.style)
    return canvas


def left_of(ticks: Sequence[tuple[float, str]]) -> int:
    """Cells to the left of the curves."""
    return max(max((len(text) for _, text in ticks), default=0), 4) + 2


def _at(value: float, span: Span, cells: int, upwards: bool = False) -> int:
    """The cell of a value; at the edge where it lies outside."""
    share = min(max((value - span[0]) / (span[1] - span[0]), 0.0), 1.0) if span[1] > span[0] else 0.0
    return min(int((1.0 - share if upwards else share) * cells), cells - 1)


def _overlay(canvas: Canvas, left: int, rows: Sequence[str], style: Style) -> None:
    """Lay a curve over what is there: braille dots add up, and the later curve's colour wins."""
    for y, row in enumerate(rows):
        for x, character in enumerate(row, start=left):
            if character in (" ", "⠀"):
                continue
            there = canvas.characters[y][x]
            if ord(there) > BRAILLE and BRAILLE < ord(character) < BRAILLE + 256:
                character = chr(ord(there) | (ord(character) - BRAILLE))
            canvas.characters[y][x], canvas.styles[y][x] = character, style


def nice_above(value: float) -> float:
    """The next of 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten."""
    if not np.isfinite(value) or value <= 0:
        return 1.0
    power = 10.0 ** np.floor(np.log10(value))
    for step in (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0):
        if value <= step * power * (1 + 1e-9):
            return float(step * power)
    return float(10 * power)


def tick(value: float, glyphs: Glyphs) -> str:
    """A short number for an axis."""
    text = f"{value:.3g}"
    if "e" in text:
        mantissa, exponent = text.split("e")
        text = f"{mantissa}e{int(exponent)}"
    return text.replace("-", glyphs.minus)


def linear(y: Array, glyphs: Glyphs) -> Axis:
    """An axis for all of y, from 0 where that is not far."""
    low, high = float(y.min()), float(y.max())
    bottom = 0.0 if 0 <= low < 0.5 * high or high <= 0 or low < 0 else low
    if low < 0:
        bottom = low
    top = nice_above(high) if bottom == 0.0 else high
    if top <= bottom:
        top = bottom + max(abs(bottom), 1.0) * 1e-6
    middle = (bottom + top) / 2
    ticks = {tick(v, glyphs): v for v in (middle, bottom, top)}  # no number stands twice where they hardly differ
    return (bottom, top), [(v, text) for text, v in ticks.items()]


def decades(y: Array, glyphs: Glyphs) -> Axis:
    """The same for logarithms, in whole powers of ten."""
    bottom, top = float(np.floor(y.min())), float(np.ceil(y.max()))
    if top <= bottom:
        top = bottom + 1.0
    marks = sorted({top, float(round((bottom + top) / 2)), bottom}, reverse=True)
    return (bottom, top), [(v, tick(10.0**v, glyphs)) for v in marks]
