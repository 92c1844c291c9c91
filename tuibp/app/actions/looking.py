"""Keys that change what is looked at: cursor, panel, lens, tiles, plot. None of them touches the session's log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibp.app.actions import Action
from tuibp.core.index import shown
from tuibp.locale import _
from tuibp.render.lens import SYMBOLS
from tuibp.render.typeset import typeset
from tuibp.session.plots import plots_of
from tuibp.session.view import PANELS, Cursor, cursor_of, lenses, move_cursor, parameter_under

if TYPE_CHECKING:
    from tuibp.app.desk import Desk
    from tuibp.app.program import Program


SMALLEST_SPAN, LARGEST_SPAN = 1e-3, 1e3


def move(direction: str) -> Action:
    def go(app: Program) -> None:
        desk = app.desk
        if desk.view.symbol is not None:
            _symbol_beside(desk, +1 if direction in ("right", "down") else -1)
            return
        if desk.view.panel == "matrix":
            desk.look(cursor=move_cursor(desk.state, desk.view, direction))
        else:
            desk.look(cursor=app.neighbour(direction))
        if desk.state.nudge is not None:
            told = _("The cursor moves; the nudge in hand stays where it is: {keep} keeps it, {back} puts it back.")
            keep, back = desk.keymap.said("keep", "enter"), desk.keymap.said("put_back", "esc")
            desk.say(told.format(keep=keep, back=back))

    return go


def next_panel(by: int) -> Action:
    """Between the network, where arrows choose a neuron, and its matrix, where they choose a weight."""

    def go(app: Program) -> None:
        desk = app.desk
        panels = PANELS[:2]
        panel = panels[(panels.index(desk.view.panel) + by) % len(panels)] if desk.view.panel in panels else panels[0]
        desk.look(panel=panel)
        cursor = parameter_under(desk.state, desk.view) if panel == "matrix" else cursor_of(desk.state, desk.view)
        desk.look(cursor=cursor if panel == "matrix" else Cursor(cursor.layer, cursor.j))

    return go


def scroll(by: int) -> Action:
    def go(app: Program) -> None:
        app.scroll(by)

    return go


def lens(by: int) -> Action:
    """The next lens, or the one before; after the last one it follows the step again. The list is seen for a moment."""

    def go(app: Program) -> None:
        turn(app, by)

    return go


def turn(app: Program, by: int) -> None:
    listed, now = (None, *lenses(app.desk.state)), app.desk.view.lens
    at = listed.index(now) if now in listed else 0
    chosen = listed[(at + by) % len(listed)]
    app.desk.look(lens=chosen)
    names = [_("follows the step") if name is None else typeset(SYMBOLS[name]) for name in listed]
    names[listed.index(chosen)] = f"[{names[listed.index(chosen)]}]"
    app.desk.say(_("Lens: {names}").format(names="  ".join(names)))


def zoom(by: int) -> Action:
    """With a nudge in hand it is the range of the cost's curve that shrinks or grows."""

    def go(app: Program) -> None:
        view = app.desk.view
        if app.desk.state.nudge is None:
            app.zoom(by)
            layer = cursor_of(app.desk.state, view).layer
            wanted, drawn = dict(app.desk.view.zoom).get(layer), app.tile_of(layer)
            told = _("Layer {layer} as {wanted} tiles.")
            if wanted != drawn:
                told = _("No {wanted} tiles fit here: layer {layer} stays as {drawn}.")
            if wanted:
                app.desk.say(told.format(layer=shown(layer), wanted=_(wanted), drawn=_(drawn)))
        else:
            app.desk.look(span=min(max(view.span * (0.5 if by > 0 else 2.0), SMALLEST_SPAN), LARGEST_SPAN))

    return go


_TOLD = {
    "cost": _("The plot shows the cost."),
    "log cost": _("The plot shows the cost on a log scale."),
    "right": _("The plot shows the share that is right; dotted: of those trained on."),
    "held out": _("The plot shows the cost of the examples trained on and held out, and what decay adds."),
    "errors": _("The plot shows how large the errors are, layer by layer."),
    "gradients": _("The plot shows how large the gradients of the weights are, layer by layer."),
    "histogram": _("The plot shows how a, z or δ of each layer are spread: v chooses; w: after tab."),
}


def code(app: Program) -> None:
    """The equation as code, then with examples as rows, then as the equation again."""
    from tuibp.session.view import CODES

    view = app.desk.view
    app.desk.look(code=CODES[(CODES.index(view.code) + 1) % len(CODES)])


def symbol(app: Program) -> None:
    """The first symbol of the equation, then the next."""
    desk = app.desk
    if desk.view.symbol is None:
        desk.look(symbol=0)
    else:
        _symbol_beside(desk, +1)


def why_no_symbol(desk: Desk) -> str:
    from tuibp.render.equation import symbols_of

    if why_not := why_no_code(desk):
        return why_not
    if desk.view.code:
        return _("This is code: k goes on to the equation, which has symbols.")
    return "" if symbols_of(desk.scene()) else _("There is no equation here: space takes the next step.")


def _symbol_beside(desk: Desk, by: int) -> None:
    from tuibp.render.equation import symbols_of

    last = len(symbols_of(desk.scene())) - 1
    desk.look(symbol=min(max((desk.view.symbol or 0) + by, 0), last))


def why_no_code(desk: Desk) -> str:
    if desk.state.nudge is None:
        return ""
    return _("The panel tells of the nudge: enter keeps it, esc puts it back; then there is an equation.")


def plot(app: Program) -> None:
    desk = app.desk
    if desk.lesson is not None and not desk.lesson.hidden:
        desk.lesson.hidden = True
        desk.say(_("The plot has its place back. L shows the lesson again."))
        return
    if desk.state.nudge is not None:
        from tuibp.render.nudge_curve import WHOLE_SET

        whole = desk.view.plot != WHOLE_SET
        desk.look(plot=WHOLE_SET if whole else "cost")
        desk.say(_("The cost of the whole data set.") if whole else _("The cost of this example."))
        return
    plots = plots_of(desk.state)
    at = plots.index(desk.view.plot) if desk.view.plot in plots else 0
    chosen = plots[(at + 1) % len(plots)]
    desk.look(plot=chosen)
    desk.say(_TOLD[chosen])
