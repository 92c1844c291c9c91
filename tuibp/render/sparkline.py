"""A curve in one line of braille dots, for a command's output."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tuibp.render.dots import BITS, BLANK

Array = NDArray[np.float64]


def sparkline(places: Array, values: Array, last: float, highest: float, width: int) -> str:
    """Values (P,) over ascending places, in `width` cells of two columns and four rows from 0 to `highest`.

    The line ends with what lies at `last`; where the curve breaks off before, it is blank.
    """
    columns = np.linspace(0.0, last, 2 * width)
    at = np.interp(columns, places, np.minimum(values, highest))
    cells = [0] * width
    for column, value in enumerate(at.tolist()):
        if columns[column] > places[-1] * (1.0 + 1e-9) or not np.isfinite(value):
            continue
        row = 3 - min(round(3.0 * value / highest), 3) if highest > 0.0 else 3
        cells[column // 2] |= BITS[row][column % 2]
    return "".join(chr(BLANK + bits) for bits in cells)
