"""f and f′ of the neuron under the cursor, large; arrows go to its neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibp.app.panel_keys import arrows, leaving
from tuibp.app.screens.picture import PictureScreen
from tuibp.locale import _
from tuibp.render.frame import framed, inside
from tuibp.render.function_page import function_page, why_no_function
from tuibp.render.title import step_line, title_line
from tuibp.session.cursor import Cursor

if TYPE_CHECKING:
    from tuibp.render.scene import Scene


class Function(PictureScreen):
    """On leaving, the cursor is at the neuron looked at last."""

    BINDINGS = [
        *arrows("neuron", _("neuron"), _("The neuron beside it")),
        *leaving(_("close"), _("Back to the steps"), "function"),
    ]

    def picture(self, scene: Scene) -> None:
        width = self.size.width
        self.line("title", title_line(scene, width))
        self.line("steps", step_line(scene, width))
        slot = self.slot("whole")
        width, height = slot.size
        panel = function_page(scene, *inside(scene, width, height, "whole"))
        slot.show(framed(panel, scene, width, height, "whole"))
        self.keys("footer", scene)

    def action_neuron(self, direction: str) -> None:
        """Where it has a function; otherwise why not."""
        before = self._desk.view
        cursor = self.program.neighbour(direction)
        self._desk.look(cursor=Cursor(cursor.layer, cursor.j))
        objection = why_no_function(self._desk.scene())
        if objection:
            self._desk.look(cursor=before.cursor)
            self._desk.say(objection)
        self.repaint()
