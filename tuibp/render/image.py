"""Numbers as a picture: square pixels in half blocks, at a whole scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from rich.style import Style

from tuibp.render.canvas import Canvas
from tuibp.render.colour import Rgb
from tuibp.render.glyphs import UNICODE, Glyphs
from tuibp.render.palette import LEVELS, Palette, Scale

Values = NDArray[np.float64]
Levels = NDArray[np.int64]


def image(
    values: Values,
    palette: Palette,
    *,
    kind: Scale = "activation",
    limit: float | None = None,
    scale: int = 1,
    glyphs: Glyphs = UNICODE,
) -> Canvas:
    """A picture of values (h, w); each pixel is `scale` cells wide and `scale` half rows high.

    Activations go from dark (0) to light (`limit`, or 1), diverging values from blue (−limit) to orange (+limit, or
    the largest |value|). A negative scale makes the picture smaller: so many pixels a half cell, by their mean. Where
    colours are few, shades stand for colour.
    """
    pixels = np.asarray(values, dtype=np.float64)
    if limit is None:
        limit = 1.0 if kind == "activation" else float(np.abs(pixels[np.isfinite(pixels)]).max(initial=0.0))
    pixels = np.nan_to_num(pixels, nan=0.0)
    shrunk = _shrunk(pixels, -scale) if scale < 0 else np.repeat(np.repeat(pixels, scale, 0), scale, 1)
    levels = levels_of(shrunk, kind, limit)
    if len(levels) % 2:
        levels = np.vstack([levels, np.full((1, levels.shape[1]), EMPTY)])
    return drawn(levels[::2], levels[1::2], palette, kind, glyphs)


EMPTY = -999
"""No pixel: the panel's ground."""


def levels_of(values: Values, kind: Scale, limit: float) -> Levels:
    """Each value as a step of the palette's scale: from 0 on, below 0 for the negative half of a diverging one."""
    if not limit > 0:
        return np.zeros(values.shape, dtype=np.int64)
    share = np.clip(values / limit, -1.0, 1.0)
    if kind == "activation":
        return np.rint(np.maximum(share, 0.0) * LEVELS["activation"]).astype(np.int64)
    return np.rint(np.sign(share) * np.abs(share) ** 0.7 * LEVELS["diverging"]).astype(np.int64)


def drawn(upper: Levels, lower: Levels, palette: Palette, kind: Scale, glyphs: Glyphs) -> Canvas:
    """Two rows of levels (h, w) in each row of cells."""
    height, width = upper.shape
    canvas = Canvas(width, height)
    plain = glyphs.ascii or palette.depth in ("16", "none")
    cells: dict[tuple[int, int], tuple[str, Style]] = palette.made.setdefault(("cells", kind, glyphs.ascii), {})
    for y, (row, below) in enumerate(zip(upper.tolist(), lower.tolist(), strict=True)):
        characters, styles = canvas.characters[y], canvas.styles[y]
        for x, pair in enumerate(zip(row, below, strict=True)):
            cell = cells.get(pair)
            if cell is None:
                cell = _shade(*pair, palette, kind, glyphs) if plain else _half(*pair, palette, kind, glyphs)
                cells[pair] = cell
            characters[x], styles[x] = cell
    return canvas


def _half(upper: int, lower: int, palette: Palette, kind: Scale, glyphs: Glyphs) -> tuple[str, Style]:
    def colour(level: int) -> Rgb:
        return palette.ground if level == EMPTY else palette.level_rgb(level, kind)

    return (" " if upper == lower == EMPTY else glyphs.half), palette.pixels(colour(upper), colour(lower))


def _shade(upper: int, lower: int, palette: Palette, kind: Scale, glyphs: Glyphs) -> tuple[str, Style]:
    """One character for both pixels: as dark as their mean, signed by colour, or by + and - without colour."""
    there = [level for level in (upper, lower) if level != EMPTY]
    if not there:
        return " ", Style.null()
    level = max(there, key=abs) if kind == "diverging" else sum(there) / len(there)
    return shade(level / LEVELS[kind], palette, kind, glyphs)


def shade(share: float, palette: Palette, kind: Scale, glyphs: Glyphs) -> tuple[str, Style]:
    """A character for a value from −1 to 1 where there are few colours or none."""
    if kind == "activation":
        return glyphs.shades[round(min(max(share, 0.0), 1.0) * (len(glyphs.shades) - 1))], palette.ink
    if palette.depth == "none":
        return signed_shade(share, glyphs), palette.ink
    strength = round(min(abs(share), 1.0) * (len(glyphs.shades) - 1))
    return glyphs.shades[strength], palette.signed(share)


def signed_shade(share: float, glyphs: Glyphs) -> str:
    """Without colour the sign is the character: `-` or `+`, a dot for what is small."""
    if abs(share) < 0.2:
        return glyphs.dot if abs(share) > 0.02 else " "
    return "+" if share > 0 else glyphs.minus


def _shrunk(values: Values, by: int) -> Values:
    """Means of by × by pixels; the last ones may be of fewer."""
    h, w = values.shape
    tall, wide = -(-h // by), -(-w // by)
    padded = np.full((tall * by, wide * by), np.nan)
    padded[:h, :w] = values
    blocks = padded.reshape(tall, by, wide, by)
    counts = np.isfinite(blocks).sum(axis=(1, 3))
    sums = np.nansum(blocks, axis=(1, 3))
    means: Values = sums / np.maximum(counts, 1)
    return means
