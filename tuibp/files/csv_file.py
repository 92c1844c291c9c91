"""Examples out of a .csv file: as arrays where all of it is numbers, else a line at a time, so that what is no number
is told by line and column."""

from __future__ import annotations

import io
import math
from array import array
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tuibp.files.bounds import CSV_BYTES, NUMBERS, not_utf8, opened
from tuibp.files.columns import Columns
from tuibp.files.csv_classes import Classes
from tuibp.files.csv_layout import Layout, header_of, layout_of
from tuibp.files.csv_lines import SAMPLE, Lines, bad, lines_of, number, separator_of
from tuibp.files.csv_plain import counted, plain_rows
from tuibp.files.errors import BadInput, printable, printable_path
from tuibp.files.heed import tell
from tuibp.files.numbers import Array
from tuibp.files.table import NAME_LENGTH, Table
from tuibp.locale import _

EMPTY = 1_000_000
"""Lines without a column, before it is looked at whether any has one."""


class _Wanted(NamedTuple):
    n_in: int
    n_out: int
    most_classes: int


class _Read(NamedTuple):
    """The numbers of a file."""

    x: Array
    """(n, n_in)."""
    targets: Array
    """(n, n_out), or one a line (n,)."""
    names: tuple[str, ...]
    only: str | None
    """The class of every line, where they are all the same."""
    places: Sequence[int]
    """The number of each one's line."""


def read_csv(path: Path, n_in: int, n_out: int, table: Table, most_classes: int | None = None) -> Columns:
    """Inputs and targets, and the classes' names where they are words: at most n_out, or `most_classes`.

    The n_in columns of x stand before n_out columns of y, or beside one column with the class, a number or a word: the
    one that the key `label` of `table` gives by name or number, or that the header calls so, or the last. Raises
    BadInput; notes in the table what was taken for granted.
    """
    file = printable_path(path)
    with opened(path, CSV_BYTES) as (stream, size):
        text = io.TextIOWrapper(stream, "utf-8-sig", newline="")
        try:
            return _columns(file, text, stream, size, _Wanted(n_in, n_out, most_classes or n_out), table)
        except UnicodeDecodeError:
            stream.seek(0)
            raise not_utf8(path, stream) from None
        finally:
            text.detach()


def _columns(file: str, text: io.TextIOWrapper, stream: BinaryIO, size: int, wanted: _Wanted, table: Table) -> Columns:
    n_in, n_out, most_classes = wanted
    separator = separator_of(text.read(SAMPLE), (n_in + 1, n_in + n_out))
    most = _lines_at_most(file, stream, separator)

    def lines() -> Iterator[Lines]:
        text.seek(0)
        return _heeded(lines_of(file, text, separator, 4 * (n_in + n_out) + 1_000), stream, size)

    header, first = header_of(file, lines(), table)
    layout = layout_of(file, header.cells, len(first.rows[0]), n_in, n_out, table)
    found = None
    if first.numbers[0] == 1 + header.lines and most * (n_in + n_out) <= NUMBERS:
        found = _as_arrays(stream, size, most, header.lines == 1, layout, n_in, separator)
    if found is None:
        again = lines()
        found = _line_by_line(file, chain((header_of(file, again, table)[1],), again), layout, n_in, most_classes)
    if found.only is not None:
        said = _("{file}: every example has the class {word}; label = … under [data] names another column.")
        table.note(said.format(file=file, word=printable(found.only, NAME_LENGTH)))
    return Columns(
        Table(file, "", {}, table.notes),
        _("column {n}").format(n=n_in + 1 if layout.label is None else layout.label + 1),
        found.x,
        found.targets,
        found.names or (header.classes if len(header.classes) == max(n_out, 2) else ()),
        place=lambda row: _("line {n}").format(n=found.places[row]),
    )


def _lines_at_most(file: str, stream: BinaryIO, separator: str) -> int:
    """How many lines the file may have; raises BadInput, before memory and time are taken, where that is too many."""
    lines, cells = counted(stream, separator)
    if cells > NUMBERS + NUMBERS // 10:
        raise BadInput(_("{file}: holds more than {n:,} numbers").format(file=file, n=NUMBERS))
    if lines > EMPTY + 2 * (cells - lines):
        reason = _("{file}: has {n:,} lines and {m:,} separators: hardly a line has columns")
        raise BadInput(reason.format(file=file, n=lines, m=max(cells - lines, 0)))
    return lines


def _heeded(lines: Iterator[Lines], raw: BinaryIO, size: int) -> Iterator[Lines]:
    for some in lines:
        tell(raw.tell(), size)
        yield some


def _as_arrays(
    stream: BinaryIO, size: int, most: int, header: bool, layout: Layout, n_in: int, separator: str
) -> _Read | None:
    """All at once; None where something is not plain, or a label is no number."""
    found = plain_rows(stream, size, most, header, layout, n_in, separator)
    if found is None:
        return None
    x, targets = found
    same = targets.ndim == 1 and len(targets) > 1 and bool((targets == targets[0]).all())
    return _Read(x, targets, (), f"{targets[0]:g}" if same else None, range(1 + header, 1 + header + len(x)))


def _line_by_line(file: str, lines: Iterator[Lines], layout: Layout, n_in: int, most_classes: int) -> _Read:
    classes, numbers, places = Classes(file, most_classes), array("d"), array("L")
    for some in lines:
        if not _plain(some, layout, numbers, classes):
            _one_by_one(file, some, layout, numbers, classes)
        places.extend(some.numbers)
        if len(numbers) > NUMBERS:
            raise BadInput(_("{file}: holds more than {n:,} numbers").format(file=file, n=NUMBERS))
    values: NDArray[np.float64] = np.frombuffer(numbers).reshape(len(places), -1)
    if layout.label is not None:
        return _Read(values, classes.targets(), classes.names(), classes.only, places)
    x, y = (np.ascontiguousarray(part) for part in (values[:, :n_in], values[:, n_in:]))
    return _Read(x, y, (), None, places)


def _plain(lines: Lines, layout: Layout, numbers: array[float], classes: Classes) -> bool:
    """Take lines in which everything is as it should be, many times faster than one by one; False, and nothing taken,
    where something may not be."""
    if set(map(len, lines.rows)) != {layout.width}:
        return False
    cells, words = list(chain.from_iterable(lines.rows)), []
    if layout.label is not None:
        words = list(map(str.strip, cells[layout.label :: layout.width]))
    for gone, at in enumerate(layout.aside):  # from the last: those before it keep their places
        del cells[at :: layout.width - gone]
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


def _one_by_one(file: str, lines: Lines, layout: Layout, numbers: array[float], classes: Classes) -> None:
    """Take the same lines, or tell which of them is wrong and where. Raises BadInput."""
    width, label = layout.width, layout.label
    for line, row in zip(lines.numbers, lines.rows, strict=True):
        if len(row) != width:
            raise bad(file, line, _("has {m} columns, not {n}").format(m=len(row), n=width))
        for at, cell in enumerate(row):
            if at not in layout.aside:
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
