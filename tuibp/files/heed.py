"""Who reads something large says now and then how far it has come; whoever listens may end it by an error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic
from typing import BinaryIO

from tuibp.core.notation import percent
from tuibp.locale import _

PATIENCE = 2.0
"""Seconds without a word."""
FRAME = 0.2
"""Seconds between words."""
SHARES = 10_000
PIECE = 4_000_000
"""Bytes that are read between words."""

Listener = Callable[[int, int], object]


def _nobody(_done: int, _total: int) -> None:
    """Nobody listens."""


_listener: ContextVar[Listener] = ContextVar("listener", default=_nobody)
"""Of this thread, so that what is read in the background disturbs no picture."""


def tell(done: int, total: int) -> None:
    """So much of what is being read is done."""
    _listener.get()(done, total)


def read_told(file: BinaryIO, size: int) -> bytes:
    """The next `size` bytes of a file, as far as it has them."""
    pieces, left = [b""], size
    while left > 0 and (piece := file.read(min(left, PIECE))):
        pieces.append(piece)
        left -= len(piece)
        tell(size - left, size)
    return b"".join(pieces) if len(pieces) > 2 else pieces[-1]


@contextmanager
def heard_by(listener: Listener) -> Iterator[None]:
    """This one listens to what is read here. Whatever it raises ends the reading."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


@contextmanager
def part(begin: float, end: float) -> Iterator[None]:
    """What is told inside is this part of the whole, as shares of it: nobody who waits wants to see it begin again."""
    whole = _listener.get()
    with heard_by(lambda done, total: whole(round(SHARES * (begin + (end - begin) * done / max(total, 1))), SHARES)):
        yield


@contextmanager
def told_on_stderr(what: str) -> Iterator[None]:
    """Tell the person, where standard error is a terminal, in a line that is gone when it is done."""
    if not sys.stderr.isatty():
        yield
        return
    line = _Line(what)
    try:
        with heard_by(line.tell):
            yield
    finally:
        line.wipe()


class _Line:
    def __init__(self, what: str) -> None:
        self._what = what
        self._next = monotonic() + PATIENCE
        self._written = False

    def tell(self, done: int, total: int) -> None:
        if monotonic() < self._next:
            return
        self._next = monotonic() + FRAME
        self._written = True
        said = _("{what}: {share} is read   ctrl+c stops").format(what=self._what, share=percent(done / max(total, 1)))
        sys.stderr.write(f"\r\x1b[K{said}")
        sys.stderr.flush()

    def wipe(self) -> None:
        if self._written:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
