"""From paths to backpropagation: the sum (53) bracketed one layer at a time, until it is BP2 and BP4."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tuibp.app.panel_keys import ends, leaving, own, table
from tuibp.app.screens.paged import PagedScreen
from tuibp.app.screens.picture import PictureScreen
from tuibp.core.bracketing import Bracketing, bracket
from tuibp.locale import _
from tuibp.render.brackets_page import brackets_title, multiplications_height, multiplications_panel, pages, sum_panel
from tuibp.render.frame import framed, inside
from tuibp.render.scene import Scene
from tuibp.render.title import title_line

if TYPE_CHECKING:
    from tuibp.app.desk import Desk
    from tuibp.render.copied import Copied, Form


LOW, LEAST_SUM = 14, 4
"""Rows of a window in which what the sentence below takes decides, and what the sum keeps in any case."""


class Brackets(PagedScreen[Bracketing]):
    """Over the paths, to which it goes back."""

    END = _("This is the last page: backpropagation has been found.")
    BINDINGS = [
        PictureScreen.COPY,
        table("step", "turn(1)", _("next bracket"), _("The next bracket")),
        table("back", "turn(-1)", _("back"), _("The line before")),
        *ends("edge", _("The sum as it is written out"), _("All weights at once")),
        *leaving(_("the paths"), _("Back to the paths"), "paths"),
        own("paths_bracket", "b", "leave"),
    ]

    def __init__(self, desk: Desk, layer: int, j: int, k: int | None) -> None:
        super().__init__(desk, _("The bracketing"))
        state = desk.state
        self._making.make(state.network, lambda _told: bracket(state.network, state.shown, layer, j, k))

    def pages(self, made: Bracketing) -> int:
        return pages(made)

    def copied(self, made: Bracketing, at: int, form: Form) -> Copied:
        from tuibp.render.copied_pages import of_bracketing

        return of_bracketing(self._desk.state.network, made, at, form, self._desk.glyphs)

    def page(self, scene: Scene, made: Bracketing) -> None:
        found, at, width = made, self._at, self.size.width
        scene = replace(scene, message=self.told)
        self.line("title", title_line(scene, width))
        self.line("steps", brackets_title(scene, found, at, width))
        slot = self.slot("whole")
        height = slot.size.height
        lower = min(len(found.lines) + 5, height // 2)
        if scene.compact and height < LOW:
            lower = min(multiplications_height(scene, found, at, width), height - LEAST_SUM)
        upper = height - lower
        total = sum_panel(scene, found, at, *inside(scene, width, upper, "whole"))
        counted = multiplications_panel(scene, found, at, *inside(scene, width, lower, "whole"))
        slot.show([*framed(total, scene, width, upper, "whole"), *framed(counted, scene, width, lower, "whole")])
