"""Bytes on their way to the terminal, sent by a thread of their own."""

from __future__ import annotations

import os
import select
from threading import Condition, Thread

PIECE = 512
"""Bytes a write: small, so that `pending` tells how far the terminal has come."""


class Writer:
    """Sends to a file descriptor. `write` never waits, whatever the reader does."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._buffer = bytearray()
        self._changed = Condition()
        self._closing = False
        self.accepted = 0
        """Bytes given to `write` so far."""
        self.broken = False
        """Whether the terminal has gone; what is written then is dropped."""
        self._thread = Thread(target=self._work, name="tuibp-output", daemon=True)
        self._thread.start()

    @property
    def pending(self) -> int:
        """Bytes that the terminal has not taken yet."""
        return len(self._buffer)

    def write(self, data: bytes) -> None:
        """Put bytes in line; returns at once."""
        with self._changed:
            if self.broken or self._closing:
                return
            self._buffer += data
            self.accepted += len(data)
            self._changed.notify()

    def close(self, seconds: float = 0.5) -> bool:
        """Send what is left, for at most so long. Returns whether all of it went out."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join(seconds)
        return not self._thread.is_alive() and not self.broken

    def _work(self) -> None:
        while piece := self._next():
            try:
                sent = os.write(self._descriptor, piece)
            except BlockingIOError:
                select.select([], [self._descriptor], [], 0.1)
                continue
            except OSError:
                self._break()
                return
            with self._changed:
                del self._buffer[:sent]
                self._changed.notify_all()

    def _next(self) -> bytes:
        """The next piece; empty when there is nothing left and nothing to come."""
        with self._changed:
            self._changed.wait_for(lambda: self._buffer or self._closing)
            return bytes(self._buffer[:PIECE])

    def _break(self) -> None:
        with self._changed:
            self.broken = True
            self._buffer.clear()
            self._changed.notify_all()
