"""The cost over the updates of a run, and where one stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

MOST = 2**16
"""So many numbers are kept of a run: of a longer one the means of equal stretches of updates, half a megabyte."""
NONE: Array = np.zeros(0)
NONE.flags.writeable = False


def stretch_of(count: int) -> int:
    """How many updates share a number in a run of so many: a power of two."""
    return 1 << max(-(-count // MOST) - 1, 0).bit_length()


@dataclass(frozen=True, eq=False)
class Costs:
    """What a run cost: the cost of each mini-batch (or of the one example) before its update, or means of these."""

    means: Array
    """(⌈count / stretch⌉,): the mean of each stretch; the last may be a shorter one."""
    count: int
    """Updates."""
    stretch: int = 1
    """Updates to a mean."""
    last: float | None = None
    """Of the very last update, where that is known."""

    @staticmethod
    def of(costs: Array) -> Costs:
        """Each by itself."""
        return Costs(costs, len(costs), 1, float(costs[-1]) if len(costs) else None)

    def first(self, count: int) -> Costs:
        """Of the first so many updates; the last stretch is then the one that they end in."""
        if count >= self.count:
            return self
        means = self.means[: -(-count // self.stretch)]
        return Costs(means, count, self.stretch, float(means[-1]) if self.stretch == 1 and count else None)

    def coarser(self, stretch: int) -> Costs:
        """With a stretch that is a multiple of its own."""
        if stretch == self.stretch or not self.count:
            return self
        sizes = np.full(len(self.means), float(self.stretch))
        sizes[-1] = self.count - self.stretch * (len(self.means) - 1)
        starts = np.arange(0, len(self.means), stretch // self.stretch)
        whole = np.add.reduceat(sizes, starts).repeat(np.diff([*starts, len(sizes)]))
        means = np.add.reduceat(self.means * (sizes / whole), starts)
        return Costs(means, self.count, stretch, self.last)


NO_COSTS = Costs(NONE, 0)


@dataclass(frozen=True, eq=False)
class LearningCurve:
    """`costs[i]` is the cost of update `updates[i]`, before it was made; of a long run the mean until the next."""

    updates: NDArray[np.int64]
    costs: Array
    now: int
    """How many of the updates have been made where one stands; `count` at the end of the run."""
    count: int
    """Updates."""
    stretch: int = 1
    """Updates to a point."""
    last: float | None = None
    """The cost before the last update of all, where that is known."""

    @staticmethod
    def of(parts: Sequence[Costs], first: int, now: int | None = None) -> LearningCurve:
        """Of runs one after another, the first of whose updates has the number `first`; `now` None is at their end."""
        parts = joined(parts)
        if not parts:
            return LearningCurve(np.zeros(0, np.int64), NONE, 0, 0)
        count = sum(part.count for part in parts)
        stretch = max(part.stretch for part in parts)
        together = np.concatenate([part.coarser(stretch).means for part in parts])
        together.flags.writeable = False
        if stretch == 1:
            updates = np.arange(first, first + count)
        else:
            ends = first + np.cumsum([part.count for part in parts])
            updates = np.concatenate(
                [np.arange(end - part.count, end, stretch) for part, end in zip(parts, ends, strict=True)]
            )
        return LearningCurve(updates, together, count if now is None else now, count, stretch, parts[-1].last)

    def before_last(self) -> float | None:
        """The cost before the last update that has been made where one stands, where that is known."""
        if self.now == self.count:
            return self.last
        return float(self.costs[self.now - 1]) if self.stretch == 1 and self.now > 0 else None


def joined(parts: Sequence[Costs]) -> list[Costs]:
    """The same, with neighbouring runs of which every cost is known made one: single updates may be thousands."""
    made: list[Costs] = []
    for exact, group in groupby((part for part in parts if part.count), key=lambda part: part.stretch == 1):
        several = list(group)
        made += [Costs.of(np.concatenate([part.means for part in several]))] if exact else several
    return made


class CostRecorder:
    """Costs as they come in. One thread may add while others look: what `seen` gives never changes."""

    def __init__(self) -> None:
        self._means, self._made = np.empty(1024), 0
        self._stretch = 1
        self._rest = NONE
        """Of the stretch that is not whole yet."""
        self._last: float | None = None
        self._seen: tuple[Array, Array, int, float | None]
        self._publish()

    def add(self, costs: Array) -> None:
        if not len(costs):
            return
        self._last = float(costs[-1])
        coming = np.concatenate([self._rest, costs]) if len(self._rest) else costs
        while len(coming) >= self._stretch or (len(coming) and self._made == MOST):
            if self._made == MOST:
                self._halve()
                continue
            whole = min(len(coming) // self._stretch, MOST - self._made)
            self._reserve(whole)
            taken = coming[: whole * self._stretch].reshape(whole, self._stretch)
            self._means[self._made : self._made + whole] = _means(taken)
            self._made += whole
            coming = coming[whole * self._stretch :]
        self._rest = coming.copy()
        self._publish()

    def keep(self, count: int) -> None:
        """Forget all but the first."""
        whole = count // self._stretch
        if whole >= self._made:
            self._rest = self._rest[: count - self._made * self._stretch]
        else:  # within a mean there is no way back to its parts: it stands for those that are left
            part = count - whole * self._stretch
            self._rest = np.full(part, self._means[whole])
            self._made = whole
        self._last = float(self._rest[-1]) if len(self._rest) else None
        if self._last is None and self._stretch == 1 and self._made:
            self._last = float(self._means[self._made - 1])
        self._publish()

    def seen(self) -> Costs:
        """All so far."""
        means, rest, stretch, last = self._seen
        count = len(means) * stretch + len(rest)
        if len(rest):
            means = np.append(means, _means(rest[None]))
        return Costs(means, count, stretch, last)

    def _halve(self) -> None:
        """Means of pairs; those who look keep the buffer as it was."""
        self._means = np.concatenate([_means(self._means[: self._made].reshape(-1, 2)), np.empty(self._made // 2)])
        self._made //= 2
        self._stretch *= 2

    def _reserve(self, more: int) -> None:
        if self._made + more > len(self._means):
            room = min(max(2 * len(self._means), self._made + more), MOST)
            self._means = np.concatenate([self._means[: self._made], np.empty(room - self._made)])

    def _publish(self) -> None:
        view = self._means[: self._made]
        view.flags.writeable = False
        self._seen = view, self._rest, self._stretch, self._last


def _means(rows: Array) -> Array:
    """Of each row, also where its sum would be no finite number."""
    return (rows / rows.shape[1]).sum(axis=1)
