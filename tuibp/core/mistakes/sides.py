"""Somebody's numbers and the right ones side by side; what they did not bring, their wrong form carries on."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tuibp.core.mistakes.comparison import QUANTITIES, Comparison
from tuibp.core.mistakes.precision import Key, Mask, Precision, scales
from tuibp.core.mistakes.run import Run, Task
from tuibp.core.network import Array


class Sides:
    """Two runs of one task: ours, and theirs as far as it is known."""

    def __init__(self, task: Task, brought: Mapping[Key, Array], precision: Precision, verdict: Comparison) -> None:
        self.task, self.verdict = verdict.task or task, verdict
        self.right = Run(self.task)
        named = verdict.mistakes
        self.carried = Run(self.task, named[0].way) if named and all(n.everything for n in named) else None
        """The run with the named mistake in it, where it makes all that was brought."""
        self._brought, self._precision, self._scales = brought, precision, scales(self.right)
        self._masks: dict[Key, Mask] = {}

    def ours(self, key: Key) -> Array:
        values: Array = getattr(self.right, key[0])[key[1]]
        return values

    def brought(self, key: Key) -> bool:
        return key in self._brought

    def theirs(self, key: Key) -> Array | None:
        """What they brought, else what their wrong form makes; None where neither is known, or has another shape."""
        assert key[0] in QUANTITIES
        found = self._brought.get(key)
        if found is None and self.carried is not None:
            found = getattr(self.carried, key[0])[key[1]]
        return found if found is not None and found.shape == self.ours(key).shape else None

    def near(self, key: Key) -> Mask:
        """Which numbers agree, in the shape of ours; none where theirs is not known, or has another shape."""
        if key not in self._masks:
            theirs, ours = self.theirs(key), self.ours(key)
            if theirs is None:
                self._masks[key] = np.zeros(ours.shape, dtype=np.bool_)
            else:
                self._masks[key] = self._precision.near(theirs, ours, self._scales[key])
        return self._masks[key]

    def walk(self) -> list[Key]:
        """Arrays in the order in which they are computed: those brought, and what their form makes of the others."""
        last = self.task.network.last
        forth: list[Key] = [(q, layer) for layer in range(1, last + 1) for q in ("z", "a")]
        back: list[Key] = [(q, layer) for q in QUANTITIES[2:5] for layer in range(last, 0, -1)]
        after: list[Key] = [
            (q, layer) for q in QUANTITIES[5:] for layer in range(last, 0, -1) if (q, layer) in self._brought
        ]
        return [key for key in (*forth, *back, *after) if self.theirs(key) is not None or self.brought(key)]
