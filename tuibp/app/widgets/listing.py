"""A list of options whose lines may not be there yet when a key asks for the next page."""

from __future__ import annotations

from contextlib import suppress
from typing import Literal

from textual.widgets import OptionList

NO_LINES = (KeyError, IndexError)
"""What Textual's list raises where it is moved in by a page while it has no lines: not laid out, or of no room."""


class Listing(OptionList):
    def _move_page(self, direction: Literal[-1, 1]) -> None:
        with suppress(*NO_LINES):
            super()._move_page(direction)
