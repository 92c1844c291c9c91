"""Arrays and networks in .npz files."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tuibp.files.arrays import Arrays, in_turn
from tuibp.files.bounds import BINARY_BYTES, NUMBERS, TEXT_BYTES, opened
from tuibp.files.described import Described
from tuibp.files.errors import BadInput, printable, printable_path
from tuibp.files.heed import part
from tuibp.files.npy import LONGEST, array_of, header_of
from tuibp.files.zip_members import beginning, directory, unpacked
from tuibp.locale import _

TEXT = "tuibp"
"""The array of bytes that holds the description's text."""


@contextmanager
def arrays_in(path: Path) -> Iterator[Arrays]:
    """The arrays of an .npz file, each read when it is asked for. Raises BadInput, also for a pickle."""
    file = printable_path(path)
    with opened(path, BINARY_BYTES) as (stream, length):
        where, found = "", {}
        try:
            for member in directory(stream, length):
                name = member.name.removesuffix(".npy")
                where = f"{printable(name)}: "
                with part(0.0, 0.0):
                    found[name] = member, header_of(beginning(stream, member, LONGEST), member.size)
        except ValueError as error:
            raise BadInput(f"{file}: {where}{printable(error)}") from None

        def read(name: str) -> NDArray[Any]:
            try:
                return array_of(unpacked(stream, found[name][0]))
            except ValueError as error:
                raise BadInput(f"{file}: {printable(name)}: {printable(error)}") from None

        shapes = {name: header.shape for name, (__, header) in found.items()}
        yield Arrays(shapes, in_turn(shapes, read))


def read_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """Every array of an .npz file by its name. Raises BadInput, also where they are more than a data set may be."""
    with arrays_in(path) as arrays:
        if (count := sum(map(arrays.size, arrays.shapes))) > NUMBERS:
            reason = _("{file}: holds {n:,} numbers, more than {most:,}")
            raise BadInput(reason.format(file=printable_path(path), n=count, most=NUMBERS))
        return {name: arrays.read(name) for name in arrays.shapes}


def read_npz(path: Path) -> Described:
    """The description that an .npz file holds. Raises BadInput."""
    from tuibp.files.named_arrays import join

    with arrays_in(path) as arrays:
        with part(0.0, 0.0):
            text = _text(path, arrays) if TEXT in arrays.shapes else None
        return join(path, arrays.without(TEXT), text)


def _text(path: Path, arrays: Arrays) -> str:
    if arrays.size(TEXT) <= TEXT_BYTES // 4:
        content = arrays.read(TEXT)
        try:
            if content.dtype == np.uint8:
                return content.tobytes().decode("utf-8")
        except ValueError:
            pass
    raise BadInput(_("{file}: {key}: must be UTF-8 text as bytes").format(file=printable_path(path), key=TEXT))


def write_npz(description: dict[str, Any]) -> bytes:
    """The description as the bytes of an .npz file."""
    import json

    from tuibp.files.named_arrays import split

    arrays, rest = split(description)
    text = np.frombuffer(json.dumps(rest, ensure_ascii=False, allow_nan=False).encode("utf-8"), np.uint8)
    stream = io.BytesIO()
    np.savez(stream, allow_pickle=False, **{**arrays, TEXT: text})
    return stream.getvalue()
