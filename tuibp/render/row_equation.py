"""The gradient of one neuron: its bias, and its row of weights, as a picture where the layer before is one."""

from __future__ import annotations

from rich.cells import cell_len

from tuibp.core.index import shown
from tuibp.core.network import largest
from tuibp.core.notation import weights_into
from tuibp.locale import _, ngettext
from tuibp.render import derivation
from tuibp.render.lines import Line
from tuibp.render.neuron_equation import to_come
from tuibp.render.numbers import plain, significant
from tuibp.render.paragraphs import TERMS, Paragraph, height_of
from tuibp.render.partial_sum import still_to_come, terms_reached
from tuibp.render.pictures import beside, picture, scale_for, size_of
from tuibp.render.scene import Scene
from tuibp.render.setting import Setting
from tuibp.render.subject import Subject
from tuibp.session.answered import explained

BP4 = "∂C/∂w^l_jk = a^{l-1}_k δ^l_j"


def row_equation(scene: Scene, setting: Setting, subject: Subject, height: int) -> tuple[str, str, list[Paragraph]]:
    """Title, note and paragraphs for ∂C/∂b^l_j and ∂C/∂w^l_jk over k, in about `height` rows."""
    layer, j = subject.layer, subject.j
    bias = explained(scene.state, "gradient", layer, j)
    title = setting.formula(f"∂C/∂w^{shown(layer)}_{shown(j)}")
    count = scene.state.network.sizes[layer - 1]
    note = _note(setting, title, count, shown(j))
    head = [
        derivation.general(setting, bias.equation, bias.general),
        derivation.general(setting, "BP4", BP4, apart=False),
    ]
    if reached := terms_reached(scene, subject):
        room = max(height - height_of(head) - 4, 3)
        rows = Paragraph(tuple(_rows(scene, setting, subject, room, reached)), TERMS, apart=False)
        return title, note, [*head, _formula(setting, subject), rows, still_to_come(setting, count + 1 - reached)]
    if not subject.known:
        return title, note, [*head, *to_come(scene, setting, subject)]
    text = [derivation.meaning(setting, bias.meaning)] if bias.meaning else []
    if layer == 1 and scene.state.preset.data.image is not None:
        pictures = [] if scene.compact else _pictures(scene, setting, subject, bias.result, height)
        if pictures:
            return title, note, [derivation.general(setting, "BP4", BP4), *pictures]
        text = [_scaled_input(setting, j)]  # the pictures themselves stand in the panel of the weights
    room = height - height_of(head) - height_of(text)
    return title, note, [*head, *_numbers(scene, setting, subject, bias.result, room), *text]


def _note(setting: Setting, title: str, count: int, number: int) -> str:
    """`64 weights into neuron 13`; a short form where the panel's line has no room for it beside the title."""
    whole = ngettext("{n} weight into neuron {j}", "{n} weights into neuron {j}", count).format(n=count, j=number)
    fits = cell_len(title) + cell_len(whole) + 5 <= setting.width
    return setting.say(whole if fits else _("into neuron {j}").format(j=number))


def _pictures(scene: Scene, setting: Setting, subject: Subject, delta: float, height: int) -> list[Paragraph]:
    """Weights and gradients as images, each with its own name and scale; nothing where they do not fit."""
    shape, palette, j = scene.state.preset.data.image, setting.palette, subject.j
    assert shape is not None
    matrix = scene.state.walk.grad_w(1)
    words = _scaled_input(setting, j)
    scale = scale_for(shape, (setting.width - 2) // 2, height - 5, 2)
    if scale == 0:
        return []
    wide, high = size_of(shape, scale)
    images = [picture(scene, v, shape, scale) for v in (scene.state.network.w(1)[j], matrix[j])]
    names = [
        (setting.formula(f"w^2_{shown(j)}"), palette.quiet),
        (setting.formula(f"∂C/∂w^2_{shown(j)}"), palette.accent_line),
    ]
    scales = [
        (setting.say(f"±{significant(largest(v), 3, setting.glyphs)}"), palette.quiet)
        for v in (scene.state.network.w(1)[j], matrix[j])
    ]
    gap = min(max(setting.width - 2 * wide, 2), 6)
    lines = beside(
        [([(names[0],), *images[0], (scales[0],)], wide + gap), ([(names[1],), *images[1], (scales[1],)], wide)],
        0,
        high + 2,
    )
    formula = f"∂C/∂{weights_into(1, j)} = a^1_k · δ^2_{shown(j)}"
    indent = formula_indent(setting.formula(formula))
    number: Line = (
        (" " * indent + " = ", palette.quiet),
        setting.quiet("a^1_k · "),
        (setting.number(delta), palette.accent),
    )
    key: Line = ((setting.say(_("tab")), palette.accent), (" " + setting.say(_("chooses a weight k")), palette.quiet))
    return [
        Paragraph((*derivation.indexed(setting, formula).lines, number), 0),
        Paragraph(tuple(lines)),
        Paragraph(words.lines, 2),
        Paragraph((key,), 5),
    ]


def _scaled_input(setting: Setting, j: int) -> Paragraph:
    """What the picture of the gradients is, and why parts of it stay dark."""
    if setting.width < 38:
        text = _("The input picture times {error}: where it is dark, no learning.").format(error=f"δ^2_{shown(j)}")
    else:
        text = _(
            "The gradient is the input picture itself, scaled by this neuron’s error: "
            "where the input is dark, nothing is learned."
        )
    return derivation.meaning(setting, text)


def formula_indent(formula: str) -> int:
    """Where a formula's equals sign stands."""
    return cell_len(formula.split(" = ", 1)[0])


def _numbers(scene: Scene, setting: Setting, subject: Subject, delta: float, room: int) -> list[Paragraph]:
    layer, j = subject.layer, subject.j
    error = f"δ^{shown(layer)}_{shown(j)}"
    own: Line = (
        setting.quiet(f"∂C/∂b^{shown(layer)}_{shown(j)} = {error} = "),
        (setting.number(delta), setting.palette.accent),
    )
    formula = _formula(setting, subject)
    rows = _rows(scene, setting, subject, max(room - 5, min(setting.least_terms + 1, 3)))
    return [Paragraph((own,)), formula, Paragraph(tuple(rows), TERMS, apart=False)]


def _formula(setting: Setting, subject: Subject) -> Paragraph:
    layer, j = subject.layer, subject.j
    return derivation.indexed(setting, f"∂C/∂{weights_into(layer, j)} = a^{layer}_k · δ^{shown(layer)}_{shown(j)}")


def _rows(scene: Scene, setting: Setting, subject: Subject, rows: int, reached: int | None = None) -> list[Line]:
    """A weight a line; of many those with the largest gradients, or the latest of those that the steps have reached."""
    seen, palette = scene.state.walk, setting.palette
    inputs, matrix = seen.a(subject.layer - 1), seen.grad_w(subject.layer)
    slopes = matrix[subject.j]
    order = list(range(len(inputs)))
    if reached is not None:
        order = order[max(reached - rows, 0) : reached]
    elif len(order) > rows:
        order = sorted(order, key=lambda k: -abs(slopes[k]))[: rows - 1]
    gap = int(bool((inputs[order] < 0).any()))  # a minus would stand at the index
    label = max((len(f"k={k + 1}") for k in order), default=3) + gap
    cells = max(min(setting.cells, (setting.width - label - 8) // 2), 6)
    left, right = (plain(v[order], cells, glyphs=setting.glyphs) for v in (inputs, slopes))
    times = setting.formula(f" · δ^{shown(subject.layer)}_{shown(subject.j)} = ")
    lines: list[Line] = [
        (
            (f"k={k + 1}".ljust(label), palette.quiet),
            (left(float(inputs[k])), palette.ink),
            (times, palette.quiet),
            (right(float(slopes[k])), palette.signed(float(slopes[k]))),
        )
        for k in order
    ]
    if len(inputs) > len(order) and reached is None:
        lines.append(((setting.say(_("{n} smaller ones").format(n=len(inputs) - len(order))), palette.quiet),))
    return lines
