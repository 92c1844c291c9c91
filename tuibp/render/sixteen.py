"""Sixteen colours: which of them serve which role on dark and on light ground, and how a tile tells its value."""

from __future__ import annotations

from functools import lru_cache

from rich.color import Color
from rich.style import Style

ON_DARK = {
    "ink": "bright_white", "quiet": "white", "faint": "white", "line": "bright_black", "accent": "bright_green",
    "positive": "bright_yellow", "negative": "bright_cyan", "wrong": "bright_red",
}  # fmt: skip
ON_LIGHT = {
    "ink": "default", "quiet": "black", "faint": "black", "line": "bright_black", "accent": "magenta",
    "positive": "red", "negative": "blue", "wrong": "red",
}  # fmt: skip
"""Of sixteen colours those that can be read in VGA's shades as in xterm's: no blue on black, no green or yellow on
white, and bright black is for lines alone."""

BADGE_ON_DARK = Style(color=Color.parse("black"), bgcolor=Color.parse("green"))
BADGE_ON_LIGHT = Style(color=Color.parse("bright_white"), bgcolor=Color.parse("magenta"))
"""Their grounds are of the first eight, which alone a linux console has as grounds."""


@lru_cache(maxsize=1024)
def tile(most: int, level: int, scale: str, bold: bool, positive: str, negative: str) -> Style:
    """A tile at a level of `most`. Text carries the number; colour only the sign, and reverse video a strong value."""
    if scale == "activation":
        return Style(reverse=level > most // 2 or None, bold=bold or None)
    name = positive if level > 0 else negative if level < 0 else "default"
    return Style(color=Color.parse(name), reverse=abs(level) > most // 2 or None, bold=bold or None)
