"""A screen about a value of several pages, or lines of which one is lit: one on, one back, to either end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibp.app.key_row import KeyRow
from tuibp.app.making import Value
from tuibp.app.screens.made import MadeScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuibp.app.desk import Desk
    from tuibp.render.copied import Copied, Form


class PagedScreen(MadeScreen[Value]):
    """Its bindings name the actions `turn` and `edge`."""

    WHEEL = ("turn(-1)", "turn(1)")
    END = ""
    """What is said where there is no further page."""

    def __init__(self, desk: Desk, what: str) -> None:
        super().__init__(desk, what)
        self._wanted = 0

    def pages(self, made: Value) -> int:
        """How many the value has, one at the least."""
        raise NotImplementedError

    def copied(self, made: Value, at: int, form: Form) -> Copied:
        """What `y` copies of a page."""
        raise NotImplementedError

    @property
    def _last(self) -> int:
        """Of the pages, 0-based."""
        return self.pages(self.made) - 1 if self.made is not None else 0

    @property
    def _at(self) -> int:
        """The page that is seen: the one that was chosen, as far as this value has so many."""
        return min(self._wanted, self._last)

    def under_cursor(self) -> tuple[object, Callable[[Form], Copied]] | None:
        made, at = self.made, self._at
        return None if made is None else ((made, at), lambda form: self.copied(made, at, form))

    def enabled(self, row: KeyRow) -> bool:
        if row.action == "turn(1)":
            return self._at < self._last
        return self._at > 0 if row.action == "turn(-1)" else True

    def action_turn(self, by: int) -> None:
        if self.made is not None and self._at + by > self._last:
            self.program.desk.say(self.END)
        self._wanted = min(max(self._at + by, 0), self._last)
        self.repaint()

    def action_edge(self, at: int) -> None:
        self._wanted = at % (self._last + 1)
        self.repaint()
