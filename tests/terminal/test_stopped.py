"""Stopped and continued, by the program's own key and by others: one reader, the picture anew, and out by `q`."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.terminal.conftest import Open
from tests.terminal.line import Line

TUIBP = (sys.executable, "-m", "tuibp", "mazur")
SHELL = ("sh", "-c", 'set -m; "$@"; echo stopped; fg >/dev/null; echo "ended $?"', "sh", *TUIBP)


def readers(process: int) -> int:
    """Threads of a process, which are all that could read."""
    return len(list(Path(f"/proc/{process}/task").iterdir()))


def child(line: Line) -> int:
    found = Path(f"/proc/{line.process.pid}/task/{line.process.pid}/children").read_text().split()
    return int(found[0])


def test_ctrl_z_leads_to_the_shell_and_fg_back_to_the_same_picture(open_line: Open) -> None:
    line = open_line(SHELL, ready="help")
    line.send("2")
    line.wait_for("0.593")
    before = line.text
    line.send("\x1a")
    line.wait_for("stopped")
    line.wait_until(lambda: line.text == before)
    line.send("1")
    line.wait_for("1/")
    line.send("q")
    line.wait_for("ended 0")
    assert line.ended()[0] == 0


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="threads of another process are counted in /proc")
@pytest.mark.parametrize("number", [signal.SIGSTOP, signal.SIGTSTP])
def test_one_that_was_stopped_by_others_goes_on_with_one_reader_and_leaves_by_q(
    open_line: Open, whole: bool, number: signal.Signals
) -> None:
    for _ in range(12 if whole else 1):
        line = open_line(TUIBP, ready="help")
        line.wait_until(lambda line=line: readers(line.process.pid) == 5)  # type: ignore[misc]  # mypy cannot infer it
        for count in range(3):
            os.kill(line.process.pid, number)
            time.sleep(0.05)
            os.kill(line.process.pid, signal.SIGCONT)
            line.send("12"[count % 2])
            time.sleep(0.05)
        line.wait_for("help")
        time.sleep(0.3)
        assert readers(line.process.pid) == 5
        line.send("2")
        line.wait_for("0.593")
        line.send("q")
        assert (line.ended()[0], line.settled()) == (0, True)
        line.close()
