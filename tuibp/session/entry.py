"""One entry of the log: a command and what it cost."""

from __future__ import annotations

from dataclasses import dataclass

from tuibp.session.commands import Command, Open, Train
from tuibp.session.curve import NO_COSTS, Costs


@dataclass(frozen=True, eq=False)
class Entry:
    command: Command
    costs: Costs = NO_COSTS
    """Of the updates that the command made."""

    @property
    def end(self) -> int:
        """The offset of the moment after it: the updates of its run, or 1."""
        return self.costs.count if isinstance(self.command, Train | Open) else 1
