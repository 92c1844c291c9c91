"""Bytes sent for the first screen, a step, a cursor move, a nudge and a second of training."""

from __future__ import annotations

import statistics
import time

from tests.benchmarks.output_paths import PATHS
from tests.benchmarks.screens import SIZES, cost_of, opened, settle, targets
from tests.benchmarks.timing import table
from tests.terminal.line import Line

GOALS = "goals at 80x24: first screen 8,192, a step 4,096, a cursor move 500"
HEADS = ("", "path", "first", "step", "most", "move", "most", "nudge", "live/s")
UP, DOWN, LEFT, RIGHT = "\x1b[A", "\x1b[B", "\x1b[D", "\x1b[C"
NAMES = {"changes": "changes alone", "whole": "whole screens", "stock": "stock Textual"}


def run() -> None:
    rows = []
    with targets() as given:
        for columns, lines in SIZES:
            for name, target in given.items():
                for path in PATHS:
                    with opened(("-m", "tests.benchmarks.output_paths", path, target), (columns, lines)) as line:
                        rows.append((f"{name} {columns}x{lines}", NAMES[path], *measured(line)))
    table(HEADS, rows)
    print(f"\n{GOALS}; step and move: median and most")


def measured(line: Line) -> list[str]:
    """The figures of one row, for a program that has just started."""
    first = len(line.raw)
    steps = [cost_of(line, " ") for _ in range(6)]
    moves = [cost_of(line, key) for key in (DOWN, DOWN, UP, LEFT, DOWN, RIGHT, UP)]
    cost_of(line, LEFT)
    nudges = [cost_of(line, "]") for _ in range(3)]
    cost_of(line, "x")
    live = a_second_of_training(line)
    figures = (first, statistics.median(steps), max(steps), statistics.median(moves), max(moves), max(nudges), live)
    return [f"{figure:,.0f}" for figure in figures]


def a_second_of_training(line: Line, seconds: float = 3.0) -> float:
    line.send("t")
    time.sleep(0.5)
    before = len(line.raw)
    time.sleep(seconds)
    sent = len(line.raw) - before
    line.send("t")
    settle(line)
    return sent / seconds
