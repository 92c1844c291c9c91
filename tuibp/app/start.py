"""From the command line to the running program: terminal, session, guard."""

from __future__ import annotations

import argparse
import gc
import os
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from tuibp.app.inquiry import inquire
from tuibp.app.shelf import Shelf
from tuibp.files.errors import BadInput
from tuibp.locale import _

if TYPE_CHECKING:
    from tuibp.app.desk import Desk

WELCOME = "mazur"
"""The network behind the picker, where nothing was asked for."""


def start(args: argparse.Namespace) -> int:
    """Run the program; returns the exit status."""
    # What is imported and built until the first picture stays: looking for garbage would be an eighth of that time.
    gc.disable()
    try:
        return _run(args)
    finally:
        gc.enable()


def _run(args: argparse.Namespace) -> int:
    # Textual reads the environment when it is imported, so the terminal is asked first.
    inquiry = inquire(os.environ, args, args.target)
    # The network is read, and numpy with it, while Textual is imported: a third of the way to the first picture.
    reading = Thread(target=_read_ahead, args=(args.target or WELCOME,), daemon=True)
    reading.start()
    import textual.app  # noqa: F401

    reading.join()
    try:
        shelf = Shelf()
        desk = _desk(args, shelf)
        terminal = inquiry.finish()
    except BadInput:
        inquiry.restore()
        raise
    from tuibp.app import guard
    from tuibp.app.app import TuibpApp

    app = TuibpApp(desk, terminal, shelf=shelf, picking=not (args.target or args.resume or args.log))
    status = guard.run(app, lambda: app.save_session())
    if status == 0:
        shelf.end()
    return status


def _desk(args: argparse.Namespace, shelf: Shelf) -> Desk:
    """The desk that the command line asks for."""
    from tuibp.app.desk import Desk
    from tuibp.files.once import load_once

    if args.log:
        return desk_of_log(Path(args.log))
    if args.resume:
        return resumed(shelf)
    desk = Desk.of(load_once(args.target or WELCOME))
    if _cut_off(shelf):
        desk.resumable = True
        desk.say(_("A session was cut off: ctrl+r goes on with it."))
    return desk


def _read_ahead(target: str) -> None:
    """Have the network ready; what is wrong with it is told when it is asked for."""
    from tuibp.files.once import load_once

    with suppress(BadInput):
        load_once(target)


def _cut_off(shelf: Shelf) -> bool:
    """Whether there is a session that nobody ended."""
    try:
        return shelf.newest() is not None
    except OSError:  # no folder for state: nothing to offer
        return False


def desk_of_log(path: Path) -> Desk:
    """The desk of a saved session. Raises BadInput."""
    from tuibp.app.desk import Desk
    from tuibp.files.bounds import read_text
    from tuibp.session.saved import CHARACTERS, read

    saved = read(read_text(path, CHARACTERS), file=path.name)
    desk = Desk(saved.history, saved.view)
    desk.say(saved.message)
    return desk


def resumed(shelf: Shelf, ended: bool = True) -> Desk:
    """The last session (without `ended`, the last that was cut off), at the very same place; a damaged one is set
    aside. Raises BadInput where there is none."""
    path = shelf.newest(ended)
    if path is None or not shelf.claim(path):
        raise BadInput(_("there is no session to resume in {folder}").format(folder=shelf.folder))
    try:
        return desk_of_log(shelf.path)
    except BadInput as error:
        raise BadInput(
            _("{reason}; set aside as {path}").format(reason=error, path=shelf.set_aside(shelf.path))
        ) from None
