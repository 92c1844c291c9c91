"""A training run that is looked at when an epoch ends, for the conditions on which it stops."""

from __future__ import annotations

from tuibp.core.epochs import measure
from tuibp.core.stopping import Stopped, Stopping
from tuibp.core.training import decay_cost, updates_in_epoch
from tuibp.session.state import State


class EpochWatch:
    """Of a run that begins at a state; where its settings have no condition nothing is measured."""

    def __init__(self, start: State) -> None:
        self._stopping = Stopping(start.settings)
        self._each = updates_in_epoch(start.settings, len(start.preset.data.train))
        self.stopped: Stopped | None = None

    def until_end(self, update: int, most: int) -> int:
        """At most so many updates, and none beyond the end of the epoch of update number `update` (0-based)."""
        return min(most, self._each - update % self._each) if self._stopping.wanted else most

    def look(self, state: State) -> bool:
        """Whether the run stops here. Takes a pass over all examples where an epoch has just ended."""
        if self._stopping.wanted and state.update and state.update % self._each == 0:
            network, data = state.network, state.preset.data
            cost, accuracy = measure(network, data, data.train)
            assert cost is not None
            cost += decay_cost(network, state.settings, len(data.train))
            _cost, held_out = measure(network, data, data.test)
            self.stopped = self._stopping.after(state.update // self._each, cost, accuracy, held_out)
        return self.stopped is not None
