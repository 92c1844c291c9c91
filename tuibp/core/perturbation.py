"""A small change followed from where it is made to the cost, exact beside first order: equations (47) to (50)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tuibp.core.example import Example
from tuibp.core.five_steps import Pass, through_activation, walk
from tuibp.core.network import Array, Network, views
from tuibp.core.nudge import Nudge, nudged, unit

KINKED = ("relu", "leaky_relu")


@dataclass(frozen=True, eq=False)
class Ripple:
    """How one layer moved. Arrays are (n_l,); exact ones are differences of two whole forward passes."""

    layer: int
    """0-based, counted from the input."""
    dz: Array
    da: Array
    dz_first_order: Array
    da_first_order: Array


@dataclass(frozen=True, eq=False)
class Perturbation:
    """What a nudge did to the cost of one example, and what the gradient said that it would do."""

    nudge: Nudge
    value: float | None
    """The parameter before the change; z^l_j for a demon; None for a direction."""
    gradient: float
    """∂C/∂w, ∂C/∂b, δ^l_j, or the derivative of C along the direction."""
    before: Pass
    after: Pass
    ripple: tuple[Ripple, ...]
    """From the layer of the change to the output."""
    kinks: tuple[tuple[int, int], ...]
    """(layer, neuron) of each relu or leaky_relu whose weighted input changed sign: the cost has a corner there."""

    @property
    def delta(self) -> float:
        return self.nudge.delta

    @property
    def cost_before(self) -> float:
        return self.before.cost

    @property
    def cost_after(self) -> float:
        return self.after.cost

    @property
    def actual(self) -> float:
        """ΔC, exact."""
        return self.after.cost - self.before.cost

    @property
    def predicted(self) -> float:
        """ΔC to first order (47)."""
        return self.gradient * self.nudge.delta

    @property
    def difference(self) -> float:
        """Exact less predicted."""
        return self.actual - self.predicted

    @property
    def relative(self) -> float:
        """|difference| over |exact|; 0 where neither moved, inf where only the prediction did."""
        if self.difference == 0.0:
            return 0.0
        return abs(self.difference / self.actual) if self.actual != 0.0 else float("inf")


def perturb(network: Network, example: Example, layer: int, j: int, k: int | None, delta: float) -> Perturbation:
    """Change w^l_jk (b^l_j where k is None) by `delta` and follow it to the cost; indices 0-based.

    Raises NetworkError where the parameter does not exist or delta is not finite.
    """
    return experiment(network, example, Nudge("parameter", delta, layer, j, k))


def experiment(network: Network, example: Example, nudge: Nudge, given: Pass | None = None) -> Perturbation:
    """Apply any nudge and follow it to the cost. `given` is the pass of the network as it stands, if there is one."""
    before = given if given is not None else walk(network, example)
    slopes = flat_gradient(before)
    after = walk(nudged(network, nudge, slopes), example)
    along = unit(network, nudge, slopes)
    gradient = slopes @ along if nudge.kind == "direction" else slopes[nudge.place(network)]
    first = 1 if nudge.kind == "direction" else nudge.layer
    ripple = tuple(
        Ripple(layer, _moved(before.z, after.z, layer), after.a[layer] - before.a[layer], dz, da)
        for layer, dz, da in first_order(network, before, nudge.delta * along)
        if layer >= first
    )
    kinks = crossed(network, before, after)
    return Perturbation(nudge, _value(network, before, nudge), float(gradient), before, after, ripple, kinks)


def first_order(network: Network, before: Pass, change: Array) -> Iterator[tuple[int, Array, Array]]:
    """(layer, Δz, Δa) of each layer to first order in `change` (parameters,): equations (48) to (50).

    Δz^l = Δw^l a^{l-1} + Δb^l + w^l Δa^{l-1} and Δa^l = f'(z^l) Δz^l (softmax: its Jacobian times Δz^l).
    """
    dw, db = views(change, network.sizes)
    da = np.zeros_like(before.a[0])
    for layer in range(1, network.layer_count):
        z, a = before.z[layer], before.a[layer]
        assert z is not None
        dz = dw[layer - 1] @ before.a[layer - 1] + db[layer - 1] + network.w(layer) @ da
        # The Jacobian is symmetric, so what carries blame back carries a change forward.
        da = through_activation(network, layer, z, a, dz)
        yield layer, dz, da


def flat_gradient(seen: Pass) -> Array:
    """∇C of a pass as one array, in the order of `Network.parameters`."""
    parts = [p for pair in zip(seen.grad_w[1:], seen.grad_b[1:], strict=True) for p in pair if p is not None]
    return np.concatenate([p.ravel() for p in parts])


def crossed(network: Network, before: Pass, after: Pass) -> tuple[tuple[int, int], ...]:
    """The (layer, neuron) whose relu or leaky_relu is on the other side of its kink in the second pass."""
    found = []
    for layer in range(1, network.layer_count):
        was, now = before.z[layer], after.z[layer]
        assert was is not None
        assert now is not None
        for neuron in np.flatnonzero((was > 0) != (now > 0)):
            if network.activation_of(layer, int(neuron)) in KINKED:
                found.append((layer, int(neuron)))
    return tuple(found)


def _moved(before: tuple[Array | None, ...], after: tuple[Array | None, ...], layer: int) -> Array:
    was, now = before[layer], after[layer]
    assert was is not None
    assert now is not None
    return now - was


def _value(network: Network, before: Pass, nudge: Nudge) -> float | None:
    if nudge.kind == "direction":
        return None
    if nudge.kind == "demon":
        z = before.z[nudge.layer]
        assert z is not None
        return float(z[nudge.j])
    return float(network.parameters[nudge.place(network)])
