"""The forms that a layer's block may take in a window, the most telling first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from tuibp.render.wanted import Wanted

TileName = Literal["image", "box", "double", "single", "speck"]
TILES: tuple[TileName, ...] = ("box", "double", "single", "speck")
"""From the largest to the smallest; an image has sizes of its own."""

DOUBLE, SINGLE, LABEL_ROOM = 7, 5, 12
WIDE = 8
"""Cells of a single that stands apart from its neighbours, with the digits of `−3.1e−6`."""
SHORT_NAME = 4
"""Cells of a name, with a gap, that every window has room for."""
LOW_BOX = 4
"""Rows of a box that holds two lines."""
SMALLEST_IMAGE = 10
"""Columns below which an image is not made to leave room for others."""


@dataclass(frozen=True)
class Shape:
    tile: TileName
    width: int
    """Cells of one tile."""
    height: int
    """Rows of one tile; of a speck in half rows."""
    columns: int
    gap: int = 0
    """Cells between columns."""
    label: int = 0
    """Cells for a name or number to the left of the block."""
    digits: int = 4
    """Cells of a number, its sign's included."""
    shared: int = 0
    """Rows that a tile may share with the one below it: the frames of boxes."""
    scale: int = 1
    """Of an image: half rows a pixel; of one too large, negative: so many pixels a half row."""
    rank: int = 0
    """How little it tells: the less the better."""
    last_resort: bool = False
    image: tuple[int, int] | None = None

    @property
    def block_width(self) -> int:
        return self.label + self.columns * (self.width + self.gap) - self.gap


def shapes(wanted: Wanted, layer: int, digits: int, tall: bool) -> list[Shape]:
    """All forms of a layer that are not too high, each narrower than the one before it."""
    zoom = dict(wanted.zoom).get(layer)
    if layer == 0 and wanted.image is not None and zoom is None:
        found = images(wanted.image, wanted.width, wanted.rows)
    else:
        found = tiles(wanted, layer, digits, tall)
        if zoom is not None:
            found = [s for s in found if s.tile == zoom][:1] or [zoomed(wanted, layer, zoom, digits)]
    narrower = found[:1]
    for shape in found[1:]:
        if shape.block_width < narrower[-1].block_width:
            narrower.append(shape)
    return narrower


def images(size: tuple[int, int], width: int, rows: int) -> list[Shape]:
    """An image at every whole scale that is not too high, from the largest; one too large is made smaller."""
    h, w = size
    largest = max(min(2 * rows // h, width // w), 0)
    found = [_image(size, w * s, (h * s + 1) // 2, s, rank=0) for s in range(largest, 0, -1)]
    for shrink in range(2, max(h, w)):
        columns, height = -(-w // shrink), (-(-h // shrink) + 1) // 2
        if height <= rows and (columns >= SMALLEST_IMAGE or not found):
            found.append(_image(size, columns, height, -shrink, rank=60, last_resort=bool(found)))
    return found or [_image(size, 1, 1, -max(h, w), rank=90, last_resort=True)]


def tiles(wanted: Wanted, layer: int, digits: int, tall: bool) -> list[Shape]:
    """Box, box of two lines, doubles, singles with and without a label, singles without gaps, specks."""
    n, rows = wanted.sizes[layer], wanted.rows
    last = layer == len(wanted.sizes) - 1
    name = wanted.names + 1 if last and 0 < wanted.names < LABEL_ROOM else 0
    number = len(str(n)) + 1
    found: list[Shape] = []
    width, height = box_size(layer, digits, tall)
    if n * height <= rows - (2 if tall else 0) and not wanted.singles:
        found.append(Shape("box", width, height, 1, digits=digits, rank=0))
    elif layer and not wanted.singles and n * (LOW_BOX - 1) < rows:
        found.append(Shape("box", width, LOW_BOX, 1, digits=digits, shared=1, rank=5))
    if not wanted.singles and 2 * max(wanted.sizes) - 1 <= rows:
        found += [Shape("single", WIDE, 1, 1, 0, label, rank=7 + (label < number)) for label in (name or number, 0)]
    if not wanted.singles:
        columns = -(-n // max(rows // 2, 1))
        if rows >= 2 and (columns == 1 or not name):
            found += [
                Shape("double", DOUBLE, 2, columns, 1, label, 6, rank=10 + (label < name)) for label in {name: 0, 0: 0}
            ]
    columns = -(-n // rows)
    if columns == 1:
        found += [Shape("single", SINGLE, 1, 1, 0, label, rank=20 + (label < name)) for label in (name or number, 0)]
    elif name:
        found.append(Shape("single", SINGLE, 1, columns, name + 1, name, rank=20))
    if columns > 1:
        found.append(Shape("single", SINGLE, 1, columns, 1, 0, rank=20))
        touching = wanted.image is None  # a picture would be made smaller in their place
        found.append(Shape("single", SINGLE, 1, columns, 0, 0, rank=23, last_resort=touching))
    # A speck is half a cell high: two of them share a cell.
    found.append(Shape("speck", 1, 1, -(-n // (2 * rows)), rank=40))
    return _with_names(found, name) if name and n > 1 else found


def _with_names(found: list[Shape], name: int) -> list[Shape]:
    """What the outputs stand for goes last of all, and a short name never."""
    named = [s for s in found if s.label >= name or s.tile == "box"]
    if name <= SHORT_NAME:
        return named
    return named + [replace(s, last_resort=True) for s in found if s not in named]


def box_size(layer: int, digits: int, tall: bool) -> tuple[int, int]:
    """(cells, rows) of a box: input boxes hold one number, others three, or four when tall."""
    frame_and_name = (4 if digits == 9 else 3) if layer == 0 else 6
    return digits + frame_and_name, 3 if layer == 0 else 6 if tall else 5


def zoomed(wanted: Wanted, layer: int, tile: str, digits: int) -> Shape:
    """A tile that a person asked for though all of them do not fit: the rest scrolls."""
    n, rows = wanted.sizes[layer], wanted.rows
    if tile == "box":
        width, height = box_size(layer, digits, tall=False)
        if height <= rows:
            return Shape("box", width, height, -(-n // (rows // height)), 1, digits=digits)
        tile = "double"
    if tile == "double" and rows >= 2:
        return Shape("double", DOUBLE, 2, -(-n // (rows // 2)), 1, digits=6)
    if tile in ("double", "single"):
        return Shape("single", SINGLE, 1, -(-n // rows), 1)
    return Shape("speck", 1, 1, -(-n // (2 * rows)))


def _image(size: tuple[int, int], width: int, height: int, scale: int, rank: int, last_resort: bool = False) -> Shape:
    return Shape("image", width, height, 1, scale=scale, rank=rank, last_resort=last_resort, image=size)
