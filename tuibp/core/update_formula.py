"""How an update makes one parameter of its gradient, as structure: each optimiser's formula with its numbers.

What the optimiser remembers comes first, the parameter last. M and V are Adam's means m and v without their bias.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from tuibp.core.notation import of_neuron, weight
from tuibp.core.optimisers import OPTIMISERS, Memory, memory_key, of_one, unbiased
from tuibp.core.training import Training, rate_at, shrink, updates_in_epoch

Part = str | float
"""An operator or a constant in markup, or a number that is this parameter's own."""


@dataclass(frozen=True)
class Assignment:
    """`name = parts = result`."""

    name: str
    parts: tuple[Part, ...]
    result: float


@dataclass(frozen=True)
class Given:
    """A parameter before an update."""

    layer: int
    j: int
    k: int | None
    """None for a bias."""
    value: float
    slope: float
    """∂C/∂w."""
    at: int
    """Its place in `Network.parameters`."""

    @property
    def name(self) -> str:
        return of_neuron("b", self.layer, self.j) if self.k is None else weight(self.layer, self.j, self.k)


def general(training: Training, bias: bool) -> str:
    """The optimiser's formula in markup."""
    decayed = training.l2 != 0.0 and not bias
    kept = "(1 − ηλ/n) w" if decayed and OPTIMISERS[training.optimiser].shrinks else "w"
    g = "g" if decayed and not OPTIMISERS[training.optimiser].shrinks else "∂C/∂w"
    text = OPTIMISERS[training.optimiser].formula.format(kept=kept, g=g)
    return text.replace("w", "b") if bias else text


def assignments(training: Training, n: int, update: int, memory: Memory | None, given: Given) -> list[Assignment]:
    """The formula with numbers, for update number `update` (0-based) with n training examples."""
    eta, decayed = rate_at(training, n, update), training.l2 != 0.0 and given.k is not None
    if memory is not None and memory.of != memory_key(training):
        memory = None
    was = [0.0] * 2 if memory is None else [float(part[given.at]) for part in memory.sums]
    steps = 1 if memory is None else memory.steps + 1
    after = _after(training, n, update, memory, given)
    kept: tuple[Part, ...] = (given.value,)
    if decayed and OPTIMISERS[training.optimiser].shrinks:
        kept = (f"{shrink(training, n, eta):.6g} × ", given.value)
    g, made = given.slope, []
    if decayed and not OPTIMISERS[training.optimiser].shrinks:
        g += training.l2 / n * given.value
        made.append(Assignment("g", (given.slope, f" + {training.l2 / n:.3g} × ", given.value), g))
    if training.optimiser == "sgd":
        return [Assignment(given.name, (*kept, f" − {eta:g} × ", g), after)]
    if training.optimiser == "momentum":
        v = training.momentum * was[0] + g
        made.append(Assignment("v", (f"{training.momentum:g} × ", was[0], " + ", g), v))
        return [*made, Assignment(given.name, (*kept, f" − {eta:.4g} × ", v), after)]
    if training.optimiser == "rmsprop":
        mean = _Mean("s", training.rho, was[0], g, squared=True)
        return [*made, mean.assignment, _step(given, kept, training, eta, g, math.sqrt(mean.result), after)]
    if training.optimiser not in ("adam", "adamw"):  # whose own formula nobody has written with numbers
        return [*made, Assignment(given.name, (given.value, " + ", after - given.value), after)]
    m = _Mean("m", training.beta1, was[0], g)
    v_mean = _Mean("v", training.beta2, was[1], g, squared=True)
    first, root = unbiased(training, steps)
    unbiased_m, size = m.total * first, math.sqrt(v_mean.total) * root
    made += [
        m.assignment,
        v_mean.assignment,
        Assignment("M", (m.result, f" / (1 − {training.beta1:g}^{{{steps}}})"), unbiased_m),
        Assignment("√V", ("√(", v_mean.result, f" / (1 − {training.beta2:g}^{{{steps}}}))"), size),
    ]
    return [*made, _step(given, kept, training, eta, unbiased_m, size, after)]


@dataclass(frozen=True)
class _Mean:
    """A decaying mean of g, or of g², one update on; `total` is the sum that an optimiser keeps in its place."""

    name: str
    decay: float
    was: float
    g: float
    squared: bool = False

    @property
    def total(self) -> float:
        return self.decay * self.was + (self.g**2 if self.squared else self.g)

    @property
    def result(self) -> float:
        return (1.0 - self.decay) * self.total

    @property
    def assignment(self) -> Assignment:
        before = (1.0 - self.decay) * self.was
        left = f" + {1.0 - self.decay:.4g} × "
        power = ("²",) if self.squared else ()
        return Assignment(self.name, (f"{self.decay:g} × ", before, left, self.g, *power), self.result)


def _step(
    given: Given, kept: tuple[Part, ...], training: Training, eta: float, g: float, root: float, after: float
) -> Assignment:
    return Assignment(given.name, (*kept, f" − {eta:.4g} × ", g, " / (", root, f" + {training.epsilon:g})"), after)


def _after(training: Training, n: int, update: int, memory: Memory | None, given: Given) -> float:
    """What the optimiser itself makes of the parameter."""
    rule = of_one(training, n, memory, given.at, given.k is None)
    value = np.array([given.value])
    with np.errstate(all="ignore"):
        factor = rule.begin(update // updates_in_epoch(training, n))
        rule.update(value, np.array([given.slope * factor]))
    return float(value[0])
