"""The list of lessons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibp.app import teaching
from tuibp.app.panel_keys import ALL, in_list, leaving, own
from tuibp.app.screens.picture import PictureScreen
from tuibp.files.errors import BadInput
from tuibp.files.folder import lesson_names
from tuibp.locale import _
from tuibp.render.lesson_list import Row, lesson_at, lesson_list
from tuibp.render.scene import Scene
from tuibp.render.title import step_line, title_line

if TYPE_CHECKING:
    from tuibp.app.desk import Desk
    from tuibp.app.program import Program


class Lessons(PictureScreen):
    """Enter opens one where it was left."""

    SLOTS = ("title", "steps", "table", "footer", "small")
    BINDINGS = [
        own("lessons_begin", "enter", "begin", _("open"), _("Open the chosen lesson where it was left")),
        *in_list(_("choose"), _("Choose a lesson"), ALL),
        own("lessons_afresh", "0", "afresh", _("from page 1"), _("Open it from its first page")),
        *leaving(_("close"), _("Back to the steps"), "lessons"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rows: list[Row] = []
        self._chosen = 0

    def on_mount(self) -> None:
        self._rows = _rows(self.program)
        last = self._desk.marks.last
        self._chosen = next((i for i, row in enumerate(self._rows) if row.name == last), 0)

    def picture(self, scene: Scene) -> None:
        self.line("title", title_line(scene, self.size.width))
        self.line("steps", step_line(scene, self.size.width))
        self.panel("table", scene, lambda w, h: lesson_list(scene, w, h, self._rows, self._chosen), "whole")
        self.keys("footer", scene)

    def action_choose(self, by: int) -> None:
        ends = _("That is the first lesson."), _("That is the last lesson.")
        self._chosen = self.another(self._chosen, by, len(self._rows), ends)

    def clicked_at(self, slot: str, size: tuple[int, int], x: int, y: int) -> None:  # noqa: ARG002
        """Choose it; the chosen one again opens it."""
        at = lesson_at(*size, len(self._rows), self._chosen, y) if slot == "table" else None
        if at is not None and at == self._chosen:
            self.action_begin()
        elif at is not None:
            self._chosen = at

    def action_begin(self) -> None:
        if self._rows:
            self._begin(self._rows[self._chosen].name)

    def action_afresh(self) -> None:
        from dataclasses import replace

        if not self._rows:
            return
        name = self._rows[self._chosen].name
        self._desk.marks = self._desk.marks.with_mark(name, replace(self._desk.marks.of(name), page=0))
        self._begin(name)

    def _begin(self, name: str) -> None:
        if not teaching.begin(self.program, name):
            self.dismiss()
        self.program.repaint()


def _rows(app: Program) -> list[Row]:
    rows, desk = [], app.desk
    for name in lesson_names():
        try:
            lesson = teaching.lesson_named(app, name)
        except BadInput as spoilt:
            desk.say(str(spoilt), wrong=True)
            continue
        rows.append(Row(name, lesson.title.spoken, len(lesson.pages), desk.marks.of(name)))
    return rows
