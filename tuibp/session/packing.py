"""Arrays of doubles in JSON, exact: base64 of their little-endian bytes."""

from __future__ import annotations

import base64
import binascii
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tuibp.files.table import Table
from tuibp.locale import _

Array = NDArray[np.float64]
NUMBERS = "f8"
"""The key of a packed array inside a table."""


PIECE = 24 * 2**15
"""Bytes packed in one go, a millisecond: other threads have their turn between. Base64 packs 24 of them evenly."""


def packed(array: NDArray[Any]) -> str:
    content = memoryview(np.ascontiguousarray(array, dtype="<f8").tobytes())
    pieces = (base64.b64encode(content[i : i + PIECE]) for i in range(0, len(content), PIECE))
    return b"".join(pieces).decode("ascii")


def unpacked(table: Table, name: str, count: int) -> Array:
    """The `count` finite numbers under a key. Raises BadInput."""
    text = table.get(name)
    if not isinstance(text, str) or not text.isascii():
        raise table.bad(name, _("must be packed numbers"))
    if len(text) != -(-count * 8 // 3) * 4:
        raise table.bad(name, _("does not hold {n:,} numbers").format(n=count))
    try:
        content = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise table.bad(name, _("must be packed numbers")) from None
    if len(content) != count * 8:
        raise table.bad(name, _("does not hold {n:,} numbers").format(n=count))
    numbers = np.frombuffer(content, dtype="<f8").astype(np.float64)
    if not np.isfinite(numbers).all():
        raise table.bad(name, _("holds a number that is not finite"))
    return numbers


def with_packed(value: Any) -> Any:
    """A description of tables and lists with every array in it packed."""
    if isinstance(value, np.ndarray):
        return {NUMBERS: packed(value), "shape": list(value.shape)}
    if isinstance(value, dict):
        return {key: with_packed(item) for key, item in value.items()}
    return [with_packed(item) for item in value] if isinstance(value, list) else value


def with_arrays(table: Table, name: str, value: Any) -> Any:
    """The description again, with arrays. Raises BadInput."""
    if isinstance(value, list):
        return [with_arrays(table, f"{name}[{place}]", item) for place, item in enumerate(value, start=1)]
    if not isinstance(value, dict):
        return value
    inner = table.nested(name, value)
    if NUMBERS not in value:
        return {key: with_arrays(inner, key, item) for key, item in value.items()}
    inner.only((NUMBERS, "shape"))
    shape = [inner.whole_of("shape", n, 0, 2**31) for n in inner.items("shape", 2)]
    count = 1
    for n in shape:
        count *= n
    return unpacked(inner, NUMBERS, count).reshape(shape)
