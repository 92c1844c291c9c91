"""C as the mean over all examples: at once where that is quick, otherwise in the background."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from tuibp.core.datasets import DataSet
from tuibp.core.gradient import cost
from tuibp.core.network import Network
from tuibp.locale import _

if TYPE_CHECKING:
    from tuibp.app.background import Background

AT_ONCE = 1_000_000
"""Examples times parameters of one or two milliseconds."""


class Averages:
    """Results by the network they belong to; each is computed once."""

    def __init__(self, background: Background) -> None:
        self._background = background
        self._results: WeakKeyDictionary[Network, float | None] = WeakKeyDictionary()
        self._under_way: list[Event] = []

    def of(self, network: Network, data: DataSet, ready: Callable[[], None]) -> float | None:
        """The mean cost over all rows; None while it is being computed. `ready` is called, from another thread, when
        it is there."""
        if network not in self._results:
            self._results[network] = None
            if quick(network, data):
                self._results[network] = cost(network, data.x, data.y)
            else:
                self._under_way = [over for over in self._under_way if not over.is_set()]
                over = self._background(_("C of all examples"), lambda: self._work(network, data, ready))
                self._under_way.append(over)
        return self._results[network]

    def wait(self) -> None:
        """Until what is being computed is there."""
        for over in self._under_way:
            over.wait()

    def _work(self, network: Network, data: DataSet, ready: Callable[[], None]) -> None:
        self._results[network] = cost(network, data.x, data.y)
        ready()


def quick(network: Network, data: DataSet) -> bool:
    """Whether the mean over all examples takes less time than a key may."""
    return network.parameters.size * len(data) <= AT_ONCE
