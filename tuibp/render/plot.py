"""Curves as characters, by plotext: the only place that imports it, and only when there is a curve to draw.

plotext aborts or raises on numbers that are not finite, on values ≤ 0 of a log axis and on tiny figures, so every
curve is filtered here, logarithms are taken by the callers, and plots below LEAST are left empty.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

LEAST = (3, 2)
BRAILLE = 0x2800
Span = tuple[float, float]


def load() -> None:
    """Import plotext, which takes as long as all the rest of the program's start."""
    import plotext  # noqa: F401


def loaded() -> bool:
    return "plotext" in sys.modules


def curve(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    across: Span,
    up: Span,
    width: int,
    height: int,
    ascii: bool,
    lines: bool = True,
    marker: str = "*",
) -> list[str]:
    """A curve in `height` lines of `width` characters: braille, in ASCII `marker`. What lies outside the spans is cut.

    x must ascend; gaps in y (values that are not finite) break the line.
    """
    if width < LEAST[0] or height < LEAST[1] or not _good(across) or not _good(up):
        return [" " * width] * height
    pieces = tuple((a.tobytes(), b.tobytes()) for a, b in _pieces(x, y, up))
    return list(_drawn(pieces, across, up, width, height, marker if ascii else "braille", lines))


@lru_cache(maxsize=64)
def _drawn(
    pieces: tuple[tuple[bytes, bytes], ...], across: Span, up: Span, width: int, height: int, marker: str, lines: bool
) -> tuple[str, ...]:
    """The pieces of a curve as lines. What was drawn is kept: most keys change other panels than the plot."""
    blank = (" " * width,) * height
    if not pieces:
        return blank
    figure = _figure(width, height, across, up)
    for piece in pieces:
        x, y = (np.frombuffer(part).tolist() for part in piece)
        signal = figure.signal(x, y, marker=marker)
        figure.draw(signal.lines() if lines and len(x) > 1 else signal)
    rows = figure.build().string(colorless=True).split("\n")
    return tuple(row[:width].ljust(width) for row in [*rows, *blank][:height])


def _figure(width: int, height: int, across: Span, up: Span) -> Any:
    """A figure of its own with nothing around it: axes and labels are drawn by `chart`."""
    import plotext

    terminal = type(plotext.terminal)()  # a second one, so that four threads may draw at once
    terminal.limit(False, False)
    figure = terminal._master
    figure.plot_size(width, height)
    figure.theme("colorless")
    figure.axes(False)
    for axis, span in (("x", across), ("y", up)):
        ruler = figure.ruler(axis)
        ruler.lim(*span)
        ruler.ticks([])
    return figure


def _good(span: Span) -> bool:
    low, high = span
    return bool(np.isfinite(low) and np.isfinite(high) and high > low and np.isfinite(high - low))


def _pieces(x: NDArray[np.float64], y: NDArray[np.float64], up: Span) -> list[tuple[Any, Any]]:
    """The stretches of a curve that can be drawn; a far point is cut a little outside the span."""
    far = up[1] - up[0]
    finite = np.isfinite(x) & np.isfinite(y)
    inside = finite & (y >= up[0] - far) & (y <= up[1] + far)
    near = np.clip(y, up[0] - far, up[1] + far)
    kept = finite & (inside | np.roll(inside, 1) | np.roll(inside, -1))
    edges = np.flatnonzero(np.diff(np.concatenate([[0], kept.astype(np.int8), [0]])))
    return [(x[a:b], near[a:b]) for a, b in zip(edges[::2], edges[1::2], strict=True)]
