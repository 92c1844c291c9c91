"""Textual's compositor, without the partial update that it would render for nothing: see `OutputApp._display`."""

from __future__ import annotations

from typing import cast

from rich.console import RenderableType
from textual._compositor import Compositor, CompositorUpdate
from textual._context import visible_screen_stack
from textual.screen import Screen


class Lines(CompositorUpdate):
    """Something has changed on the screen; what, is found by comparing all lines with what the terminal shows."""


class LinesCompositor(Compositor):
    """Only notes that something has changed."""

    def render_update(
        self, full: bool = False, screen_stack: list[Screen[object]] | None = None, simplify: bool = False
    ) -> RenderableType | None:
        """As the base class, which renders what changed; in full it is rendered for pictures of the screen."""
        if full:
            return super().render_update(full, screen_stack, simplify)
        visible_screen_stack.set([] if screen_stack is None else screen_stack)
        changed = bool(self._dirty_regions)
        self._dirty_regions.clear()
        return cast(RenderableType, Lines()) if changed else None  # Textual's own updates are no renderables either


def lighten(compositor: Compositor) -> None:
    """Make a screen's compositor one of these; screens make their own, Textual's screens too."""
    if type(compositor) is Compositor:
        compositor.__class__ = LinesCompositor
