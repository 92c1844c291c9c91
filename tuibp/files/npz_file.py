"""Arrays and networks in .npz files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from tuibp.files.bounds import BINARY_BYTES, read_bytes
from tuibp.files.errors import BadInput, printable
from tuibp.files.npy import array_of
from tuibp.files.zip_members import members


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
        raise BadInput(f"{printable(path)}: {where}{printable(error)}") from None
    return arrays
