"""Colours by role; values come from the app's theme, in as many colours as the terminal has: all, 256, 16 or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Literal

from rich.color import Color
from rich.style import Style

from tuibp.render.colour import Rgb, contrast, luminance, mix, rgb
from tuibp.render.sixteen import BADGE_ON_DARK, BADGE_ON_LIGHT, ON_DARK, ON_LIGHT, tile
from tuibp.render.xterm import COLOURS, NUMBERS

Depth = Literal["truecolor", "256", "16", "none"]
Scale = Literal["activation", "diverging"]

DARK = {
    "ground": "#121318", "raised": "#1f2530", "ink": "#dadada", "quiet": "#8a8a8a", "faint": "#444444",
    "accent": "#87d7af", "positive": "#f2995a", "negative": "#5fafff", "low": "#1c1c1c", "high": "#eeeeee",
    "wrong": "#ff5f5f",
}  # fmt: skip
LIGHT = {
    "ground": "#fbfbfd", "raised": "#e6e9f0", "ink": "#262626", "quiet": "#6c6c6c", "faint": "#c6c6c6",
    "accent": "#00875f", "positive": "#af5f00", "negative": "#005faf", "low": "#eeeeee", "high": "#1c1c1c",
    "wrong": "#c1272d",
}  # fmt: skip
"""Most are colours of xterm's 256, which cost half as many bytes on a line."""


@dataclass(frozen=True)
class Palette:
    """Styles for roles and for values. The same palette always gives the same style object."""

    depth: Depth = "truecolor"
    colours: Mapping[str, str] = field(default_factory=lambda: DARK)
    """`#rrggbb` by role, as in DARK."""

    __hash__ = object.__hash__

    made: dict[tuple[object, ...], Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Colours and styles of scales made so far: there are few of them, and pictures need them by the thousand."""

    # Roles

    @cached_property
    def ground(self) -> Rgb:
        return rgb(self.colours["ground"])

    @cached_property
    def sixteen(self) -> Mapping[str, str]:
        """Names of the sixteen colours by role, for the ground that the terminal has."""
        return ON_LIGHT if luminance(self.ground) > 0.5 else ON_DARK

    @cached_property
    def under(self) -> Style:
        """What lies under everything that has no ground of its own; with few colours the terminal's own ground."""
        if self.depth in ("none", "16"):
            return Style.null()
        return Style(bgcolor=self._colour(self.ground))

    @cached_property
    def ink(self) -> Style:
        return self.role("ink")

    @cached_property
    def strong(self) -> Style:
        return self.role("ink", bold=True)

    @cached_property
    def quiet(self) -> Style:
        return self.role("quiet")

    @cached_property
    def faint(self) -> Style:
        return self.role("faint")

    @cached_property
    def line(self) -> Style:
        """Rules, frames and dots, which are no text: faint, and of sixteen colours one that no text may have."""
        return self.role("line" if self.depth == "16" else "faint")

    @cached_property
    def accent(self) -> Style:
        return self.role("accent", bold=True)

    @cached_property
    def accent_line(self) -> Style:
        return self.role("accent")

    @cached_property
    def positive(self) -> Style:
        return self.role("positive")

    @cached_property
    def negative(self) -> Style:
        return self.role("negative")

    @cached_property
    def wrong(self) -> Style:
        return self.role("wrong", bold=True)

    @cached_property
    def badge(self) -> Style:
        """Dark on accent: the step one is at."""
        if self.depth == "none":
            return Style(bold=True, reverse=True)
        if self.depth == "16":
            return BADGE_ON_LIGHT if self.sixteen is ON_LIGHT else BADGE_ON_DARK
        return Style(color=self._colour(self.ground), bgcolor=self.role("accent").color, bold=True)

    @cached_property
    def raised(self) -> Style:
        """Ink on a slightly lifted ground: the line or box under the cursor."""
        if self.depth == "none":
            return Style(bold=True)
        if self.depth == "16":
            return Style(color=Color.parse("default"), bold=True)
        return Style(color=self.role("ink").color, bgcolor=self._colour(rgb(self.colours["raised"])))

    def role(self, name: str, bold: bool = False) -> Style:
        """The style of a role, in as many colours as there are."""
        if self.depth == "none":
            return Style(bold=True if bold or name in ("accent", "wrong") else None, dim=name == "faint" or None)
        if self.depth == "16":
            return Style(color=Color.parse(self.sixteen.get(name, "default")), bold=bold or None)
        return Style(color=self._colour(rgb(self.colours[name])), bold=bold or None)

    def signed(self, value: float) -> Style:
        """Orange for a positive number, blue for a negative one, ink for zero."""
        return self.positive if value > 0 else self.negative if value < 0 else self.ink

    # Values on tiles: text on a ground that tells the value

    def activation(self, value: float, bold: bool = False) -> Style:
        """A tile whose ground goes from dark (0) to light (1); cut outside."""
        return self._tile(_level(value, "activation"), "activation", bold)

    def diverging(self, value: float, scale: float, bold: bool = False) -> Style:
        """A tile whose ground goes to orange (+scale) or blue (−scale), by |v|^0.7 so that small errors show."""
        share = 0.0 if not scale > 0 or value != value else min(abs(value) / scale, 1.0) ** 0.7
        level = _level(share, "diverging")
        return self._tile(level if value >= 0 else -level, "diverging", bold)

    def pixels(self, upper: Rgb, lower: Rgb) -> Style:
        """Style of an upper half block: two square pixels in one cell."""
        return _pair(self._colour(upper), self._colour(lower))

    def on(self, ground: Style) -> Style:
        """Legible ink on a cell's ground, as it is there; of two pixels in a cell the lower one becomes the ground."""
        if self.depth in ("none", "16") or ground.bgcolor is None:
            return self.strong
        return _tile(self._colour(_text_on(seen_as(ground.bgcolor))), ground.bgcolor, True)

    def coloured_on(self, ground: Style, name: str) -> Style:
        """Ink on a cell's ground with as much of a role's colour in it as stays legible."""
        if self.depth in ("none", "16") or ground.bgcolor is None:
            return self.strong
        return _tinted(rgb(self.colours[name]), ground.bgcolor, self.depth)

    def blend(self, name: str, share: float) -> Style:
        """A role faded towards the ground (share 1 is the role itself): wires by their weight."""
        if self.depth in ("none", "16"):
            return self.role(name)
        return _foreground(self._colour(mix(self.ground, rgb(self.colours[name]), round(share * 16) / 16)))

    def level_rgb(self, level: int, scale: Scale) -> Rgb:
        """The colour of a step of a scale, `activation` or `diverging` (there negative as well)."""
        return self._ground_of(level, scale)

    def label(self, tile: Style) -> Style:
        """Style of a lesser text on a tile: as quiet as legible text can be there."""
        if self.depth in ("none", "16") or tile.bgcolor is None:
            return Style(dim=True) if self.depth == "none" else tile
        return _quiet_on(tile.bgcolor, self.depth)

    def _ground_of(self, level: int, scale: Scale) -> Rgb:
        found = self.made.get((level, scale))
        if found is None:
            found = self.made[level, scale] = self._mixed(level, scale)
        return found

    def _mixed(self, level: int, scale: Scale) -> Rgb:
        if scale == "activation":
            return mix(rgb(self.colours["low"]), rgb(self.colours["high"]), level / LEVELS["activation"])
        end = self.colours["positive" if level >= 0 else "negative"]
        if self.depth == "256" and level and end in RAMPS:
            return COLOURS[RAMPS[end][abs(level) - 1]]
        return mix(rgb(self.colours["low"]), rgb(end), abs(level) / LEVELS["diverging"])

    def _tile(self, level: int, scale: Scale, bold: bool) -> Style:
        found = self.made.get((level, scale, bold))
        if found is None:
            found = self.made[level, scale, bold] = self._tile_of(level, scale, bold)
        return found

    def _tile_of(self, level: int, scale: Scale, bold: bool) -> Style:
        if self.depth == "none":
            return Style(bold=bold or None)
        if self.depth == "16":
            return tile(LEVELS[scale], level, scale, bold, self.sixteen["positive"], self.sixteen["negative"])
        ground = self._colour(self._ground_of(level, scale))
        return _tile(self._colour(_text_on(seen_as(ground))), ground, bold)

    def _colour(self, value: Rgb) -> Color:
        return _colour(value, self.depth)


LEVELS: dict[Scale, int] = {"activation": 21, "diverging": 6}
"""Shades of a scale: enough to the eye, few enough that equal neighbours share a style. Activations have as many as
xterm's ramp of greys has between low and high, which so are exact."""


RAMPS = {
    DARK["positive"]: (237, 94, 130, 166, 173, 209), DARK["negative"]: (237, 24, 25, 67, 68, 75),
    LIGHT["positive"]: (254, 223, 215, 173, 166, 130), LIGHT["negative"]: (254, 153, 111, 68, 26, 25),
}  # fmt: skip
"""Shades by xterm's numbers: the nearest to a mixture would go from brown to olive and from blue to teal."""


def _level(value: float, scale: Scale) -> int:
    return 0 if value != value else round(min(max(value, 0.0), 1.0) * LEVELS[scale])


@lru_cache(maxsize=4096)
def _colour(value: Rgb, depth: Depth) -> Color:
    colour = Color.from_rgb(*value)
    if depth == "256":
        from rich.color import ColorSystem

        if value in NUMBERS:  # rich finds not even these
            return Color.from_ansi(NUMBERS[value])
        return colour.downgrade(ColorSystem.EIGHT_BIT)
    return colour


LEGIBLE = 4.5
"""The least contrast of text (WCAG 2, level AA)."""


def seen_as(colour: Color) -> Rgb:
    """What a terminal shows for a colour, downgraded or not."""
    r, g, b = colour.get_truecolor()
    return r, g, b


@lru_cache(maxsize=1024)
def _text_on(ground: Rgb) -> Rgb:
    """Dark or light, whichever contrasts more; pure black or white where softer ones are not legible."""
    soft = max((rgb("#121212"), rgb("#eeeeee")), key=lambda text: contrast(text, ground))
    if contrast(soft, ground) >= LEGIBLE + 0.2:  # 256 colours will round it
        return soft
    return max(((0, 0, 0), (255, 255, 255)), key=lambda text: contrast(text, ground))


@lru_cache(maxsize=1024)
def _quiet_on(ground: Color, depth: Depth) -> Style:
    """Text mixed with its ground as far as it stays legible."""
    behind = seen_as(ground)
    text = _text_on(behind)
    for share in (0.4, 0.3, 0.2, 0.1, 0.0):
        colour = _colour(mix(text, behind, share), depth)
        if contrast(seen_as(colour), behind) >= LEGIBLE:
            return Style(color=colour, bgcolor=ground)
    return Style(color=_colour(text, depth), bgcolor=ground)


@lru_cache(maxsize=1024)
def _tinted(colour: Rgb, ground: Color, depth: Depth) -> Style:
    behind = seen_as(ground)
    text = _text_on(behind)
    for share in (0.6, 0.45, 0.3, 0.15):
        tint = _colour(mix(text, colour, share), depth)
        if contrast(seen_as(tint), behind) >= LEGIBLE:
            return _tile(tint, ground, True)
    return _tile(_colour(text, depth), ground, True)


@lru_cache(maxsize=8192)
def _pair(upper: Color, lower: Color) -> Style:
    return Style(color=upper, bgcolor=lower)


@lru_cache(maxsize=8192)
def _foreground(colour: Color) -> Style:
    return Style(color=colour)


@lru_cache(maxsize=8192)
def _tile(text: Color, ground: Color, bold: bool) -> Style:
    return Style(color=text, bgcolor=ground, bold=bold or None)
