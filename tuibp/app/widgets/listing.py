"""A list of options whose lines may not be there yet when a key asks for a page, or no more when one is clicked."""

from __future__ import annotations

from contextlib import suppress
from typing import Literal

from textual.events import Click
from textual.widgets import OptionList

from tuibp.app.key_row import KeyRow
from tuibp.app.panel_keys import table

NO_LINES = (KeyError, IndexError)
"""What Textual's list raises where it is moved in by a page while it has no lines: not laid out, or of no room."""


class Listing(OptionList, inherit_bindings=False):
    """Its keys are the table's, so that a person's own move in it too."""

    BINDINGS = [
        table("up", "cursor_up"),
        table("down", "cursor_down"),
        table("scroll_up", "page_up"),
        table("scroll_down", "page_down"),
        table("start", "first"),
        table("end", "last"),
        KeyRow("enter", "select"),
    ]

    def _move_page(self, direction: Literal[-1, 1]) -> None:
        with suppress(*NO_LINES):
            super()._move_page(direction)

    async def _on_click(self, event: Click) -> None:
        """Textual calls the base class's too: what was clicked may have gone since it was painted."""
        if event.style.meta.get("option", -1) >= self.option_count:
            event.prevent_default()
