"""One training example: an input and the output wanted for it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, eq=False)
class Example:
    """x of shape (n_in,), y of shape (n_out,); both float64 and read-only."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]

    @property
    def has_target(self) -> bool:
        """Whether somebody has said what is wanted."""
        return not np.isnan(self.y).any()

    @staticmethod
    def of(x: ArrayLike, y: ArrayLike) -> Example:
        """An example from any numbers, copied."""
        xs, ys = np.array(x, dtype=np.float64).ravel(), np.array(y, dtype=np.float64).ravel()
        xs.flags.writeable = ys.flags.writeable = False
        return Example(xs, ys)
