"""From a key to its answer on slow lines, while the screen changes as fast as it may, and while it stands still."""

from __future__ import annotations

import math
import shlex
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.screens import ROOT, SIZES, settle, targets
from tests.benchmarks.timing import table
from tests.terminal.line import DEMO, Line
from tests.terminal.sshd import SlowLine, Sshd, missing
from tuibp.app.output.application import MULTIPLEXER_BUDGET

RATES = (2_400, 9_600, 57_600)
RATE = 9_600
KEYS = 40
STEPS = 20
TMUX = "tmux -Stmux -f /dev/null -u new-session "
TUIBP = (sys.executable, "-m", "tuibp")


def run() -> None:
    reason = missing()
    if reason:
        print(f"left out: {reason}")
        return
    rows = []
    for rate in RATES:
        for name, before in (("ssh", ""), ("ssh, tmux", TMUX)):
            if before and (not shutil.which("tmux") or rate < MULTIPLEXER_BUDGET):
                continue  # a line slower than the budget is overfilled from behind a multiplexer
            rows.append((f"{name}, {rate:,} bytes/s", *demo(rate, before)))
    table(("demo program, seconds from key to frame", "still p50", "p95", "max", "live p50", "p95", "max"), rows)
    print("\nlive: every cell of the screen in new colours, 20 times a second; goals at 9,600: 0.1, 0.6, in tmux 0.8\n")
    with targets() as given:
        rows = [
            (f"{name} {size[0]}x{size[1]}", *program(target, size)) for size in SIZES for name, target in given.items()
        ]
    kinds = ("term", "neuron", "phase", "lens, live")
    heads = [part for kind in kinds for part in (kind, "p95")]
    table((f"tuibp, ssh, {RATE:,} bytes/s, p50 and p95", *heads), rows)
    print("\nuntil the line of the steps has changed, or the lens that the grid's title names; goals: 0.1, live 0.6")


@contextmanager
def far(command: tuple[str, ...], rate: float, before: str = "", size: tuple[int, int] = (80, 24)) -> Iterator[Line]:
    """A program at the far end of ssh on a line of so many bytes a second."""
    with TemporaryDirectory() as folder:
        server = Sshd(Path(folder) / "sshd")
        slow = SlowLine(server.port, rate)
        settings = {"LANG": "C.UTF-8", "COLORTERM": "truecolor", "PYTHONPATH": str(ROOT), "XDG_STATE_HOME": folder}
        words = " ".join(f"{name}={shlex.quote(value)}" for name, value in settings.items())
        there = f"cd {shlex.quote(folder)}; exec env {words} {before}{shlex.join(command)}"
        path = str(Path(sys.executable).parent) + ":/usr/bin:/bin"
        line = Line(
            server.client(slow.port, there), {"PATH": path, "HOME": folder, "TERM": "xterm-256color"}, size=size
        )
        try:
            yield line
            line.send("q")
            line.ended(10)
        finally:
            line.close()
            slow.close()
            server.close()


def demo(rate: float, before: str) -> list[str]:
    with far(DEMO, rate, before) as line:
        line.wait_for("count 0", 60)
        settle(line, 1.0)
        still = counted(line, 0)
        line.send("t")
        time.sleep(2)
        return [*figures(still, 3), *figures(counted(line, KEYS), 3)]


def counted(line: Line, start: int) -> list[float]:
    """Seconds until each of so many keys was counted on the screen."""
    taken = []
    for number in range(start + 1, start + KEYS + 1):
        line.send(" ")
        taken.append(line.wait_for(f"count {number} ", 60))
        time.sleep(0.083)
    return taken


def program(target: str, size: tuple[int, int]) -> list[str]:
    with far((*TUIBP, target), RATE, size=size) as line:
        line.wait_for("help", 60)
        settle(line, 1.0)
        found = []
        row = 1 if size == SIZES[0] else 2  # of the five steps
        for size_of_steps, count in (("sss", STEPS), ("sss", STEPS), ("ss", 6)):  # terms, neurons, phases
            line.send("1" + size_of_steps)
            settle(line, 0.6)
            found += figures(answers(line, " ", count, lambda: line.lines[row]), 2)
        line.send("t")
        line.wait_for("pause", 10)
        time.sleep(2)
        return found + figures(answers(line, "v", STEPS, lambda: lens(line)), 2)


def answers(line: Line, key: str, count: int, shown: Callable[[], str]) -> list[float]:
    """Seconds until each of so many keys changes what is shown; nothing more comes once all is done."""
    taken = []
    for _ in range(count):
        before = shown()
        line.send(key)
        try:
            taken.append(line.wait_until(lambda before=before: shown() != before, 5))  # type: ignore[misc]
        except AssertionError:
            break
        time.sleep(0.2)
    return taken


def lens(line: Line) -> str:
    """The lens, as the title of the grid says it while training."""
    return "".join(line.lines[2:4]).partition("lens: ")[2].partition(" ")[0]


def figures(taken: list[float], count: int) -> list[str]:
    """The first `count` of: median, 95th percentile, longest."""
    if not taken:
        return ["–"] * count
    taken = sorted(taken)
    found = (taken[len(taken) // 2], taken[math.ceil(0.95 * len(taken)) - 1], taken[-1])
    return [f"{seconds:.3f}" for seconds in found[:count]]
