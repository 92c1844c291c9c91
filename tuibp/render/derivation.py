"""An explanation set in type: how one number was made, from its equation down to the digits."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rich.cells import cell_len

from tuibp.render.broken import broken
from tuibp.render.lines import Line, width_of, wrapped
from tuibp.render.paragraphs import GENERAL, INDEXED, TERMS, Paragraph
from tuibp.render.setting import Setting
from tuibp.render.term_table import table
from tuibp.render.typeset import typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibp.core.explanation import Explanation, Term


def general(setting: Setting, name: str, markup: str, apart: bool = True) -> Paragraph:
    """`BP2   δˡ = …`, broken at an operator where it is too long."""
    label = f"{setting.say(name)}{'   ' if setting.width >= 38 else '  '}"
    lines = broken(setting.formula(markup), setting.width - len(label))
    accent, ink = setting.palette.accent, setting.palette.ink
    first: Line = ((label, accent), (lines[0], ink))
    rest = (((" " * len(label) + line, ink),) for line in lines[1:])
    return Paragraph((first, *rest), GENERAL, apart, formula=markup, lead=len(label.replace(" ", "")))


def indexed(setting: Setting, markup: str, rank: int = INDEXED) -> Paragraph:
    lines = broken(setting.formula(markup), setting.width)
    return Paragraph(tuple(((line, setting.palette.ink),) for line in lines), rank, formula=markup)


def numbers(setting: Setting, made: Explanation, rows: int, accent: bool = True) -> list[Paragraph]:
    """The equation with numbers in place of names, in about `rows` lines, and its result."""
    name = setting.formula(made.name)
    indent = cell_len(name)
    if _inline(made):
        lines = _inlined(setting, made, indent)
    elif len(made.terms) * 2 + 4 <= rows and len(made.terms) <= 4 and _pairs_fit(setting, made.terms):
        return [*_in_pairs(setting, made), *_outer(setting, made, indent, accent)]
    else:
        return [table(setting, made, max(rows - 2, setting.least_terms + 1)), *_outer(setting, made, indent, accent)]
    style = setting.palette.accent if accent else setting.palette.ink
    result: Line = (*_cancelled(setting, made), (setting.number(made.result), style))
    return [Paragraph(_with_result(setting, lines, indent, result), 0, apart=False)]


def _with_result(setting: Setting, lines: Sequence[Line], indent: int, result: Line) -> tuple[Line, ...]:
    """`= 0.0083` below the lines; where room is short, behind the last of them if that can be made to fit."""
    equals = (" = ", setting.palette.quiet)
    if lines and setting.tight:
        *before, last = lines
        (name, style), *rest = last
        for start in ((name, style), ("= ", style)):
            joined: Line = (start, *rest, equals, *result)
            if width_of(joined) <= setting.width:
                return (*before, joined)
    return (*lines, ((" " * indent + equals[0], equals[1]), *result))


def _inline(made: Explanation) -> bool:
    """Whether the sum is short enough to be written where it stands."""
    return len(made.terms) == 1 or (len(made.terms) <= 2 and all(len(t.factors) == 1 for t in made.terms))


def _inlined(setting: Setting, made: Explanation, indent: int) -> list[Line]:
    """`= (0.7514 − 0.0100) · 0.1868`, then `= 0.7414 · 0.1868`; nothing where that would only repeat the result."""
    quiet = setting.palette.quiet
    start: Line = ((" " * indent + " = ", quiet),)
    if len(made.terms) == 1:
        factors = [f.value for f in (*made.terms[0].factors, *made.times)]
        return [_widest_that_fits(setting, start, factors)] if len(factors) > 1 else []
    lines: list[Line] = []
    for cells in (setting.cells, setting.cells - 1, setting.cells - 2):
        inner = _sum(setting, [t.value for t in made.terms], cells)
        times = _product(setting, [f.value for f in made.times], cells)
        whole: Line = (
            (*start, ("(", quiet), *inner, (")", quiet), setting.quiet(" · "), *times) if times else (*start, *inner)
        )
        if width_of(whole) <= setting.width:
            lines = [whole]
            break
    if made.times:
        lines.append((*start, *_product(setting, [made.inner, *(f.value for f in made.times)], setting.cells)))
    return lines


def _widest_that_fits(setting: Setting, start: Line, factors: Sequence[float]) -> Line:
    """A product on one line if a decimal less allows it; otherwise with all decimals, to be folded."""
    tries = [(*start, *_product(setting, factors, cells)) for cells in (setting.cells, setting.cells - 1)]
    return next((line for line in tries if width_of(line) <= setting.width), tries[0])


def _product(setting: Setting, values: Sequence[float], cells: int) -> Line:
    """`0.7414 · −0.1868`."""
    return setting.join([((setting.number(value, cells), setting.palette.ink),) for value in values], " · ")


def _sum(setting: Setting, values: Sequence[float], cells: int) -> Line:
    """`−0.0089 − 0.0069`: the signs between the numbers are the operators, in the colour that a sign has."""
    line: Line = ()
    for i, value in enumerate(values):
        style = setting.palette.signed(value)
        if i:
            line = (*line, (f" {setting.glyphs.minus if math.copysign(1.0, value) < 0 else '+'} ", style))
        line = (*line, (setting.number(abs(value) if i else value, cells), style))
    return line


def _pairs_fit(setting: Setting, terms: Sequence[Term]) -> bool:
    widest = max(_name_width(setting, t) for t in terms)
    return widest + 8 + 3 + 2 * (setting.cells + 1) <= setting.width


def _name_width(setting: Setting, term: Term) -> int:
    return cell_len(setting.formula(" ".join(f.name for f in term.factors)))


def _in_pairs(setting: Setting, made: Explanation) -> list[Paragraph]:
    """Each term with its name, its factors and below them its value."""
    width = max(_name_width(setting, t) for t in made.terms)
    margin = max(min(5, setting.width - width - 6 - 2 * setting.cells), 0)
    equals, quiet = " = ", setting.palette.quiet
    lines: list[Line] = []
    for term in made.terms:
        name = setting.formula(" ".join(f.name for f in term.factors)).ljust(width)
        factors = _product(setting, [f.value for f in term.factors], setting.cells)
        value = setting.signed(term.value)
        if len(term.factors) == 1:
            lines.append(((" " * margin + name + equals, quiet), value))
        else:
            lines.append(((" " * margin + name + equals, quiet), *factors))
            lines.append(((" " * (margin + width) + equals, quiet), value))
    return [Paragraph(tuple(lines), TERMS)]


def _outer(setting: Setting, made: Explanation, indent: int, accent: bool) -> list[Paragraph]:
    """After the terms: their sum times what stands outside it, and the result."""
    quiet = setting.palette.quiet
    lines: list[Line] = []
    if made.times:
        head = (setting.quiet(made.name + " = "),)
        whole = _sum(setting, [t.value for t in made.terms], setting.cells)
        times = _product(setting, [f.value for f in made.times], setting.cells)
        bracketed: Line = (("(", quiet), *whole, (")", quiet), setting.quiet(" · "), *times)
        short = _product(setting, [made.inner, *(f.value for f in made.times)], setting.cells)
        fits = not setting.tight and len(made.terms) <= 4 and width_of(head) + width_of(bracketed) <= setting.width
        lines.append((*head, *(bracketed if fits else short)))
    result = (setting.number(made.result), setting.palette.accent if accent else setting.palette.ink)
    if lines:
        return [Paragraph(_with_result(setting, lines, indent, (result,)), 0)]
    return [Paragraph(((setting.quiet(made.name + " = "), *_cancelled(setting, made), result),), 0)]


def _cancelled(setting: Setting, made: Explanation) -> Line:
    """`a³₁ − y₁ = ` before the result, where the cost cancels the rest."""
    return (setting.quiet(made.cancelled + " = "),) if made.cancelled else ()


def meaning(setting: Setting, text: str, rank: int = 0) -> Paragraph:
    """Plain sentences, the numbers' names in them set in type."""
    lines = wrapped(typeset(text, setting.glyphs), setting.width, setting.palette.quiet)
    return Paragraph(tuple(lines), rank, ellipsis=(setting.glyphs.ellipsis, setting.palette.quiet))
