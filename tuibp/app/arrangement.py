"""Where panels stand: sizes of the screen's parts for a window's size, and the parts put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import chain

from tuibp.locale import _
from tuibp.render.canvas import Canvas
from tuibp.render.lines import Row, blank

LEAST = (48, 14)
"""Below this a short message stands in place of the screen."""

LEAST_EQUATION = 6
"""Rows that an equation keeps, its frame counted."""
LEAST_SAID = 24
"""Columns in which that can be said in words."""

Pictures = Mapping[str, list[Row]]
"""Rows by the name of the part that they fill."""


@dataclass(frozen=True)
class Arrangement:
    width: int
    compact: bool
    """Rules between panels in place of boxes, and no empty lines."""
    right: int
    upper: int
    lower: int
    lent: int = 0
    """Rows that the equation lends to what stands below it on the right."""

    @property
    def left(self) -> int:
        return self.width - self.right

    def size(self, part: str) -> tuple[int, int]:
        """Width and height of a panel."""
        wide = self.right if part in ("equation", "cost") else self.left
        lent = self.lent if part in ("equation", "cost") else 0
        return wide, self.upper - lent if part in ("network", "equation") else self.lower + lent

    def lending(self, rows: int) -> Arrangement:
        """The same where the part at the lower right wants so many rows; the equation keeps some in any case."""
        return replace(self, lent=max(min(rows - self.lower, self.upper - LEAST_EQUATION), 0))

    def in_halves(self, equation: list[Row], cost: list[Row]) -> tuple[list[Row], list[Row]]:
        """The right side's rows as its two parts hold them, whatever is lent."""
        rows = [*equation, *cost]
        return rows[: self.upper], rows[self.upper :]

    def apart(self, row: Row) -> list[Row]:
        """A line, where there is room with an empty one above it."""
        return [row] if self.compact else [blank(self.width), row]

    def whole(self, pictures: Pictures) -> list[Row]:
        """The parts as the one picture that they make on the screen."""
        if "small" in pictures:
            return pictures["small"]
        halves = (("network", "equation"), ("matrix", "cost"))
        panels = (beside(pictures[left], pictures[right]) for left, right in halves)
        return [*pictures["title"], *pictures["steps"], *chain(*panels), *pictures["footer"]]


def arrange(width: int, height: int) -> Arrangement:
    """Split a window: the grid large, its matrix below; beside them the equation and the plot."""
    compact = height < 32 or width < 100
    right = max(28, min(round(width * (0.41 if compact else 0.385)), 70))
    rows = height - (3 if compact else 5)
    lower = max(6, round(rows * 0.38)) if compact else min(max(10, round(rows * 0.2857)), 18)
    return Arrangement(width, compact, right, rows - lower, lower)


def beside(left: list[Row], right: list[Row]) -> list[Row]:
    """Two pictures of the same height, side by side."""
    return [[*a, *b] for a, b in zip(left, right, strict=True)]


def too_small(width: int, height: int) -> list[Row]:
    """What stands in place of a screen that has no room."""
    canvas = Canvas(width, height)
    needs, has = _("needs a window of {columns}×{rows}"), _("this one has {columns}×{rows}")
    if width < LEAST_SAID:
        needs, has = _("needs {columns}×{rows}"), "{columns}×{rows}"
    lines = [
        _("tuibp"), needs.format(columns=LEAST[0], rows=LEAST[1]), has.format(columns=width, rows=height),
    ]  # fmt: skip
    for i, line in enumerate(lines[: height or 1]):
        canvas.centre(max((height - len(lines)) // 2, 0) + i, line)
    return canvas.rows()
