"""What the tiles of a layer show through the lens: the numbers, how many of them are known, and on which scale."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal
from weakref import WeakKeyDictionary

import numpy as np

from tuibp.core.activations import ACTIVATIONS
from tuibp.core.five_steps import Pass, slope
from tuibp.core.network import Array
from tuibp.core.rate_factors import cost_rates
from tuibp.core.steps import Computed
from tuibp.locale import _
from tuibp.render.numbers import NumberFormat, across, shared
from tuibp.render.scene import Scene
from tuibp.session.reach import known_count

SYMBOLS = {
    "a": "a",
    "z": "z",
    "delta": "δ",
    "slope": "σ'",
    "grad_b": "∂C/∂b",
    "term": "w·a",
    "rate": "∂C/∂a",
    "plane": _("plane"),
    "ripple": "Δa",
}
"""The lenses as they are written, in markup."""

LEAST_ROOM = 5
"""Cells in which `+3e−6` can be written: a tile of so many is filled by it."""

Scale = Literal["activation", "diverging"]


@dataclass(frozen=True, eq=False)
class LensValues:
    """The numbers of one layer as its tiles show them."""

    lens: str
    """Which quantity it is: an input, say, has no δ and shows its a."""
    values: Array
    """(n_l,), the known ones first."""
    known: int
    """Neurons from here on show a dot."""
    scale: Scale
    low: float
    """Value of the darkest tile; diverging scales have 0 in their middle."""
    high: float
    quantity: Computed | None
    """What the step computes to make it; None for what is derived."""
    sizes: Array = field(default_factory=lambda: np.zeros(0))
    """The largest size in each layer, where all layers share one scale."""

    @property
    def signed(self) -> bool:
        """Whether a + is worth its cell."""
        return self.lens in ("delta", "grad_b", "term", "rate", "ripple")

    @property
    def seen(self) -> Array:
        return self.values[: self.known]

    def share(self, value: float) -> float:
        """0 to 1 along an activation scale."""
        return (value - self.low) / (self.high - self.low) if self.high > self.low else 0.0

    def format(self, width: int, scene: Scene, tight: bool = False) -> NumberFormat:
        """How its numbers are written in so many cells, the sign's included. Where layers share one scale that is one
        form for all of them, which may take the cell beside its own, that of the tile's end; with tiles so `tight`
        that none is free each layer keeps its own power of ten."""
        decimals = {4: 2, 6: 1}.get(width, 6) if self.signed else {4: 2, 6: 4}.get(width, 6)
        least = 1.0 if self.signed else 0.1 if self.lens == "z" else 0.01
        known = self.seen if self.known else np.zeros(1)
        if self.lens in ("a", "slope") and self.high < 10:
            known = np.array([0.99])  # written as .38 whatever they are, so that nothing jumps
        plus, short, glyphs = self.signed, width <= 4, scene.glyphs
        if self.sizes.size:
            form = shared(self.sizes, width, least=least, most_decimals=decimals, plus=plus, short=short, glyphs=glyphs)
            smallest = float(self.sizes[self.sizes > 0].min(initial=np.inf))
            # Where there is little room most tiles are narrow, and the others are written as they are.
            finest = 0 if scene.compact and form.exponent else form.decimals
            if smallest >= 10.0 ** (form.exponent - finest):
                return form
            if width >= LEAST_ROOM or not tight:
                return across(self.sizes, max(width, LEAST_ROOM), plus=plus, glyphs=glyphs)
        return shared(known, width, least=least, most_decimals=decimals, plus=plus, short=short, glyphs=glyphs)


def shown(scene: Scene, layer: int, lens: str | None = None) -> LensValues:
    """What a layer shows through the scene's lens, or another."""
    lens = lens or scene.lens
    state = scene.state
    seen, network = state.walk, state.network
    if lens == "term" and layer == scene.cursor.layer - 1:
        values = network.w(layer + 1)[scene.cursor.j] * seen.a(layer)
        return diverging("term", values, known_count(state, "a", layer), None)
    if lens == "rate":
        return diverging("rate", _rates(scene, layer), _rates_known(scene, layer), None)
    if layer == 0 or lens in ("a", "term", "plane"):
        return _activations(scene, layer, seen.a(layer))
    if lens == "z":
        return diverging("z", seen.z(layer), known_count(state, "z", layer), "z")
    if lens == "slope":
        values = slope(network, layer, seen.z(layer), seen.a(layer))
        high = ACTIVATIONS[network.activations[layer - 1]].steepest
        return LensValues("slope", values, known_count(state, "z", layer), "activation", 0.0, high, None)
    quantity: Computed = "grad_b" if lens == "grad_b" else "delta"
    own = diverging(quantity, seen.delta(layer), known_count(state, quantity, layer), quantity)
    if not has_one_scale(scene):
        return own
    sizes = _sizes(seen)
    return replace(own, low=-float(sizes.max()), high=float(sizes.max()), sizes=sizes)


def has_one_scale(scene: Scene) -> bool:
    """Whether all layers share the scale of what the lens shows: of errors, where there are several layers of them."""
    several = scene.state.network.layer_count > 2 and not scene.state.wants_target
    return scene.view.scale == "one" and scene.lens in ("delta", "grad_b") and several


_kept: WeakKeyDictionary[Pass, Array] = WeakKeyDictionary()


def _sizes(seen: Pass) -> Array:
    """The largest finite |δ| of each layer, from the first with errors on; kept as long as the pass is."""
    found = _kept.get(seen)
    if found is None:
        deltas = (np.abs(seen.delta(layer)) for layer in range(1, seen.last + 1))
        found = _kept[seen] = np.array([float(d[np.isfinite(d)].max(initial=0.0)) for d in deltas])
    return found


def _activations(scene: Scene, layer: int, a: Array) -> LensValues:
    """On the range of its function, or of its numbers where the function has no end."""
    name = scene.state.network.activations[layer - 1] if layer else ""
    known = known_count(scene.state, "a", layer)
    ends = ACTIVATIONS[name].ends if name else None
    if ends is not None:
        low, high = ends
    else:
        finite = a[np.isfinite(a)]
        low = min(float(finite.min(initial=0.0)), 0.0)
        high = max(float(finite.max(initial=0.0)), 1.0)
    return LensValues("a", a, known, "activation", low, high, "a")


def diverging(lens: str, values: Array, known: int, quantity: Computed | None) -> LensValues:
    finite = np.abs(values[:known][np.isfinite(values[:known])])
    high = float(finite.max(initial=0.0))
    return LensValues(lens, values, known, "diverging", -high, high, quantity)


def _rates(scene: Scene, layer: int) -> Array:
    """∂C/∂a^l_j, the sum of the rate factors of all ways from the neuron to the cost."""
    state = scene.state
    seen, network = state.walk, state.network
    if layer == network.last:
        return cost_rates(network, seen.z(layer), seen.a(layer), state.shown.y)
    return network.w(layer + 1).T @ seen.delta(layer + 1)


def _rates_known(scene: Scene, layer: int) -> int:
    """All as soon as the errors that they are made of are known."""
    state = scene.state
    after = min(layer + 1, state.network.last)
    size = state.network.sizes[after]
    return state.network.sizes[layer] if known_count(state, "delta", after) == size else 0
