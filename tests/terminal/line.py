"""A terminal at the end of a line: a real pty whose reader may be slow, stop, or leave."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pyte

UNKNOWN_TO_PYTE = re.compile(
    rb"\x1b\[[<>=][\d;]*[a-zA-Z]|\x1b\[\?[\d;]*\$p|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1bP[^\x1b]*\x1b\\"
)
UNFINISHED = re.compile(rb"\x1b(?:\[[\d;?<>=$]*|\][^\x07]{0,200})?\Z")
DEMO = (sys.executable, str(Path(__file__).with_name("demo.py")))
TICK = 0.005


class Line:
    """A program on a pty, what it sent, and what a terminal shows of it."""

    def __init__(
        self,
        command: Sequence[str],
        environ: Mapping[str, str],
        size: tuple[int, int] = (80, 24),
        rate: float | None = None,
        answers: bool = True,
        narrow: bool = False,
        ground: str = "",
    ) -> None:
        """`rate`: bytes a second that are read; `answers`: reports are; `narrow`: a terminal that shows bytes, not
        UTF-8; `ground`: its background, for OSC 11."""
        self.raw = bytearray()
        self._rate, self._answers, self._narrow, self._ground = rate, answers, narrow, ground
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._unfed = b""
        self._changed = threading.Condition()
        self._reading = threading.Event()
        self._reading.set()
        self._closed = False
        self.master, slave = pty.openpty()
        _set_size(slave, size)
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=dict(environ), start_new_session=True,
            preexec_fn=_take_terminal,
        )  # fmt: skip
        self.slave = slave
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    # The person's side

    def send(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    def resize(self, columns: int, rows: int) -> None:
        with self._changed:
            self._screen.resize(rows, columns)
        _set_size(self.master, (columns, rows))
        self.process.send_signal(signal.SIGWINCH)

    def stop_reading(self) -> None:
        self._reading.clear()

    def hang_up(self) -> None:
        """Close the terminal, as when its window is closed."""
        self._closed = True
        self._reading.set()
        self._thread.join(1)
        os.close(self.slave)
        os.close(self.master)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if not self._closed:
            self.hang_up()

    # What is to be seen

    @property
    def lines(self) -> list[str]:
        with self._changed:
            return [line.rstrip() for line in self._screen.display]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def wait_until(self, true: Callable[[], bool], seconds: float = 5.0) -> float:
        """Wait for what is shown to become true; returns how long it took."""
        since = time.monotonic()
        while not true():
            if time.monotonic() - since > seconds:
                raise AssertionError(f"not within {seconds} s:\n{self.text}\n{bytes(self.raw[-400:])!r}")
            with self._changed:
                self._changed.wait(TICK)
        return time.monotonic() - since

    def wait_for(self, text: str, seconds: float = 5.0) -> float:
        return self.wait_until(lambda: text in self.text, seconds)

    def ended(self, seconds: float = 2.0) -> tuple[int, float]:
        """Wait for the program to end; returns its exit status and the seconds it took."""
        since = time.monotonic()
        status = self.process.wait(seconds)
        return status, time.monotonic() - since

    def settled(self) -> bool:
        """Whether the shell finds its terminal as it was: canonical, with echo."""
        flags = termios.tcgetattr(self.slave)[3]
        return bool(flags & termios.ECHO) and bool(flags & termios.ICANON)

    # The line

    def _read(self) -> None:
        os.set_blocking(self.master, False)
        while not self._closed:
            self._reading.wait()
            most = 65536 if self._rate is None else max(1, int(self._rate * TICK))
            try:
                data = os.read(self.master, most)
            except BlockingIOError:
                time.sleep(TICK / 5)
                continue
            except OSError:
                return
            if self._rate is not None:
                time.sleep(len(data) / self._rate)
            self._take(data)

    def _take(self, data: bytes) -> None:
        with self._changed:
            self.raw += data
            self._unfed += data
            cut = UNFINISHED.search(self._unfed)
            whole = self._unfed[: cut.start()] if cut else self._unfed
            self._unfed = self._unfed[len(whole) :]
            for part in re.split(rb"(\x1b\[6n|\x1b\]11;\?(?:\x07|\x1b\\))", whole):
                self._feed(part)
            self._changed.notify_all()

    def _feed(self, part: bytes) -> None:
        if part == b"\x1b[6n":
            if self._answers:
                cursor = self._screen.cursor
                self._reply(f"\x1b[{cursor.y + 1};{cursor.x + 1}R")
        elif part.startswith(b"\x1b]11;?"):
            if self._ground:
                self._reply(f"\x1b]11;{self._ground}\x1b\\")
        else:
            part = UNKNOWN_TO_PYTE.sub(b"", part)
            self._stream.feed(part.decode("latin-1").encode() if self._narrow else part)

    def _reply(self, text: str) -> None:
        """As a terminal does: in order, and waiting while what was typed before has not been read."""
        rest, until = text.encode(), time.monotonic() + 5.0
        while rest and not self._closed and time.monotonic() < until:
            try:
                rest = rest[os.write(self.master, rest) :]
            except BlockingIOError:
                time.sleep(TICK)
            except OSError:
                return


def _set_size(descriptor: int, size: tuple[int, int]) -> None:
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
