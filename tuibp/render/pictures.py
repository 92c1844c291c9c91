"""Rows of weights as images, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

import numpy as np
from rich.style import Style

from tuibp.core.network import Array
from tuibp.render.glyphs import Glyphs
from tuibp.render.image import image
from tuibp.render.lines import Line, width_of
from tuibp.render.palette import Palette
from tuibp.render.scene import Scene

Kind = Literal["activation", "diverging"]


def scale_for(shape: tuple[int, int], width: int, height: int, largest: int = 3) -> int:
    """The largest scale at which an image of shape (h, w) fits; negative where it must shrink, 0 where it cannot."""
    h, w = shape
    for scale in range(largest, 0, -1):
        if w * scale <= width and (h * scale + 1) // 2 <= height:
            return scale
    for by in range(2, 9):
        if -(-w // by) <= width and (-(-h // by) + 1) // 2 <= height:
            return -by
    return 0


def size_of(shape: tuple[int, int], scale: int) -> tuple[int, int]:
    """Cells (width, height) of an image at a scale."""
    h, w = shape
    if scale < 0:
        return -(-w // -scale), (-(-h // -scale) + 1) // 2
    return w * scale, (h * scale + 1) // 2


def picture(
    scene: Scene,
    values: Array,
    shape: tuple[int, int],
    scale: int,
    kind: Kind = "diverging",
    limit: float | None = None,
) -> list[Line]:
    """The values as an image, a line a row of cells."""
    return list(_picture(values.tobytes(), shape, scale, kind, limit, scene.palette, scene.glyphs))


@lru_cache(maxsize=128)
def _picture(
    values: bytes, shape: tuple[int, int], scale: int, kind: Kind, limit: float | None, palette: Palette, glyphs: Glyphs
) -> tuple[Line, ...]:
    """Kept, because most keys leave most images as they are."""
    numbers = np.frombuffer(values).reshape(shape)
    canvas = image(numbers, palette, kind=kind, limit=limit, scale=scale, glyphs=glyphs)
    return tuple(tuple((s.text, s.style or palette.ink) for s in row) for row in canvas.rows())


def beside(parts: Sequence[tuple[list[Line], int]], gap: int, height: int) -> list[Line]:
    """Pictures and texts next to each other: (lines, width) each, all `height` rows."""
    rows: list[Line] = []
    for y in range(height):
        row: Line = ()
        for i, (lines, width) in enumerate(parts):
            line = lines[y] if y < len(lines) else ()
            row += line
            if i < len(parts) - 1:
                blank = " " * (width - width_of(line) + gap)
                row += ((blank, Style.null()),)
        rows.append(row)
    return rows
