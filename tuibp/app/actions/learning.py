"""Keys of lessons and questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibp.app import teaching
from tuibp.app.actions import nudging
from tuibp.core.index import shown
from tuibp.files.folder import lesson_names
from tuibp.locale import _

if TYPE_CHECKING:
    from tuibp.app.desk import Desk
    from tuibp.app.program import Program

CHOICES = ("ask", "batch", "plot")
"""Names of the keys a, b and c, which answer as long as a question with choices is open."""


def lessons(app: Program) -> None:
    app.desk.pause()
    app.open("lessons")


def leave_or_return(app: Program) -> None:
    """Leave the lesson, keeping its page; or go on with the last one."""
    desk = app.desk
    lesson = desk.lesson
    if lesson is None:
        teaching.begin(app, desk.marks.last or lesson_names()[0])
    elif lesson.hidden:
        lesson.hidden = False
    else:
        teaching.keep(desk)
        desk.lesson = None
        desk.say(_("The lesson is left at page {page}. L goes on with it.").format(page=shown(lesson.mark.page)))


def why_not_turn(desk: Desk) -> str:
    return "" if desk.lesson is not None else _("No lesson is open: l lists them.")


def page_back(app: Program) -> None:
    teaching.turn(app, -1)


def ask_first(app: Program) -> None:
    teaching.quiz(app.desk)


def why_not_ask(desk: Desk) -> str:
    return "" if desk.lesson is None else _("The lesson asks its own questions. L leaves it.")


def choose(app: Program, name: str) -> bool:
    """Whether a key of the table answers the open question, which it then has done."""
    asking = teaching.asking(app.desk)
    asked = None if asking is None else asking.open
    if asked is None or name not in CHOICES or CHOICES.index(name) >= len(asked.choices):
        return False
    teaching.answer(app.desk, CHOICES.index(name))
    return True


def wants_enter(desk: Desk) -> bool:
    """Whether enter is the lesson's: with a nudge in hand it is not."""
    if desk.state.nudge is not None:
        return False
    if desk.lesson is not None:
        return True
    asking = teaching.asking(desk)
    return asking is not None and asking.open is not None and not asking.open.choices


def keep_or_go_on(app: Program) -> None:
    """Keep the nudge in hand; in a lesson, with nothing in hand, go on."""
    if wants_enter(app.desk):
        enter(app)
    else:
        nudging.keep(app)


def why_not_enter(desk: Desk) -> str:
    return "" if wants_enter(desk) else nudging.why_not_nudged(desk)


def footer_place(desk: Desk) -> str:
    """Which keys matter while somebody learns; empty where nobody does."""
    asking = teaching.asking(desk)
    if asking is not None and asking.open is not None and asking.open.choices:
        return "asked"
    return "lesson" if desk.lesson is not None else ""


def enter(app: Program) -> None:
    """Answer with the cursor or a number, or go on to the next page; what is not done is told first."""
    desk = app.desk
    asking = teaching.asking(desk)
    asked = None if asking is None else asking.open
    lesson = desk.lesson
    if lesson is not None and lesson.hidden:
        lesson.hidden = False
    elif asked is None:
        _go_on(app)
    elif asked.kind == "neuron":
        _by_cursor(desk, asked.layer)
    elif asked.kind == "number":
        _by_number(app)
    elif lesson is not None and lesson.warned:
        lesson.warned = False
        assert asking is not None
        asking.show()
    elif lesson is not None:
        lesson.warned = True
        desk.say(_("a, b or c answers. enter once more shows what is right."))


def _go_on(app: Program) -> None:
    desk = app.desk
    lesson = desk.lesson
    assert lesson is not None
    if not lesson.is_done and not lesson.warned:
        lesson.warned = True
        desk.say(_("Do first what the page asks for. enter once more goes on without it."))
    else:
        teaching.turn(app, +1)


def _by_cursor(desk: Desk, layer: int | None) -> None:
    from tuibp.session.view import cursor_of

    cursor = cursor_of(desk.state, desk.view)
    if layer is None or cursor.layer != layer:
        desk.say(_("First move the cursor to a neuron of layer {layer}.").format(layer=shown(layer or 0)))
    else:
        teaching.answer(desk, cursor.j)


def _by_number(app: Program) -> None:
    def accept(text: str) -> str:
        number = nudging.number_typed(text)
        if number is None:
            return _("That is not a number.")
        teaching.answer(app.desk, number)
        return ""

    app.ask(_("Your number, to two digits"), "", accept)
