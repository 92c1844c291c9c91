"""Which picture stands in which slot of the main screen. Pictures come from `render`; this only places them."""

from __future__ import annotations

from dataclasses import replace
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING

from textual.strip import Strip

from tuibp.app.arrangement import LEAST, too_small
from tuibp.app.keys import footer as footer_items
from tuibp.app.widgets.slot import Slot
from tuibp.locale import _
from tuibp.render import plot
from tuibp.render.canvas import Canvas
from tuibp.render.equation import equation
from tuibp.render.footer import footer
from tuibp.render.frame import Side, framed, inside
from tuibp.render.matrix import matrix
from tuibp.render.network import network
from tuibp.render.pointing import hit, neighbour, zoomed
from tuibp.render.scene import Panel, Scene
from tuibp.render.title import nudge_line, step_line, title_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuibp.app.desk import Desk
    from tuibp.app.screens.main import MainScreen
    from tuibp.core.finite_difference import GradientCheck
    from tuibp.render.glyphs import Glyphs
    from tuibp.session.state import State
    from tuibp.session.view import Cursor

    Picture = Callable[[Scene, int, int], Panel]


class Stage:
    """Paints the main screen, and remembers what was painted so that the cursor and the mouse can follow it."""

    def __init__(self, desk: Desk, soon: Callable[[Callable[[], None]], object]) -> None:
        """`soon` calls a function when the first picture has been shown."""
        self._desk = desk
        self._soon = soon
        self._inside = (80, 12)
        self._loading = False
        self._offset = 0
        self._about: tuple[State, Cursor] | None = None
        self._plotted: tuple[tuple[int, int], float, Panel | None] = (0, 0), 0.0, None

    def paint(self, screen: MainScreen) -> None:
        """Put the pictures of the desk, as it is now, into the slots."""
        width, height = screen.size
        if width < LEAST[0] or height < LEAST[1]:
            screen.slot("small").show(too_small(width, height))
            return
        desk = self._desk
        scene = desk.scene()
        for slot in screen.query(Slot):
            slot.ground = scene.palette.under
        nudged = scene.state.nudge is not None
        screen.slot("title").show([title_line(scene, width)])
        screen.slot("steps").show([nudge_line(scene, width) if nudged else step_line(scene, width)])
        self._panel(screen, "network", network, scene, "left")
        if nudged:
            self._laboratory(screen, scene)
        else:
            self._panel(screen, "equation", self._equation, scene, "right")
            self._panel(screen, "matrix", matrix, scene, "left")
            self._panel(screen, "cost", self._cost, scene, "right", "cross")
        screen.slot("footer").show([footer(footer_items(desk), width, scene.palette, scene.glyphs)])

    def _laboratory(self, screen: MainScreen, scene: Scene) -> None:
        """What a nudge in hand shows in place of equation, matrix and cost."""
        from tuibp.render.notebook import notebook
        from tuibp.render.nudge_curve import error_curve
        from tuibp.render.nudge_text import delta_cost

        plot.load()
        self._panel(screen, "equation", delta_cost, scene, "right")
        slot = screen.slot("matrix")
        width, height = slot.size
        error = 0 if scene.compact else min(33, width * 9 // 20)
        curve = self._curve(scene, *inside(scene, width - error, height))
        left = framed(curve, scene, width - error, height)
        if error:
            right = framed(error_curve(scene, *inside(scene, error, height)), scene, error, height)
            left = [Strip.join(pair) for pair in zip(left, right, strict=True)]
        slot.show(left)
        if scene.compact:
            self._panel(screen, "cost", error_curve, scene, "right", "cross")
        else:
            made = self._desk.history.experiments()
            self._panel(screen, "cost", lambda s, w, h: notebook(s, w, h, made), scene, "right")

    def _curve(self, scene: Scene, width: int, height: int) -> Panel:
        """C over the nudged number; that of all examples is computed in a thread, and drawn when it is there."""
        from tuibp.render.nudge_curve import compute_curve, has_curve, parameter_curve, whole_set

        if not whole_set(scene) or has_curve(scene, width):
            return parameter_curve(scene, width, height)

        def work() -> None:
            compute_curve(scene, width)
            self._desk.changed()

        Thread(target=work, name="curve", daemon=True).start()
        canvas = Canvas(width, height)
        canvas.put(2, 1, _("Computing C for all examples …"), scene.palette.quiet)
        return Panel("C", _("all examples"), canvas.strips())

    def _panel(
        self, screen: MainScreen, name: str, picture: Picture, scene: Scene, side: Side, joint: str = ""
    ) -> None:
        slot = screen.slot(name)
        width, height = slot.size
        room = inside(scene, width, height, side)
        if name == "network":
            self._inside = room
        focus = name == scene.view.panel and name != "network"
        panel = picture(scene, *room)
        if name == "network" and scene.checked is not None:
            panel = replace(panel, note=proof(scene.checked, scene.glyphs))
        slot.show(framed(panel, scene, width, height, side, joint, focus))

    def _equation(self, scene: Scene, width: int, height: int) -> Panel:
        """From where it was scrolled to, as long as it is about the same number."""
        about = scene.state, scene.cursor
        if about != self._about:
            self._about, self._offset = about, 0
        return equation(scene, width, height, self._offset)

    def scroll(self, by: int) -> None:
        """Scroll the equation by lines."""
        self._offset = max(0, self._offset + by)

    def _cost(self, scene: Scene, width: int, height: int) -> Panel:
        """The plot; while plotext is being imported, its empty frame."""
        if plot.loaded() or scene.curve is None or len(scene.curve.costs) < 2:
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

        Thread(target=work, name="plotext", daemon=True).start()

    def neighbour(self, direction: str) -> Cursor:
        """Where an arrow key takes the cursor in the grid as drawn."""
        return neighbour(self._desk.scene(), *self._inside, direction)

    def hit(self, x: int, y: int) -> Cursor | None:
        """The neuron at a cell of the network's slot."""
        edge = 0 if self._desk.compact else 1
        return hit(self._desk.scene(), *self._inside, x - edge, y - 1)

    def zoom(self, by: int) -> None:
        """Larger or smaller tiles for the layer under the cursor."""
        scene = self._desk.scene()
        self._desk.look(zoom=zoomed(scene, *self._inside, by))


def proof(check: GradientCheck, glyphs: Glyphs) -> str:
    """The small mark that the gradient shown is right: how many partial derivatives agree, and how well."""
    mark = ("ok" if glyphs.ascii else "✓") if check.ok else _("DISAGREES:")
    derivative = "dC" if glyphs.ascii else "∂C"
    worst = f"{check.max_rel_error:.0e}" if check.max_rel_error else "0"
    return _("{mark} {count:,} {derivative} checked, worst {worst}").format(
        mark=mark, count=check.parameters, derivative=derivative, worst=worst
    )
