"""Arrays and networks in .npz files."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tuibp.files.bounds import BINARY_BYTES, TEXT_BYTES, read_bytes
from tuibp.files.errors import BadInput, printable, printable_path
from tuibp.files.npy import array_of
from tuibp.files.zip_members import members
from tuibp.locale import _

TEXT = "tuibp"
"""The array of bytes that holds the description's text."""


def read_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """Every array of an .npz file by its name. Raises BadInput; object arrays (pickles) are refused."""
    content = read_bytes(path, BINARY_BYTES)
    arrays = {}
    where = ""
    try:
        for member, data in members(content, BINARY_BYTES):
            name = member.removesuffix(".npy")
            where = f"{printable(name)}: "
            arrays[name] = array_of(data)
            where = ""
    except ValueError as error:
        raise BadInput(f"{printable_path(path)}: {where}{printable(error)}") from None
    return arrays


def read_npz(path: Path) -> dict[str, Any]:
    """The description that an .npz file holds. Raises BadInput."""
    from tuibp.files.named_arrays import join

    arrays = read_arrays(path)
    text = arrays.pop(TEXT, None)
    if text is None:
        return join(path, arrays, None)
    try:
        if text.dtype != np.uint8 or text.size > TEXT_BYTES:
            raise ValueError
        return join(path, arrays, text.tobytes().decode("utf-8"))
    except ValueError:
        raise BadInput(
            _("{file}: {key}: must be UTF-8 text as bytes").format(file=printable_path(path), key=TEXT)
        ) from None


def write_npz(description: dict[str, Any]) -> bytes:
    """The description as the bytes of an .npz file."""
    import json

    from tuibp.files.named_arrays import split

    arrays, rest = split(description)
    text = np.frombuffer(json.dumps(rest, ensure_ascii=False, allow_nan=False).encode("utf-8"), np.uint8)
    stream = io.BytesIO()
    np.savez(stream, allow_pickle=False, **{**arrays, TEXT: text})
    return stream.getvalue()
