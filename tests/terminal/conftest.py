from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.terminal.line import DEMO, Line

ROOT = Path(__file__).parents[2]
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
def open_line(environ: dict[str, str]) -> Iterator[Open]:
    """Run the demo (or another command) on a line; it is closed at the end."""
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
