"""A story that is computed in the background and can be paused and stopped, while pictures show how far it has come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event
from time import monotonic, sleep
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from tuibp.app.background import Background

Record = TypeVar("Record")
FRAME = 0.05
"""Seconds between pictures of a story under way."""
BREATH = 0.005
"""Seconds of computing after which the interface gets its turn."""


class Lanes:
    """Drains a story in the background; `told` gets each record, `over` comes at its end."""

    def __init__(self, what: str, tick: Callable[[], None], background: Background) -> None:
        self._what, self._tick, self._background = what, tick, background
        self._going = Event()
        self._going.set()
        self._stopped = Event()
        self._stopped.set()

    def drain(self, story: Iterator[Record], told: Callable[[Record], None]) -> None:
        self.stop()
        stopped = self._stopped = Event()
        self._going.set()
        self._background(self._what, lambda: self._work(story, told, stopped))

    def pause(self) -> None:
        """Stand still; again: go on."""
        if self._going.is_set():
            self._going.clear()
        else:
            self._going.set()

    @property
    def paused(self) -> bool:
        return not self._going.is_set()

    def stop(self) -> None:
        """What has been told stays."""
        self._stopped.set()
        self._going.set()

    @property
    def stopped(self) -> bool:
        """Whether nothing is being told: before the first story, at its end, or when it was stopped."""
        return self._stopped.is_set()

    def _work(self, story: Iterator[Record], told: Callable[[Record], None], stopped: Event) -> None:
        try:
            self._drain(story, told, stopped)
        finally:
            stopped.set()
            self._tick()

    def _drain(self, story: Iterator[Record], told: Callable[[Record], None], stopped: Event) -> None:
        painted = breathed = monotonic()
        for record in story:
            told(record)
            now = monotonic()
            if now - painted >= FRAME:
                painted = now
                self._tick()
            if now - breathed >= BREATH:
                sleep(0.001)
                breathed = monotonic()
            self._going.wait()
            if stopped.is_set():
                return
