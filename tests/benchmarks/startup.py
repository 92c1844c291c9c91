"""From exec to the first full frame on a pty, and to the first key's answer, beside the smallest Textual app."""

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

    def on_key(self):
        self.query_one(Static).update("answered")

Smallest().run()
"""
GOAL = 1.4
"""Times the smallest app's start."""


def start(
    command: list[str], frame: bytes, answer: bytes, columns: int = 80, rows: int = 24, patience: float = 20.0
) -> tuple[float, float]:
    """Seconds from exec until the terminal has been sent `frame`, which the last line of the first frame holds, and
    until it has been sent `answer`, which space brings; it is pressed when the frame is there."""
    started = perf_counter()
    pid, master = pty.fork()
    if pid == 0:
        ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", LANG="C.UTF-8")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed has its bytecode; the first run writes ours
        os.execv(command[0], command)
    sent, seen, shown, asked = b"", b"", 0.0, 0
    try:
        while perf_counter() - started < patience:
            if select.select([master], [], [], 0.1)[0]:
                piece = os.read(master, 65536)
                seen, sent = seen + piece, sent + piece
                for _ in range(sent.count(b"\x1b[6n") - asked):  # a request may be read in two parts
                    os.write(master, b"\x1b[1;1R")
                asked = sent.count(b"\x1b[6n")
            if not shown and frame in seen:
                shown, seen = perf_counter() - started, seen.partition(frame)[2]
                os.write(master, b" ")
            if shown and answer in seen:
                return shown, perf_counter() - started
        raise TimeoutError(f"{command} never showed {frame!r} and {answer!r}: {seen[-300:]!r}")
    finally:
        os.kill(pid, signal.SIGKILL)
        os.close(master)
        os.waitpid(pid, 0)


def run(runs: int = 11) -> None:
    """Print the table: medians, and the ratio pair by pair."""
    smallest = [sys.executable, "-c", SMALLEST], b"first full frame", b"answered"
    step = "aˡ = σ(".encode()  # the equation of step 2
    rows = {
        "tuibp digits": ([sys.executable, "-m", "tuibp", "digits"], b"help", step),
        "tuibp mazur": ([sys.executable, "-m", "tuibp", "mazur"], b"help", step),
    }
    print(f"{'seconds from exec, 80×24':26}{'first frame':>12}{'smallest':>10}{'ratio':>7}", end="")
    print(f"{'first answer':>14}{'smallest':>10}{'ratio':>7}   goal {GOAL} for the first frame")
    for name, told in rows.items():
        start(*told)
        pairs = [(start(*told), start(*smallest)) for _ in range(runs)]
        cells = f"{name:26}"
        for moment, wide in ((0, 12), (1, 14)):
            ours, theirs = ([pair[who][moment] for pair in pairs] for who in (0, 1))
            ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
            cells += f"{statistics.median(ours):{wide}.3f}{statistics.median(theirs):10.3f}{ratio:7.2f}"
        print(cells)
