"""A browser at the other end, by way of textual-serve: what it sends is understood as a terminal's input is."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast

from textual import events
from textual.app import App
from textual.drivers._byte_stream import ByteStream
from textual.drivers.web_driver import WebDriver
from textual.geometry import Size
from textual.message import Message
from textual.messages import ExitApp

from tuibp.app.output.driver import CLICKS, Drawn
from tuibp.app.output.intake import Intake
from tuibp.app.output.received import Received
from tuibp.app.terminal import TALLEST, WIDEST

LONGEST = 10_000
"""Bytes of a word about the page."""


class BrowserDriver(WebDriver):
    """Textual's, except that it reads no faster than the program answers, and knows its end."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._size = clamped(*(self._size or (80, 24)))
        self._drawn = cast(Drawn, app)
        self.last_key = 0.0
        """When the last key came."""

    def start_application_mode(self) -> None:
        super().start_application_mode()
        self.write("\x1b[?1003l" + CLICKS)

    def disable_input(self) -> None:
        """Textual's goes on reading when the program has ended."""
        self.exit_event.set()
        if self._key_thread.is_alive():
            self._key_thread.join()

    def process_message(self, message: Message) -> None:
        if isinstance(message, events.Key):
            self.last_key = message.time
        super().process_message(message)

    def run_input_thread(self) -> None:
        assert sys.__stdin__ is not None
        packets = Packets(self._heard)
        intake = Intake(packets, self.process_message, self._drawn.settled, self._loop, self.exit_event)
        if not intake.listen(sys.__stdin__.fileno()):
            self._drawn.when_gone()

    def _heard(self, word: dict[str, Any]) -> Iterable[Message]:
        """What a word about the page means."""
        kind = word.get("type")
        if kind == "resize" and type(word.get("width")) is int and type(word.get("height")) is int:
            self._size = clamped(word["width"], word["height"])
            return [events.Resize(Size(*self._size), Size(*self._size))]
        if kind in ("focus", "blur"):
            return [events.AppFocus() if kind == "focus" else events.AppBlur()]
        return [ExitApp()] if kind in ("quit", "exit") else []


class Packets:
    """What the server sends: packets of what was typed, and of words about the page."""

    def __init__(self, heard: Callable[[dict[str, Any]], Iterable[Message]]) -> None:
        self._received, self._stream, self._heard = Received(), ByteStream(), heard

    @property
    def waiting(self) -> bool:
        return self._received.waiting

    def feed(self, data: bytes, now: float) -> Iterator[Message]:
        for kind, payload in self._stream.feed(data) if data else ():
            if kind == "D":
                yield from self._received.feed(payload, now)
            elif len(payload) <= LONGEST:
                yield from self._heard(_word(payload))

    def idle(self, now: float) -> Iterator[Message]:
        return self._received.idle(now)


def _word(payload: bytes) -> dict[str, Any]:
    """Empty where it is none."""
    try:
        word = json.loads(payload)
    except (ValueError, RecursionError):
        return {}
    return word if isinstance(word, dict) else {}


def clamped(columns: int, rows: int) -> tuple[int, int]:
    """A size that can be drawn."""
    return min(max(columns, 1), WIDEST), min(max(rows, 1), TALLEST)
