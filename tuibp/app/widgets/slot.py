"""A place on the screen that shows the rows it is given."""

from __future__ import annotations

from collections.abc import Callable

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tuibp.app.program import program_of
from tuibp.render.lines import Row, blank

STYLES = 1_000
"""Kept, laid on the ground, by a slot: pictures of two pixels a cell have any number of them."""


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
        self._strips: dict[int, Strip] = {}
        self._made_for: tuple[int, Style] = 0, Style.null()
        """Width and ground of the strips."""
        self._over: dict[Style | None, Style] = {}
        """Styles laid on the ground."""
        self._clicked = clicked
        self.ground = Style.null()
        """What lies under everything; nothing where the terminal's own ground serves."""

    @property
    def rows(self) -> list[Row]:
        """What is shown."""
        return self._rows

    def show(self, rows: list[Row]) -> None:
        """Show these lines, and repaint those that differ from what is there."""
        before, self._rows = self._rows, rows
        if len(before) != len(rows):
            self._strips.clear()
            self.refresh()
            return
        for y, (old, new) in enumerate(zip(before, rows, strict=True)):
            if old is not new and old != new:
                self._strips.pop(y, None)
                self.refresh(Region(0, y, self.size.width, 1))

    def render_lines(self, crop: Region) -> list[Strip]:
        """As the base class, which styles every line with margins, borders and a background that no slot has."""
        made_for = self.size.width, self.ground
        if made_for != self._made_for:
            self._made_for = made_for
            self._strips.clear()
            self._over.clear()
        strips = [self.render_line(y).crop(crop.x, crop.right) for y in crop.line_range]
        for found in self.get_line_filters():
            strips = [strip.apply_filter(found, self.background_colors[1]) for strip in strips]
        return strips

    def render_line(self, y: int) -> Strip:
        strip = self._strips.get(y)
        if strip is None:
            width = self.size.width
            row = self._rows[y] if y < len(self._rows) else blank(width)
            strip = self._strips[y] = Strip([self._grounded(segment) for segment in row], width)
        return strip

    def _grounded(self, segment: Segment) -> Segment:
        """On the ground, as `apply_style` of rich, which adds the two styles for every segment anew."""
        style = self._over.get(segment.style)
        if style is None:
            if len(self._over) >= STYLES:
                self._over.clear()
            style = self._over[segment.style] = self.ground + segment.style
        return Segment(segment.text, style)

    def on_resize(self) -> None:
        """Ask for a picture that fits; many slots that change together get one."""
        program_of(self).repaint()

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
            program_of(self).action_press(self._wheel[way])
