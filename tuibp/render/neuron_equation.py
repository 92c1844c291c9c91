"""How a neuron's z and a, or its δ, was made."""

from __future__ import annotations

from rich.cells import cell_len

from tuibp.core.explanation import Explanation
from tuibp.core.index import shown
from tuibp.core.notation import of_neuron
from tuibp.core.slope_of_a import slope_of_a
from tuibp.locale import _
from tuibp.render import derivation
from tuibp.render.lines import Line, width_of
from tuibp.render.paragraphs import NOTE, Paragraph, height_of
from tuibp.render.partial_sum import partial_sum, terms_reached
from tuibp.render.scene import Scene
from tuibp.render.setting import Setting
from tuibp.render.subject import Subject
from tuibp.session.answered import explained


def neuron_equation(scene: Scene, setting: Setting, subject: Subject, height: int) -> tuple[str, str, list[Paragraph]]:
    """Title, note and paragraphs, in about `height` rows."""
    if scene.view.lens == "rate" and subject.layer > 0:
        return _rate(scene, setting, subject, height)
    made = explained(scene.state, subject.quantity, subject.layer, subject.j)
    note = setting.say(_whose(scene, subject))
    if subject.quantity == "a" and subject.layer > 0:
        return setting.formula(made.name), note, _forward(scene, setting, subject, made, height)
    head = [derivation.general(setting, made.equation, made.general), derivation.indexed(setting, made.indexed)]
    if count := terms_reached(scene, subject):
        return setting.formula(made.name), note, [*head, *partial_sum(setting, made, count, height - height_of(head))]
    if not subject.known:
        return setting.formula(made.name), note, [*head, *to_come(scene, setting, subject)]
    tail = notes(setting, made)
    lines = derivation.numbers(setting, made, height - height_of(head) - height_of(tail))
    return (
        setting.formula(made.name),
        note,
        [*head, *lines, *_slope(scene, setting, made), *tail, *_why(scene, setting, made)],
    )


def _rate(scene: Scene, setting: Setting, subject: Subject, height: int) -> tuple[str, str, list[Paragraph]]:
    """∂C/∂a, which others call δ: the sum without the slope."""
    from tuibp.core.rate_of_activation import rate_of_activation  # for who looks through that lens
    from tuibp.render.lens import shown as shown_through

    state, layer, j = scene.state, subject.layer, subject.j
    made = rate_of_activation(state.network, state.shown, state.walk, layer, j)
    name, note = setting.formula(made.name), setting.say(_whose(scene, subject))
    head = [derivation.general(setting, made.equation, made.general), derivation.indexed(setting, made.indexed)]
    if j >= shown_through(scene, layer, "rate").known:
        behind = Subject("delta", min(layer + 1, state.network.last), 0, None, False, False)
        return name, note, [*head, *to_come(scene, setting, behind)]
    tail = notes(setting, made)
    lines = derivation.numbers(setting, made, height - height_of(head) - height_of(tail))
    return name, note, [*head, *lines, *tail]


def _slope(scene: Scene, setting: Setting, made: Explanation) -> list[Paragraph]:
    """`σ′(z²₁) = a²₁ (1 − a²₁) = 0.5933 · 0.4067`, where an error has such a slope for a factor."""
    if made.quantity != "delta" or not made.times:
        return []
    state, quiet = scene.state, setting.palette.quiet
    found = slope_of_a(state.network, state.walk, made.layer, made.j)
    if found is None:
        return []
    numbers = setting.join([((setting.number(value), setting.palette.ink),) for value in found.factors], " · ")
    whole: Line = (setting.quiet(found.symbols), (" = ", quiet), *numbers)
    if width_of(whole) <= setting.width:
        return [Paragraph((whole,), NOTE, formula=found.symbols)]
    indent = " " * cell_len(setting.formula(found.symbols.split(" = ")[0]))
    return [
        Paragraph(((setting.quiet(found.symbols),), ((indent + " = ", quiet), *numbers)), NOTE, formula=found.symbols)
    ]


def _why(scene: Scene, setting: Setting, made: Explanation) -> list[Paragraph]:
    """Why BP1 looks unlike the definition of an error (29)."""
    network = scene.state.network
    if made.equation != "BP1" or network.couples(made.layer):
        return []
    z, a = of_neuron("z", made.layer, made.j), of_neuron("a", made.layer, made.j)
    text = _(
        "(29) defines {delta} as ∂C/∂{z}. {z} reaches C through {a} alone, so it is ∂C/∂{a} times the slope: BP1. "
        "P proves it."
    )
    return [derivation.meaning(setting, text.format(delta=made.name, z=z, a=a), NOTE + 1)]


def _whose(scene: Scene, subject: Subject) -> str:
    """`neuron 2 of layer 3`; an output that has a name of its own is called by it, not by its number."""
    names = scene.state.preset.data.output_names
    if names and subject.layer == scene.state.network.last:
        return _("output {name}").format(name=names[subject.j])
    return _("neuron {j} of layer {layer}").format(j=shown(subject.j), layer=shown(subject.layer))


def _forward(scene: Scene, setting: Setting, subject: Subject, made: Explanation, height: int) -> list[Paragraph]:
    """z^l_j and a^l_j as one story."""
    z = explained(scene.state, "z", subject.layer, subject.j)
    left, right = made.general.split(" = ", 1)
    whole = f"{left} = " + right.replace("z^l", z.general.split(" = ", 1)[1])
    head = [derivation.general(setting, made.equation, whole), derivation.indexed(setting, z.indexed)]
    if count := terms_reached(scene, subject):
        return [*head, *partial_sum(setting, z, count, height - height_of(head))]
    if not subject.known:
        return [*head, derivation.indexed(setting, made.indexed), *to_come(scene, setting, subject)]
    tail = [*_activation(setting, made), *notes(setting, made)]
    room = height - height_of(head) - height_of(tail)
    return [*head, *derivation.numbers(setting, z, room, accent=False), *tail]


def _activation(setting: Setting, made: Explanation) -> list[Paragraph]:
    """`a²₁ = σ(z²₁) = 0.593270`; over more lines where the function has more to it."""
    line: Line = (
        setting.ink(made.indexed),
        (" = ", setting.palette.quiet),
        (setting.number(made.result), setting.palette.accent),
    )
    if not made.times and width_of(line) <= setting.width:
        return [Paragraph((line,), formula=made.indexed)]
    return [derivation.indexed(setting, made.indexed, 2), *derivation.numbers(setting, made, 4)]


def notes(setting: Setting, made: Explanation) -> list[Paragraph]:
    """What the number means, and what softmax or the cost changes."""
    paragraphs = [derivation.meaning(setting, made.meaning)] if made.meaning else []
    return paragraphs + ([derivation.meaning(setting, made.note, NOTE)] if made.note else [])


def to_come(scene: Scene, setting: Setting, subject: Subject) -> list[Paragraph]:
    """A dot where the number will stand, and when it comes."""
    output = subject.layer == scene.state.network.last
    step = {"a": 2, "z": 2, "gradient": 5}.get(subject.quantity, 3 if output else 4)
    dot: Line = ((f"= {setting.glyphs.dot}", setting.palette.line),)
    key: Line = ((setting.say("␣"), setting.palette.accent), (" " + setting.say(_("steps on")), setting.palette.quiet))
    text = _("Not computed yet: it comes at step {n}.").format(n=step)
    return [Paragraph((dot,), apart=False), derivation.meaning(setting, text), Paragraph((key,), 2)]
