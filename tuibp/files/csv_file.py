"""Examples out of a .csv file."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np

from tuibp.files.bounds import CELLS, TEXT_BYTES, read_text
from tuibp.files.columns import Columns
from tuibp.files.errors import BadInput, printable, printable_path
from tuibp.files.table import NAME_LENGTH, Table
from tuibp.locale import _


def read_csv(path: Path, n_in: int, n_out: int) -> Columns:
    """Inputs and targets, and the classes' names where they are words.

    The first n_in columns are x; then stand either n_out columns of y or one column with the class, a whole number
    from 0 or a word (words are numbered by alphabet). A first line that is not numbers is a header.
    """
    shown = printable_path(path)
    rows = _rows(shown, read_text(path, TEXT_BYTES))
    if rows and not any(_is_number(cell) for __, row in rows[:1] for cell in row):
        rows = rows[1:]
    if not rows:
        raise BadInput(_("{file}: holds no examples").format(file=shown))
    width = len(rows[0][1])
    if width not in (n_in + 1, n_in + n_out):
        raise BadInput(
            _("{file}: has {m} columns, not {n} inputs and a class or {k} outputs").format(
                file=shown, m=width, n=n_in, k=n_out
            )
        )
    for line, row in rows:
        if len(row) != width:
            reason = _("has {m} columns, not {n}").format(m=len(row), n=width)
            raise BadInput(_("{file}: line {line}: {reason}").format(file=shown, line=line, reason=reason))
    names: tuple[str, ...] = ()
    if width == n_in + 1 and not all(_is_number(row[-1]) for __, row in rows):
        words = sorted({row[-1].strip() for __, row in rows})
        if len(words) > max(n_out, 2):
            raise BadInput(
                _("{file}: names {m} classes, the network has {n} outputs").format(file=shown, m=len(words), n=n_out)
            )
        if len(words) == max(n_out, 2):  # a single output tells two classes apart
            names = tuple(printable(word, NAME_LENGTH) for word in words)
        rows = [(line, [*row[:-1], str(words.index(row[-1].strip()))]) for line, row in rows]
    table = np.array([[_number(shown, line, cell) for cell in row] for line, row in rows])
    x, targets = np.ascontiguousarray(table[:, :n_in]), table[:, n_in:]
    targets = targets[:, 0] if width == n_in + 1 else np.ascontiguousarray(targets)
    return Columns(Table(printable_path(path), "", {}), _("column {n}").format(n=n_in + 1), x, targets, names)


def _rows(shown: str, text: str) -> list[tuple[int, list[str]]]:
    """(line, cells) of every line that is not empty."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows, cells = [], 0
    try:
        for row in reader:
            if row:
                rows.append((reader.line_num, row))
            cells += len(row)
            if cells > CELLS:
                raise BadInput(_("{file}: holds more than {n:,} cells").format(file=shown, n=CELLS))
    except csv.Error as error:
        reason = _("is not CSV: {reason}").format(reason=printable(error))
        raise BadInput(
            _("{file}: line {line}: {reason}").format(file=shown, line=reader.line_num, reason=reason)
        ) from None
    return rows


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _number(shown: str, line: int, cell: str) -> float:
    value = float(cell) if _is_number(cell) else np.nan
    if not np.isfinite(value):
        raise BadInput(
            _("{file}: line {line}: {cell} is not a finite number").format(
                file=shown, line=line, cell=repr(printable(cell, NAME_LENGTH))
            )
        )
    return value
