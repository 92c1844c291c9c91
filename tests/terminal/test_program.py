"""The real program on a pty: what the demo shows of the output path holds for tuibp itself."""

from __future__ import annotations

import re
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal.conftest import Open, Remote

TUIBP = (sys.executable, "-m", "tuibp")
Sessions = Callable[[], list[Path]]


@pytest.mark.parametrize("term", ["xterm-256color", "screen", "linux", "vt100"])
def test_tuibp_runs_and_quits_in_every_terminal(open_line: Open, term: str) -> None:
    line = open_line((*TUIBP, "mazur"), ready="mazur", environ={"TERM": term, "COLORTERM": None})
    line.send("2")
    line.wait_for("0.593")
    line.send("q")
    assert line.ended()[0] == 0
    assert line.settled()


def test_ascii_sends_no_byte_above_tilde(open_line: Open) -> None:
    line = open_line((*TUIBP, "digits", "--ascii"), ready="digits")
    line.send("     vv?")
    time.sleep(0.5)
    line.send("\x1b")
    time.sleep(0.3)
    line.send("u")
    time.sleep(0.5)
    line.send("q")
    line.ended()
    assert max(line.raw) <= 0x7E


def test_no_color_sends_no_colour(open_line: Open) -> None:
    line = open_line((*TUIBP, "digits"), ready="digits", environ={"NO_COLOR": "1"})
    line.send("   u")
    time.sleep(0.5)
    line.send("q")
    line.ended()
    codes = {code for sequence in re.findall(rb"\x1b\[([\d;]*)m", line.raw) for code in sequence.split(b";")}
    assert not [code for code in codes if re.fullmatch(rb"[34]\d|9\d|10\d", code)]


def test_resizing_down_to_nothing_and_back_shows_the_same(open_line: Open) -> None:
    line = open_line((*TUIBP, "mazur"), ready="mazur")
    time.sleep(0.5)
    before = line.text
    for size in ((1, 1), (400, 120), (20, 5)):
        line.resize(*size)
        time.sleep(0.4)
    line.resize(80, 24)
    line.wait_until(lambda: line.text == before)
    line.send("q")
    assert line.ended()[0] == 0


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_saves_and_the_next_start_resumes(open_line: Open, sessions: Sessions, number: signal.Signals) -> None:
    line = open_line((*TUIBP, "mazur"), ready="mazur")
    line.send("2")
    line.wait_for("0.593")
    line.process.send_signal(number)
    status, seconds = line.ended()
    assert (status, seconds < 1.0, line.settled()) == (128 + number, True, True)
    assert [path.suffix for path in sessions() if path.suffix != ".lock"] == [".session"]
    again = open_line((*TUIBP, "--resume"), ready="mazur")
    again.wait_for("0.593")
    again.send("q")
    again.ended()


def test_a_stopped_reader_keeps_nobody_from_leaving_while_training(open_line: Open) -> None:
    line = open_line((*TUIBP, "digits"), ready="digits")
    line.send("t")
    time.sleep(0.5)
    line.stop_reading()
    time.sleep(0.5)
    line.send("q")
    assert line.ended()[1] < 1.0


def test_on_a_slow_line_a_step_shows_at_once_and_training_is_paused_at_once(open_line: Open, remote: Remote) -> None:
    line = open_line(remote.command((*TUIBP, "mazur")), ready="help")
    time.sleep(1)
    shown = []
    for step, mark in (("2", "3/7"), ("3", "4/7"), ("4", "5/7"), ("1", "1/7")) * 3:
        line.send(step)
        shown.append(line.wait_for(mark))
        time.sleep(0.3)
    assert sorted(shown)[-2] < 0.6, shown
    line.send("t")
    time.sleep(2)
    line.send("q")
    assert line.ended()[1] < 1.0
