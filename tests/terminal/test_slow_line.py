"""From a key to its answer through a real sshd on a line of 9,600 bytes a second."""

from __future__ import annotations

import math
import time

from tests.terminal.conftest import Open, Remote
from tests.terminal.line import Line

KEYS = 20


def p95(line: Line, start: int, count: int = KEYS) -> float:
    """Seconds within which 95 of 100 keys were answered."""
    taken = []
    for number in range(start + 1, start + count + 1):
        line.send(" ")
        taken.append(line.wait_for(f"count {number} ", 10))
        time.sleep(0.083)
    return sorted(taken)[math.ceil(0.95 * count) - 1]


def test_keys_are_answered_at_once_whatever_else_is_painted(open_line: Open, remote: Remote) -> None:
    line = open_line(remote.command())
    time.sleep(1)
    assert p95(line, 0) < 0.1
    line.send("t")
    time.sleep(1)
    assert p95(line, KEYS) < 0.6
    line.wait_for("slow line")
    line.send("q")
    assert line.ended()[1] < 1.0
