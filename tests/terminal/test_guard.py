from __future__ import annotations

import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal.conftest import Open
from tests.terminal.line import DEMO

Sessions = Callable[[], list[Path]]
IGNORING_HANGUPS = ("sh", "-c", 'trap "" HUP; exec "$@"', "sh", *DEMO)
SIGNALS = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT, signal.SIGQUIT)


def saved(sessions: Sessions) -> str:
    (session,) = [path for path in sessions() if path.suffix == ".session"]
    assert session.stat().st_mode & 0o777 == 0o600
    assert session.parent.stat().st_mode & 0o777 == 0o700
    return session.read_text()


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_saves_restores_and_ends_within_a_second(
    open_line: Open, sessions: Sessions, number: signal.Signals
) -> None:
    line = open_line()
    line.send("  ")
    line.wait_for("count 2")
    line.process.send_signal(number)
    status, seconds = line.ended()
    assert (status, seconds < 1.0, line.settled()) == (128 + number, True, True)
    assert saved(sessions) == "count 2"
    assert line.raw.rindex(b"\x1b[?1049l") > line.raw.rindex(b"\x1b[?1049h")


@pytest.mark.parametrize("command", [DEMO, IGNORING_HANGUPS])
def test_a_closed_terminal_ends_the_program_within_a_second(
    open_line: Open, sessions: Sessions, command: tuple[str, ...]
) -> None:
    line = open_line(command)
    line.send(" ")
    line.wait_for("count 1")
    line.hang_up()
    assert line.ended()[1] < 1.0
    assert saved(sessions) == "count 1"


@pytest.mark.parametrize("end", ["q", signal.SIGTERM])
def test_a_reader_that_has_stopped_keeps_nobody_from_leaving(
    open_line: Open, sessions: Sessions, end: str | signal.Signals
) -> None:
    line = open_line()
    line.send("t")
    time.sleep(0.3)
    line.stop_reading()
    time.sleep(0.5)
    line.send(" ")
    if isinstance(end, str):
        line.send(end)
    else:
        time.sleep(0.2)
        line.process.send_signal(end)
    status, seconds = line.ended()
    assert (status, seconds < 1.0) == (0 if end == "q" else 128 + signal.SIGTERM, True)
    assert any(path.read_text() == "count 1" for path in sessions() if path.suffix in (".session", ".ended"))


def test_a_program_that_is_busy_is_ended_all_the_same(open_line: Open, sessions: Sessions) -> None:
    line = open_line()
    line.send("b")
    time.sleep(0.3)
    line.process.send_signal(signal.SIGTERM)
    status, seconds = line.ended()
    assert (status, seconds < 1.0, line.settled()) == (143, True, True)
    assert saved(sessions) == "count 0"
    line.wait_until(lambda: line.raw.rstrip().endswith(b"\x1b[?25h"))


def test_a_crash_restores_saves_and_says_where_the_details_are_in_one_line(open_line: Open, sessions: Sessions) -> None:
    line = open_line()
    line.send(" c")
    status, _ = line.ended()
    assert (status, line.settled()) == (70, True)
    assert saved(sessions) == "count 1"
    (details,) = [path for path in sessions() if path.name.startswith("crash-")]
    assert "ValueError: on purpose" in details.read_text()
    assert details.stat().st_mode & 0o777 == 0o600
    said = line.raw[line.raw.index(b"tuibp: crashed") :]
    assert said.count(b"\n") == 1
    assert str(details).encode() in said


def test_a_session_that_was_quit_is_kept_but_not_offered(open_line: Open, sessions: Sessions) -> None:
    line = open_line()
    line.send("q")
    assert line.ended()[0] == 0
    assert [path.suffix for path in sessions()] == [".ended"]


def test_two_sessions_at_once_do_not_overwrite_each_other(open_line: Open, sessions: Sessions) -> None:
    lines = [open_line(), open_line()]
    for count, line in enumerate(lines, 1):
        line.send(" " * count)
        line.wait_for(f"count {count}")
        line.process.send_signal(signal.SIGTERM)
    for line in lines:
        line.ended()
    assert sorted(path.read_text() for path in sessions() if path.suffix == ".session") == ["count 1", "count 2"]


def test_a_line_gone_silent_is_saved_while_the_program_runs_on(open_line: Open, sessions: Sessions) -> None:
    line = open_line()
    line.send("t ")
    line.wait_for("count 1")
    line.stop_reading()
    line.wait_until(lambda: any(path.suffix == ".session" for path in sessions()), 9)
    assert saved(sessions) == "count 1"
    assert line.process.poll() is None


def test_nothing_runs_in_circles_while_there_is_nothing_to_do(open_line: Open) -> None:
    line = open_line()
    time.sleep(0.5)

    def ticks() -> int:
        fields = Path(f"/proc/{line.process.pid}/stat").read_text().rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])

    if not Path("/proc").is_dir():
        pytest.skip("the processor time of another process is read from /proc")
    before = ticks()
    time.sleep(1)
    assert ticks() - before < 30
