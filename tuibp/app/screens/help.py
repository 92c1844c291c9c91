"""All keys of a screen in a list that can be searched; `enter` does what the chosen one does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label, OptionList
from textual.widgets.option_list import Option

from tuibp.app.glossary import GLOSSARY
from tuibp.app.key_footer import footer_groups, place_of
from tuibp.app.key_groups import GROUPS, LEGEND, group_of
from tuibp.app.program import program_of
from tuibp.app.screens.over import Over
from tuibp.app.widgets.listing import Listing
from tuibp.app.widgets.typed_line import TypedLine
from tuibp.locale import _
from tuibp.render.padding import at_right
from tuibp.render.typeset import sentence

WIDEST = 76
"""Columns of the window, as in app.tcss."""


@dataclass(frozen=True)
class Listed:
    """A key as the list shows it."""

    name: str
    shown: str
    title: str
    why_not: str = ""
    """Why it can do nothing now; empty when it can."""
    words: str = ""
    """What else finds it."""


class Help(Over[str | None]):
    """Gives back the name of the key whose action is wanted."""

    BINDINGS = [("escape", "dismiss", "Close"), Binding("ctrl+x", "dismiss", "Close", priority=True)]
    DEFAULT_CSS = """Help OptionList { text-wrap: nowrap; text-overflow: ellipsis; }
    Help OptionList > .option-list--option-disabled { color: $foreground; }"""

    def __init__(self, keys: Sequence[Listed]) -> None:
        super().__init__()
        self._keys = keys

    def compose(self) -> ComposeResult:
        with Vertical(id="help"):
            yield Label(
                Content(self._said(_("Keys   type to search   ↑ ↓ choose   enter does it   esc leaves"))), id="question"
            )
            yield TypedLine(placeholder=_("search"), id="search", compact=True)
            yield Listing(*self._first_page(), id="keys", compact=True)

    def _first_page(self) -> list[Option]:
        """Of the main screen first what its signs mean, then its keys in groups; of other screens their keys."""
        if all(key.name != "step" for key in self._keys):
            return [self._option(key) for key in self._keys]
        dot = program_of(self).desk.glyphs.dot  # in a sentence · is a product's
        legend = ((dot if sign == "·" else sign, style, means) for sign, style, means in LEGEND)
        listed = [*self._here(), *(self._sign(*sign) for sign in legend)]
        ordered = sorted(self._keys, key=lambda key: group_of(key.name))
        for group, keys in groupby(ordered, key=lambda key: group_of(key.name)):
            listed.append(Option(Content.assemble((self._said(GROUPS[group][0]), "bold")), disabled=True))
            listed += [self._option(key) for key in keys]
        listed.append(Option(Content.assemble((self._said(_("Glossary")), "bold")), disabled=True))
        return listed + self._glossary([])

    def _here(self) -> list[Option]:
        """In a nudge, after an update, while training, in a lesson: first of all the keys of that place."""
        place = place_of(desk := program_of(self).desk)
        if place == "steps":
            return []
        names = [name for group in footer_groups(desk) for name in group]
        by_name = {key.name: key for key in self._keys}
        here = [by_name[name] for name in names if name in by_name and name != "help"]
        title = Option(Content.assemble((self._said(_("Here")), "bold")), disabled=True)
        return [title, *(self._sign(key.shown, "bold $accent", key.title) for key in here)]

    def _glossary(self, words: list[str]) -> list[Option]:
        """Terms that these words find, each in some lines: nothing to choose, only to read."""
        scene = program_of(self).desk.scene()
        room = max(min(self.app.size.width, WIDEST) - 18, 20)
        return [
            self._sign(term.symbol if at == 0 else "", "bold $accent", line)
            for term in GLOSSARY
            if term.found_by(words)
            for at, line in enumerate(term.lines(scene, room))
        ]

    def _sign(self, sign: str, style: str, means: str) -> Option:
        text = Content.assemble((at_right(self._said(sign), 10), style), "  ", self._said(means))
        return Option(text, disabled=True)

    def on_input_changed(self, event: Input.Changed) -> None:
        words = event.value.lower().split()
        listed = self.query_one(OptionList)
        listed.clear_options()
        if words:
            listed.add_options([self._option(key) for key in self._keys if _matches(key, words)])
            listed.add_options(self._glossary(words))
        else:
            listed.add_options(self._first_page())
        if listed.option_count and words:
            listed.highlighted = 0

    def on_key(self, event: events.Key) -> None:
        """Arrows move in the list though the search line has the focus."""
        listed = self.query_one(OptionList)
        moves: dict[str, Callable[[], None]] = {
            "up": listed.action_cursor_up,
            "down": listed.action_cursor_down,
            "pageup": listed.action_page_up,
            "pagedown": listed.action_page_down,
        }
        if event.key in moves:
            event.stop()
            event.prevent_default()
            moves[event.key]()

    def on_input_submitted(self) -> None:
        listed = self.query_one(OptionList)
        if listed.highlighted is not None:
            self.dismiss(listed.get_option_at_index(listed.highlighted).id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)

    def _option(self, key: Listed) -> Option:
        shown, title = (
            (f"{self._said(key.shown):>10}", "bold $accent"),
            (self._said(key.title), "dim" if key.why_not else ""),
        )
        return Option(Content.assemble(shown, "  ", title, (f"  {self._said(key.why_not)}", "dim")), id=key.name)

    def _said(self, text: str) -> str:
        return sentence(text, program_of(self).desk.glyphs)


def _matches(key: Listed, words: list[str]) -> bool:
    text = f"{key.shown} {key.title} {key.words}".lower()
    return all(word in text for word in words)
