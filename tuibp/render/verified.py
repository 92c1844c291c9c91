"""The small mark that the gradient shown is right: how many partial derivatives agree, and how well."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len

from tuibp.locale import _
from tuibp.render.legend import BESIDE, short_lens
from tuibp.render.lens import SYMBOLS
from tuibp.render.scene import Scene
from tuibp.render.typeset import typeset

if TYPE_CHECKING:
    from tuibp.core.finite_difference import GradientCheck
    from tuibp.render.glyphs import Glyphs


def compact_note(scene: Scene, check: GradientCheck, width: int) -> str:
    """The lens and the proof side by side, shorter and shorter until they fit."""
    told = proof(check, scene.glyphs, False)
    if not check.ok:
        return told
    short = re.split(", |，", told)[0]
    symbol = typeset(SYMBOLS[scene.lens], scene.glyphs)
    dot = "-" if scene.glyphs.ascii else "·"
    forms = [f"{lens} {dot} {part}" for part in (told, short) for lens in (short_lens(scene), symbol)]
    return next((form for form in forms if cell_len(form) <= width - BESIDE), short)


def proof(check: GradientCheck, glyphs: Glyphs, roomy: bool) -> str:
    """The small mark that the gradient shown is right: how many partial derivatives agree, and how well."""
    worst = f"{check.max_rel_error:.0e}" if check.max_rel_error else "0"
    fields = {"mark": "ok" if glyphs.ascii else "✓", "count": f"{check.parameters:,}", "worst": worst}
    if not check.ok:
        return _("GRADIENT DISAGREES, error {worst}").format(**fields)
    if roomy:
        return _("{mark} gradient verified: {count} partials, largest error {worst}").format(**fields)
    return _("{mark} {count} partials, error {worst}").format(**fields)
