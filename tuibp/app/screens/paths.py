"""The paths from the weight under the cursor to the cost, strongest first (53)."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from tuibp.app import teaching
from tuibp.app.actions.nudging import taken
from tuibp.app.panel_keys import in_list, leaving, own, table
from tuibp.app.screens.picture import PictureScreen
from tuibp.core.paths import Path, paths
from tuibp.locale import _
from tuibp.render.paths_network import paths_network
from tuibp.render.paths_table import path_at, paths_extra, paths_line, paths_table
from tuibp.render.scene import Scene
from tuibp.render.title import title_line
from tuibp.session.cursor import to_weight

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuibp.app.desk import Desk
    from tuibp.render.copied import Copied, Form

MORE = 20
"""Paths that are searched for at a time."""


class PathsScreen(PictureScreen):
    """Moving through the list draws the path on the grid."""

    SLOTS = ("title", "steps", "grid", "table", "footer", "small")
    BINDINGS = [
        PictureScreen.COPY,
        *in_list(_("path"), _("Choose a path: it is drawn on the grid"), 10, (_("Ten paths up"), _("Ten paths down"))),
        own("paths_more", "n", "more", _("more paths"), _("More paths, weaker ones")),
        own("paths_bracket", "b", "bracket", _("brackets"), _("Bracket the sum, layer by layer, until it is BP2")),
        *leaving(_("back"), _("Back to the steps"), "paths"),
        table("left", "weight('left')", _("weight"), _("Another weight into the neuron"), beside=("right",)),
        table("right", "weight('right')"),
        table("earlier", "weight('up')", _("neuron"), _("Another neuron"), beside=("later",)),
        table("later", "weight('down')"),
        table(
            "down_nudge",
            "nudge('down_nudge')",
            _("nudge"),
            _("Back to the steps, with this weight nudged"),
            beside=("up_nudge",),
        ),
        table("up_nudge", "nudge('up_nudge')"),
        own("paths_weight", "comma", "weight('left')"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._view = desk.view
        self._chosen = 0
        self._listed: list[Path] = []
        self._find()

    def _find(self) -> None:
        """The paths of the parameter under the cursor; the list grows as one asks for more."""
        held = taken(self._desk)
        state = self._desk.state
        self._found = paths(state.network, state.shown, held.layer, held.j, held.k, state.walk)
        self._search = self._found.strongest()
        self._chosen, self._listed = 0, list(islice(self._search, MORE))

    def arranged(self, left: int, right: int, upper: int, lower: int) -> None:  # noqa: ARG002
        self.slot("table").styles.height = min(max(lower + 2, len(self._listed) + 4), (upper + lower) // 2)

    def picture(self, scene: Scene) -> None:
        width, found = self.size.width, self._found
        self.line("title", title_line(scene, width, paths_extra(scene, found)))
        self.line("steps", paths_line(scene, width, found))
        path = self._listed[self._chosen].neurons if self._listed else ()
        self.panel("grid", scene, lambda w, h: paths_network(scene, path, found.rates, w, h), "whole")
        self.panel("table", scene, lambda w, h: paths_table(scene, w, h, found, self._listed, self._chosen), "whole")
        self.keys("footer", scene)

    def under_cursor(self) -> tuple[object, Callable[[Form], Copied]] | None:
        from tuibp.render.copied_pages import of_path

        if not self._listed:
            return None
        found, path, glyphs = self._found, self._listed[self._chosen], self._desk.glyphs
        return (found, self._chosen), lambda form: of_path(found, path, form, glyphs)

    def action_choose(self, by: int) -> None:
        if self._chosen + by >= len(self._listed):
            self.action_more()
        ends = _("That is the strongest path."), _("That is the last path.")
        self._chosen = self.another(self._chosen, by, len(self._listed), ends)

    def row_clicked(self, slot: str, height: int, y: int) -> None:
        at = path_at(height, len(self._listed), self._chosen, y) if slot == "table" else None
        if at is not None:
            self._chosen = at

    def action_more(self) -> None:
        more = list(islice(self._search, MORE))
        self._listed += more
        if not more:
            self._desk.say(_("These are all paths."))
        self.repaint()

    def action_weight(self, direction: str) -> None:
        desk = self._desk
        cursor = desk.scene().cursor
        moved = to_weight(cursor, desk.state.network.sizes, direction)
        if moved == cursor:
            desk.say(_("There is no weight of this layer further on."))
        desk.look(cursor=moved)
        self._find()
        self.repaint()

    def action_bracket(self) -> None:
        from tuibp.app.screens.brackets import Brackets

        found = self._found
        self._desk.screen = "brackets"
        teaching.see(self._desk)
        self.app.push_screen(Brackets(self._desk, found.layer, found.j, found.k))

    def action_nudge(self, key: str) -> None:
        self.dismiss()
        self.program.action_press(key)

    def action_leave(self) -> None:
        """Back to the very cursor from which they were asked for."""
        self._desk.look(cursor=self._view.cursor, panel=self._view.panel)
        super().action_leave()
