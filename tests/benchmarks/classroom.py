"""A class on one machine: many sessions on ptys, each with a key a second, and how long the answers take."""

from __future__ import annotations

import os
import pty
import random
import select
import signal
import struct
import sys
import tempfile
import termios
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from fcntl import ioctl
from pathlib import Path
from time import perf_counter

from tests.benchmarks.processor import ticks

SESSIONS = (1, 30, 60, 100)
SECONDS = 15.0
"""Of keys, after all have started."""
PATIENCE = 120.0
"""Seconds that a class may take to start."""
REST, RESTING = 1.0, 0.05
"""Seconds in which all programs together may use so many seconds of processor where they count as at rest."""
KEYS = (b" ", b" ", b"\x1b[B", b"\x1b[C", b" ", b"\x1b[A", b"\x1b[D", b"\x7f")
REPORT = b"\x1b[6n"


@dataclass
class Session:
    """One person: a pty, and when the key under way was pressed."""

    pid: int
    master: int
    started: float
    first: float = 0.0
    """Seconds to the first frame."""
    pressed: float = 0.0
    answers: list[float] = field(default_factory=list)
    due: float = 0.0
    keys: int = 0
    cut: bytes = b""

    def take(self, now: float) -> None:
        """Read what came, answer its reports; the first of it answers the key."""
        piece = self.cut + os.read(self.master, 65536)
        self.cut = next((piece[-n:] for n in (3, 2, 1) if REPORT.startswith(piece[-n:])), b"")
        for _ in range(piece.count(REPORT)):
            os.write(self.master, b"\x1b[1;1R")
        if not piece.replace(REPORT, b"").strip(self.cut):
            return
        if not self.first and len(piece) > 500:
            self.first = now - self.started
        if self.pressed:
            self.answers.append(now - self.pressed)
            self.pressed = 0.0

    def press(self, now: float) -> None:
        """The next key; one that waits for its answer is waited for."""
        if now >= self.due and not self.pressed:
            self.due = now + 1.0
            os.write(self.master, KEYS[self.keys % len(KEYS)])
            self.keys, self.pressed = self.keys + 1, now


def run() -> None:
    """Print the table."""
    print(f"{'sessions':>8}{'p50':>9}{'p95':>9}{'most':>9}{'PSS each':>12}{'first frame, median (most)':>30}")
    for count in SESSIONS:
        with classroom(count) as sessions:
            attend(sessions, PATIENCE, lambda: all(s.first for s in sessions))
            firsts = sorted(s.first for s in sessions)
            at_rest(sessions)
            now = perf_counter()
            for session in sessions:
                session.due = now + random.Random(session.pid).random()
            attend(sessions, SECONDS, lambda: False, keys=True)
            attend(sessions, 10.0, lambda: not any(s.pressed for s in sessions))
            late = [perf_counter() - s.pressed for s in sessions if s.pressed]
            answers = sorted([a for s in sessions for a in s.answers] + late)
            memory = sum(pss(s.pid) for s in sessions) / count
        told = "".join(f"{1000 * answers[int((len(answers) - 1) * part)]:6.0f} ms" for part in (0.5, 0.95, 1.0))
        first = f"{firsts[count // 2]:.2f} s ({firsts[-1]:.2f} s)"
        print(f"{count:>8}{told}{memory / 1e6:>9.1f} MB{first:>30}", flush=True)


def at_rest(sessions: list[Session]) -> None:
    """Wait until no program does anything any more: what follows a first frame is not the answer to a key."""
    until = perf_counter() + PATIENCE
    used = sum(ticks(s.pid) for s in sessions)
    while perf_counter() < until:
        attend(sessions, REST, lambda: False)
        before, used = used, sum(ticks(s.pid) for s in sessions)
        if used - before <= RESTING + 0.005 * len(sessions):
            return
    raise TimeoutError(f"{len(sessions)} programs were still at work after {PATIENCE:.0f} s")


def attend(sessions: list[Session], seconds: float, over: Callable[[], bool], keys: bool = False) -> None:
    """Serve all terminals for so long, or until `over` says so."""
    by_master = {session.master: session for session in sessions}
    until = perf_counter() + seconds
    while perf_counter() < until and not over():
        for master in select.select(list(by_master), [], [], 0.005)[0]:
            by_master[master].take(perf_counter())
        if keys:
            for session in sessions:
                session.press(perf_counter())


@contextmanager
def classroom(count: int) -> Iterator[list[Session]]:
    """So many programs, all started at once."""
    with tempfile.TemporaryDirectory() as state:
        sessions = [begun(state) for _ in range(count)]
        try:
            yield sessions
        finally:
            for session in sessions:
                with suppress(ProcessLookupError):
                    os.kill(session.pid, signal.SIGKILL)
                os.close(session.master)
                os.waitpid(session.pid, 0)


def begun(state: str) -> Session:
    """The program on a pty of 80×24."""
    started = perf_counter()
    pid, master = pty.fork()
    if pid == 0:
        ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", LANG="C.UTF-8", XDG_STATE_HOME=state)
        os.environ.pop("TMUX", None)
        os.execv(sys.executable, [sys.executable, "-m", "tuibp", "digits"])
    return Session(pid, master, started)


def pss(pid: int) -> int:
    """Bytes of memory, what is shared counted in shares."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return 1024 * int(next(line.split()[1] for line in text.splitlines() if line.startswith("Pss:")))
