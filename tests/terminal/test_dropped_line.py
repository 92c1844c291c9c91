"""What is left when an ssh client dies."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.terminal.conftest import Open, Remote


def test_a_killed_ssh_client_leaves_a_saved_session_and_no_orphan(
    open_line: Open, remote: Remote, sessions: Callable[[], list[Path]]
) -> None:
    line = open_line(remote.command((sys.executable, "-m", "tuibp", "digits")), ready="help")
    line.send("t")
    line.wait_for("pause")
    mark = str(remote.environ["XDG_STATE_HOME"]).encode()
    assert len(running(mark)) == 1
    line.process.kill()
    line.process.wait()
    since = time.monotonic()
    while running(mark) and time.monotonic() - since < 5:
        time.sleep(0.01)
    assert time.monotonic() - since < 1.0
    (saved,) = [path for path in sessions() if path.suffix == ".session"]
    assert b'"train"' in saved.read_bytes().lower()


def running(mark: bytes) -> list[int]:
    """Programs of ours whose environment holds this folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            arguments = (process / "cmdline").read_bytes().split(b"\0")
            if b"python" in arguments[0] and b"tuibp" in arguments and mark in (process / "environ").read_bytes():
                found.append(int(process.name))
        except OSError:
            continue
    return found
