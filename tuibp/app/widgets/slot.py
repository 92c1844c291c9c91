"""A place on the screen that shows the rows it is given."""

from __future__ import annotations

from collections.abc import Callable

from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tuibp.render.lines import Row, blank


class Slot(Widget):
    """Thin: pictures are made by `render`, and only lines that changed are painted again."""

    DEFAULT_CSS = "Slot { width: 1fr; height: 1fr; }"

    def __init__(
        self,
        id: str,
        clicked: Callable[[int, int], None] | None = None,
        wheel: tuple[str, str] | None = None,
    ) -> None:
        """`wheel` names the keys, of the key table, that turning it up and down presses."""
        super().__init__(id=id)
        self._wheel = wheel
        self._rows: list[Row] = []
        self._clicked = clicked
        self.ground = Style.null()
        """What lies under everything; nothing where the terminal's own ground serves."""

    def show(self, rows: list[Row]) -> None:
        """Show these lines, and repaint those that differ from what is there."""
        before, self._rows = self._rows, rows
        if len(before) != len(rows):
            self.refresh()
            return
        for y, (old, new) in enumerate(zip(before, rows, strict=True)):
            if old is not new and old != new:
                self.refresh(Region(0, y, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        row = self._rows[y] if y < len(self._rows) else blank(self.size.width)
        return Strip(row, self.size.width).apply_style(self.ground)

    def on_resize(self) -> None:
        """Ask for a picture that fits; many slots that change together get one."""
        self.app.repaint()  # type: ignore[attr-defined]  # TuibpApp's

    def on_click(self, event: events.Click) -> None:
        if self._clicked is not None:
            self._clicked(event.x, event.y)

    def on_mouse_scroll_up(self) -> None:
        self._turn(0)

    def on_mouse_scroll_down(self) -> None:
        self._turn(1)

    def _turn(self, way: int) -> None:
        """The wheel presses the keys that a slot has for it."""
        if self._wheel is not None:
            self.app.action_press(self._wheel[way])  # type: ignore[attr-defined]  # TuibpApp's
