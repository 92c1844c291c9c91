"""Where sessions lie between one start and the next: a file for each process, that no other touches while it lives."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Mapping
from pathlib import Path

from tuibp.files.appending import append_to, write_all
from tuibp.files.atomic import write_atomically
from tuibp.files.home import expanded

OPEN, ENDED, DAMAGED, LOCK = ".session", ".ended", ".damaged", ".lock"
KEPT = 20
"""Ended sessions that are kept."""
DURABLE = 30.0
"""Seconds between saves that a disk has to finish: those between outlive this program, not a power cut."""


def state_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder for what outlives a run, as the XDG base directories have it; for its owner alone.

    A link is somebody's own decision, and where it leads keeps its permissions. Raises OSError where there is no such
    folder and none can be made.
    """
    base = environ.get("XDG_STATE_HOME", "")
    root = Path(base) if os.path.isabs(base) else expanded("~/.local/state")
    folder = root / "tuibp"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not folder.is_symlink() and folder.stat().st_mode & 0o077:
        folder.chmod(0o700)
    return folder


class Shelf:
    """The sessions in the state folder, one of which is this process's own."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._name = f"{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}"
        self._lock: int | None = None
        self._durable_at = -DURABLE
        self._written: tuple[int, int] | None = None
        """Of what this process wrote last: which file it is, and how long."""
        self._claimed: tuple[Path, int] | None = None

    @property
    def folder(self) -> Path:
        """Made when first asked for. Raises OSError where that is not allowed."""
        if self._folder is None:
            self._folder = state_folder()
        return self._folder

    @property
    def path(self) -> Path:
        """This process's own session."""
        return self.folder / (self._name + OPEN)

    def write(self, content: bytes, last: bool = False) -> Path:
        """Save this process's session, whole or not at all; the disk has finished the `last`. Raises OSError."""
        if self._lock is None:
            self._lock = _locked(self.path)
        durable = last or time.monotonic() - self._durable_at >= DURABLE
        self._written = None
        write_atomically(self.path, content, 0o600, durable)
        if durable:
            self._durable_at = time.monotonic()
        self._written = os.stat(self.path, follow_symlinks=False).st_ino, len(content)
        return self.path

    def append(self, content: bytes, last: bool = False) -> bool:
        """Write on at the end of what was written last, as a whole or, where the disk is full, not at all.

        False where that is not there as it was. Raises OSError.
        """
        if self._written is None or not self.path.exists():
            return False
        number, length = self._written
        with append_to(self.path, number, length) as handle:
            if handle is None:
                return False
            write_all(handle, content, length)
            self._written = number, length + len(content)
            if last or time.monotonic() - self._durable_at >= DURABLE:
                os.fsync(handle)
                self._durable_at = time.monotonic()
        return True

    def resumable(self, ended: bool = False) -> list[Path]:
        """Sessions that were cut off, newest first; with `ended`, also those that were quit. None that is in use."""
        endings = (OPEN, ENDED) if ended else (OPEN,)
        return [path for path in self._by_age(endings) if path != self.path and not _in_use(path)]

    def newest(self, ended: bool = False) -> Path | None:
        """The session to go on with, None where there is none."""
        return next(iter(self.resumable(ended)), None)

    def claim(self, path: Path) -> bool:
        """Keep a session from others while it is read; False where another was faster. `adopt` it then or `release`."""
        lock = _locked(path)
        if lock is None:
            return False
        if not path.exists():
            os.close(lock)
            return False
        self._claimed = path, lock
        return True

    def adopt(self) -> None:
        """Make the session that was claimed this process's own, to be written back to the same file."""
        if self._claimed is None:
            return
        path, lock = self._claimed
        self._claimed = None
        self.end()  # what this process had open until now was not cut off
        self._lock, self._name = lock, path.stem
        with contextlib.suppress(OSError):
            path.replace(self.path)

    def set_aside(self, path: Path) -> Path:
        """Put a session that cannot be read out of the way, where it is never offered and never lost."""
        aside = path.with_suffix(DAMAGED)
        count = 1
        while aside.exists():
            count += 1
            aside = path.with_suffix(f".{count}{DAMAGED}")
        path.replace(aside)
        self.forgo()
        return aside

    def forgo(self) -> None:
        """Leave the session that was claimed to others."""
        if self._claimed is not None:
            _let_go(*self._claimed)
            self._claimed = None

    def end(self) -> None:
        """The person has quit: keep the session, but do not offer it by itself."""
        with contextlib.suppress(OSError):
            self.path.replace(self.path.with_suffix(ENDED))
            for old in self._by_age((ENDED,))[KEPT:]:
                old.unlink()
        self.release()

    def release(self) -> None:
        """Let another process go on with this session."""
        self._written = None
        if self._lock is not None:
            _let_go(self.path, self._lock)
            self._lock = None

    def _by_age(self, endings: tuple[str, ...]) -> list[Path]:
        found = []
        with contextlib.suppress(OSError):
            for entry in os.scandir(self.folder):
                if entry.name.endswith(endings) and entry.is_file(follow_symlinks=False):
                    found.append((entry.stat().st_mtime_ns, entry.name, Path(entry.path)))
        return [path for *_, path in sorted(found, reverse=True)]


def _locked(path: Path) -> int | None:
    """A lock on a session, which the system lets go of when this process ends, however it ends."""
    try:
        handle = os.open(path.with_suffix(LOCK), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


def _let_go(path: Path, lock: int) -> None:
    with contextlib.suppress(OSError):
        path.with_suffix(LOCK).unlink()
    os.close(lock)


def _in_use(path: Path) -> bool:
    try:
        handle = os.open(path.with_suffix(LOCK), os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False
