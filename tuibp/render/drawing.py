"""An image that is drawn by hand, pixel by pixel, with what the network says of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tuibp.core.network import Array
from tuibp.locale import _
from tuibp.render.canvas import Canvas
from tuibp.render.image import image
from tuibp.render.lines import wrap
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence

LEFT, TOP = 3, 2
"""Cells beside and above the image, where marks stand for the cursor's row and column."""
TEXT = 26
"""Cells for what is said beside it."""


@dataclass(frozen=True)
class Shades:
    """From the darkest to the brightest that the data know."""

    low: float
    high: float

    def after(self, value: float) -> float:
        """The next brighter of dark, half and bright; after bright comes dark."""
        for level in (self.low, (self.low + self.high) / 2, self.high):
            if level > value + 1e-9 * (self.high - self.low):
                return level
        return self.low


def scale_of(shape: tuple[int, int], width: int, height: int) -> int:
    """The largest whole scale at which the image fits; 0 where none does."""
    wide = (width - LEFT - TEXT) // shape[1]
    high = (height - TOP) * 2 // shape[0]
    return max(min(wide, high), 0)


def drawing(
    scene: Scene, width: int, height: int, pixels: Array, at: tuple[int, int], shades: Shades, says: str
) -> Panel:
    """The image (h, w) with its cursor at (row, column)."""
    palette, g = scene.palette, scene.glyphs
    scale, canvas = scale_of((pixels.shape[0], pixels.shape[1]), width, height), Canvas(width, height)
    if scale:
        shown = image(pixels - shades.low, palette, limit=shades.high - shades.low or 1.0, scale=scale, glyphs=g)
        for y, (characters, styles) in enumerate(zip(shown.characters, shown.styles, strict=True)):
            for x, (character, style) in enumerate(zip(characters, styles, strict=True)):
                canvas.put(LEFT + x, TOP + y, character, style)
        canvas.put(LEFT + at[1] * scale + (scale - 1) // 2, TOP - 1, sentence("▾", g), palette.accent)
        canvas.put(LEFT - 2, TOP + (at[0] * scale + scale // 2) // 2, g.pointer, palette.accent)
        x = LEFT + pixels.shape[1] * scale + 3
        value = _("row {i}, column {k}: {value:.3g}").format(i=at[0] + 1, k=at[1] + 1, value=pixels[at])
        for y, (text, style) in enumerate(
            [(line, palette.strong) for line in wrap(sentence(says, g), width - x - 1)] + [("", palette.quiet)]
            + [(line, palette.quiet) for line in wrap(value, width - x - 1)],
            start=TOP,
        ):  # fmt: skip
            canvas.put(x, y, text, style)
    return Panel(_("Draw an input"), "", canvas.rows(), title_accent=True)


def pixel_at(shape: tuple[int, int], width: int, height: int, x: int, y: int) -> tuple[int, int] | None:
    """The pixel (row, column) at a cell: of a cell with two of them the upper one."""
    scale = scale_of(shape, width, height)
    row, column = (2 * (y - TOP) // scale, (x - LEFT) // scale) if scale else (-1, -1)
    inside = x >= LEFT and y >= TOP and row < shape[0] and column < shape[1]
    return (row, column) if scale and inside else None


def shades_of(x: Array) -> Shades:
    """Of all inputs of a data set."""
    return Shades(float(np.min(x)), float(np.max(x)))
