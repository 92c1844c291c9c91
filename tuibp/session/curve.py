"""The cost over the updates of a run, and where one stands in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Curve:
    """`costs[i]` is the cost of the mini-batch (or the one example) of update `updates[i]`, before it was made."""

    updates: NDArray[np.int64]
    costs: NDArray[np.float64]
    now: int
    """How many of these updates have been made where one stands; len(costs) at the end of the run."""


class Costs:
    """Costs as they come in. One thread may add while others look: what `seen` gives never changes."""

    def __init__(self, before: NDArray[np.float64]) -> None:
        self._buffer = np.concatenate([before, np.empty(max(1024, len(before)))])
        self._count = len(before)
        self._seen = self._view()

    def add(self, costs: NDArray[np.float64]) -> None:
        if self._count + len(costs) > len(self._buffer):
            self._buffer = np.concatenate([self._buffer[: self._count], np.empty(self._count + 2 * len(costs))])
        self._buffer[self._count : self._count + len(costs)] = costs
        self._count += len(costs)
        self._seen = self._view()

    def keep(self, count: int) -> None:
        """Forget all but the first."""
        self._count = min(count, self._count)
        self._seen = self._view()

    def seen(self) -> NDArray[np.float64]:
        return self._seen

    def _view(self) -> NDArray[np.float64]:
        view = self._buffer[: self._count]
        view.flags.writeable = False
        return view
