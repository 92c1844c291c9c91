from __future__ import annotations

import os
import shlex
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.terminal.line import DEMO, Line
from tests.terminal.sshd import SlowLine, Sshd, missing, skip_without

ROOT = Path(__file__).parents[2]
RATE = 9_600
Open = Callable[..., Line]


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """The environment of a person whose home is empty."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
    }


@pytest.fixture
def sessions(tmp_path: Path) -> Callable[[], list[Path]]:
    """The files that programs have left in the state folder, by ending."""
    return lambda: sorted((tmp_path / "state" / "tuibp").glob("*"))


@pytest.fixture
def open_line(environ: dict[str, str], tmp_path: Path) -> Iterator[Open]:
    """Run the demo (or another command) on a line; it is closed at the end, and a multiplexer's server with it."""
    lines: list[Line] = []

    def open_it(command: tuple[str, ...] = DEMO, ready: str = "count 0", **options: Any) -> Line:
        given = environ | options.pop("environ", {})
        line = Line(command, {name: value for name, value in given.items() if value is not None}, **options)
        lines.append(line)
        if ready:
            line.wait_for(ready, 10)
        return line

    yield open_it
    for line in lines:
        line.close()
    if (server := tmp_path / "tmux").exists():
        subprocess.run(["tmux", f"-S{server}", "kill-server"], capture_output=True, check=False)
    for session in (tmp_path / "sockets").glob("*"):
        with suppress(ValueError, ProcessLookupError):
            os.kill(int(session.name.split(".")[0]), signal.SIGTERM)  # screen ends what runs in it


class Remote(NamedTuple):
    sshd: Sshd
    line: SlowLine
    environ: dict[str, str]

    def command(self, program: tuple[str, ...] = DEMO, before: str = "", rate: bool = True) -> tuple[str, ...]:
        """A client's command line: the program, run on the other side of the line."""
        settings = " ".join(f"{name}={shlex.quote(value)}" for name, value in self.environ.items() if name != "TERM")
        words = f"cd {shlex.quote(str(ROOT))}; exec env {settings} {before}{shlex.join(program)}"
        return self.sshd.client(self.line.port if rate else self.sshd.port, words)


@pytest.fixture(scope="session")
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
