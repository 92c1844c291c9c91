"""Arrays out of lists that a file gave: every entry a finite number, the shape as it must be."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tuibp.files.table import Table, kind
from tuibp.locale import _

Array = NDArray[np.float64]
PLAIN = frozenset((int, float))


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
    rows = []
    for place, row in enumerate(value, start=1):
        rows.append(vector(table, f"{name}[{place}]", row, width))
        width = len(rows[0])
    return np.stack(rows)


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
