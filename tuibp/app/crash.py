"""What is left of a crash: one line for the person, the details in a file."""

from __future__ import annotations

import os
import platform
import time
import traceback
from pathlib import Path

from tuibp import __version__
from tuibp.app.shelf import state_folder
from tuibp.files.atomic import write_atomically
from tuibp.files.errors import printable
from tuibp.locale import _


def report(error: BaseException) -> str:
    """Write the details down; returns the line to print. The values of variables are left out: they may be private."""
    text = _("crashed ({kind}: {reason})").format(kind=type(error).__name__, reason=printable(error))
    try:
        return _("{crashed}; the details are in {path}").format(crashed=text, path=_written(error))
    except OSError as refused:
        return _("{crashed}; the details could not be written: {reason}").format(
            crashed=text, reason=refused.strerror or refused
        )


def _written(error: BaseException) -> Path:
    path = state_folder() / f"crash-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.txt"
    where = f"{platform.platform()}, TERM={os.environ.get('TERM')!r}"
    head = f"tuibp {__version__}, Python {platform.python_version()}, {where}"
    write_atomically(path, f"{head}\n\n{''.join(traceback.format_exception(error))}".encode("utf-8", "replace"), 0o600)
    return path
