"""The real program on a pty: what the demo shows of the output path holds for tuibp itself."""

from __future__ import annotations

import re
import sys
import time

import pytest

from tests.terminal.conftest import Open, Remote

TUIBP = (sys.executable, "-m", "tuibp")
WALK = (
    ("?", "type to search"), ("\x18", "help"), ("\x10", "Search for commands"), ("\x1b", "help"), ("5", "7/7"),
    ("v", "help"), ("]", "Nudge"), ("p", "Strongest paths"), ("x", "Nudge"), ("x", "7/7"), ("n", "Notebook"),
    ("x", "7/7"), ("h", "Settings"), ("h", "7/7"), ("w", "Save as"), ("\x18", "7/7"), ("r", "faster"), ("x", "7/7"),
    ("t", "pause"), ("t", "space step"), ("o", "networks"), ("x", "space step"),
)  # fmt: skip
"""Keys to every screen and back, with what must then be seen."""


TERMINALS = {
    "xterm-256color": b"48;5;", "xterm-direct": b"48;2;", "tmux-256color": b"48;5;", "screen": b"", "linux": b"",
    "vt100": b"", None: b"",
}  # fmt: skip
"""Values of TERM, with what only the colours of such a terminal send."""


def test_tuibp_runs_and_quits_in_every_terminal(open_line: Open) -> None:
    lines = [open_line((*TUIBP, "mazur"), ready="", environ={"TERM": term, "COLORTERM": None}) for term in TERMINALS]
    for line, colour in zip(lines, TERMINALS.values(), strict=True):
        line.wait_for("help", 20)
        line.send("2")
        line.wait_for("0.593")
        assert colour in line.raw
        assert (b"[48;" in line.raw) == bool(colour)
        line.send("q")
        assert (line.ended()[0], line.settled()) == (0, True)


def test_a_click_selects_what_it_hits(open_line: Open) -> None:
    line = open_line((*TUIBP, "digits"), ready="help")
    line.send("5")
    line.wait_for("\u2202C/\u2202w²₁")
    x, y = next((text.index("+51"), y) for y, text in enumerate(line.lines) if "+51" in text)
    line.send(f"\x1b[<0;{x + 2};{y + 1}M\x1b[<0;{x + 2};{y + 1}m")
    line.wait_for("[+51")


@pytest.mark.parametrize(
    ("more", "changes", "options"), [(("--ascii",), {}, {}), ((), {"LANG": "C", "TERM": "xterm"}, {"answers": False})]
)
def test_no_screen_sends_a_byte_above_tilde_where_only_ascii_is_known(
    open_line: Open, more: tuple[str, ...], changes: dict[str, str], options: dict[str, bool]
) -> None:
    line = open_line((*TUIBP, "xor", *more), ready="help", environ=changes, **options)
    question = 0 if more else line.raw.find(b"\x1b[6n")
    for keys, mark in WALK:
        before = line.text
        line.send(keys)
        line.wait_until(lambda mark=mark, before=before: mark in line.text and line.text != before)  # type: ignore[misc]
    line.send("q")
    assert line.ended()[0] == 0
    assert max(line.raw[question:]) <= 0x7E


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
