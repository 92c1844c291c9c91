"""The way that a run has gone through the space of all parameters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tuibp.core.network import Array
from tuibp.session.lineage import Lineage
from tuibp.session.log import Log
from tuibp.session.shares import legs, walked

NUMBERS = 4_000_000
"""Parameters of all moments together that are kept, 32 MB."""
MOMENTS = 2, 48


@dataclass(frozen=True, eq=False)
class Descended:
    """Moments of a run, in their order."""

    updates: tuple[int, ...]
    """How many had been made, counted from the beginning of the run."""
    parameters: Array
    """(moments, P)"""


def descended(log: Log, line: Lineage, parameters: int) -> Descended:
    """The networks on a line of updates up to where one stands, as far as they can be made again soon."""
    points = min(max(NUMBERS // parameters, MOMENTS[0]), MOMENTS[1])
    first, starts = 0, {}
    for stretch in line.stretches:
        starts[log.entries[stretch.entry]] = first
        first += stretch.count
    found = {}
    for leg in legs(log, line, {}, points // 2):
        for offset, network in walked(leg):
            if starts[leg.entry] + offset <= line.position:
                found[starts[leg.entry] + offset] = network.parameters
    updates = tuple(sorted(found))
    return Descended(updates, np.array([found[update] for update in updates]))
