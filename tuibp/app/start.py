"""From the command line to the running program: terminal, session, guard."""

from __future__ import annotations

import argparse
import gc
import os
from pathlib import Path
from typing import TYPE_CHECKING

from tuibp.app.guard import Guard, run
from tuibp.app.inquiry import Inquiry, inquire
from tuibp.app.keeping import Keeping
from tuibp.app.options import complete
from tuibp.app.resuming import desk_of_log, resumed
from tuibp.app.shelf import Shelf
from tuibp.app.terminal import utf8_of
from tuibp.files.config import AUTO, Config, read_config
from tuibp.files.errors import BadInput, printable
from tuibp.files.heed import told_on_stderr
from tuibp.locale import _, speak, spoken
from tuibp.locale.choice import ENGLISH

if TYPE_CHECKING:
    from tuibp.app.app import TuibpApp
    from tuibp.app.compared import Compared
    from tuibp.app.desk import Desk
    from tuibp.app.terminal import Terminal
    from tuibp.render.lines import Row

LESSON = "five-steps"
"""The first one."""
WELCOME = "mazur"
"""The network behind the picker, where nothing was asked for."""


def start(args: argparse.Namespace) -> int:
    """Run the program; returns the exit status."""
    # What is imported and built until the first picture stays: looking for garbage would be an eighth of that time.
    gc.disable()
    try:
        if not args.kiosk:
            return _run(args)
        from tuibp.app.kiosk import scratch

        with scratch(args):
            return _run(args)
    finally:
        gc.enable()


def _run(args: argparse.Namespace) -> int:
    app: TuibpApp | None = None

    def now() -> Desk:
        return desk if app is None else app.desk

    shelf = Shelf()
    guard = Guard(Keeping(shelf, now).save, lambda: now().moment())
    # Textual reads the environment when it is imported, so the terminal is asked first.
    config = Config() if args.kiosk else read_config(os.environ)
    complete(args, config)
    inquiry = _inquiry(args)
    terminal = _heard(inquiry)
    picking = not (args.target or args.resume or args.log or args.compared or args.lesson is not None)
    try:
        with told_on_stderr(printable(args.target or args.log or _("the session"))):
            desk = _desk(args, shelf)
        choose(desk, config)
        terminal = terminal or inquiry.finish()
    except BadInput:
        inquiry.restore()
        raise

    def make() -> TuibpApp:
        nonlocal app
        from tuibp.app.output.first import First

        # Textual takes as long to import as all that was done until here, and is not needed for the first picture.
        over = picking or args.lesson is not None or desk.compared is not None
        first = None if over or terminal.browser else First(first_picture(desk, terminal), terminal)
        from tuibp.app.app import TuibpApp

        app = TuibpApp(desk, terminal, shelf, picking, first)
        app.kiosk = args.kiosk
        if args.lesson is not None:
            from tuibp.app.teaching import begin

            if objection := begin(app, args.lesson or desk.marks.last or LESSON):
                raise BadInput(objection)
        return app

    guard.watch()
    status = run(make, guard)
    if status == 0:
        shelf.end()
    return status


def _inquiry(args: argparse.Namespace) -> Inquiry:
    """Ask the terminal. Where there is none, what is wrong with the file is said first: it is wrong with one, too."""
    try:
        return inquire(os.environ, args, args.target)
    except BadInput:
        if args.target and not _brought(args.target):
            from tuibp.files import load

            load(args.target)
        raise


def _heard(inquiry: Inquiry) -> Terminal | None:
    """The terminal, where the language hangs on its answer: one that shows ASCII alone is spoken to in English.

    None where that can wait: elsewhere the answer comes in while the program is imported.
    """
    if spoken() == ENGLISH or utf8_of(os.environ) is not None:
        return None
    terminal = inquiry.finish()
    if not terminal.utf8:
        speak(ENGLISH, spoken())
    return terminal


def first_picture(desk: Desk, terminal: Terminal) -> list[Row]:
    """The main screen as the program is going to show it, of rich's segments alone."""
    from tuibp.app.stage import Stage
    from tuibp.render.glyphs import ASCII, UNICODE
    from tuibp.render.palette import DARK, LIGHT, Palette

    desk.palette = Palette(terminal.colors, LIGHT if terminal.light else DARK)
    desk.glyphs = UNICODE if terminal.utf8 else ASCII
    return Stage(desk, lambda _work: None).whole(terminal.columns, terminal.rows)


def _desk(args: argparse.Namespace, shelf: Shelf) -> Desk:
    """The desk that the command line asks for."""
    from tuibp.app.desk import Desk
    from tuibp.files.once import load_once

    if args.log:
        return desk_of_log(Path(args.log))
    if args.resume:
        desk = resumed(shelf)
        shelf.adopt()
        return desk
    compared = args.compared or _brought(args.target)
    desk = Desk.of(compared.now.preset if compared else load_once(args.target or WELCOME))
    desk.compared = compared
    _remember(desk, shelf)
    if args.at:
        from tuibp.app.spot import go_to

        go_to(desk, args.at)
    if _cut_off(shelf):
        desk.resumable = True
    return desk


def _brought(target: str | None) -> Compared | None:
    """Somebody's own numbers, run or code, where the target is that. Raises BadInput."""
    if not target or not target.lower().endswith((".py", ".npz", ".json")):
        return None
    from tuibp.files.judged import brings_numbers

    if not brings_numbers(target):
        return None
    from tuibp.app.compared import open_compared
    from tuibp.files.reading import Fallback

    return open_compared(Path(target), Fallback())


def choose(desk: Desk, config: Config) -> None:
    """Give the desk the person's own keys and pace; what is wrong in their file is said on it and stops nothing."""
    objections = config.objections
    if config.keys:
        from tuibp.app.own_keys import keymap_of

        desk.keymap, told = keymap_of(config)
        objections += told
    if config["pace"] != AUTO:
        desk.own_pace = config["pace"]
    if objections:
        desk.say(objections[0], wrong=True)
    elif desk.resumable:
        desk.say(_("A session was cut off: {key} goes on with it.").format(key=desk.keymap.said("resume", "ctrl+r")))


def _remember(desk: Desk, shelf: Shelf) -> None:
    """How far the person has come in the lessons; where nothing can be kept, that is for today alone."""
    from tuibp.session.marks import FILE, Marks, read_marks

    try:
        folder = shelf.folder
    except OSError:
        return

    def learned(marks: Marks) -> None:
        from tuibp.files.atomic import write_atomically

        try:
            write_atomically(folder / FILE, marks.content(), 0o600, durable=False)
        except OSError as problem:
            reason = problem.strerror or str(problem)
            desk.say(_("How far you are could not be saved: {reason}").format(reason=reason), wrong=True)

    desk.marks, desk.learned = read_marks(folder), learned


def _cut_off(shelf: Shelf) -> bool:
    """Whether there is a session that nobody ended."""
    try:
        return shelf.newest() is not None
    except OSError:  # no folder for state: nothing to offer
        return False
