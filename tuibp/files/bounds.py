"""How much of a file is believed: sizes are checked before memory is taken."""

from __future__ import annotations

import io
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from tuibp.files.errors import BadInput, printable, printable_path
from tuibp.files.heed import read_told
from tuibp.locale import _

MEGABYTE = 1_000_000
TOML_BYTES = 1 * MEGABYTE
TEXT_BYTES = 40 * MEGABYTE
"""A .json file."""
CSV_BYTES = 250 * MEGABYTE
"""A .csv file: 70,000 images of 784 pixels take half of it."""
PIECES = 500_000
"""Lists, tables and texts in a .json file: read, each takes far more memory than it did in the file."""
VALUES = 3_000_000
"""Numbers in it, for the same reason: with all their digits no more would fit."""
BINARY_BYTES = 512 * MEGABYTE
"""An .npz or .safetensors file."""
NUMBERS = 64_000_000
"""Inputs and targets of all examples together: 512 MB as doubles, whatever they take in the file."""
PARAMETERS = 20_000_000
GENERATED_NUMBERS = 8_000_000
LAYERS = 1_000
NEURONS = 1_000_000
"""In one layer."""


@contextmanager
def opened(path: Path, limit: int) -> Iterator[tuple[BinaryIO, int]]:
    """A regular file of at most `limit` bytes and its size. Raises BadInput with the file and the reason, also where
    reading fails inside."""
    shown = printable_path(path)
    try:
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            raise BadInput(_("{file}: is a directory").format(file=shown))
        if not stat.S_ISREG(status.st_mode):  # a pipe or a device could keep us waiting for ever
            raise BadInput(_("{file}: is not a regular file").format(file=shown))
        if status.st_size > limit:
            reason = _("{file}: holds {size}, more than the {limit} that are read")
            size, most = in_megabytes(status.st_size), in_megabytes(limit)
            raise BadInput(reason.format(file=shown, size=size, limit=most))
        with open(path, "rb") as file:
            yield file, status.st_size
    except FileNotFoundError:
        raise BadInput(_("{file}: there is no such file").format(file=shown)) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise BadInput(_("{file}: cannot be read: {reason}").format(file=shown, reason=printable(reason))) from None


def read_text(path: Path, limit: int) -> str:
    """The whole of such a file as UTF-8 text (a byte order mark is skipped). Raises BadInput."""
    with opened(path, limit) as (file, size):
        content = read_told(file, size)
    if len(content) * _width(content) > 2 * limit:
        reason = _("{file}: holds more letters beyond ASCII than are read in a file of {size}")
        raise BadInput(reason.format(file=printable_path(path), size=in_megabytes(len(content))))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise not_utf8(path, io.BytesIO(content)) from None


def not_utf8(path: Path, content: BinaryIO) -> BadInput:
    """The complaint about such content, with the line where it is wrong."""
    line = 0
    for line, text in enumerate(content, start=1):  # noqa: B007 (the last one looked at)
        try:
            text.decode("utf-8")
        except UnicodeDecodeError:
            break
    return BadInput(_("{file}: line {line}: is not UTF-8 text").format(file=printable_path(path), line=line))


def _width(content: bytes) -> int:
    """Bytes that Python takes for a character of this text: one beyond the basic plane makes four of each."""
    if content.isascii():
        return 1
    return 4 if re.search(b"[\xf0-\xff]", content) else 2


def in_megabytes(size: int) -> str:
    return f"{size / MEGABYTE:,.0f} MB" if size >= 10 * MEGABYTE else f"{size / MEGABYTE:.1f} MB"
