from __future__ import annotations

import re
from argparse import Namespace

import pytest

from tests.terminal.conftest import Open
from tests.terminal.line import DEMO
from tuibp.app.terminal import Terminal, colors_of, light_of, multiplexer_of, of_environment, utf8_of


@pytest.mark.parametrize(
    ("environ", "choice", "colors"),
    [
        ({"TERM": "xterm-256color"}, "auto", "256"),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "auto", "truecolor"),
        ({"TERM": "xterm", "COLORTERM": "24bit"}, "auto", "truecolor"),
        ({"TERM": "xterm-direct"}, "auto", "truecolor"),
        ({"TERM": "xterm"}, "auto", "16"),
        ({"TERM": "screen"}, "auto", "16"),
        ({"TERM": "tmux-256color"}, "auto", "256"),
        ({"TERM": "linux"}, "auto", "16"),
        ({"TERM": "vt100"}, "auto", "none"),
        ({"TERM": "vt100"}, "always", "16"),
        ({}, "auto", "16"),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, "auto", "none"),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, "auto", "256"),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, "always", "256"),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, "16", "16"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "256", "256"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "never", "none"),
    ],
)
def test_colours_follow_choice_then_no_color_then_colorterm_then_term(
    environ: dict[str, str], choice: str, colors: str
) -> None:
    assert colors_of(environ, choice) == colors


def test_a_terminal_whose_locale_does_not_say_is_asked() -> None:
    assert utf8_of({"LANG": "de_DE.UTF-8"}) is True
    assert utf8_of({"LANG": "de_DE.UTF-8", "LC_ALL": "C"}) is None
    assert utf8_of({"LANG": "C"}) is None
    assert utf8_of({}) is None
    assert utf8_of({"TERM": "foot"}) is True


def test_the_locale_that_python_makes_up_for_a_missing_one_says_nothing() -> None:
    assert utf8_of({"LANG": "C", "LC_CTYPE": "C.UTF-8"}) is None
    assert utf8_of({"LC_CTYPE": "C.UTF-8"}) is None
    assert utf8_of({"LANG": "C.UTF-8"}) is True
    assert utf8_of({"LC_CTYPE": "UTF-8"}) is True


def test_the_linux_console_gets_ascii_since_its_font_has_no_greek() -> None:
    assert utf8_of({"TERM": "linux", "LANG": "C.UTF-8"}) is False


def test_the_background_is_told_by_choice_then_colorfgbg() -> None:
    assert light_of({"COLORFGBG": "15;0"}) is False
    assert light_of({"COLORFGBG": "0;default;15"}) is True
    assert light_of({"COLORFGBG": "0;15"}, "dark") is False
    assert light_of({}) is None


def test_multiplexers_are_known_by_their_variables() -> None:
    assert multiplexer_of({"TMUX": "/tmp/tmux-0/default,1,0"}) == "tmux"
    assert multiplexer_of({"STY": "1.pts-0.host"}) == "screen"
    assert multiplexer_of({}) == ""


def test_low_bandwidth_means_sixteen_colours_and_no_mouse() -> None:
    choices = Namespace(low_bandwidth=True, color="auto", ascii=False, theme="auto")
    terminal = of_environment({"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}, choices)
    assert (terminal.colors, terminal.mouse, terminal.slow) == ("16", False, True)
    choices.color = "256"
    assert of_environment({"TERM": "xterm-256color"}, choices).colors == "256"


def test_older_terminals_get_no_sequences_that_they_would_print() -> None:
    assert Terminal(term="vt100").environment()["TEXTUAL_DISABLE_KITTY_KEY"] == "1"
    assert "TEXTUAL_DISABLE_KITTY_KEY" not in Terminal(term="xterm-256color").environment()


# On a pty

QUESTION = b"\r\xc3\xa9"
"""Asks whether the terminal shows UTF-8; it is wiped at once."""


@pytest.mark.parametrize(
    ("term", "color"),
    [
        ("xterm-256color", "truecolor"), ("xterm-direct", None), ("screen", None), ("tmux-256color", None),
        ("linux", None), ("vt100", None), (None, None),
    ],
)  # fmt: skip
def test_the_program_runs_and_paints_in_every_terminal(open_line: Open, term: str | None, color: str | None) -> None:
    line = open_line(environ={"TERM": term, "COLORTERM": color})
    line.send("  ")
    line.wait_for("count 2")
    expected = {"xterm-256color": b"48;2;", "xterm-direct": b"48;2;", "tmux-256color": b"48;5;"}.get(term or "", b"")
    assert expected in line.raw
    if term == "vt100":
        assert not re.search(rb"\x1b\[[\d;]*4\d", line.raw)
        assert b"$p" not in line.raw
    line.send("q")
    assert line.ended()[0] == 0
    assert line.settled()


@pytest.mark.parametrize(
    ("changes", "options", "more"),
    [
        ({"LANG": "C"}, {"answers": False}, ()),
        ({"LANG": None}, {"narrow": True}, ()),
        ({}, {}, ("--ascii",)),
        ({"TERM": "linux"}, {}, ()),
    ],
)
def test_no_byte_above_tilde_reaches_a_terminal_that_knows_ascii_alone(
    open_line: Open, changes: dict[str, str | None], options: dict[str, bool], more: tuple[str, ...]
) -> None:
    line = open_line((*DEMO, *more), environ=changes, **options)
    question = line.raw.find(b"\x1b[6n") if QUESTION in line.raw else 0
    line.send("t ")
    line.wait_for("count 1 a d3 * # ????")
    line.send("q")
    line.ended()
    assert max(line.raw[question:]) <= 0x7E


def test_a_terminal_that_answers_for_utf8_gets_it_without_any_locale(open_line: Open) -> None:
    line = open_line(environ={"LANG": None})
    line.wait_for("δ³ ⊙ ⣿ 漢")


def test_no_color_sends_none(open_line: Open) -> None:
    line = open_line(environ={"NO_COLOR": "1"})
    line.send("t")
    line.wait_until(lambda: "─" in line.lines[-1])
    line.send("q")
    line.ended()
    codes = {code for sequence in re.findall(rb"\x1b\[([\d;]*)m", line.raw) for code in sequence.split(b";")}
    assert codes <= {b"0", b"1", b"2", b"4", b"7", b"22", b"24", b"27"}


@pytest.mark.parametrize("term", ["dumb"])
def test_what_cannot_work_says_so_in_one_line_with_what_to_use_instead(open_line: Open, term: str) -> None:
    line = open_line(ready="", environ={"TERM": term})
    line.process.wait(5)
    line.wait_for("tuibp trace")
    assert b"\x1b" not in line.raw


def test_resizing_from_1x1_to_400x120_and_back_loses_nothing(open_line: Open) -> None:
    line = open_line()
    for size in ((1, 1), (400, 120), (3, 2), (80, 24)):
        line.resize(*size)
        line.wait_until(lambda size=size: ("count 0" in line.lines[0]) == (size[0] >= 7))  # type: ignore[misc]
    assert len(line.lines) == 24
    line.send("t")
    line.wait_until(lambda: all("─" in text for text in line.lines[1:]))
