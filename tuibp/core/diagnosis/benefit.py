"""Whether a cure helps, and how much: the share that it takes of what was missing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from tuibp.core.diagnosis.cures import Cure
from tuibp.core.diagnosis.trial import Outcome

HELPS = 0.3
"""Share of what is missing (of the cost, or of the examples that are wrong) that a cure must take away. Two seeds of
one run that is well differ by a tenth in it, and halving a cost is seen at a glance; this lies between."""
OF_HELD_OUT = 0.15
"""The same of held-out examples, of which there are few."""


@dataclass(frozen=True, eq=False)
class Pair:
    """One copy without and with the change, with the same seeds."""

    before: Outcome
    after: Outcome

    def gain(self, cure: Cure, costs_compare: bool) -> float:
        """The share taken away, 0 to 1 (below 0 where it is worse): the mean of what can be compared."""
        if self.after.divergence is not None or not math.isfinite(self.after.last):
            return -1.0
        if cure.by == "held_out":
            return _closed(self.before.held_out, self.after.held_out)
        gains = []
        if self.before.right is not None and self.after.right is not None:
            gains.append(_closed(self.before.right, self.after.right))
        if costs_compare:
            gains.append(self._cost_gain())
        return sum(gains) / len(gains) if gains else 0.0

    def _cost_gain(self) -> float:
        before, after = self.before.last, self.after.last
        if not math.isfinite(before):
            return 1.0 if after < self.after.guess else 0.0
        return max((before - after) / before, -1.0) if before > 0.0 else 0.0


def _closed(before: float | None, after: float | None) -> float:
    """The share of the wrong ones that are right now."""
    if before is None or after is None or before >= 1.0:
        return 0.0
    return max((after - before) / (1.0 - before), -1.0)


def helps(gains: Sequence[float], cure: Cure) -> bool:
    """Whether most of the pairs, and the middle one of them, say so."""
    least = OF_HELD_OUT if cure.by == "held_out" else HELPS
    return sum(gain >= least for gain in gains) * 3 >= 2 * len(gains) and median(gains) >= least
