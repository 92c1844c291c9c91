"""A proof as a value: its lines, each with both sides in numbers, what it drops, and why it follows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from tuibp.core.activations import Values
from tuibp.core.network import Array
from tuibp.core.terms import Term

Equation = Literal["BP1", "BP2", "BP3", "BP4"]

AGREE = 1e-12
"""The two sides of a line agree where they differ by no more than this share of the larger."""
SMALLEST = 1e-300
"""Numbers below it have lost digits to underflow, and are not compared."""


@dataclass(frozen=True, eq=False)
class FactorColumn:
    """One factor of each row of a line: of the cases' right sides, or of the addends of the one right side."""

    name: str
    """In markup, with a running index: `w^3_k1`."""
    values: Array
    """(rows,)."""


@dataclass(frozen=True)
class Highlight:
    """What a line speaks of; 0-based."""

    neurons: tuple[tuple[int, int], ...] = ()
    """(layer, j)."""
    weights: tuple[tuple[int, int, int], ...] = ()
    """(layer, j, k)."""
    letter: str = "z"
    """Which of a neuron's numbers: z, a, δ, or σ' for its slope."""


@dataclass(frozen=True, eq=False)
class ProofLine:
    """One line: an equals sign for each case of it, the two sides made independently of each other."""

    number: str
    """In the book, with its brackets: `(44)`; empty where the book has none."""
    symbols: str
    """In markup."""
    left: Array
    """(cases,). A derivative that stands here is measured."""
    right: Array
    """(cases,). From the symbols of the right side."""
    why: str
    """Why this line follows from the one before."""
    cases: tuple[str, ...] = ()
    """What each case is about: `k=1`, … ; empty where there is but one."""
    columns: tuple[FactorColumn, ...] = ()
    """The factors behind the right side: a row for each case, or for each addend where `summed`."""
    summed: bool = False
    addends: tuple[tuple[Term, ...], ...] = ()
    """Each case's right side written out, where it is a short sum of products."""
    dropped: Array = field(default_factory=lambda: np.empty(0))
    """The terms that this line leaves out, measured: zeros."""
    dropped_symbols: str = ""
    """What they are."""
    lit: Highlight = Highlight()

    @property
    def difference(self) -> Array:
        """|left − right| of each case."""
        return np.abs(self.left - self.right)

    @property
    def relative(self) -> Array:
        """The same over the larger of the two; 0 where that is too small to be compared."""
        size = np.maximum(np.abs(self.left), np.abs(self.right))
        return np.where(size <= SMALLEST, 0.0, self.difference / np.maximum(size, SMALLEST))

    @property
    def holds(self) -> bool:
        """Whether both sides agree in every case, and what is dropped is 0."""
        return bool((self.relative <= AGREE).all() and not self.dropped.any())


@dataclass(frozen=True, eq=False)
class Proof:
    """One of the four equations, proved for one number of one network on one example. 0-based indices."""

    equation: Equation
    layer: int
    j: int
    k: int | None
    """None but for BP4."""
    about: str
    """The number's name in markup: `δ^2_1`, `∂C/∂w^2_11`."""
    step: int
    """Which of the five steps says it, 0-based."""
    lines: tuple[ProofLine, ...]

    @property
    def holds(self) -> bool:
        return all(line.holds for line in self.lines)


def one(value: Values | float) -> Array:
    """A single number as the side of a line."""
    return np.atleast_1d(np.asarray(value)).astype(np.float64)


def doubles(values: Values) -> Array:
    """Long doubles as doubles."""
    return np.asarray(values).astype(np.float64)


def numbered(count: int, letter: str = "k") -> tuple[str, ...]:
    """The cases of a running index, as people count: k=1, k=2, …"""
    return tuple(f"{letter}={i + 1}" for i in range(count))
