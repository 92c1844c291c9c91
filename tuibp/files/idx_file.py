"""Arrays in IDX files, as MNIST's images and labels come: packed by gzip or not, one file or a folder of them.

Two zero bytes, a byte for the kind of number, one for how many dimensions there are, each as four bytes, then the
numbers, all of them with the largest byte first. http://yann.lecun.com/exdb/mnist
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from tuibp.files.arrays import Arrays
from tuibp.files.bounds import BINARY_BYTES, opened
from tuibp.files.errors import BadInput, printable, printable_path
from tuibp.files.heed import tell
from tuibp.locale import _

KINDS = {0x08: "u1", 0x09: "i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
NAME = re.compile(r"(?P<before>.*?)(?P<role>images|labels)[-.]idx[13][-.]ubyte(\.gz)?", re.IGNORECASE)
PIECE = 1 << 20
MOST = 10_000
"""Entries of a folder that are looked at."""
HELD_OUT = ("t10k", "test")


def idx_arrays(path: Path) -> Arrays:
    """The arrays of a folder, by `x_train`, `y_train`, `x_test`, `y_test`; or of one file of images, by `x` and `y`,
    with the labels beside it. Raises BadInput."""
    if path.is_dir():
        return _together(_in_folder(path))
    match = NAME.fullmatch(path.name)
    if match is None or match["role"].lower() != "images":
        reason = _("{file}: is not named as IDX images are: …-images-idx3-ubyte, with …-labels-idx1-ubyte beside it")
        raise BadInput(reason.format(file=printable_path(path)))
    return _together({"x": path, "y": _labels_of(path)})


def _in_folder(folder: Path) -> dict[str, Path]:
    files: dict[str, Path] = {}
    for path in _some(folder):
        match = NAME.fullmatch(path.name)
        if match is None or match["role"].lower() != "images":
            continue
        part = "test" if match["before"].lower().rstrip("-_.").endswith(HELD_OUT) else "train"
        if f"x_{part}" in files and files[f"x_{part}"].name.removesuffix(".gz") != path.name.removesuffix(".gz"):
            names = ", ".join(printable(each.name, 60) for each in (files[f"x_{part}"], path))
            reason = _("{folder}: holds more than one set of images: {names}; name one of them")
            raise BadInput(reason.format(folder=printable_path(folder), names=names))
        files |= {f"x_{part}": path, f"y_{part}": _labels_of(path)}
    if "x_train" not in files:
        reason = _("{folder}: holds no images as MNIST names them, train-images-idx3-ubyte")
        raise BadInput(reason.format(folder=printable_path(folder)))
    return files


def _some(folder: Path) -> Iterable[Path]:
    """Entries in their order, of a folder of any size."""
    from itertools import islice

    try:
        return sorted(islice(folder.iterdir(), MOST))
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadInput(
            _("{file}: cannot be read: {reason}").format(file=printable_path(folder), reason=printable(reason))
        ) from None


def _labels_of(images: Path) -> Path:
    """Where the labels of these images are, packed or not. Raises BadInput."""
    plain = re.sub("idx3", "idx1", re.sub("images", "labels", images.name, flags=re.IGNORECASE)).removesuffix(".gz")
    for name in (plain, f"{plain}.gz"):
        if images.with_name(name).exists():
            return images.with_name(name)
    reason = _("{file}: its labels, {name}, are not beside it")
    raise BadInput(reason.format(file=printable_path(images), name=printable(plain, 60)))


def _together(files: dict[str, Path]) -> Arrays:
    return Arrays({name: _shape(path) for name, path in files.items()}, lambda name: read_idx(files[name]))


def _shape(path: Path) -> tuple[int, ...]:
    with opened(path, BINARY_BYTES) as (stream, size):
        return _header(path, _Unpacked(stream, size, _packed(path)))[1]


def read_idx(path: Path) -> NDArray[np.generic]:
    """The array of one file. Raises BadInput before memory is taken for more than it holds."""
    with opened(path, BINARY_BYTES) as (stream, size):
        content = _Unpacked(stream, size, _packed(path))
        dtype, shape = _header(path, content)
        wanted = math.prod(shape) * dtype.itemsize
        if not _packed(path) and wanted > size:
            raise _wrong_length(path)
        numbers = bytearray()
        while len(numbers) < wanted and (piece := content.read(path, min(PIECE, wanted - len(numbers)))):
            numbers += piece
            tell(len(numbers), wanted)
        if len(numbers) != wanted or content.read(path, 1):
            raise _wrong_length(path)
    return np.frombuffer(numbers, dtype).reshape(shape)


def _packed(path: Path) -> bool:
    return path.suffix.lower() == ".gz"


def _wrong_length(path: Path) -> BadInput:
    return BadInput(f"{printable_path(path)}: " + _("is shorter or longer than its header says"))


def _header(path: Path, content: _Unpacked) -> tuple[np.dtype[np.generic], tuple[int, ...]]:
    """(kind of number, shape). Raises BadInput."""
    begin = content.read(path, 4)
    if len(begin) < 4 or begin[:2] != b"\0\0" or begin[2] not in KINDS or not 1 <= begin[3] <= 4:
        raise BadInput(_("{file}: is not an IDX file").format(file=printable_path(path)))
    sides = content.read(path, 4 * begin[3])
    if len(sides) < 4 * begin[3]:
        raise _wrong_length(path)
    dtype: np.dtype[np.generic] = np.dtype(KINDS[begin[2]])
    shape = tuple(int(side) for side in np.frombuffer(sides, ">u4"))
    if math.prod(shape) * dtype.itemsize > BINARY_BYTES:
        raise BadInput(_("{file}: holds {n:,} numbers, more than {most:,}").format(
            file=printable_path(path), n=math.prod(shape), most=BINARY_BYTES // dtype.itemsize))  # fmt: skip
    return dtype, shape


class _Unpacked:
    """The bytes of a file in their order, unpacked if they are packed, never more at a time than were asked for."""

    def __init__(self, stream: BinaryIO, size: int, packed: bool) -> None:
        self._stream, self._size = stream, size
        self._unpack = zlib.decompressobj(16 + zlib.MAX_WBITS) if packed else None

    def read(self, path: Path, count: int) -> bytes:
        """`count` bytes, fewer at the end. Raises BadInput where they cannot be unpacked."""
        if self._unpack is None:
            return self._stream.read(count)
        found = b""
        try:
            while len(found) < count and not self._unpack.eof:
                packed = self._unpack.unconsumed_tail or self._stream.read(PIECE)
                if not packed:
                    raise BadInput(_("{file}: {reason}").format(file=printable_path(path), reason=_("is damaged")))
                found += self._unpack.decompress(packed, count - len(found))
        except zlib.error:
            raise BadInput(_("{file}: {reason}").format(file=printable_path(path), reason=_("is damaged"))) from None
        return found
