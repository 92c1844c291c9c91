"""Saving from the program: the file name's ending says what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tuibp.files.atomic import refuse_place
from tuibp.files.errors import BadInput, printable
from tuibp.files.home import expanded
from tuibp.locale import _

if TYPE_CHECKING:
    from tuibp.app.program import Program


@dataclass(frozen=True)
class Shot:
    """A screen as it was seen."""

    svg: str
    text: str


@dataclass(frozen=True)
class Csv:
    """What is saved where a name ends in .csv."""

    what: str
    """As it is said."""
    text: Callable[[], str]


ENDINGS = {
    ".svg": _("the picture of this screen"),
    ".txt": _("the screen as text"),
    ".json": _("the network"),
    ".npz": _("the network"),
    ".safetensors": _("the network"),
    ".py": _("the network as a PyTorch script"),
    ".csv": _("the notebook"),
    ".tuibp": _("the session, to go on with or to send"),
}


def saver(app: Program, table: Csv | None = None) -> Callable[[str], str]:
    """What a prompt for a file's name calls: it answers with an objection, or saves, says so and answers with nothing.

    A file that exists is overwritten only where the same name is entered twice. `table` stands for the notebook.
    """
    screen = Shot(app.picture(), app.text())  # as it is now: the question is no part of it
    asked_about: Path | None = None

    def accept(name: str) -> str:
        nonlocal asked_about
        try:
            path = expanded(name)
            if not app.kiosk and path.suffix in ENDINGS and path.exists() and path != asked_about:
                refuse_place(path)
                asked_about = path
                return _("{name} exists: enter again overwrites it.").format(name=printable(name))
        except OSError as error:
            return _("{name}: {reason}").format(name=printable(name), reason=printable(error.strerror or error))
        problem, done = save_as(app, path, screen, table)
        app.desk.say(done)
        return problem

    return accept


def save_as(app: Program, path: Path, screen: Shot, table: Csv | None = None) -> tuple[str, str]:
    """Save what the ending asks for, `screen` where it is a picture: (objection, what was done), one of them empty."""
    if app.kiosk:
        return _("Nothing is saved here: files are not within reach."), ""
    name = str(path)
    if path.suffix not in ENDINGS:
        return _("The ending says what to save: choose one of those above."), ""
    try:
        _write(app, path, screen, table)
    except (OSError, BadInput) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return _("{name}: {reason}").format(name=printable(name), reason=printable(reason)), ""
    what = table.what if table is not None and path.suffix == ".csv" else ENDINGS[path.suffix]
    return "", _("Saved {what} as {name}.").format(what=what, name=printable(name))


def _write(app: Program, path: Path, screen: Shot, table: Csv | None) -> None:
    from tuibp.files.atomic import write_atomically

    desk = app.desk
    if path.suffix == ".svg":
        write_atomically(path, screen.svg.encode())
    elif path.suffix == ".txt":
        write_atomically(path, screen.text.encode())
    elif path.suffix == ".csv" and table is not None:
        write_atomically(path, table.text().encode())
    elif path.suffix == ".csv":
        from tuibp.session.experiments import as_csv

        write_atomically(path, as_csv(desk.history.experiments()).encode())
    elif path.suffix == ".tuibp":
        from tuibp.session.saved import write

        write_atomically(path, write(desk.history, desk.view, looks=desk.looks).encode())
    else:
        from tuibp.files import save

        state = desk.state
        as_trained = replace(state.preset, network=state.network, training=state.settings)
        save(path, as_trained if path.suffix == ".py" else state.network)
