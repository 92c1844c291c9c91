"""Random numbers: each purpose draws from a stream of its own, so that no two draws from one seed are the same."""

from __future__ import annotations

from enum import IntEnum

import numpy as np


class Purpose(IntEnum):
    """What is drawn. Saved sessions and presets hold seeds alone, so a purpose keeps its number for ever."""

    START = 0
    """A network's untrained weights and biases."""
    SHUFFLE = 1
    """The order in which an epoch goes through the examples; further key: the epoch."""
    SPLIT = 2
    """Which examples are held out."""
    EXAMPLES = 3
    """A generated data set."""
    TRIAL = 19
    """A network and its numbers, to try a mistaken backpropagation on; further key: the trial."""
    DIAGONAL = 33
    """z and blame of the race of ⊙ against a diagonal matrix; further key: the width."""
    SHEET = 41
    """An exercise's numbers, and which of them are left out; further keys: which exercise, and 1 for the latter."""
    DIRECTION = 47
    """A random direction for a nudge."""


def stream(seed: int, purpose: Purpose | int, *further: int) -> np.random.Generator:
    """The generator for a purpose: the same for the same numbers, on every machine and in every version."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, int(purpose), *further])))
