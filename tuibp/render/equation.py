"""The equation panel: how the number under the cursor was made, and what it means here."""

from __future__ import annotations

from dataclasses import replace

from tuibp.core.explained_step import explain_step
from tuibp.locale import _
from tuibp.render import derivation
from tuibp.render.lines import Line, rows_of, wrap
from tuibp.render.paragraphs import Paragraph, fitted, height_of, within
from tuibp.render.scene import Panel, Scene
from tuibp.render.setting import Setting

MARGIN = 2
"""Empty cells before a line."""
ENDLESS = 10_000
"""Rows of a panel that is scrolled: nothing is left out."""
MANY = 64
"""More numbers of an example than these are not written down."""

SHORTER = ((3, False), (2, False), (2, True), (1, True))
"""How many terms a long sum shows at least, and whether lines are joined: the equation itself is worth more."""

Told = tuple[str, str, list[Paragraph]]
"""Title, note and what stands below."""


def equation(scene: Scene, width: int, height: int, offset: int = 0) -> Panel:
    """The panel's inside. With an `offset` nothing is left out, and so many lines are scrolled away."""
    room = ENDLESS if offset else height
    title, note, paragraphs = told(scene, width, room)
    return Panel(title, note, rows_of(fitted(paragraphs, room)[offset:], width, height, MARGIN), title_accent=True)


def told(scene: Scene, width: int, room: int) -> Told:
    """All that is told in a panel of this size, no line longer than its room; `fitted` leaves out what is too much."""
    setting = Setting.of(scene, max(width - MARGIN - (0 if width < 40 else MARGIN), 8))
    for least_terms, tight in SHORTER:
        title, note, unfolded = _told(scene, replace(setting, least_terms=least_terms, tight=tight), room)
        paragraphs = within(unfolded, setting.width)
        if height_of([replace(p, apart=False) for p in paragraphs if p.rank <= derivation.GENERAL]) <= room:
            break
    return title, note, paragraphs


def _told(scene: Scene, setting: Setting, height: int) -> Told:
    stop = scene.state.stop
    if scene.view.cursor is None and (stop.layer is None or stop.step == "input"):
        return _whole_step(scene, setting)
    return _one_number(scene, setting, height)


def _one_number(scene: Scene, setting: Setting, height: int) -> Told:
    # The program opens on a whole step: the first picture does not wait for these.
    from tuibp.render.neuron_equation import neuron_equation
    from tuibp.render.parameter_equation import parameter_equation
    from tuibp.render.row_equation import row_equation
    from tuibp.render.subject import subject_of

    subject = subject_of(scene)
    if subject.bias or subject.k is not None:
        return parameter_equation(scene, setting, subject, height)
    if subject.quantity == "gradient":
        return row_equation(scene, setting, subject, height)
    return neuron_equation(scene, setting, subject, height)


def _whole_step(scene: Scene, setting: Setting) -> Told:
    """A step that makes nothing to point at: the input, and step 4 without a hidden layer."""
    state = scene.state
    step = explain_step(state.network, state.stop.step, state.stop.layer)
    if state.stop.step != "input":
        return setting.say(_("nothing to send back")), "", [derivation.meaning(setting, step.meaning)]
    paragraphs = [derivation.general(setting, step.equation, step.general), *_example(scene, setting)]
    return setting.say(_("the input")), "", [*paragraphs, derivation.meaning(setting, step.meaning), *_way_on(setting)]


def _example(scene: Scene, setting: Setting) -> list[Paragraph]:
    """x and y of the example, as far as they can be written down; of an image only what it is."""
    data, example = scene.state.preset.data, scene.state.shown
    lines: list[Line] = []
    if data.labels is not None and data.class_names:
        label = setting.say(data.class_names[int(data.labels[scene.state.example])])
        lines.append((setting.quiet(_("label") + "  "), (label, setting.palette.strong), *_held_out(scene, setting)))
    if data.image is None:
        lines += _vector(setting, "x", example.x.tolist())
    return [Paragraph((*lines, *_vector(setting, "y", example.y.tolist())), 2)]


def _held_out(scene: Scene, setting: Setting) -> Line:
    """That training never sees this example."""
    data = scene.state.preset.data
    if not len(data.test) or scene.state.example not in data.test:
        return ()
    text = _("held out of training") if setting.width >= 38 else _("held out")
    return (setting.quiet("   " + text),)


def _vector(setting: Setting, name: str, values: list[float]) -> list[Line]:
    """`x = (0.05, 0.1)` over as many lines as it takes."""
    texts = [f"{v:.4g}".replace("-", setting.glyphs.minus) for v in values[:MANY]]
    if len(values) > MANY:
        texts.append(setting.glyphs.ellipsis)
    first, *rest = wrap(", ".join(texts) + ")", max(setting.width - 5, 8))
    head = ((f"{name} = (", setting.palette.quiet), (first, setting.palette.ink))
    return [head, *(((" " * 5 + line, setting.palette.ink),) for line in rest)]


def _way_on(setting: Setting) -> list[Paragraph]:
    keys = ((setting.say("␣"), _("makes the next step")), (setting.say("?"), _("shows all keys")))
    lines = [((key, setting.palette.accent), (" " + setting.say(does), setting.palette.quiet)) for key, does in keys]
    return [Paragraph(tuple(lines), 3)]
