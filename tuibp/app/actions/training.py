"""Keys that train, and set how fast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibp.app.actions import Action
from tuibp.locale import _
from tuibp.render.numbers import grouped
from tuibp.session.pace import TOP, scaled

if TYPE_CHECKING:
    from tuibp.app.program import Program


def train(app: Program) -> None:
    app.toggle_training()


def make_later(app: Program) -> None:
    """Make the updates that the opening asks for, now that something is seen."""
    desk = app.desk
    updates, desk.later = desk.later, 0
    if updates and not desk.training and desk.state.nudge is None:
        app.toggle_training(updates)
        said = _("The file asks for {n} updates first; esc stops them, t goes on.")
        desk.say(said.format(n=grouped(updates)))


def pace(factor: float) -> Action:
    """Of the run under way and of those to come."""

    def go(app: Program) -> None:
        desk = app.desk
        wanted = scaled(desk.pace, factor)
        desk.look(pace=wanted)
        if desk.run is not None:
            desk.run.pace = wanted
        elif wanted > TOP:
            desk.say(_("Training goes as fast as it can."))
        else:
            desk.say(_("Training makes {n} updates a second.").format(n=f"{wanted:,.6g}"))

    return go
