"""Paths as a person writes them, `~` for the home folder, which not everybody has."""

from __future__ import annotations

import errno
from pathlib import Path

from tuibp.locale import _


def expanded(path: str) -> Path:
    """The path with `~` or `~name` in its front replaced. Raises OSError where there is no such home folder."""
    try:
        return Path(path).expanduser()
    except RuntimeError:  # no such user; or no HOME, and nobody in the list of users, as in some containers
        raise OSError(errno.ENOENT, _("there is no home folder for {path}").format(path=Path(path).parts[0])) from None
