"""Networks on lines of the benchmarks' own."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from tests.terminal.line import Line

ROOT = Path(__file__).parents[2]
SIZES = ((80, 24), (120, 40))
ANSWER = 2.0
"""Seconds that a key's answer may take to begin: the first nudge imports the plot's library."""

PRESET = """\
title = "784-100-10"
about = "A network of the size that reads MNIST, on made-up images."
[network]
sizes = [784, 100, 10]
activations = "sigmoid"
cost = "quadratic"
init = { scheme = "scaled", seed = 1 }
[data]
file = "images.npz"
image = [28, 28]
[training]
eta = 0.5
batch_size = 10
epochs = 30
"""


@contextmanager
def targets() -> Iterator[dict[str, str]]:
    """Names of the networks that are measured, and what the program is given for each."""
    with TemporaryDirectory() as folder:
        random = np.random.default_rng(1)
        rows, columns = np.mgrid[0:28, 0:28]
        centres = random.uniform(8, 20, size=(200, 2, 1, 1))
        images = np.exp(-((rows - centres[:, 0]) ** 2 + (columns - centres[:, 1]) ** 2) / 30).reshape(200, 784)
        np.savez(Path(folder) / "images.npz", x=images, y=random.integers(10, size=200))
        (Path(folder) / "mnist-sized.toml").write_text(PRESET)
        yield {"mazur": "mazur", "digits": "digits", "784-100-10": str(Path(folder) / "mnist-sized.toml")}


@contextmanager
def opened(
    command: tuple[str, ...], size: tuple[int, int] = (80, 24), rate: float | None = None, **settings: str
) -> Iterator[Line]:
    """The program on a line, once it has painted."""
    with TemporaryDirectory() as home:
        environ = {
            "PATH": os.environ["PATH"], "HOME": home, "TERM": "xterm-256color", "COLORTERM": "truecolor",
            "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT),
        } | settings  # fmt: skip
        line = Line((sys.executable, *command), environ, size, rate)
        try:
            line.wait_until(lambda: len(line.raw) > 1000, 60)
            settle(line, 0.8)
            yield line
        finally:
            line.close()


def settle(line: Line, quiet: float = 0.25, patience: float = 120.0) -> None:
    """Wait until nothing has come for a while."""
    seen, since, started = -1, time.monotonic(), time.monotonic()
    while time.monotonic() - since < quiet and time.monotonic() - started < patience:
        if len(line.raw) != seen:
            seen, since = len(line.raw), time.monotonic()
        time.sleep(0.01)


def cost_of(line: Line, keys: str) -> int:
    """Bytes that a key makes the program send."""
    before = len(line.raw)
    line.send(keys)
    since = time.monotonic()
    while len(line.raw) == before and time.monotonic() - since < ANSWER:
        time.sleep(0.01)
    settle(line)
    return len(line.raw) - before
