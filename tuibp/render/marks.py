"""What stands out in a layer: what the step computed, what it read, the cursor, the answer given and the one wanted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tuibp.core.activations import ACTIVATIONS
from tuibp.core.network import Array
from tuibp.render.scene import Scene
from tuibp.session.reach import Lit, known_count, lit, reads


@dataclass(frozen=True)
class Marks:
    lit: tuple[Lit, ...]
    """What the step just made computed in this layer."""
    read: bool
    """Whether the step read something of this layer."""
    cursor: int | None
    """The neuron under the cursor, where it is in this layer."""
    predicted: int | None = None
    """The output that the network decides for, once it is known."""
    target: int | None = None
    """The output that is wanted, where exactly one is."""
    preview: bool = False
    """Before the first step the outputs show what the network will say."""

    def computed(self, neuron: int) -> bool:
        return any(part.covers(neuron) for part in self.lit)

    def computed_quantity(self, quantity: str, neuron: int) -> bool:
        return any(part.quantity == quantity and part.covers(neuron) for part in self.lit)


def marks(scene: Scene) -> tuple[Marks, ...]:
    """The marks of every layer."""
    state, symbol = scene.state, scene.symbol
    now = lit(state)
    if symbol is not None:
        from tuibp.render.symbol_parts import lit_by  # for who asks what a symbol stands for

        now = tuple(part for layer, size in enumerate(state.network.sizes) for part in lit_by(symbol, layer, size))
    read = (
        set[int]() if symbol is not None else {layer for quantity, layer in reads(state) if quantity not in ("w", "b")}
    )
    last = state.network.last
    target = target_of(state.shown.y)
    predicted = None
    preview = (
        target is not None and state.stop.step == "input" and ACTIVATIONS[state.network.activations[-1]].probability
    )
    if target is not None and (preview or known_count(state, "a", last) == state.network.sizes[last]):
        predicted = int(np.argmax(state.walk.a(last)))
    return tuple(
        Marks(
            tuple(part for part in now if part.layer == layer),
            layer in read,
            scene.cursor.j if scene.cursor.layer == layer else None,
            predicted if layer == last else None,
            target if layer == last else None,
            preview and layer == last,
        )
        for layer in range(state.network.layer_count)
    )


def target_of(y: Array) -> int | None:
    """The class wanted: the only 1 among zeros; None where y is not of that kind."""
    if y.size < 2:
        return None
    ones = np.flatnonzero(y == 1.0)
    return int(ones[0]) if ones.size == 1 and np.count_nonzero(y) == 1 else None
