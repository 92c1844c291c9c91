"""From a key to its answer on slow lines, while the screen changes as fast as it may, and while it stands still."""

from __future__ import annotations

import math
import shlex
import shutil
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.screens import ROOT, settle
from tests.benchmarks.timing import table
from tests.terminal.line import DEMO, Line
from tests.terminal.sshd import SlowLine, Sshd, missing

RATES = (2_400, 9_600, 57_600)
KEYS = 40


def run() -> None:
    reason = missing()
    if reason:
        print(f"left out: {reason}")
        return
    rows = []
    for rate in RATES:
        for name, before in (("ssh", ""), ("ssh, tmux", "tmux -Stmux -f /dev/null -u new-session ")):
            if before and not shutil.which("tmux"):
                continue
            still, live = measured(rate, before)
            rows.append((f"{name}, {rate:,} bytes/s", *still, *live))
    table(("demo program, seconds from key to frame", "still p50", "p95", "max", "live p50", "p95", "max"), rows)
    print("\nlive: every cell of the screen in new colours, 20 times a second; goals at 9,600: 0.1, 0.6, in tmux 0.8")


def measured(rate: float, before: str) -> tuple[list[str], list[str]]:
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory())
        server = Sshd(Path(folder) / "sshd")
        stack.callback(server.close)
        slow = SlowLine(server.port, rate)
        stack.callback(slow.close)
        settings = {"LANG": "C.UTF-8", "COLORTERM": "truecolor", "PYTHONPATH": str(ROOT), "XDG_STATE_HOME": folder}
        words = " ".join(f"{name}={shlex.quote(value)}" for name, value in settings.items())
        command = f"cd {shlex.quote(folder)}; exec env {words} {before}{shlex.join(DEMO)}"
        environ = {
            "PATH": str(Path(sys.executable).parent) + ":/usr/bin:/bin",
            "HOME": folder,
            "TERM": "xterm-256color",
        }
        line = Line(server.client(slow.port, command), environ)
        stack.callback(line.close)
        line.wait_for("count 0", 60)
        settle(line, 1.0)
        still = seconds_a_key(line, 0)
        line.send("t")
        time.sleep(2)
        live = seconds_a_key(line, KEYS)
        line.send("q")
        line.ended(10)
        return still, live


def seconds_a_key(line: Line, start: int) -> list[str]:
    """Median, 95th percentile and longest of so many keys."""
    taken = []
    for number in range(start + 1, start + KEYS + 1):
        line.send(" ")
        taken.append(line.wait_for(f"count {number} ", 60))
        time.sleep(0.083)
    taken.sort()
    return [f"{seconds:.3f}" for seconds in (taken[KEYS // 2], taken[math.ceil(0.95 * KEYS) - 1], taken[-1])]
