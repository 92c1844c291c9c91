"""What a rule can see: one number, and the network around it. Also the thresholds by which rules judge."""

from __future__ import annotations

from dataclasses import dataclass

from tuibp.core.activations import Activation
from tuibp.core.example import Example
from tuibp.core.five_steps import Pass, slope
from tuibp.core.index import shown
from tuibp.core.network import Array, Network
from tuibp.core.notation import of_neuron, short, symbol
from tuibp.core.terms import Derivation, Term
from tuibp.locale import _

SATURATED = 0.1
"""A slope below this share of its steepest lets little error pass."""
RIGHT = 0.02
"""An output this near to its target, in units of the target where that is large, is right."""
FADED = 0.01
"""A layer whose largest error is below this share of the outputs' has nearly lost it."""
GROWN = 4.0
"""A layer whose largest error is more than this many times the next layer's is exploding."""
CANCELLED = 0.1
"""A sum below this share of what its terms amount to has cancelled."""
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
        return self.network.function(self.layer, self.j)

    @property
    def bends(self) -> bool:
        """Whether the function has a flat side that it nears smoothly."""
        return self.activation.name in ("sigmoid", "tanh")

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
    def miss(self) -> float:
        """How far an output is above its target."""
        return self.a - self.y

    @property
    def is_right(self) -> bool:
        return abs(self.miss) <= RIGHT * max(1.0, abs(self.y))

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

    def chosen(self) -> int:
        """The largest output."""
        return int(self.given.output.argmax())
