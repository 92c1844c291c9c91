"""What a click on the main screen does: what the keys do for what is drawn there. Nothing needs it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from tuibp.app.key_footer import footer as footer_items
from tuibp.app.key_footer import footer_groups
from tuibp.app.keys import KEYS
from tuibp.locale import _
from tuibp.render.footer import key_at
from tuibp.render.lines import Row, text_of
from tuibp.render.pixels import pixel_at
from tuibp.render.title import step_at
from tuibp.render.typeset import sentence
from tuibp.session.commands import Visit
from tuibp.session.cursor import Cursor

if TYPE_CHECKING:
    from tuibp.app.desk import Desk
    from tuibp.app.program import Program
    from tuibp.app.stage import Stage


_ENDS = re.compile("  |[│|]")
"""What ends the words behind a key."""


class Click(NamedTuple):
    """A cell of a part of the screen."""

    x: int
    y: int
    width: int
    """Of the whole screen."""
    height: int
    """Of the part."""
    rows: Sequence[Row] = ()
    """What the part shows."""


def click(app: Program, stage: Stage, part: str, at: Click) -> None:
    """A click on what the stage has drawn: a key that is written there, or what the part makes of it."""
    name = "" if part == "footer" else key_written(app.desk, at)
    if name:
        app.action_press(name)
    elif part in _PARTS:
        _PARTS[part](app, stage, at)
    app.repaint()


def key_written(desk: Desk, at: Click) -> str:
    """The key of the table that is written at a cell, in the accent with what it does behind it: `u one step downhill`,
    `esc put back`. Digits are no keys there: layers are numbered too."""
    keys = {sentence(desk.keymap.shown(row, KEYS), desk.glyphs): row.name for row in KEYS if not row.shown.isdigit()}
    row = at.rows[at.y] if at.y < len(at.rows) else []
    x = 0
    for n, (text, style, _control) in enumerate(row):
        if style == desk.palette.accent and text in keys:
            said = _ENDS.split(text_of(row[n:]))[0].rstrip()
            if x <= at.x < x + cell_len(said) and not _another(row[n + 1 :], desk, keys, at.x - x - cell_len(text)):
                return keys[text]
        x += cell_len(text)
    return ""


def _another(row: Row, desk: Desk, keys: dict[str, str], x: int) -> bool:
    """Whether a further key stands at the cell, or between."""
    for text, style, _control in row:
        if x < 0:
            return False
        if style == desk.palette.accent and text in keys:
            return True
        x -= cell_len(text)
    return False


def _title(app: Program, _stage: Stage, at: Click) -> None:
    """The example goes on to the next, η opens the settings."""
    text = text_of(at.rows[0]) if at.rows else ""
    for word, name in ((_("example"), "next"), (sentence("η", app.desk.glyphs), "settings")):
        start = text.find(f" {word} ")
        if start >= 0 and start < at.x <= start + len(re.split("  ", text[start + 1 :])[0]):
            app.action_press(name)


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
    """A neuron, or a point of the plane; the lens in the panel's corner turns to the next."""
    desk = app.desk
    if at.y == 0 and at.x > at.width // 4:
        app.action_press("lens")
        return
    point, cursor = stage.point(at.x, at.y), stage.hit(at.x, at.y)
    if point is not None:
        from tuibp.app.actions.own import take

        take(desk, point)
    elif cursor is not None:
        desk.look(cursor=cursor, panel="network")


def _matrix(app: Program, stage: Stage, at: Click) -> None:
    """A weight or a bias; a neuron's picture or row is the neuron."""
    cursor = stage.weight(at.x, at.y)
    if cursor is not None:
        app.desk.look(cursor=cursor, panel="matrix" if cursor.k is not None or cursor.bias else "network")


def _equation(app: Program, stage: Stage, at: Click) -> None:
    """A pixel of the weights' or the gradients' picture is that weight; a symbol, as the key for them goes to; beside
    them, back to the equation."""
    desk = app.desk
    shape, cursor = desk.state.preset.data.image, desk.scene().cursor
    k = None if shape is None or cursor.layer != 1 else pixel_at(at.rows, at.x, at.y, shape)
    if k is not None:
        desk.look(cursor=Cursor(1, cursor.j, k), panel="matrix")
        return
    symbol = stage.symbol(at.x, at.y)
    if symbol is not None or desk.view.symbol is not None:
        desk.look(symbol=symbol)


def _cost(app: Program, stage: Stage, at: Click) -> None:
    """The network as it was after the update at this place of the plot; its title turns to another plot."""
    if at.y == 0:
        app.action_press("plot")
        return
    from tuibp.app.actions.stepping import reach

    desk = app.desk
    position = stage.update(at.x)
    if position is not None and desk.state.nudge is None and desk.awaited is None:
        desk.pause()
        moment = desk.history.lineage.moment(position)
        reach(app, moment, lambda: desk.do(Visit(*moment)))


_PARTS = {
    "title": _title,
    "steps": _steps,
    "network": _network,
    "equation": _equation,
    "matrix": _matrix,
    "cost": _cost,
    "footer": _footer,
}
