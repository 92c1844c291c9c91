"""Learning rate and the other settings: a short list, a line each to type in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from tuibp.app.screens.over import Over
from tuibp.app.screens.prompt import Prompt
from tuibp.app.widgets.listing import Listing
from tuibp.locale import _
from tuibp.render.typeset import sentence
from tuibp.session.commands import SetSetting
from tuibp.session.settings import Value, scaled, typed

if TYPE_CHECKING:
    from tuibp.app.desk import Desk

TITLES = {
    "eta": _("learning rate η"),
    "batch_size": _("mini-batch"),
    "l2": _("L2 decay λ"),
    "train_biases": _("train the biases"),
}
VIEWS = {
    "then": (_("after an update"), {"stay": _("stay"), "next": _("next example")}),
    "scale": (_("scale of errors"), {"one": _("one for all layers"), "layer": _("each layer its own")}),
}
"""What is looked at and how: the title, and the two ways."""


ENDS = {
    "up": _("That is the first setting."), "pageup": _("That is the first setting."),
    "home": _("That is the first setting."), "down": _("That is the last setting."),
    "pagedown": _("That is the last setting."), "end": _("That is the last setting."),
}  # fmt: skip


class SettingsScreen(Over[None]):
    """Each change is a command in the log, so that it can be taken back."""

    BINDINGS = [
        ("escape", "dismiss", "Close"),
        ("x", "dismiss", "Close"),
        ("h", "dismiss", "Close"),
        Binding("w", "app.press('save')", "Save", id="save"),
        ("left", "scale(0.5)", "Half"),
        ("right", "scale(2.0)", "Twice"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def compose(self) -> ComposeResult:
        with Vertical(id="settings"):
            yield Label(
                Content(
                    sentence(_("Settings   enter types a value   ← halves   → doubles   esc leaves"), self._desk.glyphs)
                ),
                id="question",
            )
            yield Listing(*self._options(), id="listed", compact=True)
            objection = Label(id="objection", classes="wrong")
            objection.display = False
            yield objection

    def on_key(self, event: events.Key) -> None:
        """A key of the steps says why it does nothing here."""
        from tuibp.app.keys import row_of

        key = row_of(self._desk, event.key)
        bound = set(self._bindings.key_to_bindings) | {"up", "down", "enter", "pageup", "pagedown", "home", "end"}
        self._tell("")
        listed = self.query_one(OptionList)
        self.call_later(self._moved, event.key, listed.highlighted)
        if key is not None and event.key not in bound - {"tab", "shift+tab"}:
            self._tell(_("“{title}” is a key of the steps; esc goes back to them.").format(title=key.title))

    def _moved(self, key: str, before: int | None) -> None:
        """At an end of the list say so."""
        if key in ENDS and self.query_one(OptionList).highlighted == before:
            self._tell(ENDS[key])

    def _tell(self, text: str) -> None:
        label = self.query_one("#objection", Label)
        label.update(Content(sentence(text, self._desk.glyphs)))
        label.display = bool(text)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        name = str(event.option_id)
        if name in VIEWS:
            self._turn(name)
            return
        value = getattr(self._desk.state.settings, name)
        if isinstance(value, bool):
            self._set(name, not value)
            return
        self.app.push_screen(Prompt(TITLES[name], f"{value:g}", lambda text: self._set(name, typed(text))))

    def action_scale(self, factor: float) -> None:
        listed = self.query_one(OptionList)
        name = [*TITLES, *VIEWS][listed.highlighted or 0]
        if name in VIEWS:
            self._turn(name)
            return
        value = getattr(self._desk.state.settings, name)
        self._set(name, scaled(value, factor))

    def _set(self, name: str, value: Value) -> str:
        """Change a setting; returns the objection, if there is one."""
        objection = self._desk.do(SetSetting(name, value))
        self._tell(objection)
        listed = self.query_one(OptionList)
        at = listed.highlighted
        listed.clear_options()
        listed.add_options(self._options())
        listed.highlighted = at
        return objection

    def _turn(self, name: str) -> None:
        """The other of the two ways: how one looks, so no command of the log."""
        first, second = VIEWS[name][1]
        self._desk.look(**{name: second if getattr(self._desk.view, name) == first else first})
        listed = self.query_one(OptionList)
        listed.replace_option_prompt(name, self._way(name).prompt)

    def _way(self, name: str) -> Option:
        title, ways = VIEWS[name]
        return Option(Content.assemble(f"{title:<20}", (ways[getattr(self._desk.view, name)], "bold")), id=name)

    def _options(self) -> list[Option]:
        settings = self._desk.state.settings
        return [
            Option(
                Content.assemble(
                    f"{sentence(title, self._desk.glyphs):<20}", (_shown(getattr(settings, name)), "bold")
                ),
                id=name,
            )
            for name, title in TITLES.items()
        ] + [self._way(name) for name in VIEWS]


def _shown(value: float | bool) -> str:
    return (_("yes") if value else _("no")) if isinstance(value, bool) else f"{value:g}"
