"""How the desk becomes what is seen: one repaint serves all keys that came meanwhile, and none goes unseen."""

from __future__ import annotations

from collections.abc import Callable

from textual._context import visible_screen_stack
from textual.strip import Strip
from textual.theme import Theme

from tuibp.app import teaching
from tuibp.app.desk import Desk
from tuibp.app.output.application import OutputApp
from tuibp.app.output.first import First
from tuibp.app.screens.main import MainScreen
from tuibp.app.screens.picture import PictureScreen
from tuibp.app.stage import Stage
from tuibp.app.terminal import Terminal
from tuibp.app.themes import palette_of, themes
from tuibp.locale import _
from tuibp.render.glyphs import ASCII, UNICODE
from tuibp.render.palette import Palette
from tuibp.render.scene import Scene

SOON = 0.05
"""Seconds after a picture, for work that must not delay it."""


class PaintedApp(OutputApp[None]):
    """Paints its desk: the main screen's pictures, or the screen that is over it."""

    def __init__(self, desk: Desk, terminal: Terminal | None, first: First | None) -> None:
        """`first` is what the terminal shows already."""
        super().__init__(terminal, first)
        self.desk = desk
        self._due = False
        self._stale = False
        self._mixed: tuple[Theme | None, Palette | None] = None, None
        """The palette, and the theme that it was made of."""
        desk.changed = self._changed
        desk.glyphs = UNICODE if self.terminal.utf8 else ASCII
        for theme in themes():
            self.register_theme(theme)
        self.theme = "tuibp-light" if self.terminal.light else "tuibp-dark"
        self.stage = Stage(desk, self.soon)

    def soon(self, work: Callable[[], None]) -> None:
        """Do what must not delay a picture."""
        self.set_timer(SOON, work)

    def _changed(self) -> None:
        """From any thread: there is something new to paint."""
        self.call_later(self.repaint)

    def repaint(self) -> None:
        if not self._due:
            self._due = True
            self.call_later(self.paint)

    def paint(self) -> None:
        self._due = False
        teaching.see(self.desk)
        if self.in_flight:
            self._stale = True  # `frame_shown` comes when there is a chance that a picture is seen
            return
        if not any(isinstance(screen, PictureScreen) for screen in self.screen_stack):
            self.show_main()
        if isinstance(self.screen, PictureScreen):
            self.screen.paint()
        self.raise_curtain()

    def show_main(self) -> None:
        screen = self.screen_stack[1] if len(self.screen_stack) > 1 else None
        if isinstance(screen, MainScreen):
            self._mix_colours()
            screen.show(self.stage.pictures(*screen.size), self.desk.palette.under)

    def frame_shown(self) -> None:
        if self._stale:  # at once, or what the last frame left would go before what a key has changed
            self._stale = False
            self.paint()

    def scene(self, compact: bool) -> Scene:
        """All that pictures are made of, in this terminal's colours."""
        self._mix_colours()
        self.desk.compact = compact
        return self.desk.scene()

    def _mix_colours(self) -> None:
        theme, palette = self._mixed
        if palette is None or theme is not self.current_theme:
            palette = palette_of(self.current_theme, self.terminal.colors)
            self._mixed = self.current_theme, palette
        self.desk.palette = palette

    def replace(self, desk: Desk) -> None:
        """Another desk altogether, as a saved session has it."""
        self.desk.pause()
        desk.follow(self.desk)
        self.desk = desk
        self.stage = Stage(desk, self.soon)
        self.repaint()

    def picture(self) -> str:
        """The screen as SVG."""
        from tuibp.render.svg import svg

        strips = self.strips()
        title = _("tuibp · {name}").format(name=self.desk.state.preset.name)
        return svg(strips, self.screen.size.width, self.desk.palette, title)

    def text(self) -> str:
        """The screen as lines of text."""
        return "".join(strip.text.rstrip() + "\n" for strip in self.strips())

    def strips(self) -> list[Strip]:
        """All lines of the screen, with what is seen of those below it."""
        visible_screen_stack.set(self._background_screens)
        return self.screen._compositor.render_strips()
