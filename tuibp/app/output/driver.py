"""Textual's driver for Unix terminals, except that output never blocks and input knows its end."""

from __future__ import annotations

import os
import re
import selectors
import sys
from codecs import getincrementaldecoder
from contextlib import suppress
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from textual import events, messages
from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from tuibp.app.output.first import ALTERNATE, encoded
from tuibp.app.output.gate import REPORT
from tuibp.app.output.writer import Writer

if TYPE_CHECKING:
    from tuibp.app.output.application import OutputApp

LEAVING = 0.6
"""Seconds that the way out may take, however slow or dead the line."""
BACKGROUND_REPLY = re.compile(r"\x1b\]11;[^\x07\x1b]*(?:\x07|\x1b\\)")


class OutputDriver(LinuxDriver):
    """Writes through a `Writer`; counts what it sends and the reports it waits for."""

    def __init__(
        self, app: OutputApp[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._output_app = app
        self._writer: Writer | None = None
        self._leave_by = 0.0
        self._awaited = 0
        self._sent_before = 0
        self._entered = False
        self.last_key = 0.0
        """When the last key came."""

    @property
    def pending(self) -> int:
        """Bytes that the terminal has not taken yet."""
        return 0 if self._writer is None else self._writer.pending

    @property
    def bytes_written(self) -> int:
        return self._sent_before + (0 if self._writer is None else self._writer.accepted)

    def write(self, data: str) -> None:
        """Put text in line for the terminal; never waits."""
        if self._writer is None or (self._entered and data == ALTERNATE):  # entering again would wipe the picture
            return
        self._awaited += data.count(REPORT)
        self._writer.write(encoded(data, self._output_app.terminal))

    # Life

    def start_application_mode(self) -> None:
        first, self._leave_by = self._output_app.take_first(), 0.0
        self._awaited = self._output_app.terminal.strays + (first is not None)
        self._writer = Writer(sys.__stderr__.fileno()) if first is None else first.writer  # type: ignore[union-attr]  # the program has a terminal
        self._entered = first is not None
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual left it without types
        if self._output_app.terminal.attributes is not None:
            self.attrs_before = self._output_app.terminal.attributes
        stock, self._writer_thread = self._writer_thread, None
        if stock is not None:
            stock.stop()  # it would block the program as soon as the terminal is behind by thirty writes
        if first is None:
            self._output_app.forget_screen()

    def disable_input(self) -> None:
        if self._writer is not None and not self._leave_by:
            self._leave_by = monotonic() + LEAVING
            # A report under way would land on the shell's prompt.
            while self._awaited > 0 and not self._writer.broken and monotonic() < self._leave_by - 0.15:
                sleep(0.005)
        super().disable_input()

    def stop_application_mode(self) -> None:
        self.write("\x1b[0m")
        super().stop_application_mode()

    def close(self) -> None:
        if self._writer is not None:
            self._sent_before += self._writer.accepted
            self._writer.close(max(0.05, self._leave_by - monotonic()))
            self._writer = None

    # Input

    def process_message(self, message: Message) -> None:
        if isinstance(message, events.CursorPosition):
            self._awaited = max(0, self._awaited - 1)
        elif isinstance(message, events.Key):
            self.last_key = message.time
        super().process_message(message)

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except Exception as error:
            self._app.call_later(self._app._handle_exception, error)

    def run_input_thread(self) -> None:
        """Read keys until the driver stops or the terminal has gone."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        self._feed(parser, decode(self._output_app.terminal.typed))
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(0.1):
                    data = self._read()
                    if not data:
                        self.send_message(messages.ExitApp())
                        return
                    self._feed(parser, BACKGROUND_REPLY.sub("", decode(data)))
                self._dispatch(parser.tick())
            if selector.select(0):
                self._feed(parser, decode(self._read(), final=True))
        with suppress(EOFError, ParseError):
            self._dispatch(parser.feed(""))

    def _feed(self, parser: XTermParser, text: str) -> None:
        if text:  # nothing at all would tell the parser that input has ended
            self._dispatch(parser.feed(text))

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, 4096)
        except OSError:
            return b""

    def _dispatch(self, found: Any) -> None:
        for event in found:
            self.process_message(event)

    # The terminal

    def _get_terminal_size(self) -> tuple[int, int]:
        """Of the terminal that is drawn on: standard output may well be a file."""
        for descriptor in (2, 0, 1):
            try:
                columns, rows = os.get_terminal_size(descriptor)
            except OSError:
                continue
            if columns > 0 and rows > 0:
                return columns, rows
        return super()._get_terminal_size()

    def _enable_mouse_support(self) -> None:
        """Clicks, drags and the wheel, but not every motion: on a slow line those reports crowd out keys."""
        if self._mouse:
            self.write("\x1b[?1000h\x1b[?1002h\x1b[?1006h")

    def _disable_mouse_support(self) -> None:
        if self._mouse:
            self.write("\x1b[?1000l\x1b[?1002l\x1b[?1006l")

    def _request_terminal_sync_mode_support(self) -> None:
        if self._output_app.terminal.xterm_like:
            super()._request_terminal_sync_mode_support()

    def _query_in_band_window_resize(self) -> None:
        if self._output_app.terminal.xterm_like:
            super()._query_in_band_window_resize()
