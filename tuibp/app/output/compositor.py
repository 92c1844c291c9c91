"""Textual's compositor, without the partial update that it would render for nothing (see `OutputApp._display`); lines
are put together anew only where one of their parts is another."""

from __future__ import annotations

from typing import cast

from rich.console import RenderableType
from textual._compositor import Compositor, CompositorUpdate
from textual._context import visible_screen_stack
from textual.geometry import Size
from textual.screen import Screen
from textual.strip import Strip

Parts = tuple[tuple[int, Strip], ...]
"""What stands side by side in a line: (first column, strip)."""


class Lines(CompositorUpdate):
    """Something has changed on the screen; what, is found by comparing all lines with what the terminal shows."""


class LinesCompositor(Compositor):
    """Only notes that something has changed."""

    _lines: tuple[tuple[Parts, Strip], ...] = ()
    """Of the last frame: the parts of every line, and the line."""

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

    def render_strips(self, size: Size | None = None) -> list[Strip]:
        """As the base class; a line whose parts are the same strips as in the last frame is the same strip too."""
        parts = self._side_by_side() if size is None or size == self.size else None
        if parts is None:
            return super().render_strips(size)
        before = self._lines if len(self._lines) == len(parts) else ((((), Strip([])),) * len(parts))
        self._lines = tuple(
            (
                now,
                line if _same(was, now) else Strip.join([strip for _x, strip in sorted(now, key=lambda part: part[0])]),
            )
            for (was, line), now in zip(before, parts, strict=True)
        )
        return [line for _parts, line in self._lines]

    def _side_by_side(self) -> list[Parts] | None:
        """The parts of every line where none covers a piece of another, front to back until the screen is full: what
        lies behind is not asked for. None where widgets cover each other in part."""
        width, height = self.size
        parts: list[list[tuple[int, Strip]]] = [[] for _ in range(height)]
        room, open_lines = [width] * height, height
        for region, clip, strips in self._get_renders(self.size.region):
            seen = region.intersection(clip)
            for y, strip in zip(seen.line_range, strips, strict=False):
                if not room[y] or not seen.width:
                    continue
                if any(x < seen.right and seen.x < x + other.cell_length for x, other in parts[y]):
                    return None
                if strip.cell_length != seen.width:
                    return None
                parts[y].append((seen.x, strip))
                room[y] -= seen.width
                open_lines -= not room[y]
            if not open_lines:
                return [tuple(line) for line in parts]
        return None


def _same(was: Parts, now: Parts) -> bool:
    return len(was) == len(now) and all(a[0] == b[0] and a[1] is b[1] for a, b in zip(was, now, strict=True))


def lighten(compositor: Compositor) -> None:
    """Make a screen's compositor one of these; screens make their own, Textual's screens too."""
    if type(compositor) is Compositor:
        compositor.__class__ = LinesCompositor
