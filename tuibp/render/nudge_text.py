"""ΔC: what a nudge does to the cost, step by step by (48), (49) and (47), beside what it really does."""

from __future__ import annotations

import math
import re

from rich.cells import cell_len

from tuibp.core.index import shown
from tuibp.core.meaning.nudge import meaning_of_nudge
from tuibp.core.perturbation import Perturbation
from tuibp.core.rate_factors import rate_factors
from tuibp.locale import _
from tuibp.render.derivation import meaning
from tuibp.render.lines import Line, rows_of
from tuibp.render.nudge_curve import landing_line
from tuibp.render.numbers import percent, plain
from tuibp.render.padding import at_left
from tuibp.render.paragraphs import Paragraph, fitted, within
from tuibp.render.scene import Panel, Scene
from tuibp.render.setting import Setting
from tuibp.session.experiments import name_of

MARGIN = 2


def delta_cost(scene: Scene, width: int, height: int) -> Panel:
    """The panel beside the ripple; empty where nothing is in hand."""
    made = scene.state.experiment
    setting = Setting.of(scene, max(width - MARGIN - (0 if width < 40 else MARGIN), 8))
    title = setting.say("ΔC")
    if made is None:
        return Panel(title, "", rows_of([], width, height), title_accent=True)
    note = setting.say("(47)–(49)") if made.nudge.kind != "direction" else "(47)"
    return Panel(
        title, note, rows_of(fitted(told(scene, setting, made), height), width, height, MARGIN), title_accent=True
    )


def told(scene: Scene, setting: Setting, made: Perturbation) -> list[Paragraph]:
    """All that is told of a nudge, no line longer than its room."""
    landed = landing_line(scene) if made.nudge.direction == "gradient" else ""
    sentences = [sentence_of(scene, made), *([landed] if landed else [])]
    paragraphs = [*_steps(scene, setting, made), _costs(setting, made), _bars(setting, made)]
    return within([*paragraphs, *(meaning(setting, text) for text in sentences)], setting.width)


def _steps(scene: Scene, setting: Setting, made: Perturbation) -> list[Paragraph]:
    """(48) in the nudge's own layer, (49) to the neuron of the next layer that moves most, (47) to the cost."""
    nudge = made.nudge
    name = name_of(nudge)
    change = {"demon": "Δz", "direction": "Δ"}.get(nudge.kind, "Δb" if nudge.k is None else "Δw")
    whole = _equation(setting, "(47)", f"ΔC ≈ ∂C/∂{name} · {change}", made.gradient, nudge.delta, None)
    if nudge.kind == "demon":
        error = f"δ^{shown(nudge.layer)}_{shown(nudge.j)}"
        whole = _equation(setting, "(47)", f"ΔC ≈ {error} · Δz", made.gradient, nudge.delta, None)
    if nudge.kind == "direction":
        text = "ΔC ≈ −‖∇C‖ · Δ" if nudge.direction == "gradient" else "ΔC ≈ ∇C · u Δ"
        return [_equation(setting, "(47)", text, made.gradient, nudge.delta, None)]
    layer, j = nudge.layer, nudge.j
    moved = float(made.ripple[0].da_first_order[j])
    a = f"a^{shown(layer)}_{shown(j)}"
    steps = [
        _equation(
            setting,
            "(48)",
            f"Δ{a} ≈ ∂{a}/∂{name} · {change}",
            moved / nudge.delta if nudge.delta else 0.0,
            nudge.delta,
            moved,
            3,
        )
    ]
    network = scene.state.network
    if layer < network.last and not network.couples(layer):
        ahead = made.ripple[1].da_first_order
        q = max(range(len(ahead)), key=lambda i: abs(ahead[i]))
        rate = float(rate_factors(network, made.before, scene.state.shown.y).into(layer + 1)[q, j])
        b = f"a^{shown(layer + 1)}_{shown(q)}"
        steps.append(_equation(setting, "(49)", f"Δ{b} ≈ ∂{b}/∂{a} · Δ{a}", rate, moved, float(ahead[q]), 4))
    return [*steps, whole]


def _equation(
    setting: Setting, name: str, markup: str, rate: float, change: float, result: float | None, rank: int = 2
) -> Paragraph:
    """The equation, and below it its numbers; a long one is set closer, or its rate without the neurons' numbers."""
    palette = setting.palette
    room = setting.width - cell_len(name) - 1
    forms = [markup, markup.replace(" · ", " "), re.sub(r"(∂\w\^\d+)_[\d,]+", r"\1", markup)]
    text = next((t for t in map(setting.formula, forms) if cell_len(t) <= room), setting.formula(forms[-1]))
    sign = text.find(setting.glyphs.approx)
    indent = cell_len(name) + 1 + (cell_len(text[:sign]) if sign > 0 else 0)
    numbers: Line = (
        (" " * indent + "= ", palette.quiet),
        (setting.number(rate, 7), palette.ink),
        (setting.formula(" · "), palette.quiet),
        (setting.number(change, 7), palette.ink),
    )
    if result is not None:
        end: Line = ((" = ", palette.quiet), (_plus(setting, result), palette.strong))
        if sum(cell_len(t) for t, _s in (*numbers, *end)) <= setting.width:
            numbers = (*numbers, *end)
    return Paragraph((((name + " ", palette.accent), (text, palette.ink)), numbers), rank)


def _plus(setting: Setting, value: float) -> str:
    return plain([value], setting.cells, plus=True, glyphs=setting.glyphs)(value).strip()


def _costs(setting: Setting, made: Perturbation) -> Paragraph:
    """Predicted, exact, and how far the one is from the other."""
    palette = setting.palette
    number = plain([made.predicted, made.actual], 9, plus=True, glyphs=setting.glyphs)
    share = percent(made.relative, 2, setting.glyphs) if 0 < made.relative < math.inf else ""
    gap = min(3, setting.width - 22 - cell_len(share))
    share = " " * gap + share if share and gap > 0 else ""
    rows = (
        (_("first order"), made.predicted, palette.ink, ""),
        (_("exact"), made.actual, palette.accent, ""),
        (_("difference"), made.difference, palette.ink, share),
    )
    return Paragraph(
        tuple(
            ((at_left(name, 13), palette.quiet), (number(value), style), (end, palette.quiet))
            for name, value, style, end in rows
        )
    )


def _bars(setting: Setting, made: Perturbation) -> Paragraph:
    """The two changes as bars on one scale, each with its sign's direction."""
    palette, g = setting.palette, setting.glyphs
    largest = max(abs(made.predicted), abs(made.actual))
    room = max(setting.width - 2, 1)
    lines: list[Line] = []
    for value, style in ((made.predicted, palette.quiet), (made.actual, palette.accent_line)):
        share = abs(value) / largest if largest > 0 and abs(value) < float("inf") else 0.0
        sign = " " if value == 0 else "+" if value > 0 else g.minus
        lines.append(((sign + " ", palette.quiet), (g.bar * round(share * (room - 1)), style)))
    return Paragraph(tuple(lines), 5)


def sentence_of(scene: Scene, made: Perturbation) -> str:
    """What to make of the difference, chosen by the numbers."""
    return meaning_of_nudge(scene.state.network, scene.state.shown, made)
