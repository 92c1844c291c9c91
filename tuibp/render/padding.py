"""Text in a column of so many cells: of which a Chinese character fills two, so that counting letters is not enough."""

from __future__ import annotations

from rich.cells import cell_len


def at_left(text: str, cells: int) -> str:
    """The text with blanks behind it, as `str.ljust`."""
    return text + " " * (cells - cell_len(text))


def at_right(text: str, cells: int) -> str:
    """The text with blanks before it, as `str.rjust`."""
    return " " * (cells - cell_len(text)) + text
