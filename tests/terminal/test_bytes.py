"""Bytes at random, floods and hang-ups, on a real line: the program lives, tells nothing wrong, and is left by `q`."""

from __future__ import annotations

import fcntl
import os
import random
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from math import inf
from pathlib import Path

import pytest

from tests.terminal.conftest import Open
from tests.terminal.line import Line

TUIBP = (sys.executable, "-m", "tuibp")
LEAVING = b"q\x11\x1a"
"""Keys that end the program, as they should, or stop it."""
BROKEN = (b"Traceback", b"crashed", b"Error:")
SEQUENCES = (
    "[A", "[B", "[C", "[D", "OA", "[1;5C", "[97;1:3u", "[1;1:3A", "[1114112u", "[97;1;99999999u", "[?1;2c", "[?997;1n",
    "P1$r0m\x1b\\", "]11;rgb:12/34/56\x07", "[48;24;80;0;0t", "[48;65535;65535;9;9t", "[<0;{n};{m}M", "[<0;{n};{m}m",
    "[<64;{n};{m}M", "[<35;{n};{m}M", "[<32;{n};{m}M", "[{n};{m}R", "[200~{n}\x1b[201~", "[200~", "[I", "[O", "[M !!",
    "[57399u", "Op", "[?2026;2$y", "[?2048;1$y", "[{n}~", "[{n};{m}u", "[" + "1;" * 99,
)  # fmt: skip
QUIET = 2.2
"""Seconds after which what has no end is given up."""
BEHIND = 60.0
"""Seconds that a busy machine may take for keys that wait."""


def noise(dice: random.Random, size: int) -> Iterator[bytes]:
    """Pieces of what a line may bring: bytes, keys, sequences, and sequences that were damaged."""
    while size > 0:
        kind = dice.random()
        if kind < 0.3:
            piece = dice.randbytes(dice.randrange(1, 40))
        elif kind < 0.5:
            piece = "".join(dice.choices("tuesvpcnhdg[]{}=0123456789+- \t\r\x7f\x10\x0c\x18?/xzoirNRW<>", k=8)).encode()
        else:
            numbers = {"n": dice.choice((0, 1, 7, 40, 999, 70000)), "m": dice.randrange(30)}
            piece = b"\x1b" + dice.choice(SEQUENCES).format(**numbers).encode()
            if kind > 0.85:
                piece = piece[: dice.randrange(len(piece))] + dice.randbytes(dice.randrange(3))
        piece = piece.translate(None, LEAVING)
        size -= len(piece)
        yield piece


def reads_keys(line: Line) -> bool:
    """Whether the program reads every key, and none is the terminal's to end it with."""
    return not termios.tcgetattr(line.slave)[3] & termios.ISIG


def left(line: Line) -> int:
    """Leave by `q`, from whichever screen, once it has dealt with all that came before; returns the exit status."""
    until = time.monotonic() + BEHIND
    while time.monotonic() < until:
        for keys in ("x", "\x18", "\x1b", "\x1b", "q"):
            if line.process.poll() is not None:
                return line.process.returncode
            try:
                line.send(keys)
            except OSError:
                break
            time.sleep(0.12)
    return line.ended(5)[0]


def sent(line: Line, pieces: Iterator[bytes], until: float = inf) -> int:
    """Send them, as fast as they are taken; returns how many bytes were, by a program that may end before."""
    count = 0
    for piece in pieces:
        rest = piece
        while rest and line.process.poll() is None and time.monotonic() < until:
            try:
                rest = rest[os.write(line.master, rest) :]
            except BlockingIOError:
                time.sleep(0.005)
        count += len(piece) - len(rest)
    return count


def stack(line: Line) -> str:
    """What every thread of a program that does not end is doing; that ends it."""
    shown = len(line.raw)
    line.process.send_signal(signal.SIGABRT)  # for which PYTHONFAULTHANDLER has an answer
    line.process.wait(10)
    time.sleep(0.2)
    return bytes(line.raw[shown:]).decode(errors="replace")


def failure(line: Line, size: int, seed: str) -> str:
    """What goes wrong where so many bytes of noise come in and then the keys that leave; empty where nothing does."""
    before = sent(line, noise(random.Random(seed), size))
    if line.process.poll() is None:
        time.sleep(QUIET)
    shown = line.text
    try:
        status = left(line)
    except subprocess.TimeoutExpired:
        return f"seed {seed!r}, {before} bytes: not left within {BEHIND:.0f} s\n{shown}\n{line.text}\n{stack(line)}"
    wrong = [word for word in BROKEN if word in line.raw]
    if (status, wrong, line.settled()) == (0, [], True):
        return ""
    return f"seed {seed!r}, {before} bytes: status {status}, {wrong}, settled {line.settled()}\n{shown}\n{line.text}"


@pytest.mark.flaky(reruns=0)  # one crash in a hundred is a crash
@pytest.mark.parametrize("target", ["mazur", "digits", "circles", "iris"])
def test_bytes_at_random_end_nothing_and_spoil_nothing(
    open_line: Open, sessions: Callable[[], list[Path]], whole: bool, target: str, tmp_path: Path
) -> None:
    if target != "mazur" and not whole:
        pytest.skip("with --whole")
    for count in range(25 if whole else 1):
        command = ("sh", "-c", f'cd "{tmp_path}"; exec "$@"', "sh", *TUIBP, target)
        line = open_line(command, ready="help", size=(80, 24), environ={"PYTHONFAULTHANDLER": "1"})
        line.wait_until(lambda line=line: reads_keys(line))  # type: ignore[misc]  # mypy cannot infer it
        failed = failure(line, 20_000 if whole else 6_000, f"{target} {count}")
        line.close()
        crashes = [path.read_text() for path in sessions() if path.name.startswith("crash")]
        assert (failed, crashes) == ("", []), "\n\n".join([failed, *crashes])


def memory(process: int) -> int:
    """The most bytes that a process has taken so far."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) * 1024


needs_proc = pytest.mark.skipif(not Path("/proc").is_dir(), reason="memory of another process is read from /proc")


@needs_proc
@pytest.mark.parametrize("flood", [b"[]" * 100, b"\x1b[<0;10;10M\x1b[<0;10;10m"], ids=["keys", "clicks"])
def test_reading_waits_while_the_program_is_behind(open_line: Open, flood: bytes) -> None:
    line = open_line()
    line.wait_until(lambda: reads_keys(line))
    before, until = memory(line.process.pid), time.monotonic() + 2.0
    pieces = (flood for _ in range(500_000 // len(flood)) if time.monotonic() < until)
    assert sent(line, pieces, until) < 400_000
    assert memory(line.process.pid) - before < 25e6
    line.process.send_signal(signal.SIGTERM)
    assert (line.ended()[0], line.settled()) == (143, True)


@needs_proc
def test_motions_of_the_mouse_cost_no_more_than_the_last_of_them(open_line: Open, whole: bool) -> None:
    line = open_line()
    line.wait_until(lambda: reads_keys(line))
    before = memory(line.process.pid)
    reports = (f"\x1b[<35;{n % 50 + 1};9M".encode() for n in range(60_000 if whole else 20_000))
    sent(line, reports)
    sent(line, iter([b" "]))
    line.wait_for("count 1", 15)
    assert memory(line.process.pid) - before < 25e6
    sent(line, iter([b"q"]))
    assert (line.ended()[0], line.settled()) == (0, True)


@pytest.mark.parametrize("how", ["typing", "at rest"])
def test_a_line_that_drops_is_never_taken_for_a_quit(
    open_line: Open, sessions: Callable[[], list[Path]], whole: bool, how: str
) -> None:
    for count in range(1, (30 if whole else 3) + 1):
        line = open_line()
        line.send(" ")
        line.wait_for("count 1")
        if how == "typing":
            line.send("t" + " " * 40)
            time.sleep(random.Random(count).random() / 10)
        line.hang_up()
        status, seconds = line.ended()
        left_behind = [path.suffix for path in sessions() if path.suffix in (".session", ".ended")]
        assert (status, left_behind) == (129, [".session"] * count)
        assert seconds < 1.5


def test_a_window_may_claim_any_size(open_line: Open) -> None:
    line = open_line()
    fcntl.ioctl(line.master, termios.TIOCSWINSZ, struct.pack("HHHH", 65535, 65535, 0, 0))
    line.process.send_signal(signal.SIGWINCH)
    line.send(" ")
    time.sleep(1)
    assert memory(line.process.pid) < 250e6
    line.send("q")
    assert line.ended(10)[0] == 0
