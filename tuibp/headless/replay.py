"""A saved session as a page to go through: to hand in, or to put beside a course."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tuibp.core.index import shown
from tuibp.files.errors import BadInput, printable
from tuibp.headless.output import print_json, say
from tuibp.locale import _, ngettext

if TYPE_CHECKING:
    from rich.segment import Segment

    from tuibp.app.desk import Desk
    from tuibp.headless.replayed import Shot
    from tuibp.render.html import Reel
    from tuibp.session.commands import Command
    from tuibp.session.history import History

SUMMARY = _("The screens of a saved session as one HTML file, with a slider and the arrow keys.")
EXAMPLE = "tuibp replay mine.tuibp --html mine.html"
MOST = 1_000
"""Screens of a page; of a longer session as many moments, evenly, the first and the last among them."""
CELLS = 4_000_000
"""Cells of all screens together."""
PATIENCE = 600.0
"""Seconds that making the session's updates again may take."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("log", metavar="LOG.tuibp", help=_("a session that was saved with w"))
    parser.add_argument("--html", metavar="FILE", required=True, help=_("the page to write"))
    parser.add_argument("--size", default="80x24", metavar="WxH")
    parser.add_argument("--theme", choices=("dark", "light"), default="dark")
    parser.add_argument("--json", action="store_true", help=_("say as JSON what was written"))


def run(args: argparse.Namespace) -> int:
    from tuibp.app.arrangement import LEAST
    from tuibp.app.resuming import desk_of_log
    from tuibp.files.atomic import write_told
    from tuibp.headless.play import parse_size
    from tuibp.headless.replayed import shots_of

    size = parse_size(args.size)
    if size[0] < LEAST[0] or size[1] < LEAST[1]:
        reason = _("--size: a screen needs {columns}x{rows} at least, not {size}")
        raise BadInput(reason.format(columns=LEAST[0], rows=LEAST[1], size=args.size))
    path = Path(args.log)
    desk = desk_of_log(path)
    _bear(desk.history)
    shots = shots_of(desk.history, desk.view, desk.looks.standing(desk.history.log))
    reel = _reel(desk, _thinned(shots, size), size, args.theme == "light")
    title = _("tuibp · {name}").format(name=printable(path.stem))
    labels = {
        "keys": _("Arrow keys or the slider: one screen on or back. Page up and down: ten. Home, End."),
        "slider": _("Which screen of the session is shown"),
    }
    page = reel.page(title, labels).encode()
    write_told(Path(args.html), page)
    told = {"file": args.html, "screens": len(reel), "moments": len(shots), "bytes": len(page)}
    if args.json:
        print_json(told)
    else:
        screens = ngettext("{n} screen", "{n} screens", len(reel)).format(n=len(reel))
        say(screens + "  " + _("{n:,} bytes").format(n=len(page)))
    return 0


def _bear(history: History) -> None:
    """Raises BadInput where making the session again takes too long."""
    log = history.log
    seconds = sum(entry.costs.count * log.seconds_an_update(i) for i, entry in enumerate(log.entries))
    if seconds > PATIENCE:
        raise BadInput(
            _("making this session's updates again takes about {n} minutes: too long for a page").format(
                n=round(seconds / 60)
            )
        )


def _thinned(shots: list[Shot], size: tuple[int, int]) -> list[Shot]:
    """As many as a page may have, evenly, the first and the last among them."""
    count = len(shots)
    most = max(min(MOST, CELLS // (size[0] * size[1])), 2)
    return [shots[i * (count - 1) // max(min(count, most) - 1, 1)] for i in range(min(count, most))]


def _reel(desk: Desk, shots: list[Shot], size: tuple[int, int], light: bool) -> Reel:
    """The screens, as they were seen."""
    from tuibp.headless.replayed import Projector
    from tuibp.render import plot
    from tuibp.render.html import Reel
    from tuibp.render.palette import DARK, LIGHT, Palette

    plot.load()
    desk.palette = Palette("truecolor", LIGHT if light else DARK)
    reel, first = Reel(desk.palette), shots[0].count

    def add(rows: Sequence[Iterable[Segment]], shot: Shot) -> None:
        begins = shot.count == first and shot is shots[0]
        reel.add(rows, caption(shot.command) if begins or shot.command is not None else looked(shot))

    Projector(desk, size, light).show(shots, add)
    return reel


def looked(shot: Shot) -> str:
    """What is looked at, in a few words."""
    titles = {
        "paths": _("The paths."), "proof": _("The proof."), "matrices": _("The matrix form."),
        "batch": _("The mini-batch."), "function": _("The activation function."),
    }  # fmt: skip
    if "bracket" in shot.pressed:
        return _("From paths to backpropagation.")
    return (
        titles[shot.pressed[0]] if shot.pressed and "leave" not in shot.pressed else _("Something else is looked at.")
    )


def caption(command: Command | None) -> str:
    """What was done, in a few words."""
    if command is None:
        return _("The session begins.")
    return " ".join(_words(command))


def _words(command: Command) -> Iterator[str]:
    from tuibp.session import commands as made

    match command:
        case made.Step():
            yield _("A step on.")
        case made.GoTo():
            yield _("To another step.")
        case made.Update():
            yield _("One update against the gradient.")
        case made.Train(updates):
            yield ngettext("Trained: {n} update.", "Trained: {n} updates.", updates).format(n=f"{updates:,}")
        case made.Visit():
            yield _("To the network as it was at another moment.")
        case made.ChooseExample(row):
            yield _("Example {n}.").format(n=shown(row))
        case made.SetSetting(name, value):
            yield _("Setting {name} = {value}.").format(name=name, value=value)
        case made.SetNudge():
            yield _("A nudge in hand.")
        case made.Keep():
            yield _("The nudge is kept.")
        case made.PutBack():
            yield _("The nudge is put back.")
        case made.Open(target):
            yield _("Another network: {name}.").format(name=printable(target))
        case _:
            yield _("Back to an untrained start.")
