"""What a click on the main screen does: what the keys do for what is drawn there. Nothing needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibp.app.keys import footer as footer_items
from tuibp.app.keys import footer_groups
from tuibp.render.footer import key_at
from tuibp.render.title import step_at
from tuibp.session.commands import Visit

if TYPE_CHECKING:
    from tuibp.app.app import TuibpApp
    from tuibp.app.desk import Desk


def click(app: TuibpApp, part: str, x: int, y: int) -> None:
    """A click at a cell of a part of the screen."""
    _PARTS[part](app, x, y)
    app.repaint()


def _footer(app: TuibpApp, x: int, y: int) -> None:
    """A key of the footer; a message that stands in its place goes first."""
    desk = app.desk
    if desk.message:
        desk.say("")
    elif y == app.size.height - 1 - app.screen.query_one("#footer").region.y:
        name = _key_at(desk, app.size.width, x)
        if name:
            app.action_press(name)


def _key_at(desk: Desk, width: int, x: int) -> str:
    """The key of the table; of several that share a label, the one that is drawn there."""
    found = key_at(footer_items(desk), width, desk.palette, desk.glyphs, x)
    if found is None:
        return ""
    index, along = found
    names = footer_groups(desk)[index]
    if along < 1.0:
        return names[min(int(along * len(names)), len(names) - 1)]
    return names[0] if len(names) == 1 else ""


def _steps(app: TuibpApp, x: int, y: int) -> None:
    number = step_at(app.desk.scene(), app.size.width, x)
    if number is not None and app.desk.state.nudge is None and y == int(not app.desk.compact):
        app.action_press(f"phase{number}")


def _network(app: TuibpApp, x: int, y: int) -> None:
    """A neuron, or a point of the plane."""
    desk = app.desk
    point, cursor = app.stage.point(x, y), app.stage.hit(x, y)
    if point is not None:
        from tuibp.app.actions.own import take

        take(desk, point)
    elif cursor is not None:
        desk.look(cursor=cursor, panel="network")


def _matrix(app: TuibpApp, x: int, y: int) -> None:
    """A weight or a bias."""
    cursor = app.stage.weight(x, y)
    if cursor is not None:
        app.desk.look(cursor=cursor, panel="matrix")


def _cost(app: TuibpApp, x: int, _y: int) -> None:
    """The network as it was after the update at this place of the plot."""
    from tuibp.app.actions.stepping import reach

    desk = app.desk
    position = app.stage.update(x)
    if position is not None and desk.state.nudge is None and desk.replay is None:
        desk.pause()
        moment = desk.history.lineage.moment(position)
        reach(app, moment, lambda: desk.do(Visit(*moment)))


_PARTS = {"footer": _footer, "steps": _steps, "network": _network, "matrix": _matrix, "cost": _cost}
