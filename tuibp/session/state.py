"""What one person is doing, as a frozen value that commands replace whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from tuibp.core.descent import Training
from tuibp.core.example import Example
from tuibp.core.five_steps import Pass, walk
from tuibp.core.network import Network
from tuibp.files.preset import Preset
from tuibp.session.place import Place, Stop, stops


@dataclass(frozen=True)
class Nudge:
    """A change in hand: of one parameter, of one neuron's weighted input (`demon`), or along a direction."""

    kind: Literal["parameter", "demon", "direction"]
    delta: float
    layer: int = 0
    j: int = 0
    k: int | None = None
    """None for a bias, and for a demon."""
    direction: Literal["gradient", "random"] | None = None
    seed: int = 0


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

    @cached_property
    def shown(self) -> Example:
        return self.preset.data.example(self.example)

    @cached_property
    def walk(self) -> Pass:
        """The five steps on the example, to the end; how far one has come in them is `place`."""
        return walk(self.network, self.shown)

    @property
    def stops(self) -> tuple[Stop, ...]:
        return stops(self.network.layer_count)

    @property
    def stop(self) -> Stop:
        return self.stops[self.place.stop]

    def at(self, place: Place) -> State:
        """The same at another place; the walk is shared."""
        moved = replace(self, place=place)
        if "walk" in self.__dict__:
            moved.__dict__["walk"] = self.walk
        return moved
