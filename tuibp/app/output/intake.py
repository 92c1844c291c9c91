"""What comes in is read in a thread of its own, and handed on no faster than the program can deal with it."""

from __future__ import annotations

import os
import selectors
from asyncio import AbstractEventLoop, run_coroutine_threadsafe
from collections.abc import Callable, Coroutine, Iterable, Iterator
from concurrent.futures import wait
from threading import Event
from time import monotonic
from typing import Any, Protocol

from textual import events
from textual.message import Message

SOON, LATER = 0.02, 0.1
"""Seconds to wait for input before looking whether something is over: in the middle of a sequence, and else."""
CROWD = 500
"""Messages after which reading waits for the program."""


class Understood(Protocol):
    """Bytes in, messages out."""

    @property
    def waiting(self) -> bool:
        """Whether what comes next may belong to what came."""

    def feed(self, data: bytes, now: float) -> Iterator[Message]:
        """What these bytes say, which came at `now` seconds."""

    def idle(self, now: float) -> Iterator[Message]:
        """What is over because nothing more has come until `now`."""


class Intake:
    """Reads until it is over, or the other end has gone."""

    def __init__(
        self,
        understood: Understood,
        hand_on: Callable[[Message], object],
        settled: Callable[[], Coroutine[Any, Any, None]],
        loop: AbstractEventLoop,
        over: Event,
    ) -> None:
        """`settled` waits, in the program's own loop, until nearly all that was handed on has been dealt with."""
        self._understood, self._hand_on = understood, hand_on
        self._settled, self._loop, self._over = settled, loop, over
        self._handed_on = 0

    def listen(self, descriptor: int, typed: bytes = b"") -> bool:
        """Read from there; `typed` came before. False where the other end sends no more."""
        self._take(self._understood.feed(typed, monotonic()))
        with selectors.SelectSelector() as selector:
            selector.register(descriptor, selectors.EVENT_READ)
            while not self._over.is_set():
                if not selector.select(SOON if self._understood.waiting else LATER):
                    self._take(self._understood.idle(monotonic()))
                elif data := _read(descriptor):
                    self._take(self._understood.feed(data, monotonic()))
                else:
                    return False
            if selector.select(0):
                _read(descriptor)  # or the shell would get it
        return True

    def _take(self, found: Iterable[Message]) -> None:
        for message in last_motions(found):
            if self._over.is_set():
                return
            self._hand_on(message)
            self._handed_on += 1
            if self._handed_on % CROWD == 0:
                self._let_settle()

    def _let_settle(self) -> None:
        """Read no more while the program has so much to do: a line can send faster than anybody can answer."""
        dealing = self._settled()
        try:
            settled = run_coroutine_threadsafe(dealing, self._loop)
        except RuntimeError:  # the program has ended
            dealing.close()
            return
        while not self._over.is_set() and not wait((settled,), LATER).done:
            pass
        settled.cancel()


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 4096)
    except OSError:
        return b""


def last_motions(found: Iterable[Message]) -> Iterator[Message]:
    """Without the motions of the mouse that others overtook before anybody could answer."""
    held: events.MouseMove | None = None
    for message in found:
        if held is not None and not (isinstance(message, events.MouseMove) and message.button == held.button):
            yield held
        held = message if isinstance(message, events.MouseMove) else None
        if held is None:
            yield message
    if held is not None:
        yield held
