"""The gallery: every wrong form made on the open network, the right one first; and which of them made these numbers?"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from tuibp.app.arrangement import beside
from tuibp.app.key_row import KeyRow
from tuibp.app.lanes import Lanes
from tuibp.app.panel_keys import in_list, leaving, one_of_four, table
from tuibp.app.screens.picture import PictureScreen
from tuibp.core.mistakes.gallery import Exhibit, exhibit, first_difference, task_of, trained
from tuibp.core.mistakes.run import Run
from tuibp.core.mistakes.table import MISTAKES
from tuibp.locale import _
from tuibp.render import plot
from tuibp.render.frame import framed, inside
from tuibp.render.gallery_page import Question, curves_panel, exhibit_panel, gallery_line, list_panel
from tuibp.render.scene import Scene
from tuibp.render.title import title_line

if TYPE_CHECKING:
    from tuibp.app.desk import Desk

LIST = 30
"""Columns of the list, its frame counted."""
CHOICES = 4


class Gallery(PictureScreen):
    """What is chosen is made in the background; a moment's delay, so that holding a key makes nothing on the way."""

    WHEEL = ("choose(-1)", "choose(1)")
    BINDINGS = [
        *in_list(_("choose"), _("Another mistake"), 10, (_("Ten up"), _("Ten down"))),
        table("ask", "ask", _("ask me"), _("Which mistake is it?")),
        *one_of_four("answer", _("answer"), _("Answer the question")),
        *leaving(_("close"), _("Back to the steps"), "gallery"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        state = desk.state
        self._data, self._training = state.preset.data, replace(state.settings, optimiser="sgd")
        self._mini_batch = task_of(state.network, self._data, self._training)
        self._chosen = 0
        self._seen: dict[int, Exhibit] = {}
        self._question: Question | None = None
        self._asked, self._known = 0, 0
        self._random = random.Random(state.settings.seed)
        self._work = Lanes(_("The gallery"), self.tick, desk.background)

    def on_mount(self) -> None:
        plot.load()
        self._make()

    def on_unmount(self) -> None:
        self._work.stop()

    def _make(self) -> None:
        """Make the chosen one, unless it was made to its end before."""
        found = self._seen.get(self._chosen)
        if found is None or not found.over:
            self._work.drain(self._story(self._chosen), lambda _shown: None)

    def _story(self, at: int) -> Iterator[Exhibit]:
        shown = exhibit(self._mini_batch, MISTAKES[at - 1] if at else None)
        self._seen[at] = shown
        yield shown
        if shown.mistake is None or shown.first is not None:
            first = self._seen.get(0)
            known = first.costs if at and first is not None and first.over else None
            yield from trained(shown, self._data, self._training, known)

    def picture(self, scene: Scene) -> None:
        width, slot = self.size.width, self.slot("whole")
        self.line("title", title_line(scene, width))
        self.line("steps", gallery_line(scene, self._asked, self._known, width))
        height = slot.size.height
        lower = max(height // 3, 6)
        left, right, upper = LIST, width - LIST, height - lower
        shown, question = self._seen.get(self._chosen), self._question
        hidden = question is not None and question.answered is None
        names = list_panel(scene, self._chosen, hidden, *inside(scene, left, upper))
        page = exhibit_panel(scene, shown, question, *inside(scene, right, upper, "right"))
        rows = beside(framed(names, scene, left, upper), framed(page, scene, right, upper, "right"))
        curves = curves_panel(scene, shown, *inside(scene, width, lower, "whole"))
        slot.show(rows + framed(curves, scene, width, lower, "whole"))
        self.keys("footer", scene)

    def enabled(self, row: KeyRow) -> bool:
        open_question = self._question is not None and self._question.answered is None
        return open_question if row.action == "answer(0)" else True

    def action_choose(self, by: int) -> None:
        self._question = None
        ends = _("That is the first one."), _("That is the last one.")
        self._chosen = self.another(self._chosen, by, len(MISTAKES) + 1, ends)
        self._make()

    def action_ask(self) -> None:
        """Another mistake that shows here, and three others to choose from that do not make the same numbers."""
        right = Run(self._mini_batch)
        order = self._random.sample(range(len(MISTAKES)), len(MISTAKES))
        found = ((at, first_difference(self._mini_batch, right, MISTAKES[at])) for at in order)
        showing = [(at, made) for at, made in found if made is not None]
        if not showing:
            self._desk.say(_("No mistake shows on this network."))
            return
        at, made = showing[0]
        others = [MISTAKES[i] for i, other in showing[1:] if not _alike(made[1], other[1])]
        choices = [MISTAKES[at], *others[: CHOICES - 1]]
        self._random.shuffle(choices)
        self._question = Question(tuple(choices), choices.index(MISTAKES[at]))
        self._chosen = at + 1
        self._make()
        self.repaint()

    def action_answer(self, number: int) -> None:
        question = self._question
        if question is None or question.answered is not None:
            self._desk.say(_("There is no open question: a asks one."))
        elif number >= len(question.choices):
            self._desk.say(_("There is no such answer."))
        else:
            self._question = replace(question, answered=number)
            self._asked += 1
            self._known += number == question.right
        self.repaint()


def _alike(one: Run, other: Run) -> bool:
    """Whether two wrong forms make the same gradients."""
    return all(
        a.shape == b.shape and bool((abs(a - b) <= 1e-9 * abs(a).max(initial=0.0)).all())
        for a, b in zip((*one.grad_w[1:], *one.grad_b[1:]), (*other.grad_w[1:], *other.grad_b[1:]), strict=True)
    )
