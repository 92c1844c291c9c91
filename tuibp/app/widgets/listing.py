"""A list of options whose lines may not be there yet when a key asks for a page, or no more when one is clicked."""

from __future__ import annotations

from contextlib import suppress
from typing import Literal

from textual.events import Click
from textual.widgets import OptionList

NO_LINES = (KeyError, IndexError)
"""What Textual's list raises where it is moved in by a page while it has no lines: not laid out, or of no room."""


class Listing(OptionList):
    def _move_page(self, direction: Literal[-1, 1]) -> None:
        with suppress(*NO_LINES):
            super()._move_page(direction)

    async def _on_click(self, event: Click) -> None:
        """Textual calls the base class's too: what was clicked may have gone since it was painted."""
        if event.style.meta.get("option", -1) >= self.option_count:
            event.prevent_default()
