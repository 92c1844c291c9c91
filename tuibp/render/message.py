"""What the last key answered: on lines of its own, never over the steps; what is long is wrapped."""

from __future__ import annotations

from rich.segment import Segment

from tuibp.render.lines import Row, row_of, wrap
from tuibp.render.scene import Scene
from tuibp.render.typeset import sentence

MOST = 4
"""Lines of a message."""


def message_rows(scene: Scene, width: int) -> list[Row]:
    """The message in as many lines as it takes; none where nothing was said."""
    if not scene.message:
        return []
    style = scene.palette.wrong if scene.message_wrong else scene.palette.strong
    lines = wrap(sentence(scene.message, scene.glyphs), max(width - 2, 1))[:MOST]
    return [row_of(((line, style),), width, indent=1) for line in lines]


def with_message(foot: list[Row], scene: Scene, width: int) -> tuple[list[Row], list[Row]]:
    """(foot, rows above it): the last line of the message stands in the empty line above the keys, where there is one,
    otherwise in place of the keys until the next key."""
    rows = message_rows(scene, width)
    return ([rows[-1], *foot[1:]], rows[:-1]) if rows else (foot, [])


def laid_over(panel: list[Row], rows: list[Row], start: int, end: int) -> list[Row]:
    """A panel with these rows of the whole screen, of which it shows the cells from `start` to `end`, at its foot."""
    if not rows:
        return panel
    cut = [list(list(Segment.divide(row, [start, end] if start else [end]))[-1]) for row in rows]
    return [*panel[: len(panel) - len(rows)], *cut]
