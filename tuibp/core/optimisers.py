"""What an update makes of the parameters once their gradient g is known, in place: gradient descent, and what remembers
the gradients before. Each is PyTorch's of the same name, with its usual constants.

A memory of decaying means is kept as its sum, m/(1 − β): that saves a pass over the parameters at every update, and the
factor goes into the step instead.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy import add, divide, multiply, sqrt, subtract

from tuibp.core.network import Array, Network, views
from tuibp.core.training import Training, rate, shrink

SMALLEST_EPSILON = 1e-30
PORTION = 4_096
"""Numbers that are gone through at a time: an optimiser's arrays then stay in the processor's nearest caches."""


@dataclass(frozen=True, eq=False)
class Memory:
    """What an optimiser remembers of the gradients before, as a frozen value that may be shared."""

    of: tuple[str | float, ...]
    """The optimiser and the constants that it means something with, see `memory_key`."""
    steps: int
    """Updates that it has seen."""
    sums: tuple[Array, ...]
    """(parameter_count,) each, in the order of `Network.parameters`, read-only."""

    @property
    def nbytes(self) -> int:
        return sum(part.nbytes for part in self.sums)


def memory_key(training: Training) -> tuple[str | float, ...]:
    """What two settings share whose optimisers can go on with each other's memory."""
    return training.optimiser, *(getattr(training, name) for name in OPTIMISERS[training.optimiser].remembered_by)


class Optimiser:
    """Gradient descent itself: w → (1 − ηλ/n) w − η g. The base of those that remember."""

    title = "SGD"
    formula = "w → {kept} − η {g}"
    """In markup; `kept` is w or what λ leaves of it, `g` the gradient."""
    constants: tuple[str, ...] = ()
    """The settings that it takes, but η."""
    remembered_by: tuple[str, ...] = ()
    """Those of them without which its memory means nothing."""
    count = 0
    """Arrays that it remembers."""
    by_rate = True
    """Whether `update` is given η g in place of g."""
    shrinks = True
    """Whether λ shrinks the weights by themselves; otherwise λ/n w is a part of g."""

    def __init__(self, training: Training, n: int, weights: Array, memory: Memory | None = None) -> None:
        """`n` is the number of training examples; `weights` is 1 where a parameter is a weight and 0 where a bias,
        (p,). A memory that is not of these settings begins anew.
        """
        size = weights.size
        self._training, self._n, self._rate = training, n, training.eta
        kept = memory if memory is not None and memory.of == memory_key(training) else None
        self.steps = 0 if kept is None else kept.steps
        self._sums = tuple(np.zeros(size) if kept is None else kept.sums[i].copy() for i in range(self.count))
        if not training.train_biases:
            for part in self._sums:
                part[weights == 0.0] = 0.0
        self._decays = training.l2 != 0.0
        self._weights, self._shrunk = weights, (math.nan, weights)
        self._share, self._pull = weights * (training.l2 / n), np.empty(size if self._decays else 0)
        portion = min(size, PORTION)
        self._room = np.empty(portion)
        self._portions = [(slice(at, at + portion), min(portion, size - at)) for at in range(0, size, portion)]

    def begin(self, epoch: int) -> float:
        """Take the learning rate of an epoch (0-based); returns what the gradient is to be multiplied by."""
        self._rate = rate(self._training, epoch)
        return self._rate if self.by_rate else 1.0

    def update(self, parameters: Array, g: Array) -> None:
        """One update of the parameters, in place; `g`, their gradient by the factor of `begin`, is overwritten."""
        if self._decays:
            self._decay(parameters, g)
        self.steps += 1
        self.move(parameters, g)

    def move(self, parameters: Array, g: Array) -> None:
        """The update without λ."""
        subtract(parameters, g, parameters)

    def memory(self) -> Memory | None:
        """A copy of what is remembered; None where that is nothing."""
        if not self.count:
            return None
        sums = tuple(part.copy() for part in self._sums)
        for part in sums:
            part.flags.writeable = False
        return Memory(memory_key(self._training), self.steps, sums)

    def recall(self, memory: Memory | None) -> None:
        """Go back to a memory of this optimiser."""
        if memory is not None:
            self.steps = memory.steps
            for part, kept in zip(self._sums, memory.sums, strict=True):
                part[...] = kept

    def finite(self) -> bool:
        """Whether all that is remembered is a number."""
        return all(math.isfinite(part.max()) and math.isfinite(part.min()) for part in self._sums)

    def _decay(self, parameters: Array, g: Array) -> None:
        if not self.shrinks:
            multiply(parameters, self._share, self._pull)
            add(g, self._pull, g)
            return
        if self._shrunk[0] != self._rate:
            self._shrunk = self._rate, np.where(self._weights == 0.0, 1.0, shrink(self._training, self._n, self._rate))
        multiply(parameters, self._shrunk[1], parameters)


class Momentum(Optimiser):
    """v → μ v + g, w → w − η v."""

    title = "momentum"
    formula = "v → μ v + {g},  w → w − η v"
    constants = ("momentum",)
    count = 1
    by_rate = False
    shrinks = False

    def __init__(self, training: Training, n: int, weights: Array, memory: Memory | None = None) -> None:
        super().__init__(training, n, weights, memory)
        self._mu, self._eta = np.array(training.momentum), np.array(training.eta)

    def move(self, parameters: Array, g: Array) -> None:
        self._eta[...] = self._rate
        for part, size in self._portions:
            v, w, step = self._sums[0][part], parameters[part], self._room[:size]
            multiply(v, self._mu, v)
            add(v, g[part], v)
            multiply(v, self._eta, step)
            subtract(w, step, w)


def _by_root(
    w: Array, top: Array, squares: Array, g: Array, decay: Array, least: Array, by: Array, step: Array
) -> None:
    """squares → decay · squares + g², w → w − by · top/(√squares + least), in place; `step` is room, as large as w."""
    multiply(squares, decay, squares)
    multiply(g, g, step)
    add(squares, step, squares)
    sqrt(squares, step)
    add(step, least, step)
    divide(top, step, step)
    multiply(step, by, step)
    subtract(w, step, w)


class RMSProp(Optimiser):
    """s → ρ s + (1 − ρ) g², w → w − η g/(√s + ε)."""

    title = "RMSProp"
    formula = "s → ρ s + (1 − ρ) g²,  w → w − η g/(√s + ε)"
    constants = ("rho", "epsilon")
    remembered_by = ("rho",)
    count = 1
    by_rate = False
    shrinks = False

    def __init__(self, training: Training, n: int, weights: Array, memory: Memory | None = None) -> None:
        super().__init__(training, n, weights, memory)
        root = math.sqrt(1.0 - training.rho)  # √s is root times the square root of the sum kept
        self._rho, self._root = np.array(training.rho), root
        self._least, self._by = np.array(training.epsilon / root), np.array(0.0)

    def move(self, parameters: Array, g: Array) -> None:
        self._by[...] = self._rate / self._root
        for part, size in self._portions:
            s, w, of_g, step = self._sums[0][part], parameters[part], g[part], self._room[:size]
            _by_root(w, of_g, s, of_g, self._rho, self._least, self._by, step)


class Adam(Optimiser):
    """m → β₁ m + (1 − β₁) g, v → β₂ v + (1 − β₂) g², w → w − η m̂/(√v̂ + ε), m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ)."""

    title = "Adam"
    formula = "w → {kept} − η M/(√V + ε)"
    constants = ("beta1", "beta2", "epsilon")
    remembered_by = ("beta1", "beta2")
    count = 2
    by_rate = False
    shrinks = False

    def __init__(self, training: Training, n: int, weights: Array, memory: Memory | None = None) -> None:
        super().__init__(training, n, weights, memory)
        self._beta1, self._beta2 = np.array(training.beta1), np.array(training.beta2)
        self._least, self._by = np.array(0.0), np.array(0.0)

    def move(self, parameters: Array, g: Array) -> None:
        first, root = unbiased(self._training, self.steps)
        self._least[...] = self._training.epsilon / root
        self._by[...] = self._rate * first / root
        for part, size in self._portions:
            m, v = self._sums[0][part], self._sums[1][part]
            w, of_g, step = parameters[part], g[part], self._room[:size]
            multiply(m, self._beta1, m)
            add(m, of_g, m)
            _by_root(w, m, v, of_g, self._beta2, self._least, self._by, step)


class AdamW(Adam):
    """Adam, with λ kept out of the gradient: w → (1 − ηλ/n) w first."""

    title = "AdamW"
    shrinks = True


def unbiased(training: Training, steps: int) -> tuple[float, float]:
    """What makes of Adam's sums m̂, and of the second one's root √v̂: (1 − β₁)/(1 − β₁ᵗ), and √ of the same of β₂."""
    first = (1.0 - training.beta1) / (1.0 - training.beta1**steps)
    return first, math.sqrt((1.0 - training.beta2) / (1.0 - training.beta2**steps))


OPTIMISERS: dict[str, type[Optimiser]] = {
    "sgd": Optimiser, "momentum": Momentum, "rmsprop": RMSProp, "adam": Adam, "adamw": AdamW,
}  # fmt: skip


def optimiser(network: Network, training: Training, n: int, memory: Memory | None = None) -> Optimiser:
    """The optimiser of these settings for a network and n training examples, going on with a memory of its own."""
    weights = np.zeros(network.parameters.size)
    for w in views(weights, network.sizes)[0]:
        w[...] = 1.0
    return OPTIMISERS[training.optimiser](training, n, weights, memory)


def of_one(training: Training, n: int, memory: Memory | None, at: int, bias: bool) -> Optimiser:
    """The same for one parameter alone, that in place `at` of `Network.parameters`: it updates an array of one."""
    if memory is not None:
        memory = Memory(memory.of, memory.steps, tuple(part[at : at + 1] for part in memory.sums))
    return OPTIMISERS[training.optimiser](training, n, np.array([0.0 if bias else 1.0]), memory)
