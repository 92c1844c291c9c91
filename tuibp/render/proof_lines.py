"""A proof's lines: those that have been gone through with what they come to, the one that is lit, and those to come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size
from rich.style import Style

from tuibp.core.index import shown
from tuibp.core.proof import AGREE, FactorColumn, Proof, ProofLine
from tuibp.locale import _, ngettext
from tuibp.render.lines import Line, Row, folded, row_of, rows_of, shortened, spread, width_of, wrapped
from tuibp.render.numbers import NumberFormat, plain, significant
from tuibp.render.padding import at_left, at_right
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence, typeset

NUMBER = 6
"""Cells of `(44)` and of what stands in its place."""
VALUE = 11
LEAST_WHY = 3
"""Lines of the sentence that stay where room is short."""


def proof_title(scene: Scene, proof: Proof, at: int, width: int) -> Row:
    """`Proof of BP2  why δ²₁ is what step 4 says      line 5 of 6`."""
    palette, g = scene.palette, scene.glyphs
    about = typeset(proof.about, g)
    badge: Line = ((" " + _("Proof of {equation}").format(equation=proof.equation) + " ", palette.badge),)
    why = _("why {about} is what step {step} says").format(about=about, step=shown(proof.step))
    right: Line = ((_("line {n} of {count}").format(n=shown(at), count=len(proof.lines)), palette.quiet),)
    if scene.message:
        why = scene.message
    left: Line = (*badge, (" " + sentence(why, g), palette.ink))
    return row_of(spread(left, right, width - 1), width)


def proof_lines(scene: Scene, proof: Proof, at: int, width: int, height: int) -> Panel:
    """`at` is the line that is lit, 0-based."""
    palette = scene.palette
    why = wrapped(_sentence(scene, proof.lines[at]), width - 2, palette.quiet)
    known = [_past(scene, proof, n, width - 2) for n in range(at)]
    to_come = [_future(scene, proof, n, width - 2) for n in range(at + 1, len(proof.lines))]
    room = height - len(why) - 1
    least = 5
    before, after = _within(known, to_come, max(room - least, 0))
    here = _present(scene, proof, at, width - 2, max(room - len(before) - len(after), least))
    lines = [*before, *here, *after]
    lines += [()] * max(height - len(lines) - len(why), 0)
    shown_why = shortened(
        why, max(height - len(before) - len(here) - len(after), LEAST_WHY), width - 2, scene.glyphs.ellipsis
    )
    lines = [*lines[: height - len(shown_why)], *shown_why]
    first = len(before)
    rows = rows_of(lines, width, height, indent=1)
    for n in range(first, min(first + len(here), height)):
        rows[n] = row_of(_raised(scene, lines[n], width), width)
    return Panel(_("each line, and what it comes to") if width >= 36 else _("line by line"), "", rows)


def _raised(scene: Scene, line: Line, width: int) -> Line:
    """The line on the ground of what is current, to its end."""
    ground = scene.palette.raised
    padded: Line = ((" ", Style.null()), *line, (" " * max(width - 1 - width_of(line), 0), Style.null()))
    return tuple((text, style + ground) for text, style in padded)


def _within(before: list[list[Line]], after: list[list[Line]], room: int) -> tuple[list[Line], list[Line]]:
    """As many lines around the present one as fit: those to come go first, then the oldest."""
    while after and sum(map(len, before)) + sum(map(len, after)) > room:
        after.pop()
    while before and sum(map(len, before)) > room:
        before.pop(0)
    return [line for part in before for line in part], [line for part in after for line in part]


def _past(scene: Scene, proof: Proof, n: int, width: int) -> list[Line]:
    """The symbols, and what they come to."""
    line, palette = proof.lines[n], scene.palette
    agrees = line.holds
    if line.cases:
        count = _("{n} cases").format(n=len(line.cases))
        right: Line = ((count, palette.quiet), _mark(scene, agrees))
    else:
        right = ((_value(scene, float(line.right[0])), palette.ink), _mark(scene, agrees))
    return _with_value(scene, proof, n, right, palette.ink, width)


def _future(scene: Scene, proof: Proof, n: int, width: int) -> list[Line]:
    faint = scene.palette.faint
    return _with_value(scene, proof, n, ((scene.glyphs.dot, faint), ("  ", faint)), faint, width)


def _with_value(scene: Scene, proof: Proof, n: int, right: Line, style: Style, width: int) -> list[Line]:
    lines = _symbols(scene, proof, n, style, scene.palette.quiet if style is not scene.palette.faint else style, width)
    last = spread(lines[-1], right, width)
    if last is lines[-1]:
        return [*lines, spread((), right, width)]
    return [*lines[:-1], last]


def _symbols(scene: Scene, proof: Proof, n: int, style: Style, number: Style, width: int) -> list[Line]:
    """The equation; where its left side is that of the line before, blanks stand in its place."""
    text = typeset(proof.lines[n].symbols, scene.glyphs)
    if n and " = " in text:
        left = text.split(" = ")[0]
        if typeset(proof.lines[n - 1].symbols, scene.glyphs).split(" = ")[0] == left:
            text = " " * cell_len(left) + text[len(left) :]
    head = proof.lines[n].number
    return folded(((at_left(head, NUMBER), number), (text, style)), width, NUMBER + 2)


def _present(scene: Scene, proof: Proof, at: int, width: int, room: int) -> list[Line]:
    """The line that is lit: its equation, its numbers, and what it drops."""
    line, palette = proof.lines[at], scene.palette
    lines = _symbols(scene, proof, at, palette.strong, palette.accent, width)
    dropped = _dropped(scene, line, width)
    body = list(_body(scene, proof, at, width))
    rest = max(room - len(lines) - len(dropped), 1)
    if len(body) > rest:
        left = len(body) - rest + 1
        more = ngettext("and {n} more", "and {n} more", left).format(n=left)
        body = [*body[: rest - 2], ((" " * NUMBER + more, palette.quiet),), body[-1]] if rest > 2 else body[-rest:]
    return [*lines, *body, *dropped]


def _body(scene: Scene, proof: Proof, at: int, width: int) -> Iterator[Line]:
    """The numbers behind the line, and at the end both sides of it."""
    line = proof.lines[at]
    if line.addends:
        yield from _written_out(scene, line, width)
    elif line.cases:
        yield from _case_rows(scene, line, width)
    else:
        if line.columns and line.summed and len(line.columns[0].values) > 1:
            yield from _addend_rows(scene, line.columns)
        yield _both_sides(scene, proof, at, width)


def _both_sides(scene: Scene, proof: Proof, at: int, width: int) -> Line:
    """Measured = by the symbols, and how far apart."""
    line, palette = proof.lines[at], scene.palette
    first = at == 0
    told = _("step {n}").format(n=shown(proof.step)) if first else _("measured")
    left_text, right_text = (_value(scene, float(side[0])) for side in (line.left, line.right))
    end = " " + _("measured") if first and proof.equation in ("BP1", "BP2") else ""
    left: Line = (
        (" " * NUMBER + told + " ", palette.quiet),
        (at_right(left_text, VALUE), palette.ink),
        (" = ", palette.quiet),
        (right_text + " ", palette.ink),
    )
    right: Line = (
        _mark(scene, bool(line.relative[0] <= AGREE)),
        (_apart(scene, float(line.difference[0])), palette.quiet),
    )
    if end and width_of(left) + len(end) + width_of(right) + 1 <= width:
        left = (*left, (end.lstrip(), palette.quiet))
    return spread(left, right, width)


def _case_rows(scene: Scene, line: ProofLine, width: int) -> Iterator[Line]:
    """`k=1  0.096520 = 0.40 · 0.241301  ✓ 0` under the names of what stands there."""
    palette, g = scene.palette, scene.glyphs
    label = max(map(len, line.cases))
    if width < 40:
        for case, value, relative in zip(line.cases, line.left.tolist(), line.relative.tolist(), strict=True):
            one: Line = ((at_left(case, label) + " ", palette.quiet), (_value(scene, value), palette.ink))
            yield spread(one, (_mark(scene, relative <= AGREE),), width)
        return
    left = _form(scene, line.left.tolist())
    columns = line.columns if width >= NUMBER + label + 2 * VALUE + 8 * len(line.columns) - 5 else ()
    parts = [_form(scene, c.values.tolist(), 8) for c in columns]
    right = _form(scene, line.right.tolist())
    dot = f" {g.times} "
    names = dot.join(_name(scene, c, 8) for c in columns) if columns else at_right(_("by the formula"), VALUE)
    yield ((" " * (NUMBER + label) + at_right(_("measured"), VALUE) + "   " + names, palette.quiet),)
    for n, case in enumerate(line.cases):
        product = dot.join(form(float(c.values[n])) for form, c in zip(parts, columns, strict=True))
        sides: Line = (
            (" " * NUMBER + at_left(case, label), palette.quiet),
            (left(float(line.left[n])), palette.ink),
            (" = ", palette.quiet),
            (product or right(float(line.right[n])), palette.ink),
        )
        mark, apart = _mark(scene, bool(line.relative[n] <= AGREE)), _apart(scene, float(line.difference[n]))
        tries: list[Line] = [(mark, (apart, palette.quiet)), (mark, (" " + apart.strip(), palette.quiet)), (mark,)]
        yield spread(sides, next((t for t in tries if width_of(sides) + width_of(t) < width), tries[-1]), width)


def _addend_rows(scene: Scene, columns: Sequence[FactorColumn]) -> Iterator[Line]:
    """A row for each addend of a sum: its factors under their names, and their product."""
    palette, g = scene.palette, scene.glyphs
    count = len(columns[0].values)
    label = len(f"k={count}") + 1
    wide = 10 if len(columns) < 3 else 8
    forms = [_form(scene, c.values.tolist(), wide) for c in columns]
    products = [1.0] * count
    for column in columns:
        products = [p * float(v) for p, v in zip(products, column.values, strict=True)]
    form, dot = _form(scene, products, VALUE), f" {g.times} "
    yield ((" " * (NUMBER + label) + dot.join(_name(scene, c, wide) for c in columns), palette.quiet),)
    for n in range(count):
        factors = dot.join(f(float(c.values[n])) for f, c in zip(forms, columns, strict=True))
        yield (
            (" " * NUMBER + f"k={shown(n)}".ljust(label), palette.quiet),
            (factors, palette.ink),
            (" " + form(products[n]), palette.ink),
        )


def _written_out(scene: Scene, line: ProofLine, width: int) -> Iterator[Line]:
    """Each case's sum with its numbers: `k=1  0.40·0.5933 + 0.45·0.5969 + 0.60  1.105906`."""
    palette, g = scene.palette, scene.glyphs
    for case, terms, value in zip(line.cases, line.addends, line.left.tolist(), strict=True):
        text = ""
        for term in terms:
            written = g.times.join(significant(abs(f.value), 4, scene.glyphs) for f in term.factors)
            negative = sum(f.value < 0 for f in term.factors) % 2 == 1
            sign = f" {g.minus} " if negative else " + "
            text += (sign if text else g.minus if negative else "") + written
        lines = folded(((" " * NUMBER + f"{case} ", palette.quiet), (text, palette.ink)), width, NUMBER + 5)
        end: Line = ((_value(scene, value), palette.ink),)
        yield from lines[:-1]
        last = spread(lines[-1], end, width)
        yield last
        if last is lines[-1]:
            yield spread((), end, width)


def _dropped(scene: Scene, line: ProofLine, width: int) -> list[Line]:
    """What the line leaves out, with the mark that all of it is 0."""
    if not line.dropped.size:
        return []
    palette, g = scene.palette, scene.glyphs
    zero = not line.dropped.any()
    end: Line = (
        (sentence(_("{n} × 0").format(n=line.dropped.size) if zero else _("not 0"), g), palette.ink),
        _mark(scene, zero),
    )
    text, indent = (_("dropped, measured:"), NUMBER) if width >= 40 else (_("dropped:"), 0)
    return [spread(((" " * indent + sentence(text, g), palette.quiet),), end, width)]


def _sentence(scene: Scene, line: ProofLine) -> str:
    return sentence(typeset(line.why, scene.glyphs), scene.glyphs)


def _name(scene: Scene, column: FactorColumn, width: int) -> str:
    name = typeset(column.name, scene.glyphs)
    return (
        at_right(name, width) if cell_len(name) <= width else set_cell_size(name, width - 1) + scene.glyphs.ellipsis[:1]
    )


def _form(scene: Scene, values: Sequence[float], width: int = VALUE) -> NumberFormat:
    return plain(values, width, glyphs=scene.glyphs)


def _value(scene: Scene, value: float) -> str:
    return significant(value, 6, scene.glyphs)


def _apart(scene: Scene, difference: float) -> str:
    """How far the two sides are apart."""
    return (" " + significant(difference, 1, scene.glyphs) if difference else " 0").rjust(6)


def _mark(scene: Scene, agrees: bool) -> tuple[str, Style]:
    ascii_only = scene.glyphs.ascii
    if agrees:
        return (" ok" if ascii_only else " ✓", scene.palette.accent)
    return (" NO" if ascii_only else " ✗", scene.palette.wrong)
