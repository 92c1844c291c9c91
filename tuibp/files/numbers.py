"""Arrays out of lists that a file gave: every entry a finite number, the shape as it must be."""

from __future__ import annotations

from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tuibp.files.heed import tell
from tuibp.files.table import Table, kind
from tuibp.locale import _

Array = NDArray[np.float64]
PLAIN = frozenset((int, float))
BLOCK = 1_000
"""Rows that are taken at once."""


def vector(table: Table, name: str, value: Any, length: int | None = None) -> Array:
    """A (length,) array. Raises BadInput where an entry is no finite number or there are too many or few."""
    if isinstance(value, np.ndarray):
        array = floats(table, name, value)
        if array.ndim == 2 and array.shape[1] == 1:  # the book keeps biases as columns
            array = array[:, 0]
        if array.ndim != 1:
            raise table.bad(name, _("must be a list of numbers, not an array of shape {s}").format(s=shape(array)))
    else:
        if not isinstance(value, list):
            raise table.bad(name, _("must be a list of numbers, not {kind}").format(kind=kind(value)))
        if value and all(isinstance(item, list) and len(item) == 1 for item in value):
            value = [item[0] for item in value]
        if not set(map(type, value)) <= PLAIN:
            wrong = next(item for item in value if type(item) not in PLAIN)
            raise table.bad(name, _("must hold numbers only, not {kind}").format(kind=kind(wrong)))
        try:
            array = np.array(value, dtype=np.float64)
        except OverflowError:
            raise table.bad(name, _("holds a number that is not finite")) from None
        array = floats(table, name, array)
    if length is not None and len(array) != length:
        raise table.bad(name, _("must hold {n:,} numbers, not {m:,}").format(n=length, m=len(array)))
    return array


def matrix(table: Table, name: str, value: Any, width: int | None = None) -> Array:
    """A (rows, width) array from a list of equally long rows, or from an array."""
    if isinstance(value, np.ndarray):
        array = floats(table, name, value)
        if array.ndim != 2:
            raise table.bad(name, _("must be a matrix, not an array of shape {s}").format(s=shape(array)))
        if width is not None and array.shape[1] != width:
            raise table.bad(name, _("must have rows of {n:,} numbers, not {m:,}").format(n=width, m=array.shape[1]))
        return array
    if not isinstance(value, list) or not value:
        raise table.bad(name, _("must be a list of rows of numbers, not {kind}").format(kind=kind(value)))
    blocks = []
    for start in range(0, len(value), BLOCK):
        some = value[start : start + BLOCK]
        block = _plain(some, width)
        if block is None:
            block = _one_by_one(table, name, some, start, width)
        blocks.append(block)
        width = block.shape[1]
        if len(value) > BLOCK:
            tell(start + len(some), len(value))
    return np.concatenate(blocks)


def _plain(rows: list[Any], width: int | None) -> Array | None:
    """Rows in which everything is as it should be, many times faster than one by one; None where something may not."""
    if not (set(map(type, rows)) == {list} and len(set(map(len, rows))) == 1 and width in (None, len(rows[0]))):
        return None
    if len(rows[0]) == 0 or not set(map(type, chain.from_iterable(rows))) <= PLAIN:
        return None
    try:
        block = np.array(rows, dtype=np.float64)
    except OverflowError:
        return None
    return block if np.isfinite(block).all() else None


def _one_by_one(table: Table, name: str, rows: list[Any], start: int, width: int | None) -> Array:
    """The same rows, of which `start` stand before, or what is wrong with one of them. Raises BadInput."""
    found = []
    for place, row in enumerate(rows, start=start + 1):
        found.append(vector(table, f"{name}[{place}]", row, width))
        width = len(found[0])
    return np.stack(found)


def floats(table: Table, name: str, array: NDArray[Any]) -> Array:
    """The array as float64, or BadInput where it holds anything but finite numbers."""
    if array.dtype.kind not in "biuf":
        raise table.bad(name, _("must hold numbers, not {kind}").format(kind=array.dtype.name))
    numbers = np.ascontiguousarray(array, dtype=np.float64)
    if not np.isfinite(numbers).all():
        raise table.bad(name, _("holds a number that is not finite"))
    return numbers


def shape(array: NDArray[Any]) -> str:
    return "×".join(map(str, array.shape)) or "()"
