"""The matrix form of a layer's error: real matrices, multiplied one at a time from the right (33)–(35)."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding

from tuibp.app.arrangement import beside
from tuibp.app.screens.picture import PictureScreen
from tuibp.app.widgets.slot import Slot
from tuibp.core.diagonal import Widths, diagonal
from tuibp.core.matrix_form import MatrixForm, matrix_form
from tuibp.core.network import NetworkError
from tuibp.files.errors import BadInput
from tuibp.locale import _
from tuibp.render.frame import framed, inside
from tuibp.render.matrix_page import beside_panel, cost_panel, matrix_title, product_panel
from tuibp.render.scene import Scene
from tuibp.render.title import title_line

if TYPE_CHECKING:
    from tuibp.app.desk import Desk


class Matrices(PictureScreen):
    """On leaving, one is where one was."""

    WHEEL = ("product(-1)", "product(1)")
    BINDINGS = [
        Binding("space", "product(1)", _("next product"), key_display="␣", tooltip=_("The next product, to the left")),
        Binding("backspace", "product(-1)", _("back"), key_display="⌫", tooltip=_("The product before")),
        Binding("left", "layer(-1)", _("layer"), key_display="← →", tooltip=_("The error of another layer")),
        Binding("right", "layer(1)", show=False),
        Binding("home", "edge(0)", show=False, tooltip=_("The first product")),
        Binding("end", "edge(-1)", show=False, tooltip=_("The last product")),
        Binding("h", "measure", _("measure"), tooltip=_("Measure both ways, from 10 neurons to 2,000")),
        Binding("escape,x,m", "leave", _("close"), key_display="esc", tooltip=_("Back to the steps")),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._at = 0
        self._told = ""
        self._times: list[Widths] = []
        self._busy = False
        try:
            self._form = self._of(max(desk.scene().cursor.layer, 1))
        except NetworkError as error:
            raise BadInput(str(error)) from None

    def _of(self, layer: int) -> MatrixForm:
        state = self._desk.state
        return matrix_form(state.network, state.shown, layer, state.walk)

    def compose(self) -> ComposeResult:
        yield Slot("title")
        yield Slot("steps")
        yield Slot("whole")
        yield Slot("footer")
        yield Slot("small")

    def picture(self, scene: Scene) -> None:
        form, at, width = self._form, self._at, self.size.width
        scene = replace(scene, message=self._told)
        self.line("title", title_line(scene, width))
        self.line("steps", matrix_title(scene, form, at, width))
        slot = self.slot("whole")
        height = slot.size.height
        widest = max(len(p.result) for p in form.products)
        wanted = min(widest, 10) + 5 if scene.compact else min(widest, 14) + 10
        upper = max(min(wanted, height - 6), height // 2)
        lower, right = height - upper, max(round(width * 0.45), 40) if width >= 80 else 0
        product = product_panel(scene, form, at, *inside(scene, width, upper, "whole"))
        line = beside_panel(scene, form, at, *inside(scene, width - right, lower))
        rows = framed(line, scene, width - right, lower)
        if right:
            cost = cost_panel(scene, self._times, *inside(scene, right, lower, "right"))
            rows = beside(rows, framed(cost, scene, right, lower, "right"))
        slot.show([*framed(product, scene, width, upper, "whole"), *rows])
        self.keys("footer", scene)

    def enabled(self, binding: Binding) -> bool:
        if binding.action == "product(1)":
            return self._at + 1 < len(self._form.products)
        return self._at > 0 if binding.action == "product(-1)" else True

    def action_product(self, by: int) -> None:
        last = len(self._form.products) - 1
        self._told = _("That was the last product: what came out is the error.") if self._at + by > last else ""
        self._at = min(max(self._at + by, 0), last)
        self.repaint()

    def action_edge(self, at: int) -> None:
        self._at = at % len(self._form.products)
        self.repaint()

    def action_layer(self, by: int) -> None:
        """Another layer's error; from the last product one goes on at the last."""
        layer = min(max(self._form.layer + by, 1), self._desk.state.network.last)
        self._told = ""
        try:
            self._form = self._of(layer)
        except NetworkError as error:
            self._told = str(error)
        self._at = min(self._at, len(self._form.products) - 1)
        self.repaint()

    def action_measure(self) -> None:
        """In a thread of its own, a width at a time."""
        if not self._busy:
            self._busy, self._times = True, []
            self.run_worker(self._measure, thread=True, exclusive=True)

    def _measure(self) -> None:
        for widths in diagonal(perf_counter):
            if not self.is_attached:
                break
            self._times = [*self._times, widths]
            self.repaint()
        self._busy = False

    def action_leave(self) -> None:
        self.dismiss()
        self.program.repaint()
