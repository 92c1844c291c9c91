"""Keys of the laboratory: change one number and watch the change travel to the cost."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from tuibp.app.actions import Action
from tuibp.core.nudge import tidy
from tuibp.locale import _
from tuibp.session.commands import Keep, PutBack, SetNudge
from tuibp.session.state import Nudge
from tuibp.session.view import Cursor, cursor_of, parameter_under

if TYPE_CHECKING:
    from tuibp.app.desk import Desk
    from tuibp.app.program import Program

SMALLEST, LARGEST = 1e-8, 1e4


def nudge(sign: int) -> Action:
    """Change what is in hand by one Δ; with nothing in hand, take the parameter under the cursor."""

    def go(app: Program) -> None:
        desk = app.desk
        held = desk.state.nudge or taken(desk)
        by = replace(held, delta=tidy(held.delta + sign * desk.view.nudge_step, desk.view.nudge_step))
        desk.do(SetNudge(by))

    return go


def taken(desk: Desk) -> Nudge:
    """A nudge of nothing yet, of the weight or bias under the cursor, or of the one that stands for its neuron."""
    cursor = parameter_under(desk.state, desk.view)
    desk.look(cursor=cursor)
    return Nudge("parameter", 0.0, cursor.layer, cursor.j, cursor.k)


def scale(factor: float) -> Action:
    def go(app: Program) -> None:
        desk = app.desk
        step = float(f"{desk.view.nudge_step * factor:.1e}")
        if SMALLEST <= step <= LARGEST:
            desk.look(nudge_step=step)
        desk.say(_("Δ is {step:g}.").format(step=desk.view.nudge_step))

    return go


def zero(app: Program) -> None:
    """Set the parameter to zero."""
    set_value(app.desk, 0.0)


def type_value(app: Program) -> None:
    held = app.desk.state.nudge or taken(app.desk)
    value = value_of(app.desk, held) + held.delta

    def accept(text: str) -> str:
        number = number_typed(text)
        if number is None:
            return _("That is not a number.")
        if not math.isfinite(number):
            return _("The value must be finite.")
        return set_value(app.desk, number)

    app.ask(_asks(app.desk, held), f"{value:.10g}", accept)


def _asks(desk: Desk, held: Nudge) -> str:
    """What is to be typed: the new value of a weight or a bias, or how much is added where the nudge is not of one."""
    from tuibp.render.nudge_title import name_of
    from tuibp.render.numbers import plain

    name = name_of(held, desk.glyphs)
    if held.kind != "parameter":
        return _("Δ {name}: how much is added, as a number").format(name=name)
    was = plain([value_of(desk, held)], 9, glyphs=desk.glyphs)(value_of(desk, held)).strip()
    return _("{name} is {value}. Its new value, as a number:").format(name=name, value=was)


def number_typed(text: str) -> float | None:
    """As people and as our own screens write it; None where it is no number."""
    try:
        return float(text.replace("−", "-"))
    except ValueError:
        return None


def set_value(desk: Desk, value: float) -> str:
    """Nudge so that the number in hand becomes `value` (for Δz and directions: so that Δ becomes it); why not."""
    held = desk.state.nudge or taken(desk)
    return desk.do(SetNudge(replace(held, delta=value - value_of(desk, held))))


def value_of(desk: Desk, held: Nudge) -> float:
    """Where the number in hand stood before the nudge."""
    if held.kind != "parameter":
        return 0.0
    network = desk.state.network
    return float(network.parameters[network.index_of(held.layer, held.j, held.k)])


def demon(app: Program) -> None:
    """Add Δz to the neuron under the cursor instead; again: back to the weight."""
    desk = app.desk
    held = desk.state.nudge
    if held is not None and held.kind == "demon":
        desk.do(PutBack())
        return
    cursor = cursor_of(desk.state, desk.view)
    layer, j = (cursor.layer, cursor.j) if cursor.layer else (1, 0)
    desk.look(cursor=Cursor(layer, j))
    desk.do(SetNudge(Nudge("demon", desk.view.nudge_step, layer, j)))


def direction(app: Program) -> None:
    """Nudge all parameters along −∇C; again: along a random direction, another one each time."""
    desk = app.desk
    held = desk.state.nudge
    if held is None or held.kind != "direction":
        desk.do(SetNudge(Nudge("direction", desk.view.nudge_step, direction="gradient")))
    else:
        seed = held.seed + 1 if held.direction == "random" else held.seed
        desk.do(SetNudge(replace(held, direction="random", seed=seed)))


def keep(app: Program) -> None:
    app.desk.do(Keep())


def put_back(app: Program) -> None:
    if app.desk.awaited is not None:
        app.desk.awaited.stop()
        return
    if app.desk.pause():
        return
    if app.desk.view.symbol is not None:
        app.desk.look(symbol=None)
        return
    app.desk.do(PutBack())


def why_not_put_back(desk: Desk) -> str:
    if desk.awaited is not None or desk.training or desk.view.symbol is not None:
        return ""
    return why_not_nudged(desk)


def why_not_nudged(desk: Desk) -> str:
    return "" if desk.state.nudge is not None else _("Nothing is nudged: [ and ] change the weight under the cursor.")
