"""What the output path uses of Textual's private parts. If one fails, read the new Textual before
raising the pin."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from textual import events
from textual._compositor import Compositor, CompositorUpdate, InlineUpdate
from textual._xterm_parser import XTermParser
from textual.app import App, ComposeResult
from textual.drivers._writer_thread import WriterThread
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.message import Message
from textual.messages import ExitApp
from textual.screen import Screen
from textual.widgets import Static

from tuibp.app.output.application import OutputApp
from tuibp.app.output.compositor import Lines, LinesCompositor
from tuibp.app.output.driver import OutputDriver
from tuibp.app.terminal import Terminal


def parameters(function: object) -> list[str]:
    return list(inspect.signature(function).parameters)  # type: ignore[arg-type]  # whatever was looked up


def test_textual_shows_frames_through_display_with_a_screen_and_an_update() -> None:
    assert parameters(App._display) == ["self", "screen", "renderable"]
    source = inspect.getsource(App._display)
    for part in ("_batch_count", "render_segments(console)", "post_display_hook()", "_begin_update", "flush"):
        assert part in source


def test_the_compositor_renders_whole_lines() -> None:
    assert parameters(Compositor.render_strips) == ["self", "size"]
    assert parameters(CompositorUpdate.render_segments) == ["self", "console"]
    assert issubclass(InlineUpdate, CompositorUpdate)


def test_the_partial_update_that_nobody_sends_is_not_rendered() -> None:
    assert parameters(Compositor.render_update) == parameters(LinesCompositor.render_update)
    source = inspect.getsource(Screen._compositor_refresh)
    assert "self._compositor.render_update(" in source
    assert "app._display(self, update)" in source
    assert "visible_screen_stack.set(" in inspect.getsource(Compositor.render_update)
    assert "_dirty_regions.clear()" in inspect.getsource(Compositor.render_partial_update)


async def test_what_changes_on_the_screen_is_noted_and_not_rendered(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Small()
    async with app.run_test(size=(20, 4)) as pilot:
        assert type(app.screen._compositor) is LinesCompositor
        shown: list[object] = []
        rendered: list[object] = []
        monkeypatch.setattr(app, "_display", lambda _screen, update: shown.append(update))
        monkeypatch.setattr(Compositor, "_render_chops", lambda *given: rendered.append(given))
        app.query_one("#word", Static).update("there")
        await pilot.pause()
        assert {type(update) for update in shown} == {Lines}
        assert rendered == []
        assert app.screen._compositor.render_update() is None
        monkeypatch.undo()
        full = app.screen._compositor.render_update(full=True)
        assert isinstance(full, CompositorUpdate)
        assert "there" in full.render_segments(app.console)


def test_batches_count() -> None:
    assert "_batch_count += 1" in inspect.getsource(App._begin_batch)
    assert "_batch_count -= 1" in inspect.getsource(App._end_batch)
    assert "_batch_count" in inspect.getsource(Screen._on_idle)


def test_the_unix_driver_has_the_parts_that_are_replaced() -> None:
    for name in (
        "_run_input_thread", "run_input_thread", "process_message", "_get_terminal_size", "_enable_mouse_support",
        "_disable_mouse_support", "_request_terminal_sync_mode_support", "_query_in_band_window_resize", "write",
        "disable_input", "start_application_mode", "stop_application_mode", "close",
    ):  # fmt: skip
        assert callable(getattr(LinuxDriver, name))
    source = inspect.getsource(LinuxDriver.__init__)
    for attribute in ("fileno", "exit_event", "_key_thread", "_writer_thread", "attrs_before"):
        assert attribute in source or attribute in inspect.getsource(LinuxDriver)


def test_the_stock_driver_sets_up_its_writer_as_expected() -> None:
    assert "self._writer_thread = WriterThread" in inspect.getsource(LinuxDriver.start_application_mode)
    assert parameters(WriterThread.stop) == ["self"]


def test_the_parser_turns_reports_into_cursor_positions() -> None:
    found = list(XTermParser().feed("\x1b[3;7R"))
    assert [(type(event), event.x, event.y) for event in found] == [(events.CursorPosition, 6, 2)]  # type: ignore[attr-defined]


def test_crashes_go_through_the_hooks_that_the_guard_reads() -> None:
    assert "self._exception = error" in inspect.getsource(App._handle_exception)
    assert "_exit_renderables" in inspect.getsource(App._print_error_renderables)
    assert issubclass(ExitApp, Message)


class Small(OutputApp[None]):
    def compose(self) -> ComposeResult:
        yield Static("hello", id="word")


class Recorder:
    """In a driver's place: takes what is sent."""

    is_inline = False

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.pending = 0
        self.last_key = 0.0

    @property
    def bytes_written(self) -> int:
        return sum(map(len, self.sent))

    def write(self, text: str) -> None:
        self.sent.append(text)

    def flush(self) -> None:
        """As a driver's."""


@contextmanager
def recording(app: OutputApp[None]) -> Iterator[Recorder]:
    """From here on the app believes that it has a terminal."""
    recorder = Recorder()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(OutputApp, "is_headless", False)
        patch.setattr(app, "_driver", recorder)
        yield recorder


async def test_one_frame_is_in_flight_and_the_next_waits_for_the_report() -> None:
    app = Small()
    async with app.run_test(size=(20, 4)) as pilot:
        with recording(app) as recorder:
            word = app.query_one("#word", Static)
            word.update("first")
            await pilot.pause(0.1)
            assert sum("first" in text for text in recorder.sent) == 1
            assert recorder.sent[-1] == "\x1b[6n"
            before = len(recorder.sent)
            for text in ("second", "third"):
                word.update(text)
                await pilot.pause(0.1)
            assert len(recorder.sent) == before
            for _ in range(recorder.sent.count("\x1b[6n")):
                app.post_message(events.CursorPosition(0, 0))
            await pilot.pause(0.1)
            later = "".join(recorder.sent[before:])
            assert "second" not in later
            assert "th" in later


async def test_the_app_degrades_to_stock_behaviour_without_a_terminal() -> None:
    app = Small()
    async with app.run_test(size=(20, 4)) as pilot:
        app.query_one("#word", Static).update("there")
        await pilot.pause()
        assert "there" in "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        assert (app.frames, app.bytes_written, app.pending) == (0, 0, 0)


async def test_a_resize_while_the_gate_is_shut_is_painted_when_it_opens() -> None:
    app = Small()
    async with app.run_test(size=(20, 4)) as pilot:
        with recording(app) as recorder:
            app.query_one("#word", Static).update("first")
            await pilot.pause(0.1)
            app.post_message(events.Resize(Size(30, 6), Size(30, 6)))
            await pilot.pause(0.1)
            before = len(recorder.sent)
            for _ in range(4):
                app.post_message(events.CursorPosition(0, 0))
                await pilot.pause(0.05)
            assert "first" in "".join(recorder.sent[before:])


def test_the_stock_driver_is_replaced_and_so_is_a_browsers(monkeypatch: pytest.MonkeyPatch) -> None:
    assert OutputApp().driver_class is OutputDriver
    monkeypatch.setattr("textual.constants.DRIVER", "textual.drivers.web_driver:WebDriver")
    assert OutputApp().driver_class.__name__ == "BrowserDriver"


def test_without_colours_textual_is_told_so_at_the_only_moment_when_it_listens() -> None:
    assert OutputApp(Terminal(colors="none")).ansi_color is True
    assert "self.set_reactive(App.ansi_color, ansi_color)" in inspect.getsource(App.__init__)
