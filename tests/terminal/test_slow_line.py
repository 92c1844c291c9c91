"""From a key to its answer through a real sshd on a line of 9,600 bytes a second."""

from __future__ import annotations

import math
import shlex
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.terminal.conftest import ROOT, Open
from tests.terminal.line import DEMO, Line
from tests.terminal.sshd import SlowLine, Sshd, missing, skip_without

RATE = 9_600
KEYS = 20


class Remote(NamedTuple):
    sshd: Sshd
    line: SlowLine
    environ: dict[str, str]

    def command(self, program: tuple[str, ...] = DEMO, before: str = "", rate: bool = True) -> tuple[str, ...]:
        """A client's command line: the program, run on the other side of the line."""
        settings = " ".join(f"{name}={shlex.quote(value)}" for name, value in self.environ.items() if name != "TERM")
        words = f"cd {shlex.quote(str(ROOT))}; exec env {settings} {before}{shlex.join(program)}"
        return self.sshd.client(self.line.port if rate else self.sshd.port, words)


@pytest.fixture(scope="module")
def sshd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    skip_without(missing())
    running = Sshd(tmp_path_factory.mktemp("sshd"))
    yield running
    running.close()


@pytest.fixture
def remote(sshd: Sshd, environ: dict[str, str]) -> Iterator[Remote]:
    line = SlowLine(sshd.port, RATE)
    yield Remote(sshd, line, environ)
    line.close()


def p95(line: Line, start: int, count: int = KEYS) -> float:
    """Seconds within which 95 of 100 keys were answered."""
    taken = []
    for number in range(start + 1, start + count + 1):
        line.send(" ")
        taken.append(line.wait_for(f"count {number} ", 10))
        time.sleep(0.083)
    return sorted(taken)[math.ceil(0.95 * count) - 1]


def test_keys_are_answered_at_once_whatever_else_is_painted(open_line: Open, remote: Remote) -> None:
    line = open_line(remote.command())
    time.sleep(1)
    assert p95(line, 0) < 0.1
    line.send("t")
    time.sleep(1)
    assert p95(line, KEYS) < 0.6
    line.wait_for("slow line")
    line.send("q")
    assert line.ended()[1] < 1.0


def test_inside_tmux_too(open_line: Open, remote: Remote, tmp_path: Path) -> None:
    skip_without("" if shutil.which("tmux") else "tmux is not installed")
    socket = f"-S{tmp_path}/tmux"
    line = open_line(remote.command(before=f"tmux {socket} -f /dev/null -u new-session ", program=DEMO))
    line.send("t")
    time.sleep(2)
    assert p95(line, 0) < 0.8
    line.send("q")
    assert line.ended()[1] < 1.5
