"""One array of numbers out of .npy bytes, its header checked before anything is believed."""

from __future__ import annotations

import io
import math
from typing import Any

import numpy as np
from numpy.lib import format as npy_format
from numpy.typing import NDArray


def array_of(content: bytes) -> NDArray[Any]:
    """The array. Raises ValueError where the bytes are not one plain array of numbers; never unpickles."""
    stream = io.BytesIO(content)
    try:
        version = npy_format.read_magic(stream)
        readers = {(1, 0): npy_format.read_array_header_1_0, (2, 0): npy_format.read_array_header_2_0}
        shape, fortran, dtype = readers[version](stream)
    except (KeyError, SyntaxError, TypeError, RecursionError, MemoryError, EOFError, ValueError) as error:
        raise ValueError(f"is no .npy array: {error}") from None
    if dtype.hasobject or dtype.kind not in "biuf" or dtype.subdtype is not None:
        raise ValueError(f"holds {dtype.name}, not numbers")
    if math.prod(shape) * dtype.itemsize != len(content) - stream.tell() or any(n < 0 for n in shape):
        raise ValueError("is shorter or longer than its header says")
    flat = np.frombuffer(content, dtype, offset=stream.tell())
    return flat.reshape(shape, order="F" if fortran else "C")
