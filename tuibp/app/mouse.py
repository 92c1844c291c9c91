"""What a click on the main screen does: what the keys do for what is drawn there. Nothing needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tuibp.app.key_footer import footer as footer_items
from tuibp.app.key_footer import footer_groups
from tuibp.render.footer import key_at
from tuibp.render.title import step_at
from tuibp.session.commands import Visit

if TYPE_CHECKING:
    from tuibp.app.desk import Desk
    from tuibp.app.program import Program
    from tuibp.app.stage import Stage


class Click(NamedTuple):
    """A cell of a part of the screen."""

    x: int
    y: int
    width: int
    """Of the whole screen."""
    height: int
    """Of the part."""


def click(app: Program, stage: Stage, part: str, at: Click) -> None:
    """A click on what the stage has drawn."""
    _PARTS[part](app, stage, at)
    app.repaint()


def _footer(app: Program, _stage: Stage, at: Click) -> None:
    """A key of the footer; a message that stands in its place goes first."""
    desk = app.desk
    if desk.message:
        desk.say("")
    elif at.y == at.height - 1:
        name = _key_at(desk, at.width, at.x)
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


def _steps(app: Program, _stage: Stage, at: Click) -> None:
    number = step_at(app.desk.scene(), at.width, at.x)
    if number is not None and app.desk.state.nudge is None and at.y == int(not app.desk.compact):
        app.action_press(f"phase{number}")


def _network(app: Program, stage: Stage, at: Click) -> None:
    """A neuron, or a point of the plane."""
    desk = app.desk
    point, cursor = stage.point(at.x, at.y), stage.hit(at.x, at.y)
    if point is not None:
        from tuibp.app.actions.own import take

        take(desk, point)
    elif cursor is not None:
        desk.look(cursor=cursor, panel="network")


def _matrix(app: Program, stage: Stage, at: Click) -> None:
    """A weight or a bias."""
    cursor = stage.weight(at.x, at.y)
    if cursor is not None:
        app.desk.look(cursor=cursor, panel="matrix")


def _equation(app: Program, stage: Stage, at: Click) -> None:
    """A symbol, as the key for them goes to; beside them, back to the equation."""
    symbol = stage.symbol(at.x, at.y)
    if symbol is not None or app.desk.view.symbol is not None:
        app.desk.look(symbol=symbol)


def _cost(app: Program, stage: Stage, at: Click) -> None:
    """The network as it was after the update at this place of the plot."""
    from tuibp.app.actions.stepping import reach

    desk = app.desk
    position = stage.update(at.x)
    if position is not None and desk.state.nudge is None and desk.awaited is None:
        desk.pause()
        moment = desk.history.lineage.moment(position)
        reach(app, moment, lambda: desk.do(Visit(*moment)))


_PARTS = {
    "footer": _footer,
    "steps": _steps,
    "network": _network,
    "matrix": _matrix,
    "cost": _cost,
    "equation": _equation,
}
