"""The gradient of one neuron: its bias, and its row of weights, as a picture where the layer before is one."""

from __future__ import annotations

from tuibp.core.index import shown
from tuibp.core.notation import weights_into
from tuibp.locale import _
from tuibp.render import derivation
from tuibp.render.lines import Line
from tuibp.render.neuron_equation import to_come
from tuibp.render.numbers import plain
from tuibp.render.paragraphs import Paragraph, height_of
from tuibp.render.scene import Scene
from tuibp.render.setting import Setting
from tuibp.render.subject import Subject, explained

BP4 = "∂C/∂w^l_jk = a^{l-1}_k δ^l_j"


def row_equation(scene: Scene, setting: Setting, subject: Subject, height: int) -> tuple[str, str, list[Paragraph]]:
    """Title, note and paragraphs for ∂C/∂b^l_j and ∂C/∂w^l_jk over k, in about `height` rows."""
    layer, j = subject.layer, subject.j
    bias = explained(scene.state, "gradient", layer, j)
    title = setting.formula(f"∂C/∂w^{shown(layer)}_{shown(j)}")
    count = scene.state.network.sizes[layer - 1]
    note = setting.say(_("{n} weights into neuron {j}").format(n=count, j=shown(j)))
    head = [
        derivation.general(setting, bias.equation, bias.general),
        derivation.general(setting, "BP4", BP4, apart=False),
    ]
    if not subject.known:
        return title, note, [*head, *to_come(scene, setting, subject)]
    text = [derivation.meaning(setting, bias.meaning)] if bias.meaning else []
    room = height - height_of(head) - height_of(text)
    return title, note, [*head, *_numbers(scene, setting, subject, bias.result, room), *text]


def _numbers(scene: Scene, setting: Setting, subject: Subject, delta: float, room: int) -> list[Paragraph]:
    layer, j = subject.layer, subject.j
    error = f"δ^{shown(layer)}_{shown(j)}"
    own: Line = (
        setting.quiet(f"∂C/∂b^{shown(layer)}_{shown(j)} = {error} = "),
        (setting.number(delta), setting.palette.accent),
    )
    formula = derivation.indexed(setting, f"∂C/∂{weights_into(layer, j)} = a^{layer}_k · {error}")
    rows = _rows(scene, setting, subject, max(room - 5, 3))
    return [Paragraph((own,)), formula, Paragraph(tuple(rows), derivation.TERMS, apart=False)]


def _rows(scene: Scene, setting: Setting, subject: Subject, rows: int) -> list[Line]:
    """A weight a line; of many those with the largest gradients."""
    seen, palette = scene.state.walk, setting.palette
    inputs, matrix = seen.a[subject.layer - 1], seen.grad_w[subject.layer]
    assert matrix is not None
    slopes = matrix[subject.j]
    order = list(range(len(inputs)))
    if len(order) > rows:
        order = sorted(order, key=lambda k: -abs(slopes[k]))[: rows - 1]
    label = max((len(f"k={k + 1}") for k in order), default=3)
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
    if len(inputs) > len(order):
        lines.append(((setting.say(_("{n} smaller ones").format(n=len(inputs) - len(order))), palette.quiet),))
    return lines
