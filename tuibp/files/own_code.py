"""Somebody's own `backprop` on networks of ours: run as a child process with limits, its numbers taken as data.

The file is never imported here. What it prints is dropped; what it raises, how long it takes and what it changes of
its arguments is told in one line.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import numpy as np

from tuibp.core.mistakes.run import Task
from tuibp.files.bounds import read_text
from tuibp.files.brought import Brought, sorted_out
from tuibp.files.errors import BadInput, printable, printable_path
from tuibp.files.npz_file import read_arrays
from tuibp.locale import _

SECONDS = 10
IMPORTING = 30
"""Seconds more for what imports PyTorch, which alone may take ten."""
GRACE = 5
"""Seconds of processor beyond, so that it is we who end it and say why."""
MEMORY = 1 << 30
"""Bytes that the code may hold."""
ADDRESSES = 4 << 30, 32 << 30
"""Bytes of addresses, which numpy's threads and above all PyTorch take without using them."""
PROCESSES = 64
SOURCE_BYTES = 1_000_000
LOOK = 0.02
"""Seconds between looks at what the child holds."""


@dataclass(frozen=True)
class OwnRun:
    """What somebody's code gave for each trial."""

    brought: tuple[Brought | None, ...]
    """By trial; None where it raised."""
    errors: tuple[str, ...]
    """By trial: the line of their code and what was raised there; empty where it went well."""
    form: str
    """How x was handed over: columns, vectors or rows."""
    turned: bool
    """Whether the weights were handed over, and the gradients came back, as (n_in, n_out)."""
    changed: bool
    """Whether it wrote into its arguments."""
    again: Brought | None
    """What it gave when it was called a second time, for the first trial with its x turned round."""


def run_own_code(path: Path, tasks: Sequence[Task], stopped: Callable[[], bool] = lambda: False) -> OwnRun:
    """Run a file's `backprop` on every task. Raises BadInput where it cannot be run, hangs or takes too much."""
    source = read_text(path, SOURCE_BYTES)
    with tempfile.TemporaryDirectory(prefix="tuibp-") as folder:
        given, out = Path(folder, "trials.npz"), Path(folder, "found.npz")
        _write(given, tasks)
        out.touch()
        torch = "torch" in source
        addresses, seconds = ADDRESSES[torch], SECONDS + IMPORTING * torch
        words = [sys.executable, "-I", str(Path(__file__).with_name("own_code_child.py")), os.path.abspath(path),
                 str(given), str(out), str(seconds + GRACE), str(addresses), str(PROCESSES)]  # fmt: skip
        _bounded(words, path, folder, seconds, stopped)
        if not out.stat().st_size:
            raise BadInput(_("{file}: ended before it gave anything back").format(file=printable_path(path)))
        return _found(path, out, len(tasks))


def _write(file: Path, tasks: Sequence[Task]) -> None:
    arrays: dict[str, np.ndarray] = {"count": np.array(len(tasks))}
    for t, task in enumerate(tasks):
        network = task.network
        arrays |= {f"{t}.layers": np.array(network.last), f"{t}.x": task.x, f"{t}.y": task.y}
        arrays |= {f"{t}.w{i}": w for i, w in enumerate(network.weights)}
        arrays |= {f"{t}.b{i}": b for i, b in enumerate(network.biases)}
    np.savez(file, allow_pickle=False, **arrays)


def _bounded(words: list[str], path: Path, folder: str, seconds: int, stopped: Callable[[], bool]) -> None:
    """Run a child in a group of its own, and end all of it when it is done, too slow or too large. Raises BadInput."""
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": folder,
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }
    environment["TUIBP_OWN_PATH"] = os.environ.get("PYTHONPATH", "")
    environment |= {k: v for k, v in os.environ.items() if k.startswith("OPENBLAS_")}
    child = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                             start_new_session=True, env=environment, cwd=folder)  # fmt: skip
    until = monotonic() + seconds
    try:
        while True:
            with suppress(subprocess.TimeoutExpired):
                child.wait(LOOK)
                return
            if monotonic() > until or stopped():
                raise BadInput(
                    _("{file}: was not done after {n} s").format(file=printable_path(path), n=seconds))  # fmt: skip
            if _held(child.pid) > MEMORY:
                raise BadInput(
                    _("{file}: took more than {n} MB").format(file=printable_path(path), n=MEMORY >> 20))  # fmt: skip
    finally:
        with suppress(OSError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _held(pid: int) -> int:
    """Bytes that a process holds in memory; 0 where the system does not say."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def _found(path: Path, out: Path, count: int) -> OwnRun:
    arrays = read_arrays(out)
    told = json.loads(arrays.pop("told").tobytes())
    errors = [_error(path, trial["error"]) for trial in told["trials"]]
    if told["form"] is None:
        raise BadInput(next(error for error in errors if error))
    again = {name.partition(".")[2]: arrays.pop(name) for name in list(arrays) if name.startswith("again.")}
    brought: list[Brought | None] = []
    for t in range(count):
        own = {name.partition(".")[2]: array for name, array in arrays.items() if name.partition(".")[0] == str(t)}
        brought.append(sorted_out(printable_path(path), own) if own else None)
    changed = any(trial["changed"] for trial in told["trials"])
    twice = sorted_out(printable_path(path), again) if again else None
    form, turned = told["form"]
    return OwnRun(tuple(brought), tuple(errors), form, turned, changed, twice)


def _error(path: Path, error: dict[str, object] | None) -> str:
    """One line, with the line of their code."""
    if error is None:
        return ""
    if error["kind"] == "NoBackprop":
        return _("{file}: has no function backprop(weights, biases, x, y), and no class with one; "
                 "tuibp template numpy shows the form").format(file=printable_path(path))  # fmt: skip
    reason = f"{error['kind']}: {printable(error['reason'])}"
    if error["line"] is None:
        return _("{file}: {reason}").format(file=printable_path(path), reason=reason)
    return _("{file}: line {line}: {reason}, in: {code}").format(
        file=printable_path(path), line=error["line"], reason=reason, code=printable(error["text"], 80))  # fmt: skip
