"""A line filter that tells in sixteen colours what Textual's own widgets style in true ones."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from tuibp.render.fewer_colours import FewerColours
from tuibp.render.palette import Palette

UPRIGHT = Style(reverse=False)


class SixteenColours(LineFilter):
    """Colours that have a number stay: our own pictures are made of them."""

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self._fewer = FewerColours(palette)

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002  # Textual passes it
        return [s if s.style is None or s.control else Segment(s.text, self._told(s.text, s.style)) for s in segments]

    def _told(self, text: str, style: Style) -> Style:
        """A tile that is reversed stands behind a question where its colours have been mixed: there it recedes."""
        mixed = style.reverse and style.color is not None and style.color.triplet is not None
        if mixed and any(character.isalnum() for character in text):
            style += UPRIGHT
        return self._fewer.style(style)
