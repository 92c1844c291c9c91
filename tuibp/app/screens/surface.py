"""The loss surface: the cost over two directions, computed in the background, with the path of descent on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from tuibp.app.arrangement import arrange, beside
from tuibp.app.key_row import KeyRow
from tuibp.app.lanes import Lanes
from tuibp.app.panel_keys import in_list, leaving, own, table
from tuibp.app.screens.picture import PictureScreen
from tuibp.core.gradient import cost, gradient
from tuibp.core.network import Array, located
from tuibp.core.notation import of_parameter
from tuibp.core.surface import Kind, Plane, Surface, Window, around, of_path, of_random, of_weights, sample, surface
from tuibp.locale import _
from tuibp.render.frame import framed, inside
from tuibp.render.scene import Scene
from tuibp.render.surface_page import Looked, picture_shape, surface_line, surface_picture, surface_words
from tuibp.render.title import title_line
from tuibp.render.waiting import waiting_panel
from tuibp.session.path import descended
from tuibp.session.view import parameter_under

if TYPE_CHECKING:
    from tuibp.app.desk import Desk

KINDS: tuple[Kind, ...] = ("weights", "path", "random")
PARTNERS = 12
"""Weights that the cursor's may be paired with: those that the cost depends on most."""
SEEDS = 12
REACH: dict[Kind, float] = {"weights": 4.0, "path": 0.0, "random": 1.0}
"""How far a plane is looked at to either side, at the least."""


class SurfaceScreen(PictureScreen):
    """Another plane, another window or another size is computed anew; what is seen stays until then."""

    WHEEL = ("zoom(0.5)", "zoom(2.0)")
    BINDINGS = [
        own(
            "surface_kind",
            "v",
            "kind",
            _("which plane"),
            _("Over two weights, the path’s plane, or at random"),
        ),
        *in_list(_("another"), _("Pair with another weight, or draw other directions")),
        table("larger", "zoom(0.5)", _("closer"), _("Closer in"), beside=("smaller",)),
        table("smaller", "zoom(2.0)", "", _("Farther out")),
        *leaving(_("close"), _("Stop; again: back to the steps"), "surface", action="stop"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._state = state = desk.state
        network, data = state.network, state.preset.data
        self._rows = data.train[sample(network, len(data.train))]
        self._cost = cost(network, data.x[self._rows], data.y[self._rows])
        at = parameter_under(state, desk.view)
        self._first = network.index_of(at.layer, at.j, None if at.bias else at.k)
        self._partners: list[int] = []
        self._path: Array | None = None
        self._updates = 0
        self._kind: Kind = "weights"
        self._other, self._factor = 0, 1.0
        self._looked: Looked | None = None
        self._shape = 0, 0
        self._share: float | None = None
        self._work = Lanes(_("The loss surface"), self.tick, desk.background)

    @property
    def looked(self) -> Looked | None:
        """What is seen; None before there is something."""
        return self._looked

    @property
    def done(self) -> bool:
        """Whether nothing is being computed."""
        return self._work.stopped

    def on_unmount(self) -> None:
        self._work.stop()

    def picture(self, scene: Scene) -> None:
        slot, sizes, width = self.slot("whole"), arrange(*self.size), self.size.width
        height, left, right = slot.size.height, sizes.left, sizes.right
        size = inside(scene, left, height)
        if picture_shape(*size) != self._shape:
            self._shape = picture_shape(*size)
            self._begin()
        self.line("title", title_line(scene, width))
        looked = self._looked
        self.line("steps", surface_line(scene, None if self.done else self._share, width))
        if looked is None:
            panel = waiting_panel(scene, *inside(scene, width, height, "whole"), _("The loss surface"), 0.0, "")
            slot.show(framed(panel, scene, width, height, "whole"))
        else:
            words = surface_words(scene, looked, *inside(scene, right, height, "right"))
            picture = framed(surface_picture(scene, looked, *size), scene, left, height)
            slot.show(beside(picture, framed(words, scene, right, height, "right")))
        self.keys("footer", scene)

    def _begin(self) -> None:
        """Compute what is asked for by now, and nothing that was asked for before."""
        self._share = 0.0
        self._work.drain(self._story(self._kind, self._other, self._factor, self._shape), self._told)

    def _story(self, kind: Kind, other: int, factor: float, shape: tuple[int, int]) -> Iterator[Looked]:
        network, data = self._state.network, self._state.preset.data
        x, y = data.x[self._rows], data.y[self._rows]
        path = self._walked()
        plane, names = self._plane(kind, other, path, x, y)
        points = plane.at(path)
        window = around(points, REACH[plane.kind]).scaled(factor)
        shown = window
        if plane.kind == "weights":  # numbers at the edges are the weights' own
            s, t = (float(network.parameters[int(np.flatnonzero(d)[0])]) for d in (plane.u, plane.v))
            shown = Window((window.s[0] + s, window.s[1] + s), (window.t[0] + t, window.t[1] + t))
            points = points + np.array([s, t])
        for made in surface(network, x, y, plane, window, shape):
            yield Looked(plane, shown, names, points, self._updates, made, self._cost)

    def _walked(self) -> Array:
        """The moments of the run, with where one stands as the last; made once."""
        if self._path is None:
            history, own = self._desk.history, self._state.network.parameters
            line = history.lineage
            found = descended(history.log, line, own.size)
            self._updates = line.position
            before = found.parameters[[update < line.position for update in found.updates]]
            self._path = np.array([*before, own])
        return self._path

    def _plane(self, kind: Kind, other: int, path: Array, x: Array, y: Array) -> tuple[Plane, tuple[str, str]]:
        network = self._state.network
        if kind == "path" and (found := of_path(path)) is not None:
            return found, (_("way 1"), _("way 2"))
        if kind == "random":
            return of_random(network, self._state.settings.seed + other), (_("way 1"), _("way 2"))
        if not self._partners:
            ranked = np.argsort(-np.abs(gradient(network, x, y).flat), kind="stable").tolist()
            self._partners = [place for place in ranked[: PARTNERS + 1] if place != self._first][:PARTNERS]
        second = self._partners[other % len(self._partners)]
        names = tuple(of_parameter(*located(network.sizes, place)) for place in (self._first, second))
        return of_weights(network, self._first, second), (names[0], names[1])

    def _told(self, looked: Looked) -> None:
        self._looked = looked
        made: Surface | None = looked.surface
        self._share = None if made is None else made.done

    def label(self, row: KeyRow) -> str:
        return _("stop") if row.action == "stop" and not self.done else super().label(row)

    def enabled(self, row: KeyRow) -> bool:
        return not row.action.startswith("choose") or self._kind != "path"

    def action_kind(self) -> None:
        """The next kind of plane that there is."""
        self._kind = KINDS[(KINDS.index(self._kind) + 1) % len(KINDS)]
        if self._kind == "path" and (self._path is None or of_path(self._path) is None):
            self._desk.say(_("There is no path here that spans a plane: t trains, then there is."))
            self._kind = "random"
        self._other, self._factor = 0, 1.0
        self._begin()
        self.repaint()

    def action_choose(self, by: int) -> None:
        if self._kind == "path":
            self._desk.say(_("The path has this one plane; v goes on to others."))
        else:
            self._other = (self._other + by) % (max(len(self._partners), 1) if self._kind == "weights" else SEEDS)
            self._begin()
        self.repaint()

    def action_zoom(self, factor: float) -> None:
        self._factor = min(max(self._factor * factor, 2.0**-10), 2.0**6)
        self._begin()
        self.repaint()

    def action_stop(self) -> None:
        """Stop what is being computed; where nothing is, back to the steps."""
        if self.done:
            self.action_leave()
        else:
            self._work.stop()
            self.repaint()
