"""Examples out of a .csv file, a line at a time: what is no number is told by line and column."""

from __future__ import annotations

import io
import math
from array import array
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import numpy as np

from tuibp.files.bounds import NUMBERS, TEXT_BYTES, not_utf8, opened
from tuibp.files.columns import Columns
from tuibp.files.csv_classes import Classes
from tuibp.files.csv_lines import SAMPLE, Lines, bad, counts, has_header, lines_of, number, separator_of
from tuibp.files.errors import BadInput, printable, printable_path
from tuibp.files.heed import part, read_told, tell
from tuibp.files.table import NAME_LENGTH, Table
from tuibp.locale import _

LABEL_NAMES = ("label", "target", "class", "y")
"""What a header calls the column of the class; y beside x is a coordinate."""


def read_csv(path: Path, n_in: int, n_out: int, table: Table) -> Columns:
    """Inputs and targets, and the classes' names where they are words.

    The n_in columns of x stand before n_out columns of y, or beside one column with the class, a number or a word: the
    one that the key `label` of `table` gives by name or number, or that the header calls so, or the last. Raises
    BadInput; notes in the table what was taken for granted.
    """
    file = printable_path(path)
    with opened(path, TEXT_BYTES) as (stream, size), part(0.0, 0.1):
        content = read_told(stream, size)
    raw = io.BytesIO(content)
    text = io.TextIOWrapper(raw, "utf-8-sig", newline="")
    try:
        separator = separator_of(text.read(SAMPLE), (n_in + 1, n_in + n_out))
        text.seek(0)
        lines = lines_of(file, text, separator, 4 * (n_in + n_out) + 1_000)
        with part(0.1, 1.0):
            return _columns(file, _heeded(lines, raw, size), n_in, n_out, table)
    except UnicodeDecodeError:
        raise not_utf8(path, content) from None


def _heeded(lines: Iterator[Lines], raw: io.BytesIO, size: int) -> Iterator[Lines]:
    for some in lines:
        tell(raw.tell(), size)
        yield some


def _columns(file: str, lines: Iterator[Lines], n_in: int, n_out: int, table: Table) -> Columns:
    header, first = _header(file, lines, table)
    width = len(first.rows[0])
    if width not in (n_in + 1, n_in + n_out):
        reason = _("{file}: has {m} columns, not {n} inputs and a class or {k} outputs")
        raise BadInput(reason.format(file=file, m=width, n=n_in, k=n_out))
    label = _label(file, header if len(header) == width else (), width, n_in, table)
    classes, numbers, places = Classes(file, n_out), array("d"), array("L")
    for some in chain((first,), lines):
        if not _plain(some, width, label, numbers, classes):
            _one_by_one(file, some, width, label, numbers, classes)
        places.extend(some.numbers)
        if len(places) * (n_in + n_out) > NUMBERS:
            raise BadInput(_("{file}: holds more than {n:,} numbers").format(file=file, n=NUMBERS))
    values = np.frombuffer(numbers).reshape(len(places), -1)
    if classes.only is not None:
        said = _("{file}: every example has the class {word}; label = … under [data] names another column.")
        table.note(said.format(file=file, word=printable(classes.only, NAME_LENGTH)))
    return Columns(
        Table(file, "", {}, table.notes),
        _("column {n}").format(n=n_in + 1 if label is None else label + 1),
        values if label is not None else np.ascontiguousarray(values[:, :n_in]),
        classes.targets() if label is not None else np.ascontiguousarray(values[:, n_in:]),
        classes.names(),
        place=lambda row: _("line {n}").format(n=places[row]),
    )


def _header(file: str, lines: Iterator[Lines], table: Table) -> tuple[Sequence[str], Lines]:
    """The header's cells, none where there is none, and the first line after it."""
    header: Sequence[str] = ()
    first = next(lines, None)
    if first is not None and has_header(first.rows[0]):
        header, first = first.rows[0], next(lines, None)
        if counts(header):
            said = _("{file}: line 1, {cells}, is taken for a header.")
            table.note(said.format(file=file, cells=printable(", ".join(header), NAME_LENGTH)))
    if first is None:
        raise BadInput(_("{file}: holds no examples").format(file=file))
    return header, first


def _label(file: str, header: Sequence[str], width: int, n_in: int, table: Table) -> int | None:
    """The column of the class, None where the targets are several columns of y."""
    names = [name.strip() for name in header]
    if table.has("label"):
        if width != n_in + 1:
            reason = _("needs a file of {n} columns, this one has {m}").format(n=n_in + 1, m=width)
            raise table.bad("label", reason)
        if isinstance(table.get("label"), str):
            return names.index(table.word("label", names))
        return table.whole("label", low=1, high=width) - 1
    if width != n_in + 1:
        return None
    lower = [name.lower() for name in names]
    coordinates = {"x", "y"} <= set(lower)
    called = [at for at, name in enumerate(lower) if name in LABEL_NAMES and not (name == "y" and coordinates)]
    if coordinates and not called and lower[-1] == "y":  # the class may be meant by another name
        called = [width - 1]
    elif len(called) != 1 or called[0] == width - 1:
        return width - 1
    said = _("{file}: column {n}, {name}, is taken for the class.")
    table.note(said.format(file=file, n=called[0] + 1, name=printable(names[called[0]], NAME_LENGTH)))
    return called[0]


def _plain(lines: Lines, width: int, label: int | None, numbers: array[float], classes: Classes) -> bool:
    """Take lines in which everything is as it should be, many times faster than one by one; False, and nothing taken,
    where something may not be."""
    if set(map(len, lines.rows)) != {width}:
        return False
    cells, words = list(chain.from_iterable(lines.rows)), []
    if label is not None:
        words = list(map(str.strip, cells[label::width]))
        del cells[label::width]
    everything = "".join(cells)
    if "_" in everything or not everything.isascii() or not all(words):
        return False
    try:
        found = array("d", map(float, cells))
    except ValueError:
        return False
    if not np.isfinite(np.frombuffer(found)).all() or not classes.extend(words):
        return False
    numbers.extend(found)
    return True


def _one_by_one(
    file: str, lines: Lines, width: int, label: int | None, numbers: array[float], classes: Classes
) -> None:
    """Take the same lines, or tell which of them is wrong and where. Raises BadInput."""
    for line, row in zip(lines.numbers, lines.rows, strict=True):
        if len(row) != width:
            raise bad(file, line, _("has {m} columns, not {n}").format(m=len(row), n=width))
        for at, cell in enumerate(row):
            if at != label:
                numbers.append(_number(file, line, at, cell))
        if label is not None:
            word = row[label].strip()
            if not word:
                raise bad(file, line, _("has no label"))
            if number(word) is not None:
                _number(file, line, label, word)
            classes.add(line, word)


def _number(file: str, line: int, at: int, cell: str) -> float:
    """A cell's finite number; `at` is its column, 0-based."""
    value = number(cell)
    if value is not None and math.isfinite(value):
        return value
    reason = _("{cell} is not a finite number (column {n})")
    if value is None:
        reason = _("{cell} is not a number (column {n})")
    raise bad(file, line, reason.format(cell=repr(printable(cell.strip(), NAME_LENGTH)), n=at + 1))
