"""An app that sends what changed, one frame at a time, and knows how fast its line is."""

from __future__ import annotations

from asyncio import TimerHandle, get_running_loop, sleep
from collections.abc import Callable, Sequence
from dataclasses import replace
from math import inf
from time import monotonic
from typing import Any, Generic, cast

from rich.console import Console, RenderableType
from textual import constants, events
from textual._compositor import CompositorUpdate, InlineUpdate
from textual.app import App, ReturnType
from textual.driver import Driver
from textual.filter import ANSIToTruecolor, LineFilter
from textual.messages import ExitApp
from textual.reactive import reactive
from textual.screen import Screen

from tuibp.app.output.clipboard import osc52
from tuibp.app.output.compositor import lighten
from tuibp.app.output.driver import OutputDriver
from tuibp.app.output.first import First, color_system, fresh
from tuibp.app.output.gate import LOOK_AGAIN, REPORT, Gate
from tuibp.app.output.rate import LineRate
from tuibp.app.output.sixteen import SixteenColours
from tuibp.app.terminal import Terminal
from tuibp.app.themes import palette_of
from tuibp.locale import _

MULTIPLEXER_BUDGET = 6_000.0
"""Bytes a second inside tmux or screen at the end of a line; they answer for the terminal, and hide how far it is
behind. Where they run on one's own machine there is no line to overfill."""
FLIGHT = 0.06
"""Seconds that a frame may take, or as long as the way there and back; what does not fit follows in the next."""
MIN_FRAME = 400
ANSWER = 0.035
"""Seconds of the first frame after a key: it brings what the key did, and all that changes with it follows."""
MIN_ANSWER = 200
FEW = 50
"""Messages that may be waiting where the program counts as up to date."""


class Changes(CompositorUpdate):
    """What a frame changes, ready to be sent."""

    def __init__(self, text: str) -> None:
        self.text = text

    def render_segments(self, console: Console) -> str:  # noqa: ARG002  # the base class passes it
        return self.text


class OutputApp(App[ReturnType], Generic[ReturnType]):
    """Textual's App with an output path for slow lines. Give it the `Terminal` that was found at start-up."""

    slow_line: reactive[str] = reactive("", init=False)
    """What the title says of the line: "slow line 9.6 kB/s", or nothing."""

    def __init__(self, terminal: Terminal | None = None, first: First | None = None, **arguments: Any) -> None:
        """With a `first` picture nothing else is shown until `raise_curtain` is called."""
        self.terminal = terminal or Terminal()
        if self.terminal.colors == "none":
            arguments.setdefault("ansi_color", True)
        super().__init__(**arguments)
        self.when_silent: Callable[[], None] = lambda: None
        """Called once when a line has shown nothing for five seconds: the moment to save."""
        self.when_gone: Callable[[], object] = lambda: self.post_message(ExitApp())
        """Called once, from the thread that reads, when the terminal sends no more: nobody is there."""
        self.frames = 0
        """Frames sent so far."""
        self._first = first
        self._shown = fresh(self.terminal) if first is None else first.shown
        self._rate = LineRate()
        held = self.terminal.multiplexer and self.terminal.remote
        self._gate = Gate(MULTIPLEXER_BUDGET if held else None, self.terminal.strays)
        self._shut = False
        self._missed = False
        self._asked_at = 0.0
        self._silent = False
        self._look: TimerHandle | None = None
        self._curtain = first is not None
        self._fewer: tuple[str, LineFilter | None] = "", None
        """The filter for sixteen colours, and the theme that it was made for."""
        if first is not None:
            self._gate.sent(first.size, first.at)
            self._shut = True
            self._begin_batch()

    # What others may know

    @property
    def bytes_written(self) -> int:
        """Bytes sent to the terminal so far, all of them."""
        return getattr(self._driver, "bytes_written", 0)

    @property
    def pending(self) -> int:
        """Bytes that the terminal has not taken yet."""
        return getattr(self._driver, "pending", 0)

    @property
    def in_flight(self) -> bool:
        """Whether a frame is on its way: what is drawn now is not shown before `frame_shown` is called."""
        return self._shut and not self._curtain

    def frame_shown(self) -> None:
        """Called when the next frame may go; an app that draws only then does nothing in vain."""

    def take_first(self) -> First | None:
        """The first picture, for the driver that goes on from it: once."""
        first, self._first = self._first, None
        return first

    def take_typed(self) -> bytes:
        """What was typed before there was a driver: once."""
        typed, self.terminal = self.terminal.typed, replace(self.terminal, typed=b"")
        return typed

    async def settled(self) -> None:
        """Wait until nearly all that has come in has been dealt with."""
        while sum(pump.message_queue_size for pump in (self, *self._registry)) > FEW:
            await sleep(LOOK_AGAIN)

    def raise_curtain(self) -> None:
        """What is drawn now may take the place of the first picture."""
        if self._curtain:
            self._curtain = False
            self._open_gate()

    def copy_to_clipboard(self, text: str) -> None:
        """Of the terminal at the other end of the line."""
        self._clipboard = text
        if self._driver is not None:
            self._driver.write(osc52(text, self.terminal))

    def forget_screen(self) -> None:
        """The terminal shows something else now: send the next frame whole, on a clean screen."""
        self._shown.forget(clear=True)
        self._gate.reset()

    def action_repaint(self) -> None:
        """Send the whole screen again, for when something else has written on it."""
        self._shown.forget(clear=True)
        self.screen.refresh()

    # Textual's hooks

    def get_driver_class(self) -> type[Driver]:
        chosen = super().get_driver_class()
        if chosen.__name__ == "WebDriver":
            from tuibp.app.output.browser import BrowserDriver

            return BrowserDriver
        # Windows brings a driver of its own.
        stock = constants.DRIVER is None and chosen.__name__ == "LinuxDriver"
        return OutputDriver if stock else chosen

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Without the one that makes all colours true: the pen sends as many as the terminal has."""
        found = [found for found in super().get_line_filters() if not isinstance(found, ANSIToTruecolor)]
        return [*found, self._fewer_colours()] if self.terminal.colors == "16" else found

    def _fewer_colours(self) -> LineFilter:
        theme, made = self._fewer
        if made is None or theme != self.theme:
            made = SixteenColours(palette_of(self.current_theme, "16"))
            self._fewer = self.theme, made
        return made

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Textual wants to show a frame: send what differs from what the terminal shows."""
        lighten(screen._compositor)
        if not isinstance(renderable, CompositorUpdate) or isinstance(renderable, InlineUpdate) or self.is_headless:
            super()._display(screen, renderable)
        elif self._batch_count:
            self._missed = True
            super()._display(screen, renderable)
        elif self._running and not self._closed and self._driver is not None:
            self._send(screen)

    def _send(self, screen: Screen[Any]) -> None:
        before = self.bytes_written
        strips = screen._compositor.render_strips()
        text = self._shown.update(strips, screen._compositor.size.width, color_system(self.terminal), self._frame_limit)
        self._missed = self._missed or self._shown.behind
        if not text:
            super()._display(screen, None)
            return
        if not self._gate.asked:
            self._ask(0)  # what the line needs for next to nothing, to compare the first frame with
        super()._display(screen, cast(RenderableType, Changes(text)))  # Textual's own updates are no renderables either
        self.frames += 1
        self._ask(max(self.bytes_written - before, len(text)))
        self._close_gate()

    @property
    def _frame_limit(self) -> float:
        """What a frame may weigh, so that no key waits long for the one in flight."""
        if self._gate.budget is not None:
            return max(MIN_FRAME, self._gate.credit(monotonic()))
        rate, answers = self._rate.value, self._answers_key
        if rate is None:
            return MIN_FRAME if answers and self.frames and self.terminal.remote else inf
        return max(MIN_ANSWER, rate * ANSWER) if answers else max(MIN_FRAME, rate * max(FLIGHT, self._rate.delay))

    @property
    def _answers_key(self) -> bool:
        """Whether a key was pressed since the last frame went out."""
        return bool(getattr(self._driver, "last_key", monotonic()) >= self._asked_at)

    async def _on_resize(self, event: events.Resize) -> None:
        if not self._curtain or event.size != self._shown.size:
            self._shown.forget()
        await super()._on_resize(event)

    def _on_cursor_position(self, event: events.CursorPosition) -> None:
        """The terminal has shown the frame."""
        flight = self._gate.answered(event.time)
        measured = not self._curtain  # the first picture's report has waited for this program
        if flight is not None and measured and not self.terminal.multiplexer:
            self._rate.learn(*flight)
            self._tell_rate()
        self._silent = False
        self._open_gate()

    def _print_error_renderables(self) -> None:
        """After a crash: one line tells where the details are (see `guard.py`), not a screenful."""
        self._exit_renderables.clear()

    # The gate

    def _ask(self, size: int) -> None:
        """Ask for a report that tells when all that was sent has been shown."""
        now = monotonic()
        mute = self._gate.mute(now)
        if not mute and self._driver is not None:
            self._driver.write(REPORT)
        self._gate.sent(size, now, reported=not mute, answer=self._answers_key)
        self._asked_at = now

    def _close_gate(self) -> None:
        if not self._shut:
            self._shut = True
            self._begin_batch()
        self._open_gate()

    def _open_gate(self) -> None:
        """Let the next frame go if it may, and look again later if not."""
        if self._look is not None:
            self._look.cancel()
            self._look = None
        if not self._shut or self._curtain:
            return
        now = monotonic()
        if self._gate.lost(now, getattr(self._driver, "last_key", now)):
            self._gate.reset()
        if not self._gate.open(now, self.pending):
            self._notice_silence(now)
            self._look = get_running_loop().call_later(self._gate.look_again(now), self._open_gate)
            return
        self._shut = False
        self.frame_shown()
        self._end_batch()
        if not self._batch_count and self._running and self._screen_stack:
            if self._missed:
                self._missed = False
                self.screen.refresh()
            self.screen.check_idle()

    def _notice_silence(self, now: float) -> None:
        if not self._silent and self._gate.silent(now, self.pending):
            self._silent = True
            self.when_silent()

    def _tell_rate(self) -> None:
        """Say a new figure only when it is another: the title costs bytes too."""
        rate = self._rate.value
        if not self._rate.slow or rate is None:
            self.slow_line = ""
        elif not self.slow_line or abs(rate - self._told) > 0.25 * self._told:
            self._told = rate
            self.slow_line = _("slow line {rate:.1f} kB/s").format(rate=rate / 1000)

    _told = 0.0
