"""A nudge is in hand, and what was asked for would drop it: keep it, put it back, or think again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Label

from tuibp.app.screens.over import Over
from tuibp.locale import _
from tuibp.render.nudge_title import nudge_name
from tuibp.render.typeset import sentence
from tuibp.session.commands import Keep, PutBack

if TYPE_CHECKING:
    from tuibp.app.desk import Desk
    from tuibp.session.commands import Command


class InHand(Over[bool]):
    """Gives back whether to go on."""

    BINDINGS = [
        Binding("enter", "settle('keep')", _("Keep")),
        Binding("x", "settle('put_back')", _("Put back")),
        Binding("escape", "dismiss(False)", _("Stay")),
    ]

    def __init__(self, desk: Desk, wanted: str) -> None:
        """`wanted` is what was asked for, in a word or two."""
        super().__init__()
        self._desk, self._wanted = desk, wanted

    def compose(self) -> ComposeResult:
        desk, glyphs, nudge = self._desk, self._desk.glyphs, self._desk.state.nudge
        question = _("{nudge} is nudged by {delta}. Keep the change before “{wanted}”?").format(
            nudge=nudge_name(desk.scene()), delta=f"{nudge.delta if nudge else 0:+g}", wanted=self._wanted
        )
        with Vertical(id="prompt"):
            yield Label(Content(sentence(question, glyphs)), id="question")
            yield Label(
                Content(sentence(_("enter keeps it   x puts it back   esc does neither"), glyphs)), id="objection"
            )

    def action_settle(self, how: str) -> None:
        command: Command = Keep() if how == "keep" else PutBack()
        objection = self._desk.do(command)
        if not objection:
            self.dismiss(True)
            return
        label = self.query_one("#objection", Label)
        label.update(Content(sentence(objection, self._desk.glyphs)))
        label.add_class("wrong")
