"""Learning rate and the other settings: a short list, a line each to type in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from tuibp.app.key_row import KeyRow
from tuibp.app.keys import row_of
from tuibp.app.panel_keys import as_everywhere, leaving, table
from tuibp.app.program import program_of
from tuibp.app.screens.over import Over
from tuibp.app.screens.prompt import Prompt
from tuibp.app.setting_rows import TITLES, next_choice, setting_rows, value_of
from tuibp.app.widgets.listing import Listing
from tuibp.locale import _
from tuibp.render.typeset import sentence
from tuibp.session.commands import Reset, SetSetting
from tuibp.session.settings import Value, scaled, typed

if TYPE_CHECKING:
    from tuibp.app.desk import Desk

VIEWS = {
    "then": (_("after an update"), {"stay": _("stay"), "next": _("next example")}),
    "scale": (_("scale of errors"), {"one": _("one for all layers"), "layer": _("each layer its own")}),
}
"""What is looked at and how: the title, and the two ways."""
WIDTH = 24
"""Cells of a title."""


ENDS = {
    **dict.fromkeys(("up", "scroll_up", "start"), _("That is the first setting.")),
    **dict.fromkeys(("down", "scroll_down", "end"), _("That is the last setting.")),
}
"""What is said where a key leads no further."""


class SettingsScreen(Over[None]):
    """Each change is a command in the log, so that it can be taken back."""

    BINDINGS = [
        *leaving("", "", "settings", action="dismiss"),
        as_everywhere("save"),
        table("left", "scale(0.5)"),
        table("right", "scale(2.0)"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def compose(self) -> ComposeResult:
        with Vertical(id="settings"):
            yield Label(
                Content(sentence(_("Settings   enter types a value   ← → change it   esc leaves"), self._desk.glyphs)),
                id="question",
            )
            yield Listing(*self._options(), id="listed", compact=True)
            objection = Label(id="objection", classes="wrong")
            objection.display = False
            yield objection

    def on_key(self, event: events.Key) -> None:
        """A key of the steps says why it does nothing here."""
        key, rows = row_of(self._desk, event.key), [*self.BINDINGS, *Listing.BINDINGS]
        self._tell("")
        listed = self.query_one(OptionList)
        self.call_later(self._moved, key.name if key is not None else "", listed.highlighted)
        if key is not None and key.name not in {row.name for row in rows if isinstance(row, KeyRow)}:
            self._tell(_("“{title}” is a key of the steps; esc goes back to them.").format(title=key.title))

    def _moved(self, name: str, before: int | None) -> None:
        """At an end of the list say so."""
        if name in ENDS and self.query_one(OptionList).highlighted == before:
            self._tell(ENDS[name])

    def _tell(self, text: str) -> None:
        label = self.query_one("#objection", Label)
        label.update(Content(sentence(text, self._desk.glyphs)))
        label.display = bool(text)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        name = str(event.option_id)
        if name in VIEWS:
            self._turn(name)
            return
        value = value_of(self._desk.state, name)
        if isinstance(value, bool):
            self._set(name, not value)
            return
        if isinstance(value, str):
            self._set(name, next_choice(name, value, +1))
            return
        self.app.push_screen(Prompt(TITLES[name], f"{value:g}", lambda text: self._set(name, typed(text))))

    def action_scale(self, factor: float) -> None:
        listed = self.query_one(OptionList)
        name = str(listed.get_option_at_index(listed.highlighted or 0).id)
        if name in VIEWS:
            self._turn(name)
            return
        value = value_of(self._desk.state, name)
        if isinstance(value, str):
            self._set(name, next_choice(name, value, +1 if factor > 1 else -1))
        else:
            self._set(name, scaled(value, factor))

    def _set(self, name: str, value: Value) -> str:
        """Change a setting; returns the objection, if there is one. A run under way goes on with it."""
        run = self._desk.run
        left = None if run is None or run.over else run.left
        command = Reset(scheme=str(value)) if name == "init" else SetSetting(name, value)
        objection = self._desk.do(command)
        if left is not None and name != "init":
            program_of(self).toggle_training(left)
        self._tell(objection)
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options(options := self._options())
        listed.highlighted = [option.id for option in options].index(name)
        return objection

    def _turn(self, name: str) -> None:
        """The other of the two ways: how one looks, so no command of the log."""
        first, second = VIEWS[name][1]
        self._desk.look(**{name: second if getattr(self._desk.view, name) == first else first})
        listed = self.query_one(OptionList)
        listed.replace_option_prompt(name, self._way(name).prompt)

    def _way(self, name: str) -> Option:
        title, ways = VIEWS[name]
        return Option(Content.assemble(self._title(title), (ways[getattr(self._desk.view, name)], "bold")), id=name)

    def _options(self) -> list[Option]:
        return [
            Option(Content.assemble(self._title(row.title), (row.value, "bold")), id=row.name)
            for row in setting_rows(self._desk.state)
        ] + [self._way(name) for name in VIEWS]

    def _title(self, title: str) -> str:
        text = sentence(title, self._desk.glyphs)
        return text + " " * max(WIDTH - cell_len(text), 1)
