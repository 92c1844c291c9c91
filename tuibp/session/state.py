"""What one person is doing, as a frozen value that commands replace whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from tuibp.core.datasets import classes
from tuibp.core.example import Example
from tuibp.core.five_steps import Pass, walk
from tuibp.core.network import Network
from tuibp.core.nudge import Nudge, nudged
from tuibp.core.optimisers import Memory
from tuibp.core.perturbation import Perturbation, experiment, flat_gradient
from tuibp.core.training import Training
from tuibp.files.preset import Preset
from tuibp.session.own import Own
from tuibp.session.place import Place, Stop, stops

__all__ = ["Nudge", "State"]


@dataclass(frozen=True, eq=False)
class State:
    """`apply` in `commands` makes the next one; nothing here is ever changed."""

    preset: Preset
    network: Network
    """Without the nudge in hand."""
    example: int
    """Row in the data set."""
    update: int
    """Gradient-descent updates made since the untrained start."""
    place: Place
    settings: Training
    nudge: Nudge | None = None
    since: Place | None = None
    """Where the last step set out from: what lies between it and `place` is what the step computed."""
    own: Own | None = None
    """An example of one's own in place of the row, which is gone back to."""
    memory: Memory | None = None
    """What the optimiser remembers of the updates before; None where that is nothing."""

    @cached_property
    def shown(self) -> Example:
        """The example that the five steps walk."""
        if self.own is not None:
            return self.own.example(self.network.sizes[-1])
        return self.preset.data.example(self.example)

    @property
    def wants_target(self) -> bool:
        """Whether nobody said yet what is wanted for the example: steps 3 to 5 need it."""
        return self.own is not None and self.own.y is None

    @property
    def label(self) -> int | None:
        """The class that is wanted of the example shown; None where that is none, or not known."""
        if self.own is None:
            labels = self.preset.data.labels
            return None if labels is None else int(labels[self.example])
        found = None if self.own.y is None else classes(np.array([self.own.y]))
        return None if found is None else int(found[0])

    @cached_property
    def walk(self) -> Pass:
        """The five steps on the example, to the end, without the nudge; how far one has come in them is `place`."""
        with np.errstate(all="ignore"):  # numbers out of range are shown, not warned of
            return walk(self.network, self.shown)

    @cached_property
    def nudged(self) -> Network:
        """The network with the nudge in hand; a demon's Δz is not a change of the network."""
        nudge = self.nudge
        if nudge is None or nudge.kind == "demon":
            return self.network
        with np.errstate(all="ignore"):
            return nudged(self.network, nudge, flat_gradient(self.walk) if nudge.direction == "gradient" else None)

    @cached_property
    def experiment(self) -> Perturbation | None:
        """The nudge in hand, a demon too, followed to the cost; None with nothing in hand."""
        with np.errstate(all="ignore"):
            return None if self.nudge is None else experiment(self.network, self.shown, self.nudge, self.walk)

    @property
    def cost(self) -> float:
        """The example's cost, with the nudge in hand."""
        return self.walk.cost if self.experiment is None else self.experiment.cost_after

    @property
    def stops(self) -> tuple[Stop, ...]:
        return stops(self.network.layer_count)

    @property
    def stop(self) -> Stop:
        return self.stops[self.place.stop]

    def at(self, place: Place, since: Place | None = None) -> State:
        """The same at another place; the walk is shared."""
        return replace(self, place=place, since=since).sharing(self)

    def holding(self, nudge: Nudge | None) -> State:
        """The same with another nudge in hand, or none; the walk is shared."""
        return replace(self, nudge=nudge).sharing(self)

    def sharing(self, other: State) -> State:
        """This state, with the other's walk where it is of the same network and example."""
        same = self.example == other.example and self.own == other.own
        if same and self.network is other.network and self.preset is other.preset:
            for computed in ("shown", "walk"):
                if computed in other.__dict__:
                    self.__dict__[computed] = other.__dict__[computed]
        return self

    def trained(self, network: Network, update: int, memory: Memory | None) -> State:
        """The same step on another stage of the same network; what was in hand is put back."""
        return replace(self, network=network, update=update, memory=memory, nudge=None)
