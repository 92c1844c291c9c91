"""What the columns of a .csv file are: inputs, the class or several columns of y, and a row's number, which is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tuibp.files.csv_lines import Lines, counts, has_header, number
from tuibp.files.errors import BadInput, printable
from tuibp.files.table import NAME_LENGTH, Table
from tuibp.locale import _

LABEL_NAMES = ("label", "target", "class", "y", "species", "diagnosis", "outcome")
"""What a header calls the column of the class; y beside x is a coordinate."""
ID_NAMES = ("id", "index", "no", "nr", "#", "rownames", "rowid", "row_id", "unnamed: 0", "")
"""What it calls a column that numbers the rows."""


@dataclass(frozen=True)
class Layout:
    """Columns are 0-based."""

    width: int
    label: int | None
    """Of the class; None where the targets are several columns of y, behind the inputs."""
    skipped: tuple[int, ...] = ()
    """Columns that nothing is read from."""

    @property
    def aside(self) -> tuple[int, ...]:
        """Columns that are not numbers of x and y, the last first."""
        label = () if self.label is None else (self.label,)
        return tuple(sorted((*label, *self.skipped), reverse=True))


class Header(NamedTuple):
    """What stands before the first example."""

    cells: Sequence[str] = ()
    """The columns' names; empty where there are none."""
    classes: tuple[str, ...] = ()
    """The classes' names, where it gives those."""
    lines: int = 0


def header_of(file: str, lines: Iterator[Lines], table: Table) -> tuple[Header, Lines]:
    """The header, if there is one, and the first line or two after it. Raises BadInput."""
    header, first = Header(), next(lines, None)
    if first is not None and has_header(first.rows[0]):
        header, first = Header(first.rows[0], lines=1), next(lines, None)
        if counts(header.cells):
            said = _("{file}: line 1, {cells}, is taken for a header.")
            table.note(said.format(file=file, cells=printable(", ".join(header.cells), NAME_LENGTH)))
    elif first is not None and (names := _of_scikit_learn(first.rows[0])):
        second = next(lines, None)
        if second is not None and len(second.rows[0]) == int(first.rows[0][1]) + 1:
            return Header(classes=names, lines=1), second
        both = (first, *(() if second is None else (second,)))
        first = Lines([n for some in both for n in some.numbers], [row for some in both for row in some.rows])
    if first is None:
        raise BadInput(_("{file}: holds no examples").format(file=file))
    return header, first


def _of_scikit_learn(cells: Sequence[str]) -> tuple[str, ...]:
    """The classes' names, where a first line is how many examples and inputs there are and what the classes are called,
    as in the files that come with scikit-learn."""
    numbers, names = [cell.strip() for cell in cells[:2]], tuple(cell.strip() for cell in cells[2:])
    if len(names) < 2 or not all(cell.isascii() and cell.isdecimal() and len(cell) < 9 for cell in numbers):
        return ()
    return tuple(printable(name, NAME_LENGTH) for name in names) if all(number(n) is None for n in names) else ()


def layout_of(file: str, header: Sequence[str], width: int, n_in: int, n_out: int, table: Table) -> Layout:
    """The columns of lines of this width, for a network of this shape. Raises BadInput; notes what it takes for
    granted."""
    names = [name.strip() for name in header] if len(header) == width else []
    if table.has("columns"):
        return _chosen(file, names, width, n_in, table)
    skipped = _numbers_rows(file, names, width, n_in, n_out, table)
    left = width - len(skipped)
    if left not in (n_in + 1, n_in + n_out):
        reason = _("{file}: has {m} columns, not {n} inputs and a class or {k} outputs")
        raise BadInput(reason.format(file=file, m=width, n=n_in, k=n_out))
    return Layout(width, _label(file, names, width, left == n_in + 1, skipped, table), skipped)


def _chosen(file: str, names: Sequence[str], width: int, n_in: int, table: Table) -> Layout:
    """The inputs are the columns that the key `columns` names, in the file's order."""
    places = {_place(table, "columns", item, names, width) for item in table.items("columns", width)}
    if len(places) != n_in:
        raise table.bad("columns", _("must name {n} columns, not {m}").format(n=n_in, m=len(places)))
    if len(places) == width:
        raise table.bad("columns", _("leaves no column for the class"))
    label = _label(file, names, width, True, tuple(places), table)
    if label in places:
        raise table.bad("columns", _("names the column of the class, too"))
    return Layout(width, label, tuple(at for at in range(width) if at not in places and at != label))


def _place(table: Table, key: str, item: object, names: Sequence[str], width: int) -> int:
    """The column that is called so, or has this number, counted from 1."""
    if isinstance(item, str):
        return names.index(table.one_of(key, item, names))
    return table.whole_of(key, item, 1, width) - 1


def _numbers_rows(file: str, names: Sequence[str], width: int, n_in: int, n_out: int, table: Table) -> tuple[int, ...]:
    """The column that is one too many, if its name says what it is."""
    if width not in (n_in + 2, n_in + n_out + 1):
        return ()
    found = [at for at, name in enumerate(names) if name.lower() in ID_NAMES]
    if not found:
        return ()
    said = _("{file}: column {n}, {name}, numbers the rows and is left out.")
    table.note(said.format(file=file, n=found[0] + 1, name=printable(names[found[0]] or "''", NAME_LENGTH)))
    return (found[0],)


def _label(file: str, names: Sequence[str], width: int, one: bool, others: tuple[int, ...], table: Table) -> int | None:
    """The column of the class, none of the `others` unless it is named; None where the targets are several columns of
    y. `one` says that one is left for it."""
    if table.has("label"):
        if not one:
            reason = _("needs a file with one column beside the inputs; this one has {m} columns").format(m=width)
            raise table.bad("label", reason)
        return _place(table, "label", table.get("label"), names, width)
    if not one:
        return None
    last = max(at for at in range(width) if at not in others)
    lower = [name.lower() for name in names]
    coordinates = {"x", "y"} <= set(lower)
    called = [at for at, name in enumerate(lower) if name in LABEL_NAMES and not (name == "y" and coordinates)]
    if coordinates and not called and lower[last] == "y":  # the class may be meant by another name
        called = [last]
    elif len(called) != 1 or called[0] == last:
        return last
    said = _("{file}: column {n}, {name}, is taken for the class.")
    table.note(said.format(file=file, n=called[0] + 1, name=printable(names[called[0]], NAME_LENGTH)))
    return called[0]
