"""What a rule can see: one number, and the network around it. Also the thresholds by which rules judge."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tuibp.core.activations import ACTIVATIONS, Activation
from tuibp.core.example import Example
from tuibp.core.five_steps import Pass, slope
from tuibp.core.index import shown
from tuibp.core.kinks import Kink, kink_at
from tuibp.core.meaning.certainty import Certainty, certainty
from tuibp.core.meaning.claim import Claim, Number, Truth
from tuibp.core.network import Array, Network
from tuibp.core.notation import of_neuron, short, symbol
from tuibp.core.terms import Derivation, Term
from tuibp.locale import _

SATURATED = 0.1
"""A slope below this share of its steepest lets little error pass."""
RIGHT = 0.02
"""An output between 0 and 1 (or -1 and 1) this near to its target is right."""
EQUAL = 1e-9
"""An output without such a range is right where it differs from its target by less than this share of it."""
FADED = 0.01
"""A layer whose largest error is below this share of the outputs' has nearly lost it."""
GROWN = 4.0
"""A layer whose largest error is more than this many times the next layer's is exploding."""
CANCELLED = 0.1
"""A sum below this share of what its terms amount to has cancelled."""
SURE = 4.0
"""A number so many times its bound of rounding has the sign that it shows."""
DOMINANT = 0.75
"""A term of this share of what all amount to makes the number by itself."""


@dataclass(frozen=True, eq=False)
class Sight:
    """One number (0-based layer, j, k) with all that was computed around it."""

    network: Network
    example: Example
    given: Pass
    derivation: Derivation
    result: float
    layer: int
    j: int
    k: int | None = None

    def name(self, letter: str) -> str:
        """This neuron's `z^2_1`, in markup."""
        return of_neuron(letter, self.layer, self.j)

    @property
    def number(self) -> int:
        """The neuron as people count it."""
        return shown(self.j)

    @property
    def f(self) -> str:
        return symbol(self.network, self.layer, self.j)

    @property
    def activation(self) -> Activation:
        return ACTIVATIONS[self.network.activation_of(self.layer, self.j)]

    @property
    def bends(self) -> bool:
        """Whether the function's slope changes with z, and nowhere at once."""
        return self.activation.smooth

    @property
    def z(self) -> float:
        return float(self.given.z(self.layer)[self.j])

    @property
    def a(self) -> float:
        return float(self.given.a(self.layer)[self.j])

    @property
    def y(self) -> float:
        return float(self.example.y[self.j])

    @property
    def delta(self) -> float:
        return float(self.errors(self.layer)[self.j])

    def errors(self, layer: int) -> Array:
        return self.given.delta(layer)

    @property
    def slope(self) -> float:
        return float(slope(self.network, self.layer, self.given.z(self.layer), self.given.a(self.layer))[self.j])

    @property
    def passes(self) -> float:
        """Share of the steepest slope that this neuron has here."""
        return self.slope / self.activation.steepest

    @property
    def slope_of_most(self) -> str:
        """`σ′ is 0.0045 of at most 0.25`, within a sentence."""
        return _("{prime} is {slope} of at most {steepest}").format(
            prime=f"{self.f}′", slope=short(self.slope), steepest=short(self.activation.steepest)
        )

    @property
    def is_output(self) -> bool:
        return self.layer == self.network.last

    @property
    def has_target(self) -> bool:
        """Whether this is an output, of which somebody has said what it should be."""
        return self.is_output and self.example.has_target

    @property
    def miss(self) -> float:
        """How far an output is above its target."""
        return self.a - self.y

    @property
    def is_right(self) -> bool:
        known = bounded(self.activation) or self.certainty.a[self.layer][self.j] <= 0.1 * self.tolerance
        return known and abs(self.miss) <= self.tolerance

    def is_near(self, t: Truth) -> bool:
        """That the output is within a fiftieth of a range of 1 or 2, or else a hundred-millionth of its target."""
        off = abs(t.a(self.layer)[self.j] - t.y()[self.j])
        return bool(off <= (0.0201 if bounded(self.activation) else 1e-8 * abs(self.y)))

    @property
    def tolerance(self) -> float:
        return RIGHT if bounded(self.activation) else EQUAL * min(abs(self.y), abs(self.a))

    @property
    def corner(self) -> Kink | None:
        """The first corner that a change of z reaches."""
        found = self.certainty.corner_after(self.network, self.layer, self.j)
        return None if found is None else kink_at(self.network, self.given, *found)

    @property
    def certainty(self) -> Certainty:
        return certainty(self.network, self.example, self.given)

    @property
    def is_sure(self) -> bool:
        """Whether δ is so far from 0 that rounding cannot have given it its sign."""
        return self.is_sure_of(self.layer, self.j)

    def is_sure_of(self, layer: int, j: int) -> bool:
        """The same for another neuron."""
        return bool(abs(self.errors(layer)[j]) > SURE * self.certainty.delta[layer][j])

    def is_zero(self) -> Claim:
        """That δ is 0."""
        return lambda t: bool(abs(t.delta(self.layer)[self.j]) <= t.noise(self.layer)[self.j])

    def lowers(self, j: int | None = None, layer: int | None = None) -> Claim:
        """That moving z against the sign of its δ lowers C."""
        at, neuron = self.layer if layer is None else layer, self.j if j is None else j
        sign = -1.0 if self.errors(at)[neuron] > 0 else 1.0
        return lambda t: t.lowers(at, neuron, sign)

    def is_flat(self) -> Claim:
        return lambda t: bool(t.slope_share(self.layer, self.j) < 1.001 * SATURATED)

    @property
    def flow(self) -> float:
        """What the terms amount to whatever their signs."""
        return sum(abs(t.value) for t in self.derivation.terms)

    def loudest(self) -> list[tuple[int, Term]]:
        """The terms by size, largest first, with the index over which the sum runs."""
        return sorted(enumerate(self.derivation.terms), key=lambda term: -abs(term[1].value))

    def wanted(self) -> int | None:
        """The output that y wants as the largest, where y names exactly one."""
        y = self.example.y
        one_of_them = len(y) > 1 and int((y == y.max()).sum()) == 1 and bool((y > 0.5).sum() == 1)
        return int(y.argmax()) if one_of_them else None

    def chosen(self) -> int | None:
        """The largest output; None where several are as large."""
        return largest_of(self.given.output, self.certainty.a[-1])


def largest_of(values: Number, noise: Number) -> int | None:
    """The one that is larger than all others by more than rounding; None where there is no such."""
    j = int(values.argmax())
    others = np.delete(values, j)
    clear = float(values[j]) - SURE * (float(noise[j]) + float(noise.max()))
    return j if not others.size or clear > others.max() else None


def tied_with(values: Number, j: int) -> int:
    """How many of the values are as large as the j-th, itself included."""
    return int((np.abs(values - values[j]) <= 1e-12 * abs(values[j])).sum())


def bounded(activation: Activation) -> bool:
    """Whether the function has a range of its own, of 1 or 2."""
    return activation.ends is not None
