"""The matrix form of a layer's error: real matrices, multiplied one at a time from the right (33)–(35)."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING

from tuibp.app.arrangement import beside
from tuibp.app.lanes import Lanes
from tuibp.app.panel_keys import ends, leaving, own, table
from tuibp.app.screens.paged import PagedScreen
from tuibp.app.screens.picture import PictureScreen
from tuibp.core.diagonal import Widths, diagonal
from tuibp.core.matrix_form import MatrixForm, matrix_form
from tuibp.locale import _
from tuibp.render.frame import framed, inside
from tuibp.render.matrix_page import beside_panel, cost_panel, matrix_title, product_panel
from tuibp.render.scene import Scene
from tuibp.render.title import title_line

if TYPE_CHECKING:
    from tuibp.app.desk import Desk
    from tuibp.render.copied import Copied, Form


COST_BESIDE, COST_LEAST = 80, 35
"""Columns of a window in which the measured times have room, and how many they take."""


class Matrices(PagedScreen[MatrixForm]):
    """On leaving, one is where one was."""

    END = _("That was the last product: what came out is the error.")
    BINDINGS = [
        PictureScreen.COPY,
        table("step", "turn(1)", _("next product"), _("The next product, to the left")),
        table("back", "turn(-1)", _("back"), _("The product before")),
        table("left", "layer(-1)", _("layer"), _("The error of another layer"), beside=("right",)),
        table("right", "layer(1)"),
        *ends("edge", _("The first product"), _("The last product")),
        own("matrices_measure", "h", "measure", _("measure"), _("Measure both ways, from 10 neurons to 2,000")),
        *leaving(_("close"), _("Back to the steps"), "matrices"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("The matrix form"))
        self._times: list[Widths] = []
        self._below = Lanes(_("The plot below"), self.tick, desk.background)
        self._layer = max(desk.scene().cursor.layer, 1)
        self._make()

    def _make(self) -> None:
        state, layer = self._desk.state, self._layer
        self._making.make(state.network, lambda _told: matrix_form(state.network, state.shown, layer, state.walk))

    def pages(self, made: MatrixForm) -> int:
        return len(made.products)

    def copied(self, made: MatrixForm, at: int, form: Form) -> Copied:
        from tuibp.render.copied_pages import of_product

        return of_product(self._desk.state.network, made, at, form, self._desk.glyphs)

    def page(self, scene: Scene, made: MatrixForm) -> None:
        form, at, width = made, self._at, self.size.width
        scene = replace(scene, message=self.told)
        self.line("title", title_line(scene, width))
        self.line("steps", matrix_title(scene, form, at, width))
        slot = self.slot("whole")
        height = slot.size.height
        widest = max(len(p.result) for p in form.products)
        wanted = min(widest, 10) + 5 if scene.compact else min(widest, 14) + 10
        upper = max(min(wanted, height - (4 if width < COST_BESIDE else 6)), height // 2)
        lower, right = height - upper, max(round(width * 0.4), COST_LEAST) if width >= COST_BESIDE else 0
        product = product_panel(scene, form, at, *inside(scene, width, upper, "whole"))
        line = beside_panel(scene, form, at, *inside(scene, width - right, lower))
        rows = framed(line, scene, width - right, lower)
        if right:
            cost = cost_panel(scene, self._times, *inside(scene, right, lower, "right"))
            rows = beside(rows, framed(cost, scene, right, lower, "right"))
        slot.show([*framed(product, scene, width, upper, "whole"), *rows])

    def action_layer(self, by: int) -> None:
        """Another layer's error; from the last product one goes on at the last."""
        self._layer = min(max(self._layer + by, 1), self._desk.state.network.last)
        self._make()
        self.repaint()

    def action_measure(self) -> None:
        """A width at a time, while one looks on."""
        if self._below.stopped:
            self._times = []
            self._below.drain(diagonal(perf_counter), self._measured)

    def _measured(self, widths: Widths) -> None:
        self._times = [*self._times, widths]

    def on_unmount(self) -> None:
        self._below.stop()
