"""From exec to the first full frame on a pty, beside the smallest Textual app there is."""

from __future__ import annotations

import os
import pty
import select
import signal
import statistics
import struct
import sys
import termios
from fcntl import ioctl
from time import perf_counter

SMALLEST = """
from textual.app import App
from textual.widgets import Static

class Smallest(App):
    def compose(self):
        yield Static("first full frame")

Smallest().run()
"""
GOAL = 1.4
"""Times the smallest app's start."""


def first_frame(command: list[str], mark: bytes, columns: int = 80, rows: int = 24, patience: float = 20.0) -> float:
    """Seconds from exec until the terminal has been sent `mark`, which the last line of the first frame holds."""
    started = perf_counter()
    pid, master = pty.fork()
    if pid == 0:
        ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", LANG="C.UTF-8")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed has its bytecode; the first run writes ours
        os.execv(command[0], command)
    seen = b""
    try:
        while mark not in seen and perf_counter() - started < patience:
            if select.select([master], [], [], 0.1)[0]:
                piece = os.read(master, 65536)
                seen += piece
                for _ in range(piece.count(b"\x1b[6n")):
                    os.write(master, b"\x1b[1;1R")
        took = perf_counter() - started
        if mark not in seen:
            raise TimeoutError(f"{command} never showed {mark!r}: {seen[-300:]!r}")
        return took
    finally:
        os.kill(pid, signal.SIGKILL)
        os.close(master)
        os.waitpid(pid, 0)


def run(runs: int = 11) -> None:
    """Print the table: medians, and the ratio pair by pair."""
    smallest = [sys.executable, "-c", SMALLEST]
    rows = {
        "tuibp digits": ([sys.executable, "-m", "tuibp", "digits"], b"help"),
        "tuibp mazur": ([sys.executable, "-m", "tuibp", "mazur"], b"help"),
        "tuibp (picker)": ([sys.executable, "-m", "tuibp"], b"help"),
    }
    print(f"{'exec to first full frame, 80×24':34}{'median':>9}{'smallest app':>14}{'ratio':>8}   goal {GOAL}")
    for name, (command, mark) in rows.items():
        first_frame(command, mark)
        pairs = [(first_frame(command, mark), first_frame(smallest, b"first full frame")) for _ in range(runs)]
        ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
        ratio = statistics.median(a / b for a, b in pairs)
        print(f"{name:34}{ours:8.3f}s{theirs:13.3f}s{ratio:8.2f}")
