"""The line above the panels while a number is nudged: what it is, from where to where, and the keys that end it."""

from __future__ import annotations

from tuibp.core.index import pair, shown
from tuibp.core.nudge import Nudge
from tuibp.locale import _
from tuibp.render.glyphs import Glyphs
from tuibp.render.lines import Line, Row, row_of, spread, width_of
from tuibp.render.numbers import steady
from tuibp.render.scene import Scene
from tuibp.render.title import step_line
from tuibp.render.typeset import sentence, typeset


def nudge_line(scene: Scene, width: int) -> Row:
    """What is nudged, from where to where, and the keys that end it. Only while there is a nudge in hand."""
    state, palette, g = scene.state, scene.palette, scene.glyphs
    nudge, experiment = state.nudge, state.experiment
    if nudge is None or experiment is None:
        return step_line(scene, width)
    quiet, strong = palette.quiet, palette.strong
    gap = "  " if scene.compact else "     "
    head: Line = ((f" {sentence(_('Nudge'), g)} {nudge_name(scene)} ", palette.badge), (" ", quiet))
    value: Line = ()
    if experiment.value is not None:
        value = (
            (steady(experiment.value, glyphs=scene.glyphs), quiet),
            (f" {g.arrow} ", quiet),
            (steady(experiment.value + nudge.delta, glyphs=scene.glyphs), strong),
            (gap, quiet),
        )
    delta: Line = (
        (sentence("Δ ", g), quiet),
        (steady(nudge.delta, plus=True, glyphs=g), palette.accent),
        (gap, quiet),
    )
    size = f"{scene.view.nudge_step:g}"
    before, told, after = _("step {size}").format(size=size).partition(size)
    step: Line = ((before, quiet), (told, palette.ink), (after, quiet))
    scaled: Line = (
        *step, ("  ", quiet), ("{", palette.accent), (" ", quiet), ("}", palette.accent), (sentence(" ×10", g), quiet),
    )  # fmt: skip
    keys: Line = (
        ("enter", palette.accent),
        (f" {_('keep')}  ", quiet),
        ("esc", palette.accent),
        (f" {_('put back')}", quiet),
    )
    for left, right in (
        ((*head, *value, *delta, *scaled), keys),
        ((*head, *value, *delta, *step), keys),
        ((*head, *value, *delta), keys),
        ((*head, *delta), keys),
        (head, keys),
        (head, ()),
    ):
        if width_of(left) + width_of(right) + 2 <= width:
            break
    return row_of(spread(left, right, width - 1), width)


def nudge_name(scene: Scene) -> str:
    """What the nudge in hand changes."""
    assert scene.state.nudge is not None
    return name_of(scene.state.nudge, scene.glyphs)


def name_of(nudge: Nudge, glyphs: Glyphs) -> str:
    """What a nudge changes: `w²₂₂`, `b³₁`, `z²₁`, `along −∇C`."""
    if nudge.kind == "direction":
        return sentence(_("along −∇C") if nudge.direction == "gradient" else _("a random direction"), glyphs)
    letter = "z" if nudge.kind == "demon" else "b" if nudge.k is None else "w"
    index = shown(nudge.j) if nudge.kind == "demon" or nudge.k is None else pair(nudge.j, nudge.k)
    return typeset(f"{letter}^{shown(nudge.layer)}_{index}", glyphs)
