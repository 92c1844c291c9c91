"""The handover on a real terminal: a picture first, then the program that goes on from it."""

from __future__ import annotations

import signal
import sys
import time

from tests.terminal.conftest import Open
from tests.terminal.line import Line

TUIBP = (sys.executable, "-m", "tuibp")
ENTER, LEAVE, KEYS = b"\x1b[?1049h", b"\x1b[?1049l", b"\x1b[?1004h"
"""To the other screen and back; the program's request for reports of focus, which is sent when it takes over."""


def drawn(line: Line) -> None:
    line.wait_for("help", 10)
    line.wait_until(lambda: bytes(line.raw).endswith(b"\x1b[6n"))


def test_the_program_takes_over_and_has_nothing_to_send(open_line: Open) -> None:
    line = open_line((*TUIBP, "mazur"), ready="")  # without a curve no plot is drawn later
    drawn(line)
    shown = line.lines
    assert bytes(line.raw).count(ENTER) == 1
    assert KEYS not in line.raw, "the picture comes before the program"
    line.wait_until(lambda: KEYS in line.raw)
    time.sleep(0.5)
    assert b"H" not in bytes(line.raw).partition(KEYS)[2]
    assert bytes(line.raw).count(ENTER) == 1
    assert line.lines == shown


def test_keys_pressed_before_the_program_is_there_are_not_shown_and_not_lost(open_line: Open) -> None:
    line = open_line((*TUIBP, "mazur"), ready="")
    drawn(line)
    before = len(line.raw)
    line.send("4v")
    time.sleep(0.05)
    assert KEYS in line.raw or len(line.raw) == before, "the terminal echoes what is typed"
    line.wait_for("4/5")
    line.wait_for("a²₁ ─")  # the lens has turned from δ


def test_a_signal_between_picture_and_program_restores_the_terminal_and_saves(open_line: Open) -> None:
    line = open_line((*TUIBP, "mazur"), ready="")
    drawn(line)
    line.process.send_signal(signal.SIGTERM)
    status, seconds = line.ended()
    assert (status, seconds < 1.0, line.settled()) == (128 + signal.SIGTERM, True, True)
    line.wait_until(lambda: LEAVE in line.raw)
    again = open_line((*TUIBP, "--resume"), ready="mazur")
    again.wait_for("Resumed")


def test_a_window_resized_between_picture_and_program_is_drawn_anew(open_line: Open) -> None:
    line = open_line((*TUIBP, "digits"), ready="")
    drawn(line)
    line.resize(120, 40)
    line.wait_until(lambda: "╭" in line.lines[3])
    line.resize(80, 24)
    line.wait_until(lambda: line.lines[-1].endswith("help") and "┬" in line.lines[2])
