"""Textual's driver for Unix terminals, except that output never blocks and input knows its end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Coroutine
from time import monotonic, sleep
from typing import Any, Protocol, cast

from textual import events
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from tuibp.app.output.first import ALTERNATE, First, encoded
from tuibp.app.output.foreground import in_foreground, stop_until_in_foreground
from tuibp.app.output.gate import REPORT
from tuibp.app.output.intake import Intake
from tuibp.app.output.received import Received
from tuibp.app.output.writer import Writer
from tuibp.app.terminal import Terminal, size

CLICKS = "\x1b[?1000h\x1b[?1002h\x1b[?1006h"
"""Clicks, drags and the wheel, but not every motion: on a slow line those reports crowd out keys."""
LEAVING = 0.6
"""Seconds that the way out may take, however slow or dead the line."""


class Drawn(Protocol):
    """The app that is drawn, as far as the driver asks something of it."""

    terminal: Terminal
    when_gone: Callable[[], object]
    """Called once when the terminal sends no more."""

    def take_first(self) -> First | None:
        """The first picture, if the terminal shows it already."""

    def take_typed(self) -> bytes:
        """What was typed before there was a driver."""

    def forget_screen(self) -> None:
        """The terminal shows something else now."""

    def action_repaint(self) -> None:
        """Send the whole screen again."""

    def settled(self) -> Coroutine[Any, Any, None]:
        """Wait until nearly all that has come in has been dealt with."""


class OutputDriver(LinuxDriver):
    """Writes through a `Writer`; counts what it sends and the reports it waits for."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._output_app = cast(Drawn, app)
        self._writer: Writer | None = None
        self._leave_by = 0.0
        self._awaited = 0
        self._sent_before = 0
        self._entered = False
        self._away = False
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

    # Stopped and continued

    def _sigtstp_application(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._go_away)

    def _sigcont_application(self, *_: object) -> None:
        if not self._away:
            self._loop.call_soon_threadsafe(self._come_back)

    def _go_away(self) -> None:
        """Leave the terminal to the shell until the shell gives it back."""
        self._away = True
        try:
            self.suspend_application_mode()
            stop_until_in_foreground(self.fileno)
            self.resume_application_mode()
        finally:
            self._away = False
        self._output_app.action_repaint()

    def _come_back(self) -> None:
        """Continued by somebody who had stopped the program unasked: the terminal is as others left it."""
        self._away = True
        try:
            if not in_foreground(self.fileno):
                stop_until_in_foreground(self.fileno)
            self._awaited = 0  # the answers went to whoever was there
            self.suspend_application_mode()
            self.resume_application_mode()
        finally:
            self._away = False
        self._output_app.action_repaint()

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
        intake = Intake(Received(), self.process_message, self._output_app.settled, self._loop, self.exit_event)
        if not intake.listen(self.fileno, self._output_app.take_typed()):
            self._output_app.when_gone()

    # The terminal

    def _get_terminal_size(self) -> tuple[int, int]:
        """Of the terminal that is drawn on: standard output may well be a file."""
        return size()

    def _enable_mouse_support(self) -> None:
        if self._mouse:
            self.write(CLICKS)

    def _disable_mouse_support(self) -> None:
        if self._mouse:
            self.write(CLICKS.replace("h", "l"))

    def _request_terminal_sync_mode_support(self) -> None:
        if self._output_app.terminal.xterm_like:
            super()._request_terminal_sync_mode_support()

    def _query_in_band_window_resize(self) -> None:
        """Not asked for: SIGWINCH tells of a new size, and nobody's reply can."""
