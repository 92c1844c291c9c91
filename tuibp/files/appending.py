"""Writing on at the end of a file that is our own."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def append_to(path: Path, number: int, length: int) -> Iterator[int | None]:
    """A descriptor at the end of the regular file with this inode number and length; None where it is another by now.

    Raises OSError, also where the path is a link.
    """
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        status = os.fstat(handle)
        same = stat.S_ISREG(status.st_mode) and (status.st_ino, status.st_size) == (number, length)
        yield handle if same else None
    finally:
        os.close(handle)


def write_all(handle: int, content: bytes, length: int) -> None:
    """Write it all at the end of a file of that length, or leave the file as it was. Raises OSError."""
    rest = memoryview(content)
    try:
        while rest:
            rest = rest[os.write(handle, rest) :]
    except BaseException:
        with suppress(OSError):
            os.ftruncate(handle, length)
        raise
