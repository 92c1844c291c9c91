"""The small mark that the gradient shown is right: how many partial derivatives agree, and how well."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.cells import cell_len

from tuibp.locale import _
from tuibp.render.legend import BESIDE, short_lens
from tuibp.render.lens import SYMBOLS
from tuibp.render.numbers import deviation
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence, typeset

if TYPE_CHECKING:
    from tuibp.core.finite_difference import GradientCheck
    from tuibp.render.glyphs import Glyphs


def with_proof(scene: Scene, panel: Panel, width: int, power: str = "") -> Panel:
    """The grid, whose note tells from step 5 on that the gradient is right; `power` is what its numbers are to be read
    with, and stays."""
    check = scene.checked
    if check is None:
        return panel
    if scene.compact:
        return replace(panel, note=_compact_note(scene, check, width, power))
    told = [proof(check, scene.glyphs, full) for full in (True, False)]
    lenses = (panel.note, *([] if power else [panel.note.split("   ")[0]]), _short(scene, power))
    notes = [f"{lens}   {part}" for lens in lenses for part in told]
    return replace(panel, note=next((note for note in notes if cell_len(note) <= width - BESIDE), notes[-1]))


def _short(scene: Scene, power: str) -> str:
    return f"{short_lens(scene)} {power}".rstrip()


def _compact_note(scene: Scene, check: GradientCheck, width: int, power: str) -> str:
    """The lens and the proof side by side, shorter and shorter until they fit."""
    told = proof(check, scene.glyphs, False)
    if not check.ok:
        return f"{power} {told}".lstrip()
    short = re.split(", |，", told)[0]
    symbol = f"{typeset(SYMBOLS[scene.lens], scene.glyphs)} {power}".rstrip()
    dot = "-" if scene.glyphs.ascii else "·"
    forms = [f"{lens} {dot} {part}" for part in (told, short) for lens in (_short(scene, power), symbol)]
    return next((form for form in forms if cell_len(form) <= width - BESIDE), f"{power} {short}".lstrip())


def proof(check: GradientCheck, glyphs: Glyphs, roomy: bool) -> str:
    """The small mark that the gradient shown is right: how many partial derivatives agree, and how well."""
    worst = deviation(check.max_rel_error, glyphs)
    fields = {"mark": sentence("✓", glyphs), "count": f"{check.parameters:,}", "worst": worst}
    if not check.ok:
        return _("GRADIENT DISAGREES, error {worst}").format(**fields)
    if roomy:
        return _("{mark} gradient verified: {count} partials, largest error {worst}").format(**fields)
    return _("{mark} {count} partials, error {worst}").format(**fields)
