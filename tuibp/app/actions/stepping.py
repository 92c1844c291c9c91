"""Keys that walk the five steps, make updates and choose examples."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tuibp.app.actions import Action
from tuibp.core.index import shown
from tuibp.locale import _
from tuibp.session.commands import ChooseExample, GoTo, Reset, Step, Update, finished
from tuibp.session.place import STEP_SIZES
from tuibp.session.stepping import Where

if TYPE_CHECKING:
    from tuibp.app.desk import Desk
    from tuibp.app.program import Program
    from tuibp.session.history import Way
    from tuibp.session.lineage import Moment


def step(app: Program) -> None:
    app.desk.do(Step(app.desk.view.step_size))
    app.desk.look(cursor=None)


FEW_INPUTS = 8
"""More are not asked for in a line."""


def why_not_step(desk: Desk) -> str:
    return _("That was backpropagation. u is gradient descent.") if finished(desk.state) else ""


def back(app: Program) -> None:
    if app.desk.pause():
        return
    travel(app, "back")
    app.desk.look(cursor=None)


def travel(app: Program, way: Way, nowhere: str = "") -> None:
    """To another moment of the log. The interface does not wait for it: see `replaying`."""
    desk = app.desk
    desk.pause()
    moment = desk.history.moment_of(way)
    if moment is None:
        desk.say(nowhere)
    else:
        reach(app, moment, lambda: desk.history.go(way))


def reach(app: Program, moment: Moment, go: Callable[[], object]) -> None:
    """Go to a moment, as soon as its state is at hand."""
    desk = app.desk
    from tuibp.app.awaited import AT_ONCE
    from tuibp.app.replaying import Replay

    if desk.history.log.seconds_to(moment) <= AT_ONCE:
        go()
        return

    def arrived(reached: bool) -> None:
        failed = desk.awaited is not None and desk.awaited.failed
        desk.awaited = None
        if reached:
            go()
        elif not failed:
            desk.say(_("Stopped; this is where it stood before."))
        app.repaint()

    desk.awaited = Replay(
        desk.history.log, moment, desk.changed, lambda reached: app.call_later(arrived, reached), desk.background
    )


def why_not_now(desk: Desk) -> str:
    """While a moment is being replayed, or a file read, nothing else may be done to the session."""
    return "" if desk.awaited is None else desk.awaited.in_the_way(desk.keymap.said("put_back", "esc"))


def why_not_back(desk: Desk) -> str:
    return "" if desk.training or desk.history.can_go_back else _("This is where it began; nothing to take back.")


def go_to(where: Where) -> Action:
    def go(app: Program) -> None:
        app.desk.do(GoTo(where))
        app.desk.look(cursor=None)

    return go


def size(app: Program) -> None:
    """The next finer step size; after the finest the coarsest."""
    sizes = STEP_SIZES
    app.desk.look(step_size=sizes[(sizes.index(app.desk.view.step_size) + 1) % len(sizes)])
    app.desk.say(_("A step is now one {size}.").format(size=_(app.desk.view.step_size)))


def update(app: Program) -> None:
    """What it did is shown where it stays; going on to the next example is a setting."""
    desk = app.desk
    desk.pause()
    before, then = desk.state, desk.view.then
    if desk.do(Update(then)):
        return
    if then == "stay":
        desk.before = before
    else:
        desk.look(cursor=None)


def earlier(app: Program) -> None:
    travel(app, "earlier", _("This is the untrained start."))


def later(app: Program) -> None:
    travel(app, "later", _("This is the last update so far."))


def undo(app: Program) -> None:
    travel(app, "undo", _("No change to undo."))


def redo(app: Program) -> None:
    travel(app, "redo", _("No change to redo."))


def next_example(app: Program) -> None:
    _beside(app.desk, +1)


def previous_example(app: Program) -> None:
    _beside(app.desk, -1)


def why_not_example(desk: Desk) -> str:
    only = len(desk.state.preset.data) == 1 and desk.state.own is None
    return _("There is only this example.") if only else ""


def next_wrong(app: Program) -> None:
    """The next example that the network, as it is now, gets wrong."""
    from tuibp.session.examples import wrong_after

    desk = app.desk
    desk.pause()
    row = wrong_after(desk.state)
    if row is None:
        desk.say(_("It gets every example right."))
    else:
        choose_row(desk, row)


def choose(app: Program) -> None:
    """An image is drawn; any other input, and an example by its number or label, is typed."""
    from tuibp.render.drawing import scale_of

    shape = app.desk.state.preset.data.image
    width, height = app.size
    if shape is None or not scale_of(shape, width - 2, height - 5):
        ask_which(app)
        return
    app.desk.pause()
    app.open("editor")


def ask_which(app: Program, begun: str = "") -> None:
    """Ask which example: a number, a label, or the numbers of an input of one's own."""
    from tuibp.app.actions.own import take
    from tuibp.session.examples import is_input, named, numbers_in

    data = app.desk.state.preset.data

    def accept(text: str) -> str:
        x = numbers_in(text)
        if x is not None and is_input(text):
            return take(app.desk, x)
        row = named(app.desk.state, text)
        if row is None:
            return _("Examples are 1 to {n}; a label goes as ={label}.").format(
                n=len(data), label=data.class_names[0] if data.class_names else "1"
            )
        choose_row(app.desk, row)
        return ""

    inputs = app.desk.state.network.sizes[0]
    question = (
        _("Which example? Its number, or = and a label for the next one with that label")
        if inputs > FEW_INPUTS
        else _("Which example? Its number, = and a label, or an input: {n} numbers").format(n=inputs)
        if inputs > 1
        else _("Which example? Its number, = and a label, or an input like 0.5")
    )
    app.ask(question, begun or str(shown(app.desk.state.example)), accept, begun=bool(begun))


def reset(app: Program) -> None:
    app.desk.do(Reset(None))
    app.desk.look(cursor=None)
    app.desk.say(_("Back at the untrained start, with the same seed."))


def reset_new(app: Program) -> None:
    """Start again with the next seed."""
    initial = app.desk.state.preset.initial
    if initial is None:
        app.desk.say(_("This network's numbers are given, not drawn: there is no other seed."))
        return
    app.desk.do(Reset(initial.seed + 1))
    app.desk.look(cursor=None)
    app.desk.say(_("A fresh start with seed {seed}.").format(seed=initial.seed + 1))


def _beside(desk: Desk, by: int) -> None:
    """The example after or before; from one's own back to the data's."""
    own = desk.state.own is not None
    choose_row(desk, desk.state.example + (0 if own else by))
    if own:
        desk.say(_("Back at the data’s example {n}.").format(n=shown(desk.state.example)))


def choose_row(desk: Desk, row: int) -> None:
    """Show an example, in the step where one is."""
    desk.do(ChooseExample(row % len(desk.state.preset.data)))
