"""The real program: whatever ends it, what the person was doing is there again."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal.conftest import Open
from tuibp.session.saved import read, write

TUIBP = (sys.executable, "-m", "tuibp")
IGNORING_HANGUPS = ("sh", "-c", 'trap "" HUP; exec "$@"', "sh")
Sessions = Callable[[], list[Path]]


def saved(sessions: Sessions, ending: str = ".session") -> str:
    """What was saved, its lines put in."""
    (session,) = [path for path in sessions() if path.suffix == ending]
    assert session.stat().st_mode & 0o777 == 0o600
    again = read(session.read_text())
    return write(again.history, again.view)


def test_after_any_signal_the_session_goes_on_at_the_very_same_step_cursor_lens_and_history(
    open_line: Open, sessions: Sessions
) -> None:
    line = open_line((*TUIBP, "iris"), ready="help")
    line.send("uu5e2ss   \x1b[B\x1b[B\x1b[Dvv=")  # updates, a jump, an example, fine steps, the cursor, the lens
    line.wait_for("enter takes it")
    line.send("\x18")  # another key for what esc does
    line.wait_until(lambda: "enter takes it" not in line.text)
    line.send("]")
    line.wait_for("Nudge")
    time.sleep(0.3)
    shown, before = line.lines[2:22], ""  # a message may stand below
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP, signal.SIGTERM):
        line.process.send_signal(number)
        status, seconds = line.ended()
        assert (status, seconds < 1.0, line.settled()) == (128 + number, True, True)
        before = before or saved(sessions)
        assert saved(sessions) == before
        line = open_line((*TUIBP, "--resume"), ready="Nudge")
        line.wait_until(lambda now=line: now.lines[2:22] == shown)  # type: ignore[misc]
    line.send("q")
    line.ended()
    assert saved(sessions, ".ended") == before


@pytest.mark.parametrize("number", [signal.SIGUSR1, signal.SIGALRM, signal.SIGXCPU])
def test_signals_that_nobody_sends_end_it_in_order(open_line: Open, sessions: Sessions, number: signal.Signals) -> None:
    line = open_line((*TUIBP, "mazur"), ready="help")
    line.send("u")
    line.wait_for("update 1")
    line.process.send_signal(number)
    status, seconds = line.ended()
    assert (status, seconds < 1.0, line.settled()) == (128 + number, True, True)
    assert '"at":1' in saved(sessions)


@pytest.mark.parametrize("ignoring", [(), IGNORING_HANGUPS])
def test_a_terminal_closed_while_training_ends_all_and_saves_what_was_learned(
    open_line: Open, sessions: Sessions, ignoring: tuple[str, ...]
) -> None:
    line = open_line((*ignoring, *TUIBP, "digits"), ready="help")
    line.send("t")
    line.wait_for("pause")
    time.sleep(0.3)
    line.hang_up()
    assert line.ended()[1] < 1.0
    assert '"train"' in saved(sessions).lower()


def test_a_session_that_was_cut_off_is_offered_and_the_offer_taken_with_a_key(
    open_line: Open, sessions: Sessions
) -> None:
    cut = open_line((*TUIBP, "mazur"), ready="help")
    cut.send("4")
    cut.wait_for("4/5")
    cut.process.send_signal(signal.SIGTERM)
    cut.ended()
    before = saved(sessions)
    quit_later = open_line((*TUIBP, "xor"), ready="ctrl+r")
    quit_later.send("q")
    assert quit_later.ended()[0] == 0
    line = open_line((*TUIBP, "nand"), ready="ctrl+r")
    line.send("\x12")
    line.wait_for("Resumed")
    line.wait_until(lambda: "mazur" in line.lines[0])
    line.process.send_signal(signal.SIGTERM)
    line.ended()
    assert saved(sessions) == before


def test_two_programs_at_once_save_what_each_of_them_did(open_line: Open, sessions: Sessions) -> None:
    lines = [open_line((*TUIBP, name), ready="help") for name in ("mazur", "xor")]
    for line in lines:
        line.process.send_signal(signal.SIGTERM)
    for line in lines:
        line.ended()
    contents = sorted(path.read_text() for path in sessions() if path.suffix == ".session")
    assert [any(f'"{name}"' in text for text in contents) for name in ("mazur", "xor")] == [True, True]
    resuming = open_line((*TUIBP, "--resume"), ready="Resumed")
    other = open_line((*TUIBP, "--resume"), ready="Resumed")
    both = (resuming, other)
    other.wait_until(lambda: {line.lines[0].split(" ")[1] for line in both} == {"mazur", "xor"})


@pytest.mark.parametrize("content", [b'{"never": 1', b"\x00\x01 not ours \xff", b""])
def test_a_file_that_is_no_session_is_refused_in_one_line_and_set_aside(
    open_line: Open, sessions: Sessions, tmp_path: Path, content: bytes
) -> None:
    folder = tmp_path / "state" / "tuibp"
    folder.mkdir(parents=True)
    (folder / "20200101-000000-1.session").write_bytes(content)
    line = open_line((*TUIBP, "--resume"), ready="")
    assert line.ended(5)[0] == 2
    line.wait_until(lambda: b"set aside" in line.raw)
    assert line.raw.count(b"\n") == 1
    assert line.settled()
    assert saved_as_it_was(sessions) == content


def saved_as_it_was(sessions: Sessions) -> bytes:
    (aside,) = [path for path in sessions() if path.suffix == ".damaged"]
    return aside.read_bytes()


def test_a_session_can_be_saved_sent_and_opened(open_line: Open, tmp_path: Path) -> None:
    line = open_line((*TUIBP, "mazur"), ready="help")
    line.send("4w")
    line.wait_for("Save as")
    line.send("\x18")  # another key for what esc does
    line.wait_until(lambda: "Save as" not in line.text)
    line.send("w")
    line.wait_for("Save as")
    line.send("\x7f" * 9 + f"{tmp_path}/x.tuibp\r")  # all at once, as typed ahead of a slow line
    line.wait_until((tmp_path / "x.tuibp").exists)
    line.send("q")
    again = open_line((*TUIBP, "--log", str(tmp_path / "x.tuibp")), ready="Resumed")
    again.wait_until(lambda: "mazur" in again.lines[0])
    again.send("q")
    assert again.ended()[0] == 0


def test_a_bad_log_gets_one_line_and_leaves_the_terminal_alone(open_line: Open, tmp_path: Path) -> None:
    (tmp_path / "bad.tuibp").write_text("no session")
    line = open_line((*TUIBP, "--log", str(tmp_path / "bad.tuibp")), ready="")
    assert line.ended(5)[0] == 2
    line.wait_until(lambda: b"bad.tuibp" in line.raw)
    assert line.raw.count(b"\n") == 1
    assert b"\x1b[?1049h" not in line.raw
    assert line.settled()


CRASHING = """
import sys
from tuibp.app.actions import stepping
from tuibp.app.app import TuibpApp

def broken(app):
    raise ZeroDivisionError("on purpose")

TuibpApp.toggle_training = broken
from tuibp.cli import main
sys.exit(main(["mazur"]))
"""


def test_a_crash_restores_the_terminal_saves_and_says_one_line(open_line: Open, sessions: Sessions) -> None:
    line = open_line((sys.executable, "-c", CRASHING), ready="help")
    line.send("4")
    line.wait_for("4/5")
    line.send("t")
    assert line.ended()[0] == 70
    assert line.settled()
    line.wait_until(lambda: b"tuibp: crashed" in line.raw)
    said = line.raw[line.raw.rindex(b"\x1b[?1049l") :]
    assert said.count(b"\n") == 1
    again = open_line((*TUIBP, "--resume"), ready="Resumed")
    again.send("q")
    again.ended(10)
    assert [path.suffix for path in sessions() if path.name.startswith("crash-")] == [".txt"]
