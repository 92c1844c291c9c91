"""How much of a file is believed: sizes are checked before memory is taken."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from tuibp.files.errors import BadInput, printable, printable_path
from tuibp.locale import _

MEGABYTE = 1_000_000
TOML_BYTES = 1 * MEGABYTE
TEXT_BYTES = 40 * MEGABYTE
"""A .json or .csv file."""
PIECES = 1_000_000
"""Lists, tables and texts in a .json file: read, each takes far more memory than it did in the file."""
CELLS = 5_000_000
"""Of a .csv file, for the same reason."""
BINARY_BYTES = 512 * MEGABYTE
"""An .npz or .safetensors file, and what it unpacks to."""
PARAMETERS = 20_000_000
GENERATED_NUMBERS = 8_000_000
LAYERS = 1_000
NEURONS = 1_000_000
"""In one layer."""


def read_bytes(path: Path, limit: int) -> bytes:
    """The whole of a regular file of at most `limit` bytes. Raises BadInput with the file and the reason."""
    shown = printable_path(path)
    try:
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            raise BadInput(_("{file}: is a directory").format(file=shown))
        if not stat.S_ISREG(status.st_mode):  # a pipe or a device could keep us waiting for ever
            raise BadInput(_("{file}: is not a regular file").format(file=shown))
        with open(path, "rb") as file:
            content = file.read(status.st_size) if status.st_size <= limit else b""
    except FileNotFoundError:
        raise BadInput(_("{file}: there is no such file").format(file=shown)) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise BadInput(_("{file}: cannot be read: {reason}").format(file=shown, reason=printable(reason))) from None
    if status.st_size > limit:
        raise BadInput(
            _("{file}: holds {size}, more than the {limit} that are read").format(
                file=shown, size=in_megabytes(status.st_size), limit=in_megabytes(limit)
            )
        )
    return content


def read_text(path: Path, limit: int) -> str:
    """The same as UTF-8 text (a byte order mark is skipped)."""
    content = read_bytes(path, limit)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadInput(
            _("{file}: line {line}: is not UTF-8 text").format(file=printable_path(path), line=line)
        ) from None


def in_megabytes(size: int) -> str:
    return f"{size / MEGABYTE:,.0f} MB" if size >= 10 * MEGABYTE else f"{size / MEGABYTE:.1f} MB"
