"""Which tile each layer takes and where it stands: the whole network fits, and the size decides the detail."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from functools import lru_cache

from tuibp.render.block import Block
from tuibp.render.shape import Shape, shapes
from tuibp.render.wanted import Wanted

LEAST_GAP = 2
LEGEND = 2
"""Rows that boxes leave to the legend if they can."""
CHAIN = 8
"""Rows in which boxes stand where each layer has only one: below them is room for more."""
WIRED_GAP = 4
"""A gap of so many cells shows its wires."""


@dataclass(frozen=True)
class Layout:
    blocks: tuple[Block, ...]
    """The layers that are seen, from left to right; all of them unless the window is very narrow."""
    heading: int
    """The row of headings."""
    scrolls: bool
    """Not everything fits, so that what is seen depends on the cursor."""

    def block(self, layer: int) -> Block | None:
        return next((b for b in self.blocks if b.layer == layer), None)


def layout(wanted: Wanted, layer: int = 0, neuron: int = 0) -> Layout:
    """The layout for a window; where not everything fits, around this neuron."""
    found = _laid_out(wanted, 0, 0)
    return _laid_out(wanted, layer, neuron) if found.scrolls else found


@lru_cache(maxsize=256)
def _laid_out(wanted: Wanted, layer: int, neuron: int) -> Layout:
    if wanted.rows < 1 or wanted.width < 1:
        return Layout((), wanted.heading, True)
    wanted, chosen = _best(wanted)
    seen = _seen(wanted, chosen, layer)
    blocks = [Block.of(index, wanted.sizes[index], chosen[index], wanted.top, wanted.rows) for index in seen]
    scrolls = len(seen) < len(wanted.sizes)
    if _total(wanted, blocks) > wanted.width:
        blocks, scrolls = _cut(wanted, blocks, layer, neuron), True
    return Layout(tuple(_spread_out(wanted, _level(wanted, blocks))), wanted.heading, scrolls)


def _best(wanted: Wanted) -> tuple[Wanted, list[Shape]]:
    """The shapes with the largest tiles over all; among equals the one with most digits, then the widest margin."""
    forms = [wanted] + [replace(wanted, margin=wanted.least_margin)] * (wanted.margin > wanted.least_margin)
    tries = [(w, _fitted(w, digits, tall)) for w in forms for digits in (9, 7, 6) for tall in (True, False)]
    return min(tries, key=lambda t: (_total_of(*t) > wanted.width, sum(s.rank for s in t[1])))


def _fitted(wanted: Wanted, digits: int, tall: bool) -> list[Shape]:
    """Start from each layer's largest tile and shrink the widest block until all fit."""
    options = [shapes(wanted, layer, digits, tall) for layer in range(len(wanted.sizes))]
    at = [0] * len(options)
    while True:
        chosen = [o[i] for o, i in zip(options, at, strict=True)]
        if _total_of(wanted, chosen) <= wanted.width:
            return chosen
        able = [n for n, (o, i) in enumerate(zip(options, at, strict=True)) if i + 1 < len(o)]
        if not able:
            return chosen
        usual = [n for n in able if not options[n][at[n] + 1].last_resort] or able
        widest = max(usual, key=lambda n: chosen[n].block_width)
        for n in usual:  # layers alike stay alike
            if chosen[n] == chosen[widest] and wanted.sizes[n] == wanted.sizes[widest]:
                at[n] += 1


def _gap(left: Shape | Block, right: Shape | Block) -> int:
    narrow = "box" in (left.tile, right.tile) and min(left.digits, right.digits) < 9
    return LEAST_GAP + ("box" in (left.tile, right.tile) and left.tile != "image" and not narrow)


def _total_of(wanted: Wanted, chosen: list[Shape]) -> int:
    gaps = sum(_gap(a, b) for a, b in itertools.pairwise(chosen))
    zoomed = dict(wanted.zoom)
    widths = [_share(wanted, s) if n in zoomed else s.block_width for n, s in enumerate(chosen)]
    return 1 + sum(widths) + gaps + _margin(wanted, chosen[-1])


def _margin(wanted: Wanted, last: Shape | Block) -> int:
    """Cells to the right of the outputs: what is wanted of them may stand in the frames of boxes."""
    return 1 if wanted.framed and last.tile == "box" and not last.shared else wanted.margin


def _share(wanted: Wanted, zoomed: Shape) -> int:
    """What a layer too wide to be seen whole may take from the others: it scrolls."""
    return min(zoomed.block_width, max(zoomed.label + zoomed.width, wanted.width // 2))


def _total(wanted: Wanted, blocks: list[Block]) -> int:
    gaps = sum(_gap(a, b) for a, b in itertools.pairwise(blocks))
    last = bool(blocks) and blocks[-1].layer == len(wanted.sizes) - 1
    return 1 + sum(b.width for b in blocks) + gaps + (_margin(wanted, blocks[-1]) if last else 1)


def _seen(wanted: Wanted, chosen: list[Shape], layer: int) -> range:
    """The layers around the cursor's that fit when each shows at least one column."""
    first, end = 0, len(chosen)

    def least(first: int, end: int) -> int:
        widths = [min(s.block_width, s.label + s.width) for s in chosen[first:end]]
        return 1 + sum(widths) + LEAST_GAP * (len(widths) - 1) + (wanted.margin if end == len(chosen) else 1)

    while end - first > 1 and least(first, end) > wanted.width:
        if layer - first >= end - 1 - layer:
            first += 1
        else:
            end -= 1
    return range(first, end)


def _cut(wanted: Wanted, blocks: list[Block], layer: int, neuron: int) -> list[Block]:
    """Fewer columns of the widest blocks, those around the cursor's neuron."""
    columns = [b.columns for b in blocks]
    over = _total(wanted, blocks) - wanted.width
    while over > 0 and max(columns) > 1:
        widest = max(range(len(blocks)), key=lambda n: (columns[n] > 1, columns[n] * blocks[n].pitch_x))
        columns[widest] -= 1
        over -= blocks[widest].pitch_x
    cut = []
    for block, count in zip(blocks, columns, strict=True):
        centre = neuron // block.rows if block.layer == layer else 0
        first = min(max(centre - count // 2, 0), block.columns - count)
        cut.append(replace(block, columns=count, first=first * block.rows))
    return cut


def _level(wanted: Wanted, blocks: list[Block]) -> list[Block]:
    """Spread single columns over the height; layers of equal size stay level with each other."""
    pitches: dict[int, int] = {}
    boxes = all(b.tile == "box" and b.spreads for b in blocks)
    rows = wanted.rows
    if wanted.roomy and boxes and all(b.count * b.cell_height <= rows - LEGEND for b in blocks):
        rows -= LEGEND
    if wanted.roomy and boxes and all(b.count == 1 for b in blocks):
        rows = min(rows, CHAIN)
    for b in blocks:
        if b.spreads:
            pitches[b.count] = min(pitches.get(b.count, 999), b.widest_pitch(rows))
    levels: dict[int, int] = {}
    placed = []
    for b in blocks:
        if b.spreads:
            b = replace(b, pitch_y=max(pitches[b.count], b.least_pitch))
        b = b.centred(wanted.top, rows)
        if b.spreads and b.tile == "box" and b.cell_height > 3:
            levels.setdefault(b.count, b.y + b.middle)
        placed.append(b)
    return [
        replace(b, y=levels[b.count] - b.middle) if b.tile == "box" and b.spreads and b.count in levels else b
        for b in placed
    ]


def _spread_out(wanted: Wanted, blocks: list[Block]) -> list[Block]:
    """Give what width is left to the gaps, first to those that can show wires."""
    if not blocks:
        return []
    left = wanted.width - _total(wanted, blocks)
    gaps = [_gap(a, b) for a, b in itertools.pairwise(blocks)]
    wired = [a.spreads and b.spreads for a, b in itertools.pairwise(blocks)]
    margin = 1 if wanted.width > 24 else 0
    left += 1 - margin
    if wanted.roomy and left > 0:
        margin, left = margin + 1, left - 1
    roof = 10 if wanted.width < 80 else 24
    for limits in ([WIRED_GAP if w else 0 for w in wired], [roof if w else 7 for w in wired]):
        while left > 0:
            able = [n for n, limit in enumerate(limits) if gaps[n] < limit]
            if not able:
                break
            gaps[min(able, key=lambda n: gaps[n])] += 1
            left -= 1
    x = margin + max(left, 0) // 2
    placed = []
    for block, gap in zip(blocks, [*gaps, 0], strict=True):
        placed.append(replace(block, x=x + block.label))
        x += block.width + gap
    return placed
