"""What stands in the equation panel at step 1: what the network is about, what it says, and what is right."""

from __future__ import annotations

import re

from rich.cells import cell_len
from rich.style import Style

from tuibp.core.explained_step import explain_step
from tuibp.core.network import Array
from tuibp.core.steps import STEPS
from tuibp.core.verdict import Verdict, verdict
from tuibp.locale import _
from tuibp.render.derivation import meaning
from tuibp.render.lines import EMPTY, Line, width_of, wrap
from tuibp.render.numbers import significant
from tuibp.render.paragraphs import GENERAL, TAIL, Paragraph, height_of
from tuibp.render.scene import Scene
from tuibp.render.setting import Setting

_SENTENCE = re.compile(r"(?<=[a-z0-9′)][.:?!]) (?=[A-Z])|(?<=[。？！])(?=.)")
FEW = 4
"""More numbers of an example than these are left to the grid."""


def verdict_of(scene: Scene) -> Verdict | None:
    """What the network says of the example shown."""
    state = scene.state
    return verdict(state.walk.output, state.preset.data, state.label)


def opening(scene: Scene, setting: Setting, height: int) -> tuple[str, str, list[Paragraph]]:
    """Title, note and paragraphs, in about `height` rows."""
    preset = scene.state.preset
    told = verdict_of(scene)
    said = _numbers(scene, setting) if told is None else _words(setting, told)
    example = Paragraph((*said, *_inputs(scene, setting), *_standing(scene, setting)))
    way_on = _way_on(setting)
    about = _about(preset.about, setting, height - height_of([example, way_on]) - 1)
    fits = cell_len(preset.title) <= setting.width - 2
    title = setting.say(preset.title if preset.title and fits else preset.name)
    return title, "", [example, *about, *_map(scene, setting), way_on]


def _map(scene: Scene, setting: Setting) -> list[Paragraph]:
    """What lies ahead: the equation of each of the five steps, where there is room for all of them."""
    if scene.compact:
        return []
    lines: list[Line] = [((_("In five steps"), setting.palette.ink),)]
    for number, step in enumerate(STEPS, start=1):
        formula = explain_step(scene.state.network, step).general
        lines.append(((f"{number}  ", setting.palette.accent), setting.quiet(formula)))
    return [Paragraph(tuple(lines), GENERAL)] if max(map(width_of, lines)) <= setting.width else []


def _standing(scene: Scene, setting: Setting) -> list[Line]:
    """That the example is one's own, or that training never sees it; and on which scale its inputs are."""
    return [*_whose(scene, setting), *_scale(scene, setting)]


def _scale(scene: Scene, setting: Setting) -> list[Line]:
    texts = {
        "standard": (_("Inputs: mean 0, deviation 1."), _("Each input has mean 0, deviation 1 in training.")),
        "unit": (_("Inputs: moved to 0…1."), _("Each input is moved to 0…1, as training has it.")),
    }
    said = texts.get(scene.state.preset.data.scale, ())
    fitting = [text for text in said if cell_len(text) <= setting.width]
    return [((setting.say(fitting[-1]), setting.palette.quiet),)] if fitting else []


def _whose(scene: Scene, setting: Setting) -> list[Line]:
    data = scene.state.preset.data
    if scene.state.own is not None:
        own = _("Your own example.") if not scene.state.wants_target else _("Your own, with no target.")
        return [((setting.say(own), setting.palette.quiet),)]
    if not len(data.test) or scene.state.example not in data.test:
        return []
    words = _("Training never sees this example.") if setting.width >= 34 else _("Held out of training.")
    return [((setting.say(words), setting.palette.quiet),)]


def _about(text: str, setting: Setting, room: int) -> list[Paragraph]:
    """As many whole sentences of what the preset says of itself as there is room for; of a long first one its head."""
    sentences = _SENTENCE.split(" ".join(text.split()))
    for count in range(len(sentences), 0, -1):
        told = meaning(setting, _joined(sentences[:count]), TAIL - 1)
        if len(told.lines) <= room or count == 1:
            return [told] if told.lines and told.lines[0] else []
    return []


def _joined(sentences: list[str]) -> str:
    """Sentences as they were: with a blank between them where the first ends with a letter's full stop."""
    return "".join(s if s.endswith(("。", "？", "！")) else s + " " for s in sentences).rstrip()


def _words(setting: Setting, told: Verdict) -> list[Line]:
    """`It says 9 (0.58)`, `It is a 1 (0.18)`."""
    palette = setting.palette
    style = palette.accent if told.is_right else palette.wrong
    digits = 3 if told.single else 2  # whether a single output says yes can hang on the third
    number = f" ({significant(told.a_says, digits, setting.glyphs)})"
    if not told.right:
        return [((_("It says") + " ", palette.ink), (setting.say(told.says), palette.strong), (number, palette.quiet))]
    if told.is_right:
        right = _("That is right.")
        line: Line = ((_("It says") + " ", palette.ink), (setting.say(told.says), style), (number, palette.quiet))
        joined: Line = (*line, ("  ", palette.quiet), (right, palette.ink))
        return [joined] if width_of(joined) <= setting.width else [line, ((right, palette.ink),)]
    other = "" if told.single else f" ({significant(told.a_right, 2, setting.glyphs)})"
    return [
        ((_("It says") + " ", palette.ink), (setting.say(told.says), style), (number, palette.quiet)),
        ((_it_is(told.right) + " ", palette.ink), (setting.say(told.right), palette.accent),
         (other, palette.quiet)),
    ]  # fmt: skip


def _it_is(name: str) -> str:
    """`It is a`, `It is an`, or without an article before a name that is no number."""
    if not name.isdigit():
        return _("It is")
    return _("It is an") if name[0] == "8" or name in ("11", "18") else _("It is a")


def _numbers(scene: Scene, setting: Setting) -> list[Line]:
    """Outputs that are no classes: what it says and what is wanted, as numbers."""
    state, palette = scene.state, setting.palette
    said, right = (_listed(values, setting) for values in (state.walk.output, state.shown.y))
    if state.wants_target:
        return _filled(_("It says"), said, setting, palette.ink)
    return [
        *_filled(_("It says"), said, setting, palette.ink),
        *_filled(_("Right is"), right, setting, palette.accent),
    ]


def _inputs(scene: Scene, setting: Setting) -> list[Line]:
    """The example's own numbers where they are few."""
    x = scene.state.shown.x
    if scene.state.preset.data.image is not None or x.size > FEW:
        return []
    return _filled(_("for x ="), _listed(x, setting), setting, setting.palette.ink)


def _filled(head: str, values: str, setting: Setting, style: Style) -> list[Line]:
    first, *rest = wrap(values, max(setting.width - cell_len(head) - 1, 8))
    lines: list[Line] = [((setting.say(head) + " ", setting.palette.quiet), (first, style))]
    return [*lines, *(((" " * (cell_len(head) + 1) + text, style),) for text in rest)]


def _listed(values: Array, setting: Setting) -> str:
    texts = [significant(v, 2, setting.glyphs) for v in values[:FEW].tolist()]
    if values.size > FEW:
        texts.append(setting.glyphs.ellipsis)
    return ", ".join(texts)


def _way_on(setting: Setting) -> Paragraph:
    palette, line = setting.palette, EMPTY
    for key, does in ((setting.say("␣"), _("first step")), ("l", _("lessons")), ("?", _("what all this means"))):
        gap = ("   ", palette.quiet)
        piece: Line = ((key, palette.accent), (" " + setting.say(does), palette.quiet))
        joined: Line = (*line, gap, *piece) if line else piece
        if width_of(joined) <= setting.width:
            line = joined
    return Paragraph((line,), TAIL)
