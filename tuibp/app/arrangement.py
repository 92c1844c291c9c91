"""Where panels stand: sizes of the screen's parts for a window's size."""

from __future__ import annotations

from dataclasses import dataclass

from textual.strip import Strip

from tuibp.locale import _
from tuibp.render.canvas import Canvas

LEAST = (48, 14)
"""Below this a short message stands in place of the screen."""


@dataclass(frozen=True)
class Arrangement:
    compact: bool
    """Rules between panels in place of boxes, and no empty lines."""
    left: int
    right: int
    upper: int
    lower: int


def arrange(width: int, height: int) -> Arrangement:
    """Split a window: the grid large, its matrix below; beside them the equation and the plot."""
    compact = height < 32 or width < 100
    right = max(28, min(round(width * (0.41 if compact else 0.385)), 70))
    rows = height - (3 if compact else 5)
    lower = max(6, round(rows * 0.38)) if compact else min(max(10, round(rows * 0.2857)), 18)
    return Arrangement(compact, width - right, right, rows - lower, lower)


def too_small(width: int, height: int) -> list[Strip]:
    """What stands in place of a screen that has no room."""
    canvas = Canvas(width, height)
    lines = [_("tuibp"), _("needs {columns}×{rows}").format(columns=LEAST[0], rows=LEAST[1]), f"{width}×{height}"]
    for i, line in enumerate(lines[: height or 1]):
        canvas.centre(max((height - len(lines)) // 2, 0) + i, line)
    return canvas.strips()
