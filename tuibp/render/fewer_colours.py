"""What was styled in true colours, by somebody who knows no roles, told in sixteen."""

from __future__ import annotations

from rich.color import Color
from rich.style import Style

from tuibp.render.colour import Rgb, contrast, rgb
from tuibp.render.palette import Palette, seen_as

RAISED = 1.45
"""Contrast of a ground with the theme's below which it is the theme's: a field, a band, a scroll bar's track."""
RECEDED = 3.0
"""Contrast of an ink below which it is a line, or stands behind a question."""


class FewerColours:
    """Grounds become the terminal's own, or the badge where they mark something; inks become the nearest role."""

    def __init__(self, palette: Palette) -> None:
        """`palette` has depth 16."""
        self._palette = palette
        self._inks = {name: rgb(palette.colours[name]) for name in palette.sixteen if name in palette.colours}
        self._found: dict[Style, Style] = {}

    def style(self, style: Style) -> Style:
        found = self._found.get(style)
        if found is None:
            found = self._found[style] = self._told(style)
        return found

    def _told(self, style: Style) -> Style:
        ground, ink = _true(style.bgcolor), _true(style.color)
        if ground is None and ink is None:
            return style
        bare = Style(
            bold=style.bold, dim=None, italic=style.italic, underline=style.underline, reverse=style.reverse,
            link=style.link, meta=style.meta,
        )  # fmt: skip
        if style.reverse:  # a scroll bar: its thumb stands out, what is beside it does not
            return bare + Style(color=Color.parse("default"))
        if ground is not None and contrast(ground, self._palette.ground) >= RAISED:
            return bare + self._palette.badge
        if ink is None:
            return bare + Style(color=style.color)
        return bare + Style(color=Color.parse(self._palette.sixteen[self._nearest(ink)]))

    def _nearest(self, ink: Rgb) -> str:
        if contrast(ink, self._palette.ground) < RECEDED:
            return "line"
        return min(self._inks, key=lambda name: sum((a - b) ** 2 for a, b in zip(ink, self._inks[name], strict=True)))


def _true(colour: Color | None) -> Rgb | None:
    return seen_as(colour) if colour is not None and colour.triplet is not None else None
