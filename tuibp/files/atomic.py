"""Files that are there as a whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
import time
from pathlib import Path

from tuibp.files.errors import BadInput, printable, printable_path
from tuibp.files.folder import preset_folder
from tuibp.locale import _

PART = ".tuibp-part"
"""Ending of a file that is being written."""
LEFT = 60.0
"""Seconds after which such a file was left by a program that was killed."""


def write_atomically(path: Path, content: bytes, mode: int | None = None, durable: bool = True) -> None:
    """Put `content` in place of `path` in one move; what was there stays until then.

    `mode` are the new file's permissions; without it those of the file replaced, or what the umask leaves. What is
    `durable` outlives a power cut. Raises OSError, also where the path is a link (it might lead anywhere) or a file
    that is shipped.
    """
    refuse_place(path)
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", suffix=PART, dir=path.parent)
    try:
        with open(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), _mode(path) if mode is None else mode)
            if durable:
                os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    if durable:
        _sync_folder(path.parent)
    _clear(path.parent)


def write_told(path: Path, content: bytes) -> None:
    """The same for a file that somebody asked for. Raises BadInput where it cannot be."""
    try:
        write_atomically(path, content)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise BadInput(
            _("{file}: cannot be written: {reason}").format(file=printable_path(path), reason=printable(reason))
        ) from None


def refuse_place(path: Path) -> None:
    """Raises OSError where nothing may be written, whatever is asked for."""
    if os.path.islink(path):
        raise OSError(errno.ELOOP, _("is a link, and links are not written through"))
    if os.path.realpath(path.parent) == os.path.realpath(preset_folder()):
        raise OSError(errno.EPERM, _("the folder of the presets that come with tuibp stays as it is"))


def _mode(path: Path) -> int:
    with contextlib.suppress(OSError):
        return os.stat(path).st_mode & 0o777
    return 0o666 & ~umask()


def umask() -> int:
    """What new files and folders are not allowed; a process can only ask by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    """The move itself outlives a power cut, where the file system can promise that."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _clear(folder: Path) -> None:
    """Remove what was left half written by a program of ours that was killed."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(".") and entry.name.endswith(PART):
                status = entry.stat(follow_symlinks=False)
                old = time.time() - status.st_mtime > LEFT
                if old and stat.S_ISREG(status.st_mode) and status.st_uid == os.getuid():
                    os.unlink(entry.path)
