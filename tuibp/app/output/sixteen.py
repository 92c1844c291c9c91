"""A line filter that tells in sixteen colours what Textual's own widgets style in true ones."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from tuibp.render.fewer_colours import FewerColours
from tuibp.render.palette import Palette


class SixteenColours(LineFilter):
    """Colours that have a number stay: our own pictures are made of them."""

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self._fewer = FewerColours(palette)

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002  # Textual passes it
        told = self._fewer.style
        return [s if s.style is None or s.control else Segment(s.text, told(s.style)) for s in segments]
