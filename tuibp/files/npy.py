"""One array of numbers out of .npy bytes, its header checked before anything is believed.

The header is the text of a Python dictionary. Its three entries are matched, and nothing is evaluated or unpickled.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tuibp.locale import _

MAGIC = b"\x93NUMPY"
HEADER_BYTES = 10_000
LONGEST = HEADER_BYTES + 12
"""What of a file must be read to know its header."""
DESCR = re.compile(rb"'descr'\s*:\s*'([<>|=]?)([a-zA-Z])(\d{0,4})'")
ORDER = re.compile(rb"'fortran_order'\s*:\s*(True|False)")
SHAPE = re.compile(rb"'shape'\s*:\s*\(([\d,\s]{0,200})\)")
NUMBERS = frozenset(("b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8"))


@dataclass(frozen=True)
class Header:
    """What an array is going to be."""

    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    fortran: bool
    start: int
    """Where the numbers stand."""


def header_of(content: bytes, size: int) -> Header:
    """The header at the beginning of an array's `size` bytes.

    Raises ValueError where they are not one plain array of numbers, or more or fewer than the header says.
    """
    text, start = _header(content)
    descr, order, shape = DESCR.search(text), ORDER.search(text), SHAPE.search(text)
    if order is None or shape is None:
        raise ValueError(_("is no .npy array"))
    kind = (descr[2] + descr[3]).decode("ascii") if descr else _("something else")
    if descr is None or kind not in NUMBERS:
        reason = _("holds objects, not numbers") if kind == "O" else _("holds {kind}, not real numbers")
        raise ValueError(reason.format(kind=kind))
    dtype = np.dtype((descr[1] + descr[2] + descr[3]).decode("ascii"))
    sides = tuple(int(side) for side in shape[1].split(b",") if side.strip())
    if math.prod(sides) * dtype.itemsize != size - start or max(sides, default=0) > size:
        raise ValueError(_("is shorter or longer than its header says"))
    return Header(dtype, sides, order[1] == b"True", start)


def array_of(content: bytes) -> NDArray[Any]:
    """The array, read-only. Raises ValueError as `header_of` does."""
    header = header_of(content, len(content))
    flat = np.frombuffer(content, header.dtype, offset=header.start)
    return flat.reshape(header.shape, order="F" if header.fortran else "C")


def _header(content: bytes) -> tuple[bytes, int]:
    """The header's text, and where the numbers start."""
    width = {b"\x01": 2, b"\x02": 4, b"\x03": 4}.get(content[6:7])
    if not content.startswith(MAGIC) or width is None:
        raise ValueError(_("is no .npy array"))
    start = 8 + width
    length = int.from_bytes(content[8:start], "little")
    if length > min(HEADER_BYTES, len(content) - start):
        raise ValueError(_("has a header that is too long"))
    return content[start : start + length], start + length
