"""The list of networks, with a preview of the one under the cursor."""

from __future__ import annotations

import os

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal

from tuibp.app.actions.reading import read
from tuibp.app.actions.training import make_later
from tuibp.app.desk import Desk
from tuibp.app.kiosk import refuse_file
from tuibp.app.panel_keys import ALL, as_everywhere, in_list, leaving, own
from tuibp.app.screens.picture import PictureScreen
from tuibp.app.widgets.slot import Slot
from tuibp.files import BadInput, Preset, Summary, summaries
from tuibp.files.errors import printable
from tuibp.files.once import load_once
from tuibp.locale import _
from tuibp.render.picker import network_at, picker_list, picker_preview, picker_title
from tuibp.render.scene import Scene

NAME = 30
"""Characters of a file's name that are shown."""


class Picker(PictureScreen):
    """Loads what is looked at in the background, so that moving on never waits."""

    BINDINGS = [
        own("picker_open", "enter", "open", _("open"), _("Open the chosen network")),
        *in_list(_("choose"), _("Choose a network"), ALL),
        *leaving(_("close"), _("Back to the network behind"), "open"),
        own("picker_search", "slash", "search", _("search"), _("Search names and descriptions"), "/"),
        own("picker_file", "f", "file", _("open a file…"), _("Open a file: .toml .json .npz .safetensors")),
        as_everywhere("quit", _("quit")),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._all = summaries()
        self._chosen = 0
        self._searched = ""
        self._searching = False
        self._loaded: dict[str, Preset] = {}
        self._wanted = ""
        self._typed = ""
        """The file that was asked for last."""
        self._opened_one = False

    @property
    def listed(self) -> list[Summary]:
        words = self._searched.lower().split()
        return [s for s in self._all if all(word in f"{s.name} {s.title} {s.about}".lower() for word in words)]

    @property
    def item(self) -> Summary | None:
        listed = self.listed
        return listed[min(self._chosen, len(listed) - 1)] if listed else None

    def compose(self) -> ComposeResult:
        yield Slot("title")
        with Horizontal(id="whole"):
            yield Slot("list")
            yield Slot("preview")
        yield Slot("footer")
        yield Slot("small")

    def arranged(self, left: int, right: int, upper: int, lower: int) -> None:  # noqa: ARG002
        self.slot("list").styles.width = min(max(self.size.width * 2 // 5, 31), 36)

    def on_mount(self) -> None:
        name = self.program.desk.state.preset.name
        self._chosen = next((i for i, s in enumerate(self._all) if s.name == name), 0)

    def picture(self, scene: Scene) -> None:
        item = self.item
        self.line("title", picker_title(scene, self.size.width, len(self._all)))
        searched = f"{self._searched}_" if self._searching else self._searched
        self.panel("list", scene, lambda w, h: picker_list(scene, w, h, self.listed, self._chosen, searched))
        opened = self._opened(item, scene)
        self.panel("preview", scene, lambda w, h: picker_preview(scene, w, h, item, opened), "right")
        self.keys("footer", scene)

    def _opened(self, item: Summary | None, scene: Scene) -> Scene | None:
        """The scene of the network under the cursor at its last step but one, once it has been loaded."""
        if item is None:
            return None
        preset = self._loaded.get(item.name)
        if preset is None:
            if self._wanted != item.name:
                self._wanted = item.name
                told = _("The preview of {name}").format(name=item.name)
                self.program.desk.background(told, lambda: self._load(item.name))
            return None
        return preview_scene(preset, scene)

    def _load(self, name: str) -> None:
        try:
            preset = load_once(name)
        except BadInput:
            return  # enter says why
        self._loaded[name] = preset
        if self.is_running:
            self.repaint()

    def on_key(self, event: events.Key) -> None:
        """While searching, printables go to the search line."""
        if not self._searching:
            return
        if event.key in ("enter", "escape"):
            self._searching = False
            if event.key == "escape":
                self._searched = ""
        elif event.key == "backspace":
            self._searched = self._searched[:-1]
        elif event.is_printable and event.character:
            self._searched += event.character
        else:
            return
        self._chosen = 0
        event.stop()
        event.prevent_default()
        self.repaint()

    def row_clicked(self, slot: str, height: int, y: int) -> None:
        """Choose it; the chosen one again opens it."""
        at = network_at(height, len(self.listed), self._chosen, y) if slot == "list" else None
        if at is not None and at == self._chosen:
            self.action_open()
        elif at is not None:
            self._chosen = at

    def action_search(self) -> None:
        self._searching, self._searched = True, ""
        self.repaint()

    def action_choose(self, by: int) -> None:
        ends = _("That is the first network."), _("That is the last network.")
        self._chosen = self.another(self._chosen, by, len(self.listed), ends)

    def action_open(self) -> None:
        if self.item is not None and (objection := self._open(self.item.name)):
            self.program.desk.say(objection, wrong=True)
        self.program.repaint()

    def action_file(self) -> None:
        question = _("Open which file? (.toml .json .npz .safetensors)")
        self.program.ask(question, self._typed, self._typed_in, self._close)

    def action_leave(self) -> None:
        """First from what is being read, where that takes long."""
        awaited = self.program.desk.awaited
        if awaited is None:
            super().action_leave()
        else:
            awaited.stop()

    def _typed_in(self, target: str) -> str:
        self._typed = target
        return self._open(target)

    def _open(self, target: str) -> str:
        """Open it, as soon as it has been read. Returns why not, as far as that is known at once."""
        if self.program.kiosk and (refused := refuse_file(target)):
            return refused
        name = printable(os.path.basename(target), NAME)
        return read(self.program, name, lambda: load_once(target), lambda _preset: self._take(target))

    def _take(self, target: str) -> str:
        objection = self.program.desk.open(target)
        self._opened_one = not objection
        self._close()
        return objection

    def _close(self) -> None:
        """Once something is open, and the question for its name is not."""
        if self._opened_one and self.is_active:
            self.dismiss()
            make_later(self.program)
            self.program.repaint()


def preview_scene(preset: Preset, scene: Scene) -> Scene:
    """A network as it stands after feeding forward, in the colours of another scene."""
    from dataclasses import replace

    from tuibp.session.commands import opened
    from tuibp.session.stepping import destination
    from tuibp.session.view import View, cursor_of

    state = opened(preset)
    state = state.at(destination(state.network, 2))
    view = View()
    return replace(scene, state=state, view=view, cursor=cursor_of(state, view), lens="a", compact=True, checked=None)
