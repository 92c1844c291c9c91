"""What is told beside the network where somebody learns: a page of a lesson, or the question before a step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tuibp.core.index import shown
from tuibp.locale import _

if TYPE_CHECKING:
    from tuibp.session.asking import Asking
    from tuibp.session.quiz import Quiz
    from tuibp.session.sitting import Sitting


@dataclass(frozen=True, eq=False)
class Told:
    """What a panel says of it; text of a lesson has keys in `backquotes`."""

    title: str
    note: str
    text: str
    asking: Asking | None
    after: str
    """Set once the page is done."""
    is_done: bool
    right: int
    asked: int
    leave: str
    """The key that ends it, and what it does."""


def told_by_lesson(sitting: Sitting) -> Told:
    lesson, page, mark = sitting.lesson, sitting.page, sitting.mark
    note = _("{page} of {pages}").format(page=shown(mark.page), pages=len(lesson.pages))
    after = page.after.spoken if page.after is not None and sitting.is_done else ""
    return Told(
        lesson.title.spoken, note, page.text.spoken, sitting.asking, after, sitting.is_done, mark.right, mark.asked,
        _("`L` leave"),
    )  # fmt: skip


def told_by_quiz(quiz: Quiz) -> Told:
    text = "" if quiz.asking is not None else _("There is nothing to predict here. `space` goes on.")
    return Told(_("Ask me first"), "", text, quiz.asking, "", False, quiz.right, quiz.asked, _("`a` off"))
