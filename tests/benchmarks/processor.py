"""Processor time of a key, of the whole process, beside the smallest Textual app that fills the screen."""

from __future__ import annotations

import os
import pty
import select
import signal
import struct
import sys
import termios
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fcntl import ioctl
from pathlib import Path
from time import perf_counter

SMALLEST = """
from rich.segment import Segment
from textual.app import App
from textual.strip import Strip
from textual.widget import Widget

class Lines(Widget):
    keys = 0
    def render_line(self, y):
        return Strip([Segment(f"{self.keys} {y}".ljust(self.size.width))], self.size.width)

class Smallest(App):
    CSS = "Lines { width: 1fr; height: 1fr; }"
    def compose(self):
        yield Lines()
    def on_key(self):
        lines = self.query_one(Lines)
        lines.keys += 1
        lines.refresh()

Smallest().run()
"""
KEYS = (
    b" ",
    b" ",
    b"\x1b[B",
    b"\x1b[C",
    b" ",
    b"v",
    b"\x1b[A",
    b"\x1b[D",
    b"\x7f",
    b"\t",
    b"\x1b[B",
    b"\t",
    b">",
    b"<",
)
"""Steps, moves of the cursor on the grid and in the matrix, a lens, visits of the run."""
COUNT = 200
GOAL = 6.0
"""Milliseconds on a machine where the smallest app takes 3.0 to 3.4."""
REPORT = b"\x1b[6n"
START, QUIET, ANSWER = 20.0, 1.5, 0.03
"""Seconds for a start at most, without output after which it is over, and after which a key has been answered."""


def ticks(pid: int) -> float:
    """Seconds of processor that a process has used, with all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def started(command: Sequence[str]) -> Iterator[tuple[int, int]]:
    """A program on a pty of 80×24, at rest: (its process, the pty's master)."""
    pid, master = pty.fork()
    if pid == 0:
        ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", LANG="C.UTF-8")
        os.environ.pop("TMUX", None)
        os.execv(command[0], list(command))
    try:
        until = perf_counter() + START
        while not answered(master, QUIET) and perf_counter() < until:
            pass
        answered(master, QUIET)
        yield pid, master
    finally:
        os.kill(pid, signal.SIGKILL)
        os.close(master)
        os.waitpid(pid, 0)


def answered(master: int, quiet: float) -> int:
    """Take all output, answer the cursor reports, until there is none for so long; returns how much it was."""
    size, cut = 0, b""
    while select.select([master], [], [], quiet if size else max(quiet, 0.25))[0]:
        piece = cut + os.read(master, 65536)
        cut = next((piece[-n:] for n in (3, 2, 1) if REPORT.startswith(piece[-n:])), b"")  # read in two parts
        for _ in range(piece.count(REPORT)):
            os.write(master, b"\x1b[1;1R")
        size += len(piece)
    return size


def milliseconds_a_key(pid: int, master: int, count: int = COUNT) -> float:
    """Of processor, keys one by one, each when the last has been answered."""
    before = ticks(pid)
    for number in range(count):
        os.write(master, KEYS[number % len(KEYS)])
        answered(master, ANSWER)
    return 1000 * (ticks(pid) - before) / count


def run() -> None:
    """Print the table; the two are measured one right after the other, so that other load hits both."""
    smallest = [sys.executable, "-c", SMALLEST]
    print(
        f"{f'ms of processor a key, {COUNT} keys':34}{'ours':>8}{'smallest':>10}{'ratio':>8}   goal {GOAL:.0f} at 3.2"
    )
    for name in ("mazur", "digits"):
        with started(smallest) as theirs, started([sys.executable, "-m", "tuibp", name]) as ours:
            milliseconds_a_key(*ours, count=2 * len(KEYS))  # what is imported when it is first wanted
            milliseconds_a_key(*theirs, count=2 * len(KEYS))
            mine, other = milliseconds_a_key(*ours), milliseconds_a_key(*theirs)
        print(f"{name + ' 80×24':34}{mine:8.2f}{other:10.2f}{mine / other:8.2f}", flush=True)
