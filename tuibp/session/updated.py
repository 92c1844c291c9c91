"""An update that was just made: the state before it beside the one after, and what it did to the cost."""

from __future__ import annotations

from dataclasses import dataclass

from tuibp.session.cursor import Cursor
from tuibp.session.state import State


@dataclass(frozen=True, eq=False)
class Updated:
    before: State
    after: State
    at: Cursor
    """The weight or bias that is looked at."""
    all_before: float | None = None
    """C, the mean over all examples, before the update; None while that is being computed."""
    all_after: float | None = None

    @property
    def here(self) -> tuple[float, float]:
        """C of the example that the update was made from, before and after."""
        return self.before.walk.cost, self.after.walk.cost
