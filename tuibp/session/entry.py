"""One entry of the log: a command and what it cost."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tuibp.session.commands import Command, Open, Train

NO_COSTS: NDArray[np.float64] = np.zeros(0)


@dataclass(frozen=True, eq=False)
class Entry:
    command: Command
    costs: NDArray[np.float64] = field(default_factory=lambda: NO_COSTS)
    """Of each update that the command made, before it."""

    @property
    def end(self) -> int:
        """The offset of the moment after it: the updates of its run, or 1."""
        return len(self.costs) if isinstance(self.command, Train | Open) else 1
