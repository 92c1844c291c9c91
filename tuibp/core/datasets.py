"""A data set in memory, and generators of small ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tuibp.core.example import Example

Array = NDArray[np.float64]
Generator = Callable[[int, float, int], tuple[Array, NDArray[Any]]]
"""(n, noise, seed) to inputs (n, n_in) and labels (n,)."""


@dataclass(frozen=True, eq=False)
class DataSet:
    """Examples as rows; all arrays read-only."""

    x: Array
    y: Array
    labels: NDArray[Any] | None
    names: tuple[str, ...]
    image: tuple[int, int] | None
    train: NDArray[Any]
    test: NDArray[Any]

    def __len__(self) -> int:
        return len(self.x)

    def example(self, row: int) -> Example:
        return Example(self.x[row], self.y[row])


GENERATORS: dict[str, Generator] = {}
