"""The real program on a pty: what the demo shows of the output path holds for tuibp itself."""

from __future__ import annotations

import math
import os
import re
import shutil
import sys
import time
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal.conftest import Open, Remote
from tests.terminal.line import Line
from tests.terminal.sshd import skip_without
from tuibp.app.desk import Desk
from tuibp.core.proof import prove
from tuibp.files import load

SLACK = 3.0 if (os.cpu_count() or 1) < 4 else 1.0
"""A tenth of a second is soon gone where client, server, line, program and other tests share two processors; alone on
them it takes 0.05 to 0.1."""
TUIBP = (sys.executable, "-m", "tuibp")
WALK = (
    ("?", "type to search"), ("\x18", "help"), ("\x10", "Search for commands"), ("\x1b", "help"), ("5", "5/5"),
    ("v", "Lens"), ("]", "Nudge"), ("p", "Strongest paths"), ("x", "Nudge"), ("x", "5/5"), ("n", "Notebook"),
    ("x", "5/5"), ("h", "Settings"), ("h", "5/5"), ("w", "Save as"), ("\x18", "5/5"), ("r", "faster"), ("x", "5/5"),
    ("t", "pause"), ("t", "u update"), ("o", "networks"), ("x", "u update"),
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


def test_y_sends_the_number_to_the_clipboard_of_the_terminal_in_a_kiosk_too(open_line: Open) -> None:
    line = open_line((*TUIBP, "mazur", "--kiosk"), ready="help")
    line.send("4y")
    line.wait_for("Copied: δ²₁ = 0.00877")
    (sent,) = re.findall(rb"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07", bytes(line.raw))
    assert b64decode(sent).startswith(b"0.00877")


@pytest.mark.parametrize("tmux", [False, True])
def test_y_on_a_screen_over_the_steps_reaches_the_clipboard(open_line: Open, tmp_path: Path, tmux: bool) -> None:
    """The last line of a proof is the error itself; all of its digits arrive, in what a multiplexer takes too."""
    skip_without("" if not tmux or shutil.which("tmux") else "tmux is not installed")
    (tmp_path / "conf").write_text("set -s set-clipboard on\nset -g status off\n")
    before = ("tmux", f"-S{tmp_path}/tmux", f"-f{tmp_path}/conf", "-u", "new-session") if tmux else ()
    line = open_line((*before, *TUIBP, "mazur"), ready="help")
    for keys, seen in (("4", "4/5"), ("P", "line 1 of 6"), ("\x1b[F", "line 6 of 6"), ("y", "Copied: ")):
        line.send(keys)
        line.wait_for(seen)
    line.wait_until(lambda: b"\x1b]52;" in line.raw)
    sent = re.findall(rb"\x1b\]52;c?;([A-Za-z0-9+/=]+)(?:\x07|\x1b\\)", bytes(line.raw))
    state = Desk.of(load("mazur")).state
    line_of_proof = prove(state.network, state.shown, "BP2", 1, 0).lines[-1]
    assert {float(b64decode(text)) for text in sent} == {float(line_of_proof.left[0])}


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
        line.send(keys)
        time.sleep(0.2)  # some marks are seen before the key as well
        line.wait_for(mark, 10)
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


@pytest.mark.parametrize("multiplexer", ["tmux", "screen"])
def test_a_multiplexer_shows_what_a_terminal_of_its_own_does(open_line: Open, tmp_path: Path, multiplexer: str) -> None:
    skip_without("" if shutil.which(multiplexer) else f"{multiplexer} is not installed")
    program = (*TUIBP, "digits")
    sockets = tmp_path / "sockets"
    sockets.mkdir(mode=0o700)
    inside = {
        "tmux": (
            "tmux",
            f"-S{tmp_path}/tmux",
            "-f/dev/null",
            "-u",
            "new-session",
            *program,
            ";",
            "set",
            "status",
            "off",
        ),
        "screen": ("screen", "-c", "/dev/null", "-U", *program),
    }[multiplexer]
    own, passed_on = (
        open_line(command, ready="help", environ={"SCREENDIR": str(sockets)}) for command in (program, inside)
    )
    for keys in ("2", "\x1b[B", "5", "\x1b[D", "]", "x", "1sss", " "):
        own.send(keys)
        passed_on.send(keys)
        time.sleep(0.5)
        passed_on.wait_until(lambda: upright(passed_on) == upright(own))


def upright(line: Line) -> str:
    """What is shown, whichever way up the half blocks of pictures were drawn."""
    return line.text.replace("▄", "▀")


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


def p95(line: Line, key: str, shown: Callable[[], str], count: int = 16) -> float:
    """Seconds within which 95 of 100 keys change what is shown."""
    taken = []
    for _ in range(count):
        before = shown()
        line.send(key)
        taken.append(line.wait_until(lambda before=before: shown() != before, 10))  # type: ignore[misc]
        time.sleep(0.1)
    return sorted(taken)[math.ceil(0.95 * count) - 1]


@pytest.mark.parametrize(("tmux", "goal"), [(False, 0.6), (True, 0.8)])
def test_keys_are_answered_on_a_slow_line_while_training_as_fast_as_it_may(
    open_line: Open, remote: Remote, tmp_path: Path, tmux: bool, goal: float
) -> None:
    skip_without("" if not tmux or shutil.which("tmux") else "tmux is not installed")
    before = f"tmux -S{tmp_path}/tmux -f /dev/null -u new-session " if tmux else ""
    line = open_line(remote.command((*TUIBP, "digits"), before=before), ready="help")
    time.sleep(1)
    line.send("5")
    line.wait_for("5/5")
    line.send("t")
    line.wait_for("pause")
    time.sleep(2)
    assert p95(line, "v", lambda: lens(line)) < goal
    assert tmux or "slow line" in line.lines[0]
    line.send("q")
    assert line.ended()[1] < (1.5 if tmux else 1.0)


def lens(line: Line) -> str:
    """The lens, as the title of the grid says it while training."""
    return line.lines[2].partition("lens: ")[2].partition(" ")[0]


def test_small_steps_show_at_once_on_a_slow_line(open_line: Open, remote: Remote) -> None:
    line = open_line(remote.command((*TUIBP, "digits")), ready="help")
    time.sleep(1.5)
    line.send("ss")
    time.sleep(0.3)
    line.send("   ")
    time.sleep(0.7)
    assert p95(line, " ", lambda: line.lines[1]) < 0.1 * SLACK, "the line of the steps tells how far one is"


def test_a_lesson_that_there_is_not_is_one_line_and_no_crash(open_line: Open) -> None:
    line = open_line((*TUIBP, "lesson", "nope"), ready="")
    line.wait_for("there is no such lesson")
    assert (line.ended()[0], line.settled()) == (2, True)
    assert "crashed" not in line.raw.decode("utf-8", "replace")
