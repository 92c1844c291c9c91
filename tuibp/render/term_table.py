"""A sum as a table: a term a line, the values in a column that adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibp.locale import _, ngettext
from tuibp.render.lines import Line
from tuibp.render.numbers import plain
from tuibp.render.padding import at_right
from tuibp.render.paragraphs import TERMS, Paragraph
from tuibp.render.setting import Setting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibp.core.explanation import Explanation, Term


def table(setting: Setting, made: Explanation, rows: int) -> Paragraph:
    """A term a line, its value in a column that adds up; of a long sum the largest terms and what is left of it."""
    bias = made.terms[-1] if made.quantity == "z" else None
    listed = list(enumerate(made.terms[:-1] if bias else made.terms))
    room = max(rows - (bias is not None), setting.least_terms + 1)
    left: list[tuple[int, Term]] = []
    if len(listed) > room:
        ordered = sorted(listed, key=lambda pair: -abs(pair[1].value))
        listed, left = ordered[: room - 1], ordered[room - 1 :]
    terms = [t for __, t in listed]
    labels = [setting.formula(f"k={k + 1}") for k, __ in listed]
    totals: list[tuple[float, str]] = []
    if left:
        more = ngettext("{n} more term", "{n} more terms", len(left)).format(n=len(left))
        totals.append((sum(t.value for __, t in left), more))
    if bias is not None:
        totals.append((bias.value, _("{parameter} bias").format(parameter=setting.formula(bias.factors[0].name))))
    columns = TermColumns(setting, terms, [value for value, __ in totals], max(map(len, labels), default=0))
    lines = [columns.row(term, label) for term, label in zip(terms, labels, strict=True)]
    return Paragraph((*lines, *(columns.total(*total) for total in totals)), TERMS)


class TermColumns:
    """The columns of a table of terms: factors, value, label. Decimals stand below each other.

    Where they do not fit with three decimals, the column of values goes, and a line is read as a product.
    """

    def __init__(self, setting: Setting, terms: Sequence[Term], totals: Sequence[float], label: int) -> None:
        self.setting = setting
        self._named = any(len(t.factors) > 1 for t in terms)
        count = max((len(t.factors) for t in terms), default=1)
        columns = [[t.factors[i].value for t in terms if i < len(t.factors)] for i in range(count)] if count > 1 else []
        values = [*(t.value for t in terms), *totals]
        for cells in range(setting.cells, 4, -1):
            with_values = cells >= 6 or not columns
            shown_columns = [*columns, values] if with_values else columns
            self.formats = [plain(c, cells, glyphs=setting.glyphs) for c in shown_columns]
            # Behind an operator, a column without a negative number needs no cell for the sign.
            self.skip = [int(i > 0 and all(v >= 0 for v in c)) for i, c in enumerate(shown_columns)]
            self.with_values = with_values
            self.gap = 1 if cells == 6 and setting.width - self._width() - label == 1 else 2
            if self._width() + self.gap + label <= setting.width:
                break
        if not self.with_values:
            self.formats.append(plain(values, self.formats[0].width, glyphs=setting.glyphs))
            self.skip.append(0)

    def _width(self) -> int:
        return sum(f.width + 3 for f in self.formats) - sum(self.skip) - 3

    def _set(self, column: int, value: float) -> str:
        return self.formats[column](value)[self.skip[column] :]

    def row(self, term: Term, label: str) -> Line:
        quiet, ink = self.setting.palette.quiet, self.setting.palette.ink
        value = (self._set(-1, term.value), self.setting.palette.signed(term.value))
        factors: list[Line] = (
            [((self._set(i, x.value), ink),) for i, x in enumerate(term.factors)] if self._named else []
        )
        product = self.setting.join(factors, " · ")
        if not factors:
            return (value, (" " * self.gap + label, quiet))
        return (*product, *(((" = ", quiet), value) if self.with_values else ()), (" " * self.gap + label, quiet))

    def total(self, value: float, label: str) -> Line:
        """A line that has only a value: below the other values, its name before it."""
        palette = self.setting.palette
        number = (self._set(-1, value), palette.signed(value))
        if not self._named or not self.with_values:
            return (number, (" " * self.gap + label, palette.quiet))
        before = self._width() - self.formats[-1].width + self.skip[-1]
        return ((at_right(label + "   ", before), palette.quiet), number)
