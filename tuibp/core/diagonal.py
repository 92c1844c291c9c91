"""Equation (33) against BP1: Σ'(z) as a real diagonal matrix, and the elementwise product that says the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from tuibp.core.activations import sigmoid, sigmoid_prime
from tuibp.core.stream import Purpose, stream

WIDTHS = (10, 20, 50, 100, 200, 500, 1000, 2000)
LONG_ENOUGH = 2e-3
"""Seconds that a product is repeated for."""
LEAST_RUNS, MOST_RUNS, MOST_CALLS = 5, 100, 4096


@dataclass(frozen=True)
class Widths:
    """δ = Σ'(z) ∇C and δ = ∇C ⊙ σ'(z) for one width. Seconds are of one product, the fastest of many."""

    width: int
    seconds_matrix: float
    """The (n, n) matrix times the vector; making the matrix not counted."""
    seconds_making: float
    """Writing the diagonal matrix."""
    seconds_hadamard: float
    equal: bool
    """Whether both gave the same δ, to the bit."""

    @property
    def ratio(self) -> float:
        """How many times faster ⊙ is."""
        return self.seconds_matrix / self.seconds_hadamard if self.seconds_hadamard > 0.0 else float("inf")


def diagonal(clock: Callable[[], float], widths: Sequence[int] = WIDTHS, seed: int = 0) -> Iterator[Widths]:
    """Race the two at each width, on seeded random numbers, with the clock given."""
    for width in widths:
        random = stream(seed, Purpose.DIAGONAL, width)
        z, blame = random.standard_normal(width), random.standard_normal(width)
        prime = sigmoid_prime(z, sigmoid(z))
        matrix = np.diag(prime)
        by_matrix, by_hadamard = np.empty(width), np.empty(width)
        seconds_matrix = _fastest(clock, partial(matrix.dot, blame, by_matrix))
        seconds_hadamard = _fastest(clock, partial(np.multiply, prime, blame, by_hadamard))
        seconds_making = _fastest(clock, partial(np.diag, prime))
        equal = bool(np.array_equal(by_matrix, by_hadamard))
        yield Widths(width, seconds_matrix, seconds_making, seconds_hadamard, equal)


def _fastest(clock: Callable[[], float], product: Callable[[], object]) -> float:
    """Seconds of one call, from the fastest of several runs of enough calls for the clock to tell."""
    calls, times = 1, list[float]()
    product()
    while len(times) < LEAST_RUNS or (sum(times) * calls < LONG_ENOUGH and len(times) < MOST_RUNS):
        began = clock()
        for _ in range(calls):
            product()
        spent = clock() - began
        if spent < LONG_ENOUGH / 20.0 and calls < MOST_CALLS:
            calls *= 4
        else:
            times.append(spent / calls)
    return min(times)
