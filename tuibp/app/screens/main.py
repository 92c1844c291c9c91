"""The main screen: grid, matrix, equation and cost around one step line."""

from __future__ import annotations

from functools import partial

from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.screen import Screen

from tuibp.app.arrangement import LEAST, Pictures, arrange
from tuibp.app.keys import KEYS
from tuibp.app.panel_keys import as_everywhere
from tuibp.app.program import program_of
from tuibp.app.widgets.slot import Slot


class MainScreen(Screen[None]):
    """Thin: it holds the slots and passes keys on. What is in them comes from `render`."""

    AUTO_FOCUS = None
    BINDINGS = [as_everywhere(row.name) for row in KEYS]

    def compose(self) -> ComposeResult:
        yield Slot("title", partial(self._clicked, "title"))
        yield Slot("steps", partial(self._clicked, "steps"))
        with Horizontal(id="upper"):
            yield Slot("network", partial(self._clicked, "network"), ("up", "down"))
            yield Slot("equation", partial(self._clicked, "equation"), ("scroll_up", "scroll_down"))
        with Horizontal(id="lower"):
            yield Slot("matrix", partial(self._clicked, "matrix"))
            yield Slot("cost", partial(self._clicked, "cost"), wheel=("earlier", "later"))
        yield Slot("footer", partial(self._clicked, "footer"))
        yield Slot("small")

    def on_resize(self, event: events.Resize) -> None:
        width, height = event.size
        small = width < LEAST[0] or height < LEAST[1]
        self.set_class(small, "small")
        sizes = arrange(max(width, LEAST[0]), max(height, LEAST[1]))
        self.set_class(not sizes.compact, "roomy")
        for name in ("equation", "cost"):
            self.query_one(f"#{name}").styles.width = sizes.right
        self.query_one("#upper").styles.height = sizes.upper
        self.query_one("#lower").styles.height = sizes.lower

    def show(self, pictures: Pictures, ground: Style) -> None:
        """Put rows into the slots, on the ground that everything lies on."""
        for slot in self.query(Slot):  # none is left where the program is about to end
            rows = pictures.get(slot.id or "")
            if rows is not None:
                slot.ground = ground
                slot.show(rows)

    def _clicked(self, part: str, x: int, y: int) -> None:
        program_of(self).click(part, x, y)
