"""Who reads something large says now and then how far it has come; whoever listens may end it by an error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic

from tuibp.locale import _

PATIENCE = 2.0
"""Seconds without a word."""
FRAME = 0.2
"""Seconds between words."""

Listener = Callable[[int, int], object]


def _nobody(_done: int, _total: int) -> None:
    """Nobody listens."""


_listener: ContextVar[Listener] = ContextVar("listener", default=_nobody)
"""Of this thread, so that what is read in the background disturbs no picture."""


def tell(done: int, total: int) -> None:
    """So much of what is being read is done."""
    _listener.get()(done, total)


@contextmanager
def told_on_stderr(what: str) -> Iterator[None]:
    """Tell the person, where standard error is a terminal, in a line that is gone when it is done."""
    if not sys.stderr.isatty():
        yield
        return
    line = _Line(what)
    token = _listener.set(line.tell)
    try:
        yield
    finally:
        _listener.reset(token)
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
        said = _("{what}: {share:.0%} is read   ctrl+c stops").format(what=self._what, share=done / max(total, 1))
        sys.stderr.write(f"\r\x1b[K{said}")
        sys.stderr.flush()

    def wipe(self) -> None:
        if self._written:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
