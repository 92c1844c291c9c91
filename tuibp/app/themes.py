"""The two themes that tuibp brings, and the palette that any theme gives."""

from __future__ import annotations

from collections.abc import Mapping

from textual.theme import Theme

from tuibp.render.palette import DARK, LIGHT, Depth, Palette

PREFIX = "tuibp-"


def themes() -> tuple[Theme, Theme]:
    return _theme("tuibp-dark", DARK, True), _theme("tuibp-light", LIGHT, False)


def _theme(name: str, colours: Mapping[str, str], dark: bool) -> Theme:
    return Theme(
        name=name,
        primary=colours["accent"],
        accent=colours["accent"],
        success=colours["accent"],
        warning=colours["positive"],
        secondary=colours["negative"],
        error=colours["wrong"],
        foreground=colours["ink"],
        background=colours["ground"],
        surface=colours["ground"],
        panel=colours["raised"],
        dark=dark,
        variables={PREFIX + role: colour for role, colour in colours.items()},
    )


def palette_of(theme: Theme, depth: Depth) -> Palette:
    """The palette of any theme: its own `tuibp-…` variables first, then what comes nearest among its colours."""
    base = DARK if theme.dark else LIGHT
    nearest = {
        "ground": theme.background,
        "raised": theme.panel or theme.surface,
        "ink": theme.foreground,
        "accent": theme.success or theme.accent or theme.primary,
        "positive": theme.warning,
        "negative": theme.secondary or theme.primary,
        "wrong": theme.error,
    }
    colours = {role: _hex(theme.variables.get(PREFIX + role) or nearest.get(role)) or base[role] for role in base}
    return Palette(depth, colours)


def _hex(colour: str | None) -> str | None:
    """`#rrggbb` of a colour as a theme writes it; None where it has no fixed value (`ansi_default`)."""
    from textual.color import Color, ColorParseError

    if not colour or colour.startswith("ansi"):
        return None
    try:
        return Color.parse(colour).hex6.lower()
    except ColorParseError:
        return None
