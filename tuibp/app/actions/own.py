"""An example of one's own: taken in, answered at once, and asked for its target by what needs one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tuibp.core.verdict import verdict
from tuibp.files.errors import BadInput
from tuibp.locale import _
from tuibp.render.numbers import significant
from tuibp.session.commands import TakeExample, finished
from tuibp.session.stepping import after, is_forwards

if TYPE_CHECKING:
    from tuibp.app.desk import Desk
    from tuibp.app.program import Program
    from tuibp.core.datasets import DataSet
    from tuibp.core.network import Array
    from tuibp.render.glyphs import Glyphs
    from tuibp.session.state import State

NEEDS_TARGET = frozenset({
    "phase3", "phase4", "phase5", "end", "update", "down_nudge", "up_nudge", "type", "zero", "demon", "direction",
    "paths", "proof", "matrices", "race",
})  # fmt: skip
"""What is made of C: of an example of one's own it asks first what is wanted."""

FEW = 4
"""More outputs than these are left to the grid."""


def take(desk: Desk, x: tuple[float, ...]) -> str:
    """Take an input as the example and say what the network makes of it; returns why not, as `Desk.do`."""
    objection = desk.do(TakeExample(x))
    if not objection:
        desk.say(_("{says} It has no target: steps 3 to 5 ask for one.").format(says=says(desk)))
    return objection


def says(desk: Desk) -> str:
    return says_of(desk.state.walk.output, desk.state.preset.data, desk.glyphs)


def says_of(a: Array, data: DataSet, glyphs: Glyphs) -> str:
    """What outputs a (n_L,) say, as a sentence: `It says 7 (0.81).`"""
    told = verdict(a, data, None)
    if told is not None:
        number = significant(told.a_says, 3 if told.single else 2, glyphs)
        return _("It says {name} ({number}).").format(name=told.says, number=number)
    numbers = ", ".join(significant(float(v), 2, glyphs) for v in a[:FEW])
    return _("It says {numbers}.").format(numbers=numbers + (f", {glyphs.ellipsis}" if a.size > FEW else ""))


def lacks_target(desk: Desk, name: str) -> bool:
    """Whether a key of the table needs a target that the example does not have yet."""
    state = desk.state
    if not state.wants_target:
        return False
    if name == "step":
        return not finished(state) and not is_forwards(
            state.network, after(state.network, state.place, desk.view.step_size)
        )
    return name in NEEDS_TARGET


def ask_target(app: Program, go_on: Callable[[], object]) -> None:
    """One question: what is wanted for the example of one's own; then what was asked for goes on."""
    from tuibp.session.examples import target_named

    desk = app.desk

    def accept(text: str) -> str:
        own = desk.state.own
        assert own is not None
        try:
            y = target_named(desk.state, text)
        except BadInput as refused:
            return str(refused)
        return desk.do(TakeExample(own.x, y))

    app.ask(question_of(desk.state), "", accept, go_on)


def question_of(state: State) -> str:
    data, size = state.preset.data, state.network.sizes[-1]
    if data.class_names:
        first, last = data.class_names[0], data.class_names[-1]
        return _("What is wanted for this input? A label, {first} to {last}, or {n} numbers").format(
            first=first, last=last, n=size
        )
    if size == 1:
        return _("What is wanted for this input? One number, y")
    return _("What is wanted for this input? {n} numbers, y").format(n=size)
