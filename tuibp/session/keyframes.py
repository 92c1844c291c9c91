"""Whole states kept now and then, within a memory bound, so that any moment is a short replay away."""

from __future__ import annotations

import bisect
from collections import Counter, OrderedDict
from dataclasses import dataclass, replace

from tuibp.session.lineage import Moment
from tuibp.session.state import State

MEMORY = 64 * 2**20
"""Bytes that all kept states of a session may take."""
SPACING = 0.05
"""Seconds of replay from one keyframe to the next."""


def bare(state: State) -> State:
    """A state without what it has computed of itself."""
    return replace(state)


def size_of(state: State) -> int:
    """Bytes that keeping it takes: its network's parameters, the optimiser's memory, something for the rest."""
    return state.network.parameters.nbytes + (0 if state.memory is None else state.memory.nbytes) + 1024


@dataclass(frozen=True, eq=False)
class Keyframe:
    moment: Moment
    state: State
    work: float
    """Seconds of replay since the keyframe before."""


class Keyframes:
    """Keyframes in order; over the memory bound those go whose neighbours are closest, so they thin out evenly."""

    def __init__(self, memory: int = MEMORY) -> None:
        self._memory = memory
        self._kept: list[Keyframe] = []
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def bytes(self) -> int:
        return self._bytes

    def add(self, moment: Moment, state: State, work: float) -> None:
        """Keep a state, unless that moment is kept already; one with infinite work is never dropped."""
        i = bisect.bisect_left(self._kept, moment, key=lambda k: k.moment)
        if i < len(self._kept):
            after = self._kept[i]
            if after.moment == moment:
                return
            self._kept[i] = replace(after, work=max(after.work - work, 0.0))
        self._kept.insert(i, Keyframe(moment, bare(state), work))
        self._bytes += size_of(state)
        self.shrink(self._memory)

    def shrink(self, memory: int) -> None:
        """Drop the closest until they fit; one always stays."""
        while self._bytes > memory and len(self._kept) > 1:
            self._drop(self._closest())

    def extend(self, run: Keyframes, entry: int, done: int = 0) -> None:
        """Take over the keyframes of a run that is an entry of the log, or of its replay from update `done` on."""
        for frame in run._kept:
            self.add((entry, done + frame.moment[1]), frame.state, frame.work)

    def before(self, moment: Moment) -> tuple[Moment, State] | None:
        """The last one at or before a moment."""
        i = bisect.bisect_right(self._kept, moment, key=lambda k: k.moment)
        return (self._kept[i - 1].moment, self._kept[i - 1].state) if i else None

    def forget(self, moment: Moment) -> None:
        """Drop what is kept of this moment and later ones."""
        i = bisect.bisect_left(self._kept, moment, key=lambda k: k.moment)
        self._bytes -= sum(size_of(k.state) for k in self._kept[i:])
        del self._kept[i:]

    def _closest(self) -> int:
        """Whose going leaves the shortest gap; the newest stays, since replay goes on from it."""
        gaps = [k.work for k in self._kept]
        return min(range(len(gaps) - 1), key=lambda i: gaps[i] + gaps[i + 1])

    def _drop(self, i: int) -> None:
        gone = self._kept.pop(i)
        self._bytes -= size_of(gone.state)
        after = self._kept[i]
        self._kept[i] = replace(after, work=after.work + gone.work)


class Recent:
    """The states that were needed last, the oldest forgotten first; several may share one network."""

    def __init__(self, memory: int = MEMORY // 4, count: int = 2000) -> None:
        self._memory, self._count = memory, count
        self._kept: OrderedDict[Moment, State] = OrderedDict()
        self._networks: Counter[int] = Counter()
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def bytes(self) -> int:
        return self._bytes

    def room(self, state: State) -> int:
        """How many networks like this one's can be kept."""
        return self._memory // size_of(state)

    def add(self, moment: Moment, state: State) -> None:
        self._remove(moment)
        self._kept[moment] = bare(state)
        self._networks[id(state.network)] += 1
        if self._networks[id(state.network)] == 1:
            self._bytes += size_of(state)
        while len(self._kept) > 1 and (self._bytes > self._memory or len(self._kept) > self._count):
            self._remove(next(iter(self._kept)))

    def get(self, moment: Moment) -> State | None:
        return self._kept.get(moment)

    def before(self, moment: Moment) -> tuple[Moment, State] | None:
        """The last one at or before a moment."""
        found = max((m for m in self._kept if m <= moment), default=None)
        return None if found is None else (found, self._kept[found])

    def forget(self, moment: Moment) -> None:
        """Drop what is kept of this moment and later ones."""
        for gone in [m for m in self._kept if m >= moment]:
            self._remove(gone)

    def _remove(self, moment: Moment) -> None:
        state = self._kept.pop(moment, None)
        if state is None:
            return
        self._networks[id(state.network)] -= 1
        if not self._networks[id(state.network)]:
            del self._networks[id(state.network)]
            self._bytes -= size_of(state)
