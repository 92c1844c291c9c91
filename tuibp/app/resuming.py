"""A saved session on a desk again, at the very same place."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from tuibp.app.shelf import Shelf
from tuibp.files.errors import BadInput, printable
from tuibp.locale import _

if TYPE_CHECKING:
    from tuibp.app.desk import Desk

SMALL = 4_000_000
"""Bytes up to which a saved session may begin as its writer likes; a larger one is known by its beginning."""
BEGINNING = re.compile(rb'(\xef\xbb\xbf)?\s{0,50}\{\s{0,50}"tuibp"\s{0,9}:\s{0,9}"session"')


def _folder(shelf: Shelf) -> Path:
    """Raises BadInput where there is none."""
    try:
        return shelf.folder
    except OSError as error:
        reason = printable(error.strerror or error)
        raise BadInput(_("there is no folder for sessions: {reason}").format(reason=reason)) from None


def desk_of_log(path: Path) -> Desk:
    """The desk of a saved session. Raises BadInput."""
    from tuibp.app.desk import Desk
    from tuibp.files.bounds import opened, read_text
    from tuibp.session.saved import read
    from tuibp.session.saved_presets import CHARACTERS

    with opened(path, CHARACTERS) as (file, size):
        # Before the memory is taken that a large one needs.
        if size > SMALL and not BEGINNING.match(file.read(200)):
            raise BadInput(_("{file}: is not a saved session").format(file=printable(path.name)))
    saved = read(read_text(path, CHARACTERS), file=path.name)
    desk = Desk(saved.history, saved.view)
    desk.looks = saved.looks
    desk.say(saved.message)
    return desk


def resumed(shelf: Shelf, ended: bool = True) -> Desk:
    """The last session (without `ended`, the last that was cut off), at the very same place, claimed; a damaged one is
    set aside. Raises BadInput where there is none, and whatever ends the reading, with the session as it was."""
    path = shelf.newest(ended)
    if path is None or not shelf.claim(path):
        raise BadInput(_("there is no session to resume in {folder}").format(folder=_folder(shelf)))
    try:
        return desk_of_log(path)
    except BadInput as error:
        raise BadInput(_("{reason}; set aside as {path}").format(reason=error, path=shelf.set_aside(path))) from None
    except BaseException:
        shelf.forgo()
        raise
