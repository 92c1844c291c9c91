"""The lines of a .csv file as cells, one at a time: which separator it has, and whether it begins with a header."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, islice
from typing import TextIO

from tuibp.files.errors import BadInput, printable
from tuibp.locale import _

SEPARATORS = ",;\t|"
"""The first is the one where no other fits better."""
SAMPLE = 10_000
"""Characters of the beginning that tell the separator."""
TOGETHER = 1_000
BREAK = re.compile("\r\n|\r|\n")
CELL = 24
"""Characters, the separator among them, that a cell takes at the most, on the average of a line."""


@dataclass(frozen=True)
class Lines:
    """Some lines that follow each other."""

    numbers: Sequence[int]
    """Of the lines, counted from 1; where a cell goes over several lines, the last of them."""
    rows: Sequence[list[str]]
    """Their cells."""


def lines_of(file: str, text: TextIO, separator: str, most: int) -> Iterator[Lines]:
    """Every line that is not empty: the first and the second alone, then many together.

    Raises BadInput. A line that would take the memory of far more cells than `most` is read as several.
    """
    reader = csv.reader(iter(partial(text.readline, CELL * most), ""), delimiter=separator, strict=True)
    together, before = 1, 0
    try:
        while rows := list(islice(reader, together)):
            numbers = _numbers(rows, before, reader.line_num)
            together, before = 1 if reader.line_num < 3 else TOGETHER, reader.line_num
            if min(map(len, rows)) > 1:
                yield Lines(numbers, rows)
                continue
            kept = [at for at, row in enumerate(rows) if len(row) > 1 or (row and row[0].strip())]
            if kept:
                yield Lines([numbers[at] for at in kept], [rows[at] for at in kept])
    except csv.Error as error:
        raise bad(file, reader.line_num, _("is not CSV: {reason}").format(reason=printable(error))) from None


def _numbers(rows: Sequence[list[str]], before: int, last: int) -> Sequence[int]:
    """The number of each row's last line: one line a row, but for cells that go over several."""
    if last - before == len(rows):
        return range(before + 1, last + 1)
    return list(accumulate((1 + sum(len(BREAK.findall(cell)) for cell in row) for row in rows), initial=before))[1:]


def bad(file: str, line: int, reason: str) -> BadInput:
    return BadInput(_("{file}: line {line}: {reason}").format(file=file, line=line, reason=reason))


def separator_of(beginning: str, widths: Sequence[int]) -> str:
    """The separator that makes most lines as wide as one of `widths`; of equals the one that makes equal columns."""
    lines = beginning.splitlines()
    lines = lines[:-1] if len(beginning) == SAMPLE and len(lines) > 1 else lines

    def fitting(separator: str) -> tuple[int, int]:
        try:
            found = Counter(len(row) for row in csv.reader(lines, delimiter=separator) if row)
        except csv.Error:
            return 0, 0
        return sum(found[width] for width in set(widths)), max(
            (n for width, n in found.items() if width > 1), default=0
        )

    return max(SEPARATORS, key=fitting)


def has_header(cells: Sequence[str]) -> bool:
    """Whether a first line is no example: nothing in it is a number, or it counts its columns from 0."""
    return all(number(cell) is None for cell in cells) or (len(cells) > 1 and counts(cells))


def counts(cells: Sequence[str]) -> bool:
    """Whether they are 0, 1, 2 …, as some programs name columns that have no names."""
    return [cell.strip() for cell in cells] == [str(at) for at in range(len(cells))]


def number(cell: str) -> float | None:
    """The number that a cell holds, as people write it: no underscores of Python's, no digits of other scripts."""
    try:
        return float(cell) if cell.isascii() and "_" not in cell else None
    except ValueError:
        return None
