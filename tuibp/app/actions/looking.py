"""Keys that change what is looked at: cursor, panel, lens, tiles, plot. None of them touches the session's log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibp.app.actions import Action
from tuibp.locale import _
from tuibp.session.view import LENSES, PANELS, Cursor, cursor_of, move_cursor

if TYPE_CHECKING:
    from tuibp.app.app import TuibpApp
    from tuibp.app.desk import Desk


def move(direction: str) -> Action:
    def go(app: TuibpApp) -> None:
        desk = app.desk
        if desk.view.panel == "matrix":
            desk.look(cursor=move_cursor(desk.state, desk.view, direction))
        else:
            desk.look(cursor=app.neighbour(direction))

    return go


def next_panel(by: int) -> Action:
    """Between the network, where arrows choose a neuron, and its matrix, where they choose a weight."""

    def go(app: TuibpApp) -> None:
        desk = app.desk
        panels = PANELS[:2]
        panel = panels[(panels.index(desk.view.panel) + by) % len(panels)] if desk.view.panel in panels else panels[0]
        desk.look(panel=panel)
        cursor = cursor_of(desk.state, desk.view)
        if panel == "matrix":
            layer, j = (cursor.layer, cursor.j) if cursor.layer else (1, 0)
            k = cursor.k if cursor.layer else cursor.j
            desk.look(cursor=Cursor(layer, j, k or 0))
        else:
            desk.look(cursor=Cursor(cursor.layer, cursor.j))

    return go


def lens(app: TuibpApp) -> None:
    """The next lens; after the last one it follows the step again."""
    listed = (None, *LENSES)
    at = listed.index(app.desk.view.lens)
    app.desk.look(lens=listed[(at + 1) % len(listed)])


def zoom(by: int) -> Action:
    def go(app: TuibpApp) -> None:
        app.zoom(by)

    return go


def plot(app: TuibpApp) -> None:
    from tuibp.render.plot import PLOTS

    desk = app.desk
    at = PLOTS.index(desk.view.plot) if desk.view.plot in PLOTS else 0
    desk.look(plot=PLOTS[(at + 1) % len(PLOTS)])


def why_not_matrix(desk: Desk) -> str:
    return "" if desk.mode == "steps" else _("There is one panel here.")
