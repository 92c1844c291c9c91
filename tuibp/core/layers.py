"""What every layer computes for many inputs at once: rows are inputs, one matrix product a layer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tuibp.core.five_steps import activate
from tuibp.core.network import Array, Network


@dataclass(frozen=True, eq=False)
class Layers:
    """By layer (0-based); row i belongs to input i."""

    z: tuple[Array, ...]
    """(m, n_l) each; of the input its x."""
    a: tuple[Array, ...]


def layers_of(network: Network, x: Array) -> Layers:
    """z and a of all layers for rows x (m, n_in): the same numbers as the five steps give one at a time."""
    z, a = [x], [x]
    with np.errstate(all="ignore"):
        for layer in range(1, network.layer_count):
            z.append(a[-1] @ network.w(layer).T + network.b(layer))
            a.append(activate(network, layer, z[-1]))
    return Layers(tuple(z), tuple(a))
