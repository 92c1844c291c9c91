"""Which picture stands in which part of the main screen. Pictures come from `render`; this only places them."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from rich.segment import Segment

from tuibp.app.arrangement import LEAST, arrange, beside, too_small
from tuibp.app.key_footer import footer as footer_items
from tuibp.locale import _
from tuibp.render import plot
from tuibp.render.canvas import Canvas
from tuibp.render.equation import equation, with_symbol
from tuibp.render.footer import footer
from tuibp.render.frame import Side, framed, inside
from tuibp.render.lines import Row
from tuibp.render.matrix import matrix
from tuibp.render.message import laid_over, with_message
from tuibp.render.network import layout_of, network
from tuibp.render.nudge_title import nudge_line
from tuibp.render.pointing import hit, neighbour, zoomed
from tuibp.render.scene import Panel, Scene
from tuibp.render.title import step_line, title_line
from tuibp.session.plots import COSTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuibp.app.desk import Desk
    from tuibp.render.layout import Layout
    from tuibp.session.state import State
    from tuibp.session.view import Cursor

    Picture = Callable[[Scene, int, int], Panel]


LESSON = {True: 13, False: 16}
"""Rows that a lesson wants with its frame, where there is little room and where there is more."""


class Stage:
    """Pictures for the main screen; it remembers where they stood so that the cursor and the mouse can follow."""

    def __init__(self, desk: Desk, soon: Callable[[Callable[[], None]], object]) -> None:
        """`soon` calls a function when the first picture has been shown."""
        self._desk = desk
        self._soon = soon
        self._arranged = arrange(80, 24)
        self._loading = False
        self.offset = 0
        self._computed: tuple[State, int] | None = None
        self._about: tuple[State, Cursor] | None = None
        self._plotted: tuple[tuple[int, int], float, Panel | None] = (0, 0), 0.0, None

    def pictures(self, width: int, height: int) -> dict[str, list[Row]]:
        """What stands in each part of a window of this size, of the desk as it is now."""
        if width < LEAST[0] or height < LEAST[1]:
            return {"small": too_small(width, height)}
        desk, self._arranged = self._desk, arrange(width, height)
        desk.compact = self._arranged.compact
        scene = desk.scene()
        if scene.lesson is not None:
            self._arranged = self._arranged.lending(LESSON[scene.compact])
        if desk.view.symbol is not None:
            scene = with_symbol(scene)
        nudged = scene.state.nudge is not None
        watched = scene.training and scene.view.plot not in COSTS and plot.loaded()
        panels = self._laboratory(scene) if nudged else {
            "equation": self._panel("equation", self._watched if watched else self._equation, scene, "right"),
            "matrix": self._panel("matrix", _matrix, scene),
            "cost": self._panel("cost", self._cost, _of_cost(scene) if watched else scene, "right", "cross"),
        }  # fmt: skip
        keys = self._arranged.apart(footer(footer_items(desk), width, scene.palette, scene.glyphs))
        foot, above = with_message(keys, scene, width)
        left = self._arranged.left
        panels["matrix"] = laid_over(panels["matrix"], above, 0, left)
        if scene.lesson is not None:
            panels["cost"] = self._panel("cost", _lesson, scene, "right", "beside")
        panels["cost"] = laid_over(panels["cost"], above, left, width)
        panels["equation"], panels["cost"] = self._arranged.in_halves(panels["equation"], panels["cost"])
        if scene.compact and self._arranged.lent:  # where the left side's line ends
            joint = Segment(scene.glyphs.sides[1], scene.palette.line)
            panels["cost"][0] = [joint, *panels["cost"][0][1:]]
        return {
            "title": [title_line(scene, width)],
            "steps": self._arranged.apart(nudge_line(scene, width) if nudged else step_line(scene, width)),
            "network": self._panel("network", network, scene),
            **panels,
            "footer": foot,
        }

    def whole(self, width: int, height: int) -> list[Row]:
        """The same as one picture, on the ground that everything lies on."""
        pictures = self.pictures(width, height)
        ground = self._desk.palette.under
        return [list(Segment.apply_style(row, ground)) for row in self._arranged.whole(pictures)]

    def _laboratory(self, scene: Scene) -> dict[str, list[Row]]:
        """What a nudge in hand shows in place of equation, matrix and cost."""
        from tuibp.render.notebook import notebook
        from tuibp.render.nudge_curve import error_curve
        from tuibp.render.nudge_text import delta_cost

        plot.load()
        width, height = self._arranged.size("matrix")
        error = 0 if scene.compact else min(33, width * 9 // 20)
        curve = self._curve(scene, *inside(scene, width - error, height))
        left = framed(curve, scene, width - error, height)
        if error:
            right = framed(error_curve(scene, *inside(scene, error, height)), scene, error, height)
            left = beside(left, right)
        made = self._desk.history.experiments()
        return {
            "equation": self._panel("equation", delta_cost, scene, "right"),
            "matrix": left,
            "cost": self._panel("cost", error_curve, scene, "right", "cross")
            if scene.compact
            else self._panel("cost", lambda s, w, h: notebook(s, w, h, made), scene, "right"),
        }

    def _curve(self, scene: Scene, width: int, height: int) -> Panel:
        """C over the nudged number; that of all examples is computed in the background, and drawn when it is there."""
        from tuibp.render.nudge_curve import compute_curve, has_curve, parameter_curve, whole_set

        if not whole_set(scene) or has_curve(scene, width):
            return parameter_curve(scene, width, height)

        def work() -> None:
            compute_curve(scene, width)
            self._desk.changed()

        about = scene.state, width
        if about != self._computed:  # once, or what fails would be tried for ever
            self._computed = about
            self._desk.background(_("C of all examples"), work)
        canvas = Canvas(width, height)
        canvas.put(2, 1, _("Computing C for all examples …"), scene.palette.quiet)
        return Panel("C", _("all examples"), canvas.rows())

    def _panel(self, name: str, picture: Picture, scene: Scene, side: Side = "left", joint: str = "") -> list[Row]:
        width, height = self._arranged.size(name)
        focus = name == scene.view.panel and name != "network"
        return framed(picture(scene, *inside(scene, width, height, side)), scene, width, height, side, joint, focus)

    def _equation(self, scene: Scene, width: int, height: int) -> Panel:
        """From where it was scrolled to, as long as it is about the same number."""
        about = scene.state, scene.cursor
        if about != self._about:
            self._about, self.offset = about, 0
        if scene.updated is not None:
            from tuibp.render.update import what_it_did

            return what_it_did(scene, scene.updated, width, height)
        if scene.view.code:
            from tuibp.render.code import code_panel

            return code_panel(scene, scene.view.code, width, height)
        return equation(scene, width, height, self.offset)

    def _watched(self, scene: Scene, width: int, height: int) -> Panel:
        """While training is watched, the chosen plot is worth more room than an equation that changes too fast to
        read, and the cost stays beside it."""
        from tuibp.render.cost_plot import cost

        return cost(scene, width, height)

    def scroll(self, by: int) -> None:
        """Scroll the equation by lines."""
        self.offset = max(0, self.offset + by)

    def _cost(self, scene: Scene, width: int, height: int) -> Panel:
        """The plot; while plotext is being imported, its empty frame."""
        if plot.loaded() or scene.curve is None or not len(scene.curve.costs):
            from tuibp.render.cost_plot import cost  # after the first picture, as plotext

            size, last, picture = self._plotted
            # On a slow line a live plot costs more than it tells: once a second is often enough.
            if picture is None or size != (width, height) or not (scene.training and scene.line and monotonic() < last):
                picture = cost(scene, width, height)
                self._plotted = (width, height), monotonic() + 1.0, picture
            return picture
        if not self._loading:
            self._loading = True
            self._soon(self._load)
        return Panel(_("Cost"), "", [])

    def _load(self) -> None:
        def work() -> None:
            plot.load()
            self._desk.changed()

        self._desk.background(_("The plot"), work)

    def neighbour(self, direction: str) -> Cursor:
        """Where an arrow key takes the cursor in the grid as drawn."""
        scene = self._desk.scene()
        return neighbour(scene, *self._inside(scene), direction)

    def hit(self, x: int, y: int) -> Cursor | None:
        """The neuron at a cell of the network's slot."""
        edge, scene = 0 if self._desk.compact else 1, self._desk.scene()
        return hit(scene, *self._inside(scene), x - edge, y - 1)

    def weight(self, x: int, y: int) -> Cursor | None:
        """What stands at a cell of the matrix's slot: a weight or bias, a neuron's picture, an output's row."""
        from tuibp.render.matrix import cursor_at

        scene, edge = self._desk.scene(), 0 if self._desk.compact else 1
        if scene.state.nudge is not None or scene.updated is not None:
            return None
        return cursor_at(scene, *inside(scene, *self._arranged.size("matrix")), x - edge, y - 1)

    def symbol(self, x: int, y: int) -> int | None:
        """The symbol of the equation at a cell of its slot."""
        from tuibp.render.equation import symbol_at

        scene = self._desk.scene()
        width, height = inside(scene, *self._arranged.size("equation"), "right")
        if scene.training or not 0 <= y - 1 < height:
            return None
        return symbol_at(with_symbol(scene), width, height, x - 1, y - 1, self.offset)

    def update(self, x: int) -> int | None:
        """The place in the run at a column of the plot's slot."""
        from tuibp.render.cost_plot import update_at

        scene = self._desk.scene()
        return update_at(scene, inside(scene, *self._arranged.size("cost"), "right")[0], x - 1)

    def tile_of(self, layer: int) -> str:
        """The kind of tile that a layer is drawn with; empty where it is out of sight."""
        block = self._layout().block(layer)
        return "" if block is None else block.tile

    def _layout(self) -> Layout:
        scene = self._desk.scene()
        return layout_of(scene, *self._inside(scene))

    def point(self, x: int, y: int) -> tuple[float, float] | None:
        """The point of the input's plane at a cell of the network's slot, where it is shown."""
        from tuibp.render.plane_network import point_at

        edge, scene = 0 if self._desk.compact else 1, self._desk.scene()
        return point_at(scene, *self._inside(scene), x - edge, y - 1)

    def zoom(self, by: int) -> None:
        """Larger or smaller tiles for the layer under the cursor."""
        scene = self._desk.scene()
        self._desk.look(zoom=zoomed(scene, *self._inside(scene), by))

    def _inside(self, scene: Scene) -> tuple[int, int]:
        """Cells of the network's picture."""
        return inside(scene, *self._arranged.size("network"))


def _lesson(scene: Scene, width: int, height: int) -> Panel:
    from tuibp.render.lesson_panel import lesson_panel

    assert scene.lesson is not None
    return lesson_panel(scene, scene.lesson, width, height)


def _of_cost(scene: Scene) -> Scene:
    """The same with the cost in its plot."""
    return replace(scene, view=replace(scene.view, plot="cost"))


def _matrix(scene: Scene, width: int, height: int) -> Panel:
    """The weights; after an update as they were, as they are and what changed."""
    if scene.updated is None:
        return matrix(scene, width, height)
    from tuibp.render.update import moved

    return moved(scene, scene.updated, width, height)
