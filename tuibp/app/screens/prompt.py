"""One question with one line for the answer."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label

from tuibp.app.screens.over import Over
from tuibp.app.widgets.typed_line import TypedLine
from tuibp.locale import _


class Prompt(Over[bool]):
    """Asks until `accept` has no objection, and gives back that it was taken; `escape` or ctrl+x leaves."""

    BINDINGS = [("escape", "dismiss", "Close"), Binding("ctrl+x", "dismiss", "Close", priority=True)]

    def __init__(self, question: str, value: str, accept: Callable[[str], str], begun: bool = False) -> None:
        super().__init__()
        self._question, self._value, self._accept, self._begun = question, value, accept, begun

    def compose(self) -> ComposeResult:
        with Vertical(id="prompt"):
            yield Label(Content(self._question), id="question")
            yield TypedLine(self._value, id="answer", compact=True, select_on_focus=not self._begun)
            yield Label(Content(_("enter takes it   esc or ctrl+x leaves")), id="objection")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        objection = self._accept(event.value.strip())
        if objection:
            label = self.query_one("#objection", Label)
            label.update(Content(objection))
            label.add_class("wrong")
        else:
            self.dismiss(True)
