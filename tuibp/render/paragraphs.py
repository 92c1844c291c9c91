"""Paragraphs of a panel, and which of them stay when the panel is too low for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tuibp.render.lines import EMPTY, Line


@dataclass(frozen=True)
class Paragraph:
    """Lines that stay together."""

    lines: tuple[Line, ...]
    rank: int = 0
    """What goes first where room is short is the highest; 0 never goes."""
    apart: bool = True
    """Whether an empty line stands before it, where there is room."""


def height_of(paragraphs: Sequence[Paragraph]) -> int:
    """Rows of the paragraphs with all their empty lines."""
    return sum(len(b.lines) + b.apart for b in paragraphs if b.lines)


def fitted(paragraphs: Sequence[Paragraph], height: int) -> list[Line]:
    """The paragraphs in at most `height` rows: empty lines go first, from the top; then those of the highest rank.

    What went comes back, the lowest rank first, where in the end there is room for it.
    """
    kept = [b for b in paragraphs if b.lines]
    for i, paragraph in enumerate(kept):
        if height_of(kept) <= height:
            break
        kept[i] = replace(paragraph, apart=False)
    order, left = list(kept), []
    while height_of(kept) > height and any(b.rank for b in kept):
        left.append(max(reversed(kept), key=lambda b: b.rank))
        kept.remove(left[-1])
    for paragraph in reversed(left):  # a large one that went makes room for small ones that went before it
        if height_of([*kept, paragraph]) <= height:
            kept.append(paragraph)
    kept.sort(key=order.index)
    return [line for b in kept for line in ((EMPTY,) if b.apart else ()) + b.lines][: max(height, 0)]
