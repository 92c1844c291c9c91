"""Times of several things side by side, and tables of them."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from time import perf_counter

ROUNDS = 101
"""How often each thing is timed."""
SLICE = 0.001
"""Seconds that one timing takes at least."""


def side_by_side(*things: Callable[[], object], rounds: int = ROUNDS) -> list[list[float]]:
    """Seconds a call of each thing, [thing][round]: A B C A B C …, so that other load hits all alike."""
    counts = [_count(thing) for thing in things]
    times: list[list[float]] = [[] for _ in things]
    gc.disable()
    try:
        for _ in range(rounds):
            for thing, count, seconds in zip(things, counts, times, strict=True):
                seconds.append(_time(thing, count))
    finally:
        gc.enable()
    return times


def best(seconds: Sequence[float]) -> float:
    """The fastest of the rounds: whatever else the machine does only ever adds."""
    return min(seconds)


def ratio(numerator: Sequence[float], denominator: Sequence[float]) -> float:
    """How many times longer one thing takes than the other."""
    return best(numerator) / best(denominator)


def microseconds(seconds: Sequence[float]) -> str:
    """The fastest, to be read."""
    return f"{best(seconds) * 1e6:,.1f}"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table, first column to the left, the others to the right."""
    widths = [max(len(row[i]) for row in (heads, *rows)) for i in range(len(heads))]
    for row in (heads, *rows):
        print(
            "  ".join(
                cell.rjust(w) if i else cell.ljust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True))
            )
        )


def verdict(value: float, goal: float, at_most: bool = False) -> str:
    """Whether a goal is met."""
    return "ok" if (value <= goal if at_most else value >= goal) else "SHORT"


def _count(thing: Callable[[], object]) -> int:
    thing()
    count = 1
    while _time(thing, count) * count < SLICE:
        count *= 2
    return count


def _time(thing: Callable[[], object], count: int) -> float:
    thing()  # what was timed before has filled the processor's caches with its own
    started = perf_counter()
    for _ in range(count):
        thing()
    return (perf_counter() - started) / count
