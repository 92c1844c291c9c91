"""A session for somebody who may use the program and nothing else of this machine."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

from tuibp.files import preset_names
from tuibp.files.errors import BadInput, printable
from tuibp.locale import _


def refuse_file(target: str) -> str:
    """Why this cannot be opened here; empty for a network that comes with tuibp."""
    if target in preset_names():
        return ""
    return _("{name} is not opened: here only the networks that come with tuibp are").format(name=printable(target))


@contextmanager
def scratch(args: argparse.Namespace) -> Iterator[None]:
    """A folder of the session's own for all that it leaves, gone with it. Raises BadInput where files are asked for."""
    if args.log or args.resume:
        raise BadInput(_("--kiosk opens no saved session"))
    if args.target and (objection := refuse_file(args.target)):
        raise BadInput(objection)
    with TemporaryDirectory(prefix="tuibp-") as folder:
        os.environ["XDG_STATE_HOME"] = os.environ["HOME"] = folder
        os.chdir(folder)
        yield
        os.chdir("/")
