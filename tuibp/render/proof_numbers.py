"""The numbers behind a line of a proof: its cases, its addends, both of its sides, and what it drops."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import repeat

from rich.cells import cell_len, set_cell_size

from tuibp.core.index import shown
from tuibp.core.proof import AGREE, FactorColumn, Proof, ProofLine
from tuibp.locale import _
from tuibp.render.lines import Line, Piece, folded, spread, width_of
from tuibp.render.numbers import NumberFormat, plain, significant
from tuibp.render.padding import at_left, at_right
from tuibp.render.scene import Scene
from tuibp.render.typeset import sentence, typeset

NUMBER = 6
"""Cells of `(44)` and of what stands in its place."""
VALUE = 11
LEAST_FACTOR = 6
"""Cells of a factor of an addend; where there are fewer, the product stands alone."""


def body_lines(scene: Scene, proof: Proof, at: int, width: int) -> Iterator[Line]:
    """The numbers behind the line, and at the end both sides of it."""
    line = proof.lines[at]
    if line.addends:
        yield from _written_out(scene, line, width)
    elif line.cases:
        yield from _case_rows(scene, line, width)
    else:
        if line.columns and line.summed and len(line.columns[0].values) > 1:
            yield from _addend_rows(scene, line.columns, width)
        yield _both_sides(scene, proof, at, width)


def _both_sides(scene: Scene, proof: Proof, at: int, width: int) -> Line:
    """Measured = by the symbols, and how far apart."""
    line, palette = proof.lines[at], scene.palette
    first = at == 0
    told = _("step {n}").format(n=shown(proof.step)) if first else _("measured")
    left_text, right_text = (value_text(scene, float(side[0])) for side in (line.left, line.right))
    end = " " + _("measured") if first and proof.equation in ("BP1", "BP2") else ""
    agrees = mark(scene, bool(line.relative[0] <= AGREE))
    if width < 40:
        return spread(((told + " ", palette.quiet), (left_text, palette.ink)), (agrees,), width)
    left: Line = (
        (" " * NUMBER + told + " ", palette.quiet),
        (at_right(left_text, VALUE), palette.ink),
        (" = ", palette.quiet),
        (right_text + " ", palette.ink),
    )
    apart = _apart(scene, float(line.difference[0]))
    if end and width_of(left) + len(end) + len(apart) + 3 <= width:
        left = (*left, (end.lstrip(), palette.quiet))
    return _judged(scene, left, agrees, apart, width)


def _judged(scene: Scene, sides: Line, agrees: Piece, apart: str, width: int) -> Line:
    """Both sides, and behind them whether they agree and how far they are apart, as far as there is room."""
    quiet = scene.palette.quiet
    tries: list[Line] = [(agrees, (apart, quiet)), (agrees, (" " + apart.strip(), quiet)), (agrees,)]
    return spread(sides, next((t for t in tries if width_of(sides) + width_of(t) < width), tries[-1]), width)


def _case_rows(scene: Scene, line: ProofLine, width: int) -> Iterator[Line]:
    """`k=1  0.096520 = 0.40 · 0.241301  ✓ 0` under the names of what stands there."""
    palette, g = scene.palette, scene.glyphs
    label = max(map(len, line.cases))
    if width < 40:
        for case, value, relative in zip(line.cases, line.left.tolist(), line.relative.tolist(), strict=True):
            one: Line = ((at_left(case, label) + " ", palette.quiet), (value_text(scene, value), palette.ink))
            yield spread(one, (mark(scene, relative <= AGREE),), width)
        return
    left = _form(scene, line.left.tolist())
    columns = line.columns if width >= NUMBER + label + 2 * VALUE + 8 * len(line.columns) - 5 else ()
    wide = [max(cell_len(typeset(c.name, g)), 8) for c in columns]
    if NUMBER + label + VALUE + 3 + sum(wide) + 3 * len(wide) > width:
        wide = [8] * len(columns)
    parts = [_form(scene, c.values.tolist(), cells) for c, cells in zip(columns, wide, strict=True)]
    right = _form(scene, line.right.tolist())
    dot = f" {g.times} "
    names = dot.join(map(_name, repeat(scene), columns, wide)) if columns else at_right(_("by the formula"), VALUE)
    head: Line = ((" " * (NUMBER + label) + at_right(_("measured"), VALUE) + "   " + names, palette.quiet),)
    yield spread(head, ((_("same"), palette.quiet),), width)
    for n, case in enumerate(line.cases):
        product = dot.join(form(float(c.values[n])) for form, c in zip(parts, columns, strict=True))
        sides: Line = (
            (" " * NUMBER + at_left(case, label), palette.quiet),
            (left(float(line.left[n])), palette.ink),
            (" = ", palette.quiet),
            (product or right(float(line.right[n])), palette.ink),
        )
        agrees, apart = mark(scene, bool(line.relative[n] <= AGREE)), _apart(scene, float(line.difference[n]))
        yield _judged(scene, sides, agrees, apart, width)


def _addend_rows(scene: Scene, columns: Sequence[FactorColumn], width: int) -> Iterator[Line]:
    """A row for each addend of a sum: its factors under their names where they fit, and their product."""
    palette, g = scene.palette, scene.glyphs
    count = len(columns[0].values)
    label = len(f"k={count}") + 1
    least, spare = divmod(width - NUMBER - label - VALUE - 1 - 3 * (len(columns) - 1), len(columns))
    wide = [min(least + (n >= len(columns) - spare), 10) for n in range(len(columns))]
    fits = least >= LEAST_FACTOR
    forms = [_form(scene, c.values.tolist(), cells) for c, cells in zip(columns, wide, strict=True)] if fits else []
    products = [1.0] * count
    for column in columns:
        products = [p * float(v) for p, v in zip(products, column.values, strict=True)]
    form, dot = _form(scene, products, VALUE), f" {g.times} "
    if not forms:
        for n in range(count):
            yield ((f"k={shown(n)}".ljust(label), palette.quiet), (form(products[n]), palette.ink))
        return
    yield ((" " * (NUMBER + label) + dot.join(map(_name, repeat(scene), columns, wide)), palette.quiet),)
    for n in range(count):
        factors = dot.join(f(float(c.values[n])) for f, c in zip(forms, columns, strict=True))
        yield (
            (" " * NUMBER + f"k={shown(n)}".ljust(label), palette.quiet),
            (factors, palette.ink),
            (" " + form(products[n]), palette.ink),
        )


def _written_out(scene: Scene, line: ProofLine, width: int) -> Iterator[Line]:
    """Each case's sum with its numbers: `k=1  0.40·0.5933 + 0.45·0.5969 + 0.60  1.105906`."""
    palette, g, lead = scene.palette, scene.glyphs, NUMBER if width >= 40 else 0
    for case, terms, value in zip(line.cases, line.addends, line.left.tolist(), strict=True):
        text = ""
        for term in terms:
            written = g.times.join(significant(abs(f.value), 4, scene.glyphs) for f in term.factors)
            negative = sum(f.value < 0 for f in term.factors) % 2 == 1
            sign = f" {g.minus} " if negative else " + "
            text += (sign if text else g.minus if negative else "") + written
        lines = folded(((" " * lead + f"{case} ", palette.quiet), (text, palette.ink)), width, lead + 5)
        end: Line = ((value_text(scene, value), palette.ink),)
        yield from lines[:-1]
        last = spread(lines[-1], end, width)
        yield last
        if last is lines[-1]:
            yield spread((), end, width)


def dropped_lines(scene: Scene, line: ProofLine, width: int) -> list[Line]:
    """What the line leaves out, with the mark that all of it is 0."""
    if not line.dropped.size:
        return []
    palette, g = scene.palette, scene.glyphs
    zero = not line.dropped.any()
    end: Line = (
        (sentence(_("{n} × 0").format(n=line.dropped.size) if zero else _("not 0"), g), palette.ink),
        mark(scene, zero),
    )
    text, indent = (_("dropped, measured:"), NUMBER) if width >= 40 else (_("dropped:"), 0)
    return [spread(((" " * indent + sentence(text, g), palette.quiet),), end, width)]


def _name(scene: Scene, column: FactorColumn, width: int) -> str:
    name = typeset(column.name, scene.glyphs)
    return (
        at_right(name, width) if cell_len(name) <= width else set_cell_size(name, width - 1) + scene.glyphs.ellipsis[:1]
    )


def _form(scene: Scene, values: Sequence[float], width: int = VALUE) -> NumberFormat:
    return plain(values, width, glyphs=scene.glyphs)


def value_text(scene: Scene, value: float) -> str:
    return significant(value, 6, scene.glyphs)


def _apart(scene: Scene, difference: float) -> str:
    """How far the two sides are apart."""
    return (" " + significant(difference, 1, scene.glyphs) if difference else " 0").rjust(6)


def mark(scene: Scene, agrees: bool) -> Piece:
    ascii_only = scene.glyphs.ascii
    if agrees:
        return (" ok" if ascii_only else " ✓", scene.palette.accent)
    return (" NO" if ascii_only else " ✗", scene.palette.wrong)
