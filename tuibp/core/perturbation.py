"""A small change followed from where it is made to the cost, exact beside first order: equations (47) to (50)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from tuibp.core.example import Example
from tuibp.core.five_steps import Pass, through_activation, walk
from tuibp.core.kinks import has_corner
from tuibp.core.network import Array, Network, views
from tuibp.core.nudge import Nudge, nudged, unit


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
    with np.errstate(over="ignore", invalid="ignore"):  # a change may be too large: then the cost is not finite
        return _followed(network, example, nudge, given)


def _followed(network: Network, example: Example, nudge: Nudge, given: Pass | None) -> Perturbation:
    before = given if given is not None else walk(network, example)
    if nudge.kind == "direction":
        slopes = flat_gradient(before)
        along = unit(network, nudge, slopes)
        after = walk(nudged(network, nudge, slopes), example)
        pushed, gradient, first = _pushes(network, before, nudge.delta * along), float(slopes @ along), 1
    else:
        after = walk(nudged(network, nudge), example)
        pushed, gradient, first = _push(network, before, nudge), _slope(before, nudge), nudge.layer
    ripple = tuple(
        Ripple(layer, after.z(layer) - before.z(layer), after.a(layer) - before.a(layer), dz, da)
        for layer, dz, da in first_order(network, before, pushed)
        if layer >= first
    )
    kinks = crossed(network, before, after)
    return Perturbation(nudge, _value(network, before, nudge), gradient, before, after, ripple, kinks)


def first_order(network: Network, before: Pass, pushed: Mapping[int, Array]) -> Iterator[tuple[int, Array, Array]]:
    """(layer, Δz, Δa) of each layer to first order: equations (48) to (50).

    `pushed` has the part of a layer's Δz (n_l,) that comes from its own parameters, Δw^l a^{l-1} + Δb^l, where that is
    not 0. Then Δz^l = pushed^l + w^l Δa^{l-1} and Δa^l = f'(z^l) Δz^l (softmax: its Jacobian times Δz^l).
    """
    da = np.zeros_like(before.a(0))
    for layer in range(1, network.layer_count):
        dz = network.w(layer) @ da + pushed.get(layer, 0.0)
        # The Jacobian is symmetric, so what carries blame back carries a change forward.
        da = through_activation(network, layer, before.z(layer), before.a(layer), dz)
        yield layer, dz, da


def _pushes(network: Network, before: Pass, change: Array) -> dict[int, Array]:
    """What a change of all parameters (parameters,) does to each layer's weighted input by itself."""
    dw, db = views(change, network.sizes)
    return {layer: dw[layer - 1] @ before.a(layer - 1) + db[layer - 1] for layer in range(1, network.layer_count)}


def _push(network: Network, before: Pass, nudge: Nudge) -> dict[int, Array]:
    """The same for one parameter or one weighted input: (48)'s ∂z^l_j/∂w^l_jk Δw."""
    pushed = np.zeros(network.sizes[nudge.layer])
    rate = before.a(nudge.layer - 1)[nudge.k] if nudge.kind == "parameter" and nudge.k is not None else 1.0
    pushed[nudge.j] = rate * nudge.delta
    return {nudge.layer: pushed}


def _slope(before: Pass, nudge: Nudge) -> float:
    """∂C/∂w, ∂C/∂b, or δ for a demon."""
    if nudge.kind == "parameter" and nudge.k is not None:
        return float(before.grad_w(nudge.layer)[nudge.j, nudge.k])
    return float(before.delta(nudge.layer)[nudge.j])


def flat_gradient(seen: Pass) -> Array:
    """∇C of a pass as one array, in the order of `Network.parameters`."""
    return np.concatenate(
        [part for layer in range(1, seen.last + 1) for part in (seen.grad_w(layer).ravel(), seen.grad_b(layer))]
    )


def crossed(network: Network, before: Pass, after: Pass) -> tuple[tuple[int, int], ...]:
    """The (layer, neuron) whose relu or leaky_relu is on the other side of its kink in the second pass."""
    found = []
    for layer in range(1, network.layer_count):
        for neuron in np.flatnonzero((before.z(layer) > 0) != (after.z(layer) > 0)):
            if has_corner(network, layer, int(neuron)):
                found.append((layer, int(neuron)))
    return tuple(found)


def _value(network: Network, before: Pass, nudge: Nudge) -> float | None:
    if nudge.kind == "direction":
        return None
    if nudge.kind == "demon":
        return float(before.z(nudge.layer)[nudge.j])
    return float(network.parameters[nudge.place(network)])
