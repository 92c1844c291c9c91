"""Paragraphs of a panel, and which of them stay when the panel is too low for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len

from tuibp.render.lines import EMPTY, Line, Piece, folded, width_of, words

GENERAL, NOTE, INDEXED, TERMS = 4, 5, 3, 1
"""Ranks of a derivation: what goes first where room is short. Result and meaning never go."""
TAIL = GENERAL
"""The rank of a sentence's tail: it goes before a paragraph of this rank, if that saves the paragraph."""
LEAST = 2
"""So many lines of a sentence stay beside a paragraph that they could make room for."""


@dataclass(frozen=True)
class Paragraph:
    """Lines that stay together."""

    lines: tuple[Line, ...]
    rank: int = 0
    """What goes first where room is short is the highest; 0 never goes."""
    apart: bool = True
    """Whether an empty line stands before it, where there is room."""
    ellipsis: Piece | None = None
    """What stands for the tail of a sentence that has no room; None where the lines stay together."""
    formula: str = ""
    """In markup, what of an equation is written here, for a cursor on its symbols."""
    lead: int = 0
    """Characters before the formula, blanks not counted."""


def height_of(paragraphs: Sequence[Paragraph]) -> int:
    """Rows of the paragraphs with all their empty lines."""
    return sum(len(b.lines) + b.apart for b in paragraphs if b.lines)


def within(paragraphs: Sequence[Paragraph], width: int) -> list[Paragraph]:
    """The paragraphs with no line that is longer than its room."""
    return [replace(p, lines=tuple(part for line in p.lines for part in folded(line, width, 2))) for p in paragraphs]


def fitted(paragraphs: Sequence[Paragraph], height: int) -> list[Line]:
    """The paragraphs in at most `height` rows: empty lines go first, from the top; then those of the highest rank.

    The tail of a sentence goes in place of a paragraph of rank TAIL or less, where that is enough.

    What went comes back, the lowest rank first, where in the end there is room for it.
    """
    kept = [b for b in paragraphs if b.lines]
    for i, paragraph in enumerate(kept):
        if height_of(kept) <= height:
            break
        kept[i] = replace(paragraph, apart=False)
    order, left = list(kept), []
    while (over := height_of(kept) - height) > 0:
        first = max(reversed(kept), key=lambda b: b.rank)
        shorter = _without_tail(kept, over, LEAST if first.rank else 1) if first.rank <= TAIL else None
        if shorter:
            return _lines(shorter)
        if not first.rank:
            break
        left.append(first)
        kept.remove(first)
    for paragraph in reversed(left):  # a large one that went makes room for small ones that went before it
        if height_of([*kept, paragraph]) <= height:
            kept.append(paragraph)
    kept.sort(key=order.index)
    return _lines(kept)[: max(height, 0)]


def _lines(paragraphs: Sequence[Paragraph]) -> list[Line]:
    return [line for b in paragraphs for line in ((EMPTY,) if b.apart else ()) + b.lines]


def _without_tail(paragraphs: Sequence[Paragraph], over: int, least: int) -> list[Paragraph] | None:
    """The paragraphs with so many lines less in the last sentence that has as many to give; None where none has."""
    for sentence in reversed(paragraphs):
        if sentence.ellipsis and len(sentence.lines) >= over + least:
            *before, last = sentence.lines[:-over]
            shorter = replace(sentence, lines=(*before, _cut(sentence, last)))
            return [shorter if p is sentence else p for p in paragraphs]
    return None


def _cut(sentence: Paragraph, line: Line) -> Line:
    """The line with the ellipsis behind as many words as fit before it."""
    assert sentence.ellipsis is not None
    room = max(map(width_of, sentence.lines)) - cell_len(sentence.ellipsis[0])
    written = words("".join(text for text, _style in line))
    while cell_len(" ".join(written)) > room:
        written.pop()
    return ((" ".join(written).rstrip(".,;:"), line[0][1]), sentence.ellipsis)
