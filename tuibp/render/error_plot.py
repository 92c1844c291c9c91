"""How large errors or gradients are, layer by layer: as bars where one stands, and as curves over a run's updates."""

from __future__ import annotations

import numpy as np

from tuibp.core.index import shown
from tuibp.core.judged import SAMPLE
from tuibp.locale import _
from tuibp.render.canvas import Canvas
from tuibp.render.chart import Chart, Mark, Series, drawn, left_of, tick
from tuibp.render.error_norms import fading, gradient_norms_of, norms_of, spread
from tuibp.render.lines import EMPTY, Line, fitted, rows_of, width_of, wrapped
from tuibp.render.numbers import grouped, significant
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence, typeset

LEAST = 6
"""Rows in which curves can be told apart."""
ROOMY = 12
"""Rows from which on there is room for a sentence under the curves."""
NAMED = 36
"""Columns from which on a curve has its last value beside it."""


def layerwise(scene: Scene, width: int, height: int) -> Panel:
    """‖δ^l‖ or ‖∂C/∂w^l‖, as `view.plot` says: curves where a run has been measured, otherwise bars; on a log scale."""
    chart = _chart(scene) if height >= LEAST else None
    return _bars(scene, width, height) if chart is None else _curves(scene, chart, width, height)


def update_at(scene: Scene, width: int, x: int) -> int | None:
    """How many updates of the run that is plotted had been made at a column; None where there are no curves."""
    chart = _chart(scene)
    if chart is None or scene.curve is None:
        return None
    left = left_of(chart.ticks)
    share = (x - left + 0.5) / max(_inner(width) - left, 1)
    return round(min(share, 1.0) * scene.curve.count) if share > 0 else None


def _of_weights(scene: Scene) -> bool:
    return scene.view.plot == "gradients"


def _inner(width: int) -> int:
    """Columns of the plot, with the axis and without what stands behind the curves."""
    return width - (10 if width >= NAMED else 4)


def _chart(scene: Scene) -> Chart | None:
    """‖δ^l‖ over the updates, the root of its mean square over the examples, or ‖∂C/∂w^l‖ of their mean cost; None
    before there are two moments."""
    shares, curve, palette, g = scene.shares, scene.curve, scene.palette, scene.glyphs
    if shares is None or curve is None or not curve.count or len(shares.updates) < 2:
        return None
    updates, at = np.unique(shares.updates, return_index=True)
    values = (shares.gradients if _of_weights(scene) else shares.errors)[at]
    good = np.isfinite(values) & (values > 0)
    if len(updates) < 2 or not good.any() or values.shape[1] != scene.state.network.layer_count - 1:
        return None
    logs = np.where(good, np.log10(np.where(good, values, 1.0)), np.nan)
    low, high = float(np.floor(logs[good].min())), float(np.ceil(logs[good].max()))
    high = high if high > low else low + 1.0
    last = values.shape[1] - 1
    series = [
        Series(updates.astype(np.float64), logs[:, n], palette.accent_line if n == last else palette.ink)
        for n in range(last + 1)
    ]
    ticks = [(v, tick(10.0**v, g)) for v in sorted({high, float(round((low + high) / 2)), low}, reverse=True)]
    first = float(curve.updates[0])
    span = (first, first + curve.count)
    marks, stands = [], float(scene.state.update)
    if not scene.training and stands < span[1]:
        height = float(np.interp(stands, updates, logs[:, last]))
        marks.append(Mark(stands, height, "O" if g.ascii else "●", palette.strong))
    return Chart(span, (low, high), series, ticks, [(v, grouped(int(v))) for v in span], marks)


def _curves(scene: Scene, chart: Chart, width: int, height: int) -> Panel:
    g, inner, last = scene.glyphs, _inner(width), [_end(series) for series in chart.series]
    ends = [(n + 1, 10.0**end) for n, end in enumerate(last)]
    said = (spread(ends, g) if _of_weights(scene) else fading(ends, g)) if height >= ROOMY else ""
    below = wrapped(said, max(width - 4, 8), scene.palette.quiet) if said else []
    height -= len(below) + bool(below)
    wide = Canvas(width - 1, height)
    wide.blit(0, 0, drawn(chart, inner, height, scene.palette, g))
    plotted = height - 1
    taken = -1
    order = sorted(enumerate(chart.series), key=lambda pair: -_end(pair[1]))
    for place, (n, series) in enumerate(order):
        end = _end(series)
        if not np.isfinite(end):
            continue
        share = (chart.up[1] - end) / (chart.up[1] - chart.up[0])
        left_over = len(order) - 1 - place
        y = min(max(int(share * plotted), taken + 1), plotted - 1 - left_over)
        if y <= taken:
            break
        taken = y
        text = str(shown(n + 1))
        if width >= NAMED:
            text += f" {significant(10.0**end, 2, g)}"
        wide.put(inner + 1, y, text, series.style)
    title = sentence(_("‖∂C/∂w‖ by layer") if _of_weights(scene) else _("‖δ‖ by layer"), g)
    note = _note(scene, width - width_of(((title, scene.palette.ink),)) - 6)
    accent = scene.view.panel == "cost"
    rows = [fitted(row, width) for row in wide.rows()]
    under = rows_of([EMPTY, *below], width, len(below) + 1, 2) if below else []
    return Panel(title, note, [*rows, *under], title_accent=accent)


def _note(scene: Scene, room: int) -> str:
    """Of how many examples the curves are, where there is room for that."""
    count = len(scene.state.preset.data)
    note = _("all {n} examples").format(n=grouped(count))
    if count > SAMPLE:
        note = _("{n} of {all} examples").format(n=grouped(SAMPLE), all=grouped(count))
    note = sentence(_("{examples} · log").format(examples=note), scene.glyphs)
    return _("log scale") if count == 1 or scene.compact or len(note) > room else note


def _end(series: Series) -> float:
    """The last value of a curve that is a number."""
    finite = series.y[np.isfinite(series.y)]
    return float(finite[-1]) if len(finite) else float("-inf")


def _bars(scene: Scene, width: int, height: int) -> Panel:
    """Of the example shown, as far as the steps have come."""
    palette, g = scene.palette, scene.glyphs
    of_weights = _of_weights(scene)
    norms = gradient_norms_of(scene) if of_weights else norms_of(scene)
    there = [n for _l, n in norms if n and np.isfinite(n)]
    title = sentence(_("Gradients ‖∂C/∂wˡ‖") if of_weights else _("Errors ‖δˡ‖"), g)
    words = _("The errors come at steps 3 and 4; then each layer’s is a bar here.")
    if of_weights:
        words = _("The gradients come at step 5; then each layer’s is a bar here.")
    if not there:
        words = sentence(words, g)
        text = wrapped(words, max(width - 4, 8), palette.quiet)
        return Panel(title, "", rows_of([EMPTY, *text], width, height, 2))
    lines = [_bar(scene, layer, norm, min(there), max(there), width) for layer, norm in norms]
    known = [(lay, n) for lay, n in norms if n is not None]
    said = wrapped(spread(known, g) if of_weights else fading(known, g), max(width - 4, 8), palette.quiet)
    if len(lines) + 1 + len(said) <= height and said:
        lines += [EMPTY, *said]
    return Panel(title, _("log scale"), rows_of(lines[:height], width, height, 2))


def _bar(scene: Scene, layer: int, norm: float | None, least: float, largest: float, width: int) -> Line:
    palette, g = scene.palette, scene.glyphs
    name = (typeset(f"{'w' if _of_weights(scene) else 'δ'}^{shown(layer)}", g).ljust(4), palette.quiet)
    if norm is None or not np.isfinite(norm):
        return (name, (g.dot, palette.line))
    room = max(width - 17, 1)
    low = np.floor(np.log10(least)) - 1
    share = (np.log10(norm) - low) / max(np.log10(largest) - low, 1e-9) if norm > 0 else 0.0
    bar = g.bar * max(round(share * room), 1 if norm > 0 else 0)
    return (name, (bar, palette.accent_line), (" " + significant(norm, 2, g), palette.ink))
