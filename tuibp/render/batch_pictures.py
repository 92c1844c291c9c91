"""The examples of a mini-batch as small pictures, where their inputs are images: what it is that pulls up or down."""

from __future__ import annotations

import numpy as np
from rich.cells import cell_len, set_cell_size

from tuibp.core.index import shown
from tuibp.core.mini_batch import Shares
from tuibp.render.lines import Line
from tuibp.render.pictures import beside, picture, scale_for, size_of
from tuibp.render.scene import Scene
from tuibp.render.typeset import sentence

LARGEST = (10, 5)
"""Cells that one picture may have, across and down."""


def height_of_pictures(scene: Scene) -> int:
    """Rows of a line of pictures with what stands over them; 0 where the examples are no images."""
    shape = scene.state.preset.data.image
    scale = 0 if shape is None else scale_for(shape, *LARGEST, largest=1)
    return 0 if shape is None or not scale else size_of(shape, scale)[1] + 1


def batch_pictures(scene: Scene, shares: Shares, width: int, height: int) -> list[Line]:
    """As many as fit, those whose shares are largest, in the batch's order: each under its number and its class."""
    data, tall = scene.state.preset.data, height_of_pictures(scene)
    shape = data.image
    if shape is None or not tall or height < tall:
        return []
    scale = scale_for(shape, *LARGEST, largest=1)
    wide, high = size_of(shape, scale)
    across = max((width + 1) // (wide + 1), 1)
    room = min(across * (height // tall), len(shares.values))
    chosen = np.sort(np.argsort(-np.abs(shares.values), kind="stable")[:room]).tolist()
    lines: list[Line] = []
    for first in range(0, len(chosen), across):
        parts: list[tuple[list[Line], int]] = []
        for at in chosen[first : first + across]:
            row, value = int(shares.rows[at]), float(shares.values[at])
            drawn = picture(scene, data.x[row], shape, scale, "activation")
            name: Line = ((_name(scene, row, wide), scene.palette.signed(value)),)
            parts.append(([name, *drawn], wide))
        lines += beside(parts, 1, high + 1)
    return lines


def _name(scene: Scene, row: int, width: int) -> str:
    """`517: 9`, or as much of it as fits."""
    data, number = scene.state.preset.data, str(shown(row))
    if data.labels is not None and data.names:
        whole = f"{number}: {sentence(data.names[int(data.labels[row])], scene.glyphs)}"
        number = whole if cell_len(whole) <= width else number
    return set_cell_size(number, min(cell_len(number), width))
