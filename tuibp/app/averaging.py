"""C as the mean over all examples: at once where that is quick, otherwise in a thread."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from weakref import WeakKeyDictionary

from tuibp.core.datasets import DataSet
from tuibp.core.gradient import cost
from tuibp.core.network import Network

AT_ONCE = 1_000_000
"""Examples times parameters of one or two milliseconds."""


class Averages:
    """Results by the network they belong to; each is computed once."""

    def __init__(self) -> None:
        self._results: WeakKeyDictionary[Network, float | None] = WeakKeyDictionary()
        self._threads: list[Thread] = []

    def of(self, network: Network, data: DataSet, ready: Callable[[], None]) -> float | None:
        """The mean cost over all rows; None while it is being computed. `ready` is called, from another thread, when
        it is there."""
        if network not in self._results:
            self._results[network] = None
            if quick(network, data):
                self._results[network] = cost(network, data.x, data.y)
            else:
                self._threads = [thread for thread in self._threads if thread.is_alive()]
                self._threads.append(Thread(target=self._work, args=(network, data, ready), name="mean", daemon=True))
                self._threads[-1].start()
        return self._results[network]

    def wait(self) -> None:
        """Until what is being computed is there."""
        for thread in self._threads:
            thread.join()

    def _work(self, network: Network, data: DataSet, ready: Callable[[], None]) -> None:
        self._results[network] = cost(network, data.x, data.y)
        ready()


def quick(network: Network, data: DataSet) -> bool:
    """Whether the mean over all examples takes less time than a key may."""
    return network.parameters.size * len(data) <= AT_ONCE
