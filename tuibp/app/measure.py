"""How fast the line to this terminal is, by sending something that shows nothing and asking when it has arrived."""

from __future__ import annotations

import os
import select
from time import monotonic

from tuibp.app.inquiry import ASK_REPORT, REPORT

NOTHING = b"\x1b[0m"
SIZES = (2_000, 16_000, 64_000)
CLEAR = 0.1
"""Seconds more than an empty question takes that are enough to tell a rate."""
PATIENCE = 3.0


def bytes_a_second() -> float | None:
    """What the line carries, at least; None where the terminal does not answer. It must not echo what is typed."""
    empty = _seconds(0)
    if empty is None:
        return None
    rate = None
    for size in SIZES:
        taken = _seconds(size)
        if taken is None:
            return rate
        rate = size / max(taken - empty, 1e-4)
        if taken - empty > CLEAR:
            break
    return rate


def _seconds(size: int) -> float | None:
    """From sending so many bytes to the report that they have been taken in."""
    since = monotonic()
    heard = b""
    try:
        os.write(2, NOTHING * (size // len(NOTHING)) + ASK_REPORT)
        while not REPORT.search(heard):
            if not select.select([0], [], [], max(0.0, since + PATIENCE - monotonic()))[0]:
                return None
            heard += os.read(0, 4096)
    except OSError:
        return None
    return monotonic() - since
