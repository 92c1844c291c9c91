"""Drawn digits: images of a few straight strokes, slanted and shifted at random, for networks with large inputs."""

from __future__ import annotations

import numpy as np

from tuibp.core.datasets import DataSet
from tuibp.core.network import Array
from tuibp.core.stream import Purpose, stream

SIDE = 28
"""Height and width of an image."""

SKELETONS: tuple[tuple[tuple[int, int], ...], ...] = (
    ((2, 0), (4, 2), (4, 6), (2, 8), (0, 6), (0, 2), (2, 0)),
    ((1, 2), (2, 0), (2, 8)),
    ((0, 2), (2, 0), (4, 2), (0, 8), (4, 8)),
    ((0, 0), (4, 0), (2, 3), (4, 5), (3, 8), (0, 7)),
    ((3, 8), (3, 0), (0, 5), (4, 5)),
    ((4, 0), (0, 0), (0, 3), (3, 3), (4, 6), (2, 8), (0, 7)),
    ((3, 0), (0, 5), (1, 8), (4, 7), (3, 4), (0, 5)),
    ((0, 0), (4, 0), (1, 8)),
    ((2, 4), (0, 2), (2, 0), (4, 2), (0, 6), (2, 8), (4, 6), (2, 4)),
    ((4, 3), (1, 4), (0, 1), (3, 0), (4, 3), (3, 8)),
)
"""Each digit as one line through points (x, y) on a grid of 5 by 9, y downwards."""

PEN, EDGE = 0.075, 0.05
"""Half the stroke's width, and how softly it ends; the digit is 1 high."""


def strokes(n: int, noise: float = 0.1, seed: int = 0) -> DataSet:
    """n images of 28×28 between 0 and 1, the ten digits in turn; `noise` 0 draws every digit alike."""
    random = stream(seed, Purpose.EXAMPLES)
    classes = len(SKELETONS)
    labels = np.arange(n) % classes
    pixels = _pixels()
    x = np.empty((n, SIDE * SIDE))
    for row, digit in enumerate(labels):
        points = (np.array(SKELETONS[digit]) - (2, 4)) / 8.0
        points = points + noise * 0.2 * random.standard_normal(points.shape)
        slant, size = noise * random.standard_normal(), 1.0 + 0.3 * noise * random.standard_normal()
        points[:, 0] += slant * points[:, 1]
        x[row] = _drawn(points * size + noise * 0.3 * random.standard_normal(2), pixels)
    names = tuple(map(str, range(classes)))
    return DataSet.of(x, np.eye(classes)[labels], labels, names, (SIDE, SIDE), held_out=0.2, seed=seed)


def _pixels() -> Array:
    """Middle of every pixel (784, 2), row by row, where the image is 1.4 high and its middle is 0."""
    middle = (np.arange(SIDE) + 0.5) / SIDE * 1.4 - 0.7
    return np.stack([np.tile(middle, SIDE), np.repeat(middle, SIDE)], axis=1)


def _drawn(points: Array, pixels: Array) -> Array:
    """How dark a pen along the line through `points` leaves each pixel, 0 to 1."""
    start, along = points[:-1], np.diff(points, axis=0)
    offset = pixels[:, None, :] - start
    length = np.maximum((along**2).sum(axis=1), 1e-12)
    share = np.clip((offset * along).sum(axis=2) / length, 0.0, 1.0)
    distance = np.sqrt(((offset - share[:, :, None] * along) ** 2).sum(axis=2)).min(axis=1)
    drawn: Array = np.clip((PEN - distance) / EDGE + 0.5, 0.0, 1.0)
    return drawn
