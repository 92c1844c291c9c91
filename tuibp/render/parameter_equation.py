"""A weight or a bias under the cursor: before step 5 its part in z, from then on its gradient and what `u` makes of it.

A weight and its gradient never stand in the same place: the title names the one that is told of, and each number has
its name before it.
"""

from __future__ import annotations

from rich.cells import cell_len

from tuibp.core.explanation import Term
from tuibp.core.index import shown
from tuibp.core.network import Network
from tuibp.core.notation import weight
from tuibp.core.update_formula import Assignment, Given, assignments
from tuibp.locale import _
from tuibp.render import derivation
from tuibp.render.lines import Line
from tuibp.render.neuron_equation import notes
from tuibp.render.paragraphs import Paragraph, height_of
from tuibp.render.scene import Scene
from tuibp.render.setting import Setting
from tuibp.render.subject import Subject
from tuibp.session.answered import explained
from tuibp.session.cursor import Cursor
from tuibp.session.reach import known
from tuibp.session.state import State


def parameter_equation(
    scene: Scene, setting: Setting, subject: Subject, height: int
) -> tuple[str, str, list[Paragraph]]:
    """Title, note and paragraphs, in about `height` rows."""
    layer, j, k = subject.layer, subject.j, subject.k
    name = f"b^{shown(layer)}_{shown(j)}" if k is None else weight(layer, j, k)
    kind = _("bias of neuron {j}") if k is None else _("from neuron {k} to {j}")
    note = setting.say(kind.format(j=shown(j), k=0 if k is None else shown(k)))
    if k is not None and cell_len(note) + 14 > setting.width:
        note = setting.say(_("from {k} to {j}").format(j=shown(j), k=shown(k)))
    if subject.quantity != "gradient" or not subject.known:
        return setting.formula(name), note, _part_in_z(scene, setting, subject, name)
    made = explained(scene.state, "gradient", layer, j, k)
    head = [derivation.general(setting, made.equation, made.general), derivation.indexed(setting, made.indexed)]
    tail = [*_descent(scene, setting, name, subject, made.result), *notes(setting, made)]
    lines = derivation.numbers(setting, made, height - height_of(head) - height_of(tail))
    return setting.formula(made.name), note, [*head, *lines, *tail]


def value_of(network: Network, at: Subject | Cursor) -> float:
    """The weight, or the bias, that is meant."""
    return float(network.b(at.layer)[at.j] if at.k is None else network.w(at.layer)[at.j, at.k])


def _descent(scene: Scene, setting: Setting, name: str, subject: Subject, slope: float) -> list[Paragraph]:
    """`u  w³₁₁ → 0.40 − 0.5 · 0.08`: the parameter itself, and what an update from this example makes of it."""
    first, *rest = descent(scene.state, setting, name, subject, slope, setting.glyphs.arrow)
    if not rest:
        return [Paragraph((first,), 2)]
    key: Line = (("u ", setting.palette.accent),)
    return [Paragraph(((*key, *first), *((("  ", setting.palette.quiet), *line) for line in rest)), 2)]


def descent(
    state: State, setting: Setting, name: str, at: Subject | Cursor, slope: float, becomes: str = "="
) -> tuple[Line, ...]:
    """The optimiser's formula with numbers, as `w³₁₁ = 0.40 − 0.5 · 0.08`, and below it the result; of a bias that is
    held fixed one line."""
    settings, palette, network = state.settings, setting.palette, state.network
    if at.bias and not settings.train_biases:
        return ((setting.quiet(_("{b} is held fixed.").format(b=name)),),)
    given = Given(at.layer, at.j, at.k, value_of(network, at), slope, network.index_of(at.layer, at.j, at.k))
    *before, last = assignments(settings, len(state.preset.data.train), state.update, state.memory, given)
    indent = cell_len(setting.formula(name))
    style = palette.accent if becomes == "=" else palette.ink
    return (
        *(_whole(setting, each) for each in before),
        (setting.quiet(f"{name} {becomes} "), *_parts(setting, last)),
        ((" " * indent + " = ", palette.quiet), (setting.number(last.result), style)),
    )


def _whole(setting: Setting, made: Assignment) -> Line:
    """What the optimiser remembers, on one line."""
    quiet = setting.palette.quiet
    result = (setting.number(made.result), setting.palette.ink)
    return ((setting.formula(f"{made.name} = "), quiet), *_parts(setting, made), (" = ", quiet), result)


def _parts(setting: Setting, made: Assignment) -> Line:
    ink, times = setting.palette.ink, f" {setting.glyphs.times} "
    return tuple(
        (setting.formula(p.replace(" × ", times)) if isinstance(p, str) else setting.number(p), ink) for p in made.parts
    )


def _part_in_z(scene: Scene, setting: Setting, subject: Subject, name: str) -> list[Paragraph]:
    """The parameter's number, and its term in the sum that it belongs to."""
    layer, j, palette = subject.layer, subject.j, setting.palette
    z = explained(scene.state, "z", layer, j)
    value = value_of(scene.state.network, subject)
    own: Line = (setting.ink(f"{name} = "), (setting.number(value), palette.accent))
    there = known(scene.state, "z", layer, j)
    text = _("Its gradient ∂C/∂{name} comes at step 5.").format(name=name)
    if subject.k is None and known(scene.state, "grad_b", layer, j):
        text = _("The lens ∂C/∂b shows its gradient and what the update makes of it.")
    elif subject.k is not None and known(scene.state, "grad_w", layer, j, subject.k):
        text = _("The lens that follows the step shows its gradient and what the update makes of it.")
    return [
        derivation.general(setting, z.equation, z.general),
        derivation.indexed(setting, z.indexed),
        Paragraph((own,)),
        Paragraph(tuple(_term(setting, z.terms[-1 if subject.k is None else subject.k]) if there else ()), 2),
        Paragraph(
            ((setting.quiet(_("of {z} = ").format(z=z.name)), (setting.number(z.result), palette.ink)),)
            if there
            else (),
            2,
            False,
        ),
        derivation.meaning(setting, text, 3),
    ]


def _term(setting: Setting, term: Term) -> list[Line]:
    names = setting.formula(" ".join(f.name for f in term.factors))
    if len(term.factors) < 2:
        return [((names + " = ", setting.palette.quiet), setting.signed(term.value))]
    factors = setting.join([((setting.number(f.value), setting.palette.ink),) for f in term.factors], " · ")
    return [
        ((names + " = ", setting.palette.quiet), *factors),
        ((" " * cell_len(names) + " = ", setting.palette.quiet), setting.signed(term.value)),
    ]
