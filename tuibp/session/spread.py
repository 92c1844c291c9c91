"""How a neuron's weighted input is spread over the data: where on its function it works, not for one example alone."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import numpy as np

from tuibp.core.layers import Layers, layers_of
from tuibp.core.network import Array, Network
from tuibp.session.state import State

MOST_ROWS = 500
WORK = 4_000_000
"""Rows times parameters that a picture may wait for: a few milliseconds."""
LEAST_ROWS = 20
"""Fewer are no spread."""

_known: WeakKeyDictionary[Network, Layers] = WeakKeyDictionary()


def spread_of(state: State, layer: int, j: int) -> Array | None:
    """z^l_j for some of the examples trained on, evenly taken, (rows,); None where there are too few to tell.

    A network so large that a few milliseconds do not do for LEAST_ROWS examples has none either.
    """
    data, network = state.preset.data, state.network
    count = min(len(data.train), MOST_ROWS, WORK // network.parameters.size)
    if count < LEAST_ROWS:
        return None
    found = _known.get(network)
    if found is None:
        rows = data.train[np.linspace(0, len(data.train) - 1, count).astype(np.intp)]
        found = _known[network] = layers_of(network, data.x[rows])
    z: Array = found.z[layer][:, j]
    return z
