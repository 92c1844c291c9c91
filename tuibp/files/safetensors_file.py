"""Networks in .safetensors files: read without a library, written by the library of that name where it is installed.

The format is eight bytes that say how long the header is, the header, a JSON object of name to dtype, shape and place,
and the numbers. https://huggingface.co/docs/safetensors
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO, TypeGuard

import numpy as np
from numpy.typing import NDArray

from tuibp.files.arrays import Arrays, in_turn
from tuibp.files.bounds import BINARY_BYTES, MEGABYTE, opened
from tuibp.files.described import Described
from tuibp.files.errors import BadInput, printable, printable_path
from tuibp.files.heed import part, read_told
from tuibp.files.named_arrays import join, split
from tuibp.files.strict_json import parse
from tuibp.locale import _

TEXT = "tuibp"
"""The metadata entry that holds the description's text."""
HEADER_BYTES = 10 * MEGABYTE
DTYPES = {
    "BOOL": "?", "U8": "u1", "I8": "i1", "U16": "<u2", "I16": "<i2", "U32": "<u4", "I32": "<i4", "U64": "<u8",
    "I64": "<i8", "F16": "<f2", "F32": "<f4", "F64": "<f8",
}  # fmt: skip
UNREAD = {"BF16": "bfloat16"}
"""Names of what numpy has no numbers for."""


def read_safetensors(path: Path) -> Described:
    """The description that a .safetensors file holds. Raises BadInput."""
    file = printable_path(path)
    with opened(path, BINARY_BYTES) as (stream, size):
        length = int.from_bytes(stream.read(8), "little")
        if size < 8 or length > min(HEADER_BYTES, size - 8):
            raise BadInput(_("{file}: is not a safetensors file").format(file=file))
        try:
            text = stream.read(length).decode("utf-8")
        except UnicodeDecodeError:
            raise BadInput(_("{file}: is not a safetensors file").format(file=file)) from None
        with part(0.0, 0.0):
            header = parse(file, text)
        metadata = header.pop("__metadata__", None)
        arrays = _arrays(file, stream, 8 + length, size, header)
        described = metadata.get(TEXT) if isinstance(metadata, dict) else None
        return join(path, arrays, described if isinstance(described, str) else None)


def _arrays(file: str, stream: BinaryIO, start: int, size: int, header: Mapping[str, Any]) -> Arrays:
    """The arrays that a header tells of, the numbers of which begin at `start`. Raises BadInput."""
    found = {name: _entry(file, name, entry, size - start) for name, entry in header.items()}

    def read(name: str) -> NDArray[Any]:
        dtype, shape, begin = found[name]
        stream.seek(start + begin)
        return np.frombuffer(read_told(stream, math.prod(shape) * dtype.itemsize), dtype).reshape(shape)

    shapes = {name: shape for name, (_dtype, shape, _begin) in found.items()}
    return Arrays(shapes, in_turn(shapes, read))


def _entry(file: str, name: str, entry: Any, size: int) -> tuple[np.dtype[Any], tuple[int, ...], int]:
    """(dtype, shape, where the numbers begin) of one array, all of it inside of the file's `size` bytes of numbers."""
    given = entry if isinstance(entry, dict) else {}
    kind = given.get("dtype")
    if not isinstance(kind, str) or kind not in DTYPES:
        called = UNREAD.get(kind, printable(kind, 40)) if isinstance(kind, str) else printable(kind, 40)
        reason = _("holds {kind}, which is not read; save it as float32 or float64").format(kind=called)
        raise BadInput(f"{file}: {printable(name)}: {reason}")
    dtype = np.dtype(DTYPES[kind])
    shape, place = given.get("shape"), given.get("data_offsets")
    if not (_whole(shape) and len(shape) <= 8 and _whole(place) and len(place) == 2 and place[0] <= place[1] <= size):
        raise BadInput(f"{file}: {printable(name)}: " + _("does not say where its numbers are"))
    if math.prod(shape) * dtype.itemsize != place[1] - place[0]:
        raise BadInput(f"{file}: {printable(name)}: " + _("is shorter or longer than its header says"))
    return dtype, tuple(shape), place[0]


def _whole(value: Any) -> TypeGuard[list[int]]:
    return isinstance(value, list) and all(type(item) is int and item >= 0 for item in value)


def write_safetensors(path: Path, description: dict[str, Any]) -> bytes:
    """The description as the bytes of a .safetensors file."""
    library = _library(path)
    arrays, rest = split(description)
    text = json.dumps(rest, ensure_ascii=False, allow_nan=False)
    content: bytes = library.save({name: np.ascontiguousarray(a) for name, a in arrays.items()}, {TEXT: text})
    return content


def _library(path: Path) -> ModuleType:
    try:
        from safetensors import numpy as library
    except ImportError:
        reason = _("needs the safetensors package: pip install 'tuibp[safetensors]'")
        raise BadInput(f"{printable_path(path)}: {reason}") from None
    return library
