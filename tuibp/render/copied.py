"""What the copy key takes away of what is under the cursor: its number, its equation, its line of code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tuibp.core.as_code import Code, as_code
from tuibp.core.explanation import Explanation
from tuibp.core.index import shown
from tuibp.core.notation import weight
from tuibp.locale import _
from tuibp.render import lens
from tuibp.render.glyphs import Glyphs
from tuibp.render.parameter_equation import value_of
from tuibp.render.scene import Scene
from tuibp.render.subject import Subject, subject_of
from tuibp.render.typeset import typeset
from tuibp.session.answered import explained

if TYPE_CHECKING:
    from tuibp.core.symbols import Symbol

Form = Literal["value", "equation", "code"]
FORMS: tuple[Form, ...] = ("value", "equation", "code")
"""In the order of the key."""
NAMES = {
    "a": "a^{l}_{j}", "z": "z^{l}_{j}", "delta": "δ^{l}_{j}", "slope": "σ'(z^{l}_{j})", "grad_b": "∂C/∂b^{l}_{j}",
    "rate": "∂C/∂a^{l}_{j}",
}  # fmt: skip
"""What a tile shows through a lens, in markup."""


@dataclass(frozen=True)
class Copied:
    text: str
    """What goes to the clipboard; empty where the number is not there yet."""
    told: str
    """It in words of one line, or why there is nothing."""


def copied(scene: Scene, form: Form) -> Copied:
    """One of the forms of what is under the cursor."""
    return {"value": _value, "equation": _equation, "code": _code}[form](scene)


def _value(scene: Scene) -> Copied:
    """Every digit that the number has: reading it gives the same double."""
    if scene.symbol is not None:
        return _of_symbol(scene, scene.symbol)
    subject = subject_of(scene)
    name, value = _of_parameter(scene, subject) if subject.weight or subject.bias else _of_tile(scene)
    name = typeset(name, scene.glyphs)
    if value is None:
        return Copied("", _("{name} is not computed yet. y again: its equation.").format(name=name))
    text = repr(value)
    nudged = scene.state.nudge is not None
    told = _("{name} = {value}, before the nudge") if nudged else _("{name} = {value}")
    return Copied(text, told.format(name=name, value=text))


def _of_symbol(scene: Scene, symbol: Symbol) -> Copied:
    """Its number; of several all of them, as Python writes them."""
    from tuibp.render.symbols import is_known, name_of

    state, name = scene.state, typeset(name_of(scene, symbol), scene.glyphs)
    if not is_known(scene, symbol):
        return Copied("", _("{name} is not computed yet. y again: its equation.").format(name=name))
    values = symbol.values(state.network, state.walk, state.shown.y)
    if values.size == 1:
        text = repr(float(values.ravel()[0]))
        return Copied(text, _("{name} = {value}").format(name=name, value=text))
    return Copied(repr(values.tolist()), _("{name}, {n} numbers").format(name=name, n=f"{values.size:,}"))


def _of_parameter(scene: Scene, subject: Subject) -> tuple[str, float]:
    """The gradient where the panel tells of it, until then the weight or bias itself."""
    if subject.quantity == "gradient" and subject.known:
        made = explained(scene.state, "gradient", subject.layer, subject.j, subject.k)
        return made.name, made.result
    layer, j, k = subject.layer, subject.j, subject.k
    name = f"b^{shown(layer)}_{shown(j)}" if k is None else weight(layer, j, k)
    return name, value_of(scene.state.network, subject)


def _of_tile(scene: Scene) -> tuple[str, float | None]:
    """What the neuron's tile shows; None where it is a dot."""
    layer, j = scene.cursor.layer, scene.cursor.j
    tile = lens.shown(scene, layer)
    name = NAMES[tile.lens].format(l=shown(layer), j=shown(j))
    return name, float(tile.values[j]) if j < tile.known else None


def _equation(scene: Scene) -> Copied:
    made = _made(scene)
    if scene.lens == "rate" and made.layer and made.k is None and not scene.cursor.bias:
        from tuibp.core.rate_of_activation import rate_of_activation

        state = scene.state
        made = rate_of_activation(state.network, state.shown, state.walk, made.layer, made.j)
    text = typeset(made.indexed, scene.glyphs)
    return Copied(text, text)


def _code(scene: Scene) -> Copied:
    made = _made(scene)
    return of_code(as_code(scene.state.network, made.quantity, made.layer, made.j, made.k, scene.view.code or "vector"))


def as_number(name: str, value: float, glyphs: Glyphs) -> Copied:
    """With every digit: reading it gives the same double. `name` is markup."""
    text = repr(value)
    return Copied(text, _("{name} = {value}").format(name=typeset(name, glyphs), value=text))


def of_code(code: Code) -> Copied:
    """With what it calls, so that it runs."""
    lines = [line.text for line in code.lines]
    return Copied("\n".join([*code.functions, *lines]), "; ".join(lines))


def _made(scene: Scene) -> Explanation:
    """What the equation panel tells of: before step 5 a weight is told of as a part of z."""
    subject = subject_of(scene)
    if not (subject.weight or subject.bias):
        return explained(scene.state, subject.quantity, subject.layer, subject.j)
    if subject.quantity == "gradient" and subject.known:
        return explained(scene.state, "gradient", subject.layer, subject.j, subject.k)
    return explained(scene.state, "z", subject.layer, subject.j)
