"""A lesson on the desk: brought to a page, answered, gone on with, and kept from day to day.

Every key asks here whether somebody learns; what lessons and questions are made of is imported once somebody does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibp.files.errors import BadInput
from tuibp.files.folder import lesson_names
from tuibp.files.once import load_once
from tuibp.locale import _
from tuibp.session.fields import fields_of
from tuibp.session.state import State
from tuibp.session.view import Cursor, View

if TYPE_CHECKING:
    from tuibp.app.desk import Desk
    from tuibp.app.program import Program
    from tuibp.files.lesson import Lesson, Page
    from tuibp.session.asking import Asking
    from tuibp.session.sitting import Sitting

Start = tuple[State, View]
_starts: dict[Page, Start] = {}


def lesson_named(app: Program, name: str) -> Lesson:
    """A shipped lesson, or that of a file. Raises BadInput."""
    from tuibp.files.lesson_file import load_lesson

    return load_lesson(name, app.bench.known)


def begin(app: Program, name: str) -> str:
    """Open a lesson where it was left; returns why not, as `Desk.do`."""
    from tuibp.session.sitting import Sitting

    desk = app.desk

    def work() -> None:
        lesson = lesson_named(app, name)
        mark = desk.marks.of(lesson.source)
        page = lesson.pages[min(mark.page, len(lesson.pages) - 1)]
        bring(app, page)
        desk.lesson, desk.quiz = Sitting(lesson, mark, desk.state), None
        keep(desk)

    desk.pause()
    return desk.attempt(work)


def keep(desk: Desk) -> None:
    """Remember how far one is in the lesson."""
    if desk.lesson is not None:
        desk.marks = desk.marks.with_mark(desk.lesson.lesson.source, desk.lesson.mark)
        desk.learned(desk.marks)


def bring(app: Program, page: Page) -> None:
    """Bring the program to where a page begins; the session stays as it is where it stands there already."""
    desk = app.desk
    state, view = _start(app, page)
    if not _is_there(desk.state, state):
        if objection := desk.open(page.preset):
            raise BadInput(objection)
        _arrange(app, desk, page)
    desk.look(
        cursor=view.cursor, lens=view.lens, panel=view.panel, code=view.code, step_size=view.step_size,
        nudge_step=view.nudge_step, then="stay",
    )  # fmt: skip
    desk.before = None
    desk.say("")


def _start(app: Program, page: Page) -> Start:
    """Where a page begins, found out once, on a desk of its own."""
    from tuibp.app.desk import Desk

    if page not in _starts:
        desk = Desk.of(load_once(page.preset))
        _arrange(app, desk, page)
        _starts[page] = desk.state, desk.view
    return _starts[page]


def _arrange(app: Program, desk: Desk, page: Page) -> None:
    desk.look(then="stay")
    app.bench.press(desk, page.keys)
    spot = page.spot
    if spot is not None:
        panel = "network" if spot.weight is None and not spot.bias else "matrix"
        desk.look(cursor=Cursor(spot.layer, spot.neuron, spot.weight, spot.bias), panel=panel)


def _is_there(now: State, start: State) -> bool:
    """Whether somebody who went on by themselves stands where the page begins."""
    return (
        now.preset.source == start.preset.source
        and now.example == start.example
        and now.own == start.own
        and now.place == start.place
        and now.nudge == start.nudge
        and now.update == start.update
        and now.settings == start.settings
        and (now.network.parameters == start.network.parameters).all()
    )


def see(desk: Desk) -> None:
    """Look whether the page is done, or the question told, after anything that may have changed the state."""
    if desk.lesson is not None:
        desk.lesson.see(desk.state, fields(desk))
    elif desk.quiz is not None and not desk.training:
        desk.quiz.see(desk.state)


def fields(desk: Desk) -> dict[str, object]:
    return {**fields_of(desk.state, desk.view), "screen": desk.screen, "training": desk.training}


def asking(desk: Desk) -> Asking | None:
    """The questions that are seen now."""
    lesson = desk.lesson
    if lesson is not None:
        return None if lesson.hidden else lesson.asking
    return None if desk.quiz is None else desk.quiz.asking


def answer(desk: Desk, given: float) -> None:
    if desk.lesson is not None:
        desk.lesson.answer(given)
        keep(desk)
    elif desk.quiz is not None:
        desk.quiz.answer(given)


def turn(app: Program, by: int) -> None:
    """To the page after or before."""
    desk = app.desk
    lesson = desk.lesson
    assert lesson is not None
    desk.pause()
    to = lesson.mark.page + by
    if to < 0:
        desk.say(_("This is the first page."))
    elif to >= len(lesson.lesson.pages):
        _finish(app, lesson)
    else:
        bring(app, lesson.lesson.pages[to])
        lesson.turn(to, desk.state)
        lesson.hidden = False
        keep(desk)


def _finish(app: Program, lesson: Sitting) -> None:
    desk = app.desk
    lesson.finish()
    keep(desk)
    desk.lesson = None
    names = lesson_names()
    at = names.index(lesson.lesson.name) + 1 if lesson.lesson.source in names else len(names)
    told = _("That was “{title}”. l lists the lessons.")
    if at < len(names):
        told = _("That was “{title}”. L begins the next one: “{following}”.")
        desk.marks = desk.marks.with_mark(names[at], desk.marks.of(names[at]))
        desk.learned(desk.marks)
        desk.say(told.format(title=lesson.lesson.title.spoken, following=lesson_named(app, names[at]).title.spoken))
        return
    desk.say(told.format(title=lesson.lesson.title.spoken))


def quiz(desk: Desk) -> None:
    """Turn `ask me first` on or off."""
    from tuibp.session.quiz import Quiz

    if desk.quiz is None:
        desk.pause()
        desk.quiz = Quiz(desk.state)
        desk.say(_("Before each step you are asked what will come. space shows it, a ends it."))
        return
    told = _("No more questions. {right} of {asked} were right.")
    desk.say(told.format(right=desk.quiz.right, asked=desk.quiz.asked))
    desk.quiz = None
