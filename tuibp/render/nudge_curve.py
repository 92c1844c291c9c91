"""The cost as a function of the number that is nudged, with its tangent; and how wrong the tangent is over Δ."""

from __future__ import annotations

import numpy as np

from tuibp.core.meaning.nudge import meaning_of_landing
from tuibp.locale import _
from tuibp.render.chart import Chart, Mark, Series, drawn, tick
from tuibp.render.lines import rows_of, wrapped
from tuibp.render.numbers import steady
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence, typeset
from tuibp.session import answered
from tuibp.session.experiments import name_of

WHOLE_SET = "whole set"
"""In `View.plot`: the cost of all examples in place of the one shown."""


def whole_set(scene: Scene) -> bool:
    """Whether the cost is that of all examples, which takes too long to be computed between two keys."""
    return scene.view.plot == WHOLE_SET


def has_curve(scene: Scene, width: int) -> bool:
    """Whether the curve for a panel of this width has been computed."""
    return answered.has_curve(scene.state, *_key(scene, width))


def compute_curve(scene: Scene, width: int) -> None:
    """Have the curve ready for a panel of this width; may be called from any thread."""
    answered.curve(scene.state, *_key(scene, width))


def parameter_curve(scene: Scene, width: int, height: int) -> Panel:
    """C over the nudged number, the tangent dotted, ● where it stood and ◆ where it stands."""
    state, palette, g = scene.state, scene.palette, scene.glyphs
    if state.nudge is None:
        return Panel("C", "", rows_of([], width, height))
    curve = answered.curve(scene.state, *_key(scene, width))
    name = typeset(name_of(state.nudge), g)
    told = _("C as a function of {name}") if width > 36 else _("C over {name}")
    title = (_("C along {name}") if state.nudge.kind == "direction" else told).format(name=name)
    note = sentence(_("all examples") if whole_set(scene) else _("tangent ╌"), g)
    costs = curve.costs[np.isfinite(curve.costs)]
    if len(costs) < 2:
        return Panel(
            title, note, rows_of(wrapped(_("C is not finite here."), width - 4, palette.quiet), width, height, 2)
        )
    low, high = float(costs.min()), float(costs.max())
    margin = (high - low) * 0.04 or abs(high) * 1e-6 or 1e-9
    up, across = (low - margin, high + margin), (float(curve.values[0]), float(curve.values[-1]))
    tangent = np.where((curve.tangent < up[0]) | (curve.tangent > up[1]), np.nan, curve.tangent)
    series = [
        Series(curve.values[::3], tangent[::3], palette.quiet, lines=False),
        Series(curve.values, curve.costs, palette.accent_line),
    ]
    marks = [
        Mark(curve.origin, curve.cost_at_origin, sentence("●", g), palette.strong),
        Mark(curve.standing, curve.cost_standing, sentence("◆", g), palette.positive),
    ]
    below = [(across[0], tick(across[0], g)), (across[1], tick(across[1], g))]
    chart = Chart(across, up, series, [(high, tick(high, g)), (low, tick(low, g))], below, marks)
    return Panel(title, note, drawn(chart, width, height, palette, g).rows())


def _key(scene: Scene, width: int) -> tuple[float, bool, int]:
    return scene.view.span, whole_set(scene), max(2 * width, 80)


def error_curve(scene: Scene, width: int, height: int) -> Panel:
    """|ΔC − gradient · Δ| over Δ, log–log: a line of slope two."""
    state, palette, g = scene.state, scene.palette, scene.glyphs
    title = sentence(_("error over Δ"), g)
    if state.nudge is None:
        return Panel(title, "", rows_of([], width, height))
    made = answered.prediction_of(state)
    slope = "" if made.slope is None else _("slope {slope}").format(slope=steady(made.slope, 2, glyphs=g))
    good = (made.errors > 0) & np.isfinite(made.errors)
    if good.sum() < 2:
        text = _("No error to see: the cost is straight in this number.")
        return Panel(title, "", rows_of(wrapped(text, max(width - 4, 8), palette.quiet), width, height, 2))
    x, y = np.log10(made.deltas[good]), np.log10(made.errors[good])
    across, up = (float(x[0]), float(x[-1])), (float(np.floor(y.min())), float(np.ceil(y.max())))
    if up[1] <= up[0] or across[1] <= across[0]:
        up, across = (up[0], up[0] + 1.0), (across[0], across[0] + 1.0)
    clear = y > np.log10(max(made.rounding, 1e-300))
    series = [Series(x, y, palette.quiet), Series(x[clear], y[clear], palette.positive)]
    ticks = [(v, tick(10.0**v, g)) for v in (up[1], up[0])]
    below = [(across[0], tick(10.0 ** across[0], g)), (across[1], sentence(f"Δ = {tick(10.0 ** across[1], g)}", g))]
    return Panel(title, slope, drawn(Chart(across, up, series, ticks, below), width, height, palette, g).rows())


def landing_line(scene: Scene) -> str:
    """Where this learning rate lands along −∇C; of another optimiser's step, which does not go there, nothing."""
    if scene.state.settings.optimiser != "sgd":
        return ""
    return sentence(meaning_of_landing(answered.landing_of(scene.state)), scene.glyphs)
