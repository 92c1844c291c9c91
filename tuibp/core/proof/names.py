"""What the numbers of a proof are called, in markup, and what a neuron's own function changes in its lines."""

from __future__ import annotations

from tuibp.core.cancellation import note_on_modified
from tuibp.core.network import Network
from tuibp.core.notation import of_neuron, short, symbol, weight, weights_out_of
from tuibp.core.proof.measured import Measured
from tuibp.locale import _


class Names:
    """Everything around neuron j of a layer; 0-based."""

    def __init__(self, network: Network, layer: int, j: int) -> None:
        self._layer, self._j = layer, j
        self.delta, self.z, self.a = (of_neuron(letter, layer, j) for letter in "δza")
        self.b = of_neuron("b", layer, j)
        self.f = symbol(network, layer, j)
        self.prime = f"{self.f}'({self.z})"
        self.a_k, self.a_i = f"a^{layer + 1}_k", f"a^{layer + 1}_i"
        self.z_k, self.delta_k, self.b_k = (f"{letter}^{layer + 2}_k" for letter in "zδb")
        self.z_i = f"z^{layer + 1}_i"
        self.w_kj = weights_out_of(layer + 1, j)
        self.w_ki = f"w^{layer + 2}_ki"

    def w(self, k: int) -> str:
        """The weight into it from neuron k."""
        return weight(self._layer, self._j, k)

    def from_before(self, k: int) -> str:
        """The activation of neuron k before it."""
        return of_neuron("a", self._layer - 1, k)


def own_function(network: Network, layer: int, j: int) -> str:
    """That the neuron is a modified one; empty where it is not."""
    return note_on_modified(network, layer, j)


def corner(m: Measured, layer: int, j: int) -> str:
    """What is chosen where relu has no slope; empty where it has one."""
    chosen = m.network.function(layer, j).below
    if chosen is None or m.z(layer)[j] != 0.0:
        return ""
    return _("At 0 {f} has a corner and no slope: {chosen} is chosen, that of the side below 0.").format(
        f=symbol(m.network, layer, j), chosen=short(chosen)
    )
