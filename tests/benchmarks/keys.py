"""Key to frame on a local pty: one step, one cursor move, and 300 step keys at once."""

from __future__ import annotations

import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import ioctl
from pathlib import Path
from time import perf_counter

WIDE = """
title = "wide"
about = "As wide as it is shown in practice."
[network]
sizes = {sizes}
activations = "sigmoid"
cost = "quadratic"
init = {{ scheme = "scaled", seed = 1 }}
[data]
generator = "strokes"
n = 100
image = [28, 28]
seed = 1
[training]
eta = 0.5
batch_size = 10
"""
REPORT = b"\x1b[6n"
"""Asks where the cursor is."""
QUIET = 0.3
"""Seconds without output after which a frame is complete."""
START = 4.0
"""Seconds for the program to start, its plot drawn."""


@contextmanager
def running(target: str, columns: int, rows: int) -> Iterator[int]:
    """The program on a pty of this size; gives the pty's master."""
    pid, master = pty.fork()
    if pid == 0:
        ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", LANG="C.UTF-8")
        os.environ.pop("TMUX", None)
        os.execv(sys.executable, [sys.executable, "-m", "tuibp", target])
    try:
        until = perf_counter() + START
        while perf_counter() < until:
            drain(master)
        yield master
    finally:
        os.kill(pid, signal.SIGKILL)
        os.close(master)
        os.waitpid(pid, 0)


def drain(master: int) -> float:
    """Take all output and answer every cursor report; returns when the last of it came."""
    last = perf_counter()
    cut = b""
    while select.select([master], [], [], QUIET)[0]:
        piece = cut + os.read(master, 65536)
        cut = next((piece[-n:] for n in (3, 2, 1) if REPORT.startswith(piece[-n:])), b"")  # read in two parts
        for _ in range(piece.count(REPORT)):
            os.write(master, b"\x1b[1;1R")
        if piece.replace(REPORT, b""):
            last = perf_counter()
    return last


def key_to_frame(master: int, keys: bytes) -> float:
    """Seconds from a key to the last byte of what it changed."""
    started = perf_counter()
    os.write(master, keys)
    return drain(master) - started


def run() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        targets = {"mazur": "mazur", "digits": "digits"}
        for name, sizes in (("784-100-10", [784, 100, 10]), ("784-500-500-10", [784, 500, 500, 10])):
            path = Path(folder) / f"{name}.toml"
            path.write_text(WIDE.format(sizes=sizes))
            targets[name] = str(path)
        print(f"{'seconds, median (most)':28}{'step':>18}{'cursor':>18}{'300 term steps':>18}")
        for name, target in targets.items():
            for columns, rows in ((80, 24), (120, 40)):
                with running(target, columns, rows) as master:
                    steps = [key_to_frame(master, b" ") for _ in range(4)]
                    steps += [key_to_frame(master, b"\x7f") for _ in range(4)]
                    key_to_frame(master, b"2")
                    moves = [key_to_frame(master, key) for key in (b"\x1b[B", b"\x1b[A") * 5]
                    key_to_frame(master, b"1")
                    key_to_frame(master, b"sss")
                    held = [key_to_frame(master, key) for key in (b" " * 300, b"\x7f" * 300) * 2]
                cells = "".join(f"{statistics.median(c):10.3f} ({max(c):.3f})" for c in (steps, moves, held))
                print(f"{name + f' {columns}×{rows}':28}{cells}")
