"""The first picture: sent while the program behind it is still being imported, which then goes on from there."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from time import monotonic

from rich.color import ColorSystem

from tuibp.app.output.cells import SegmentRow
from tuibp.app.output.gate import REPORT
from tuibp.app.output.last_frame import LastFrame
from tuibp.app.output.writer import Writer
from tuibp.app.terminal import Terminal
from tuibp.render.in_ascii import in_cells

ALTERNATE = "\x1b[?1049h"
"""To the screen that leaves the shell's as it was."""
ENTER = ALTERNATE + "\x1b[?25l\x1b[?7l"
"""With the cursor hidden, and nothing wrapped at the edge."""

SYSTEMS = {"truecolor": ColorSystem.TRUECOLOR, "256": ColorSystem.EIGHT_BIT, "16": ColorSystem.STANDARD, "none": None}


class First:
    """A picture that is on its way."""

    def __init__(self, rows: Sequence[SegmentRow], terminal: Terminal) -> None:
        """Send it. The terminal must not echo any more what is typed."""
        self.writer = Writer(sys.__stderr__.fileno())  # type: ignore[union-attr]  # the program has a terminal
        self.shown = fresh(terminal)
        self.shown.forget(clear=True)
        text = self.shown.update(rows, terminal.columns, color_system(terminal))
        self.writer.write(encoded(ENTER + text + REPORT, terminal))
        self.size, self.at = self.writer.accepted, monotonic()


def fresh(terminal: Terminal) -> LastFrame:
    """What a terminal shows of which nothing is known."""
    return LastFrame(erases=terminal.xterm_like, by_pen=not terminal.multiplexer)


def color_system(terminal: Terminal) -> ColorSystem | None:
    return SYSTEMS[terminal.colors]


def encoded(text: str, terminal: Terminal) -> bytes:
    return text.encode("utf-8", "replace") if terminal.utf8 else in_cells(text).encode("ascii")
