"""Costs beside each other over a run: of the examples trained on, of those held out, and what L2 decay adds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from rich.style import Style

from tuibp.locale import _
from tuibp.render.chart import Array, Chart, Mark, Series, drawn, linear
from tuibp.render.lines import EMPTY, Line, fitted, rows_of, width_of, wrapped
from tuibp.render.numbers import grouped, significant
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence
from tuibp.session.shares import ShareCurve

LEGEND = 8
"""Rows of a plot from which on the last values stand under it."""


@dataclass(frozen=True, eq=False)
class Part:
    """A cost over the moments that were measured."""

    name: str
    values: Array
    style: Style


def parts(scene: Scene, width: int, height: int) -> Panel:
    """What rises for those held out while it falls for those trained on is learned by heart."""
    shares, curve, g = scene.shares, scene.curve, scene.glyphs
    title = _("Held out") if len(scene.state.preset.data.test) else _("Parts of the cost")
    found = [] if shares is None else _parts(scene, shares)
    if shares is None or curve is None or not curve.count or not found:
        lines = wrapped(
            sentence(_("Once it trains, costs are measured on all examples."), g), width - 4, scene.palette.quiet
        )
        key = (("t", scene.palette.accent), (" " + _("trains; the curve grows."), scene.palette.quiet))
        return Panel(title, "", rows_of([EMPTY, *lines, key], width, height, 2))
    x = np.unique(shares.updates).astype(np.float64)
    legend = _legend(scene, found, width) if height >= LEGEND else []
    values = np.concatenate([part.values[np.isfinite(part.values)] for part in found])
    up, ticks = linear(values, g)
    first, last = float(curve.updates[0]), float(curve.updates[0] + curve.count)
    stands, marks = float(scene.state.update), []
    if not scene.training and stands < last:
        here = float(np.interp(stands, x, found[-1].values))
        marks.append(Mark(stands, here, "O" if g.ascii else "●", scene.palette.strong))
    series = [Series(x, part.values, part.style) for part in found]
    chart = Chart((first, last), up, series, ticks, [(n, grouped(int(n))) for n in (first, last)], marks)
    rows = drawn(chart, width - 1, height - len(legend), scene.palette, g).rows()
    room, last_values = width - len(title) - 6, [_last(scene, part) for part in found[::-1]]
    notes = [] if legend else [", ".join(last_values), last_values[0], last_values[0].split()[-1]]
    return Panel(
        title,
        next((note for note in notes if len(note) <= room), ""),
        [*(fitted(row, width) for row in rows), *rows_of(legend, width, len(legend), 2)],
        title_accent=scene.view.panel == "cost",
    )


def _parts(scene: Scene, shares: ShareCurve) -> list[Part]:
    """What matters most comes last, as later curves lie over earlier ones; none before there are two moments."""
    palette, g = scene.palette, scene.glyphs
    updates, at = np.unique(shares.updates, return_index=True)
    own, decay, held_out = shares.trained_costs[at], shares.decay[at], shares.held_out_costs[at]
    if len(updates) < 2 or not np.isfinite(own).any():
        return []
    found = [Part(_("trained on"), own, palette.ink)]
    if decay.any():
        whole = Part(sentence(_("C₀ + λ/2n Σw²"), g), own + decay, palette.positive)
        found = [Part(sentence(_("λ/2n Σw²"), g), decay, palette.quiet), whole, *found]
    return [*found, Part(_("held out"), held_out, palette.accent_line)] if len(scene.state.preset.data.test) else found


def _last(scene: Scene, part: Part) -> str:
    return f"{part.name} {significant(float(part.values[-1]), 3, scene.glyphs)}"


def _legend(scene: Scene, found: list[Part], width: int) -> list[Line]:
    """Names in their curve's colour with the last value, as many on a line as fit."""
    lines: list[Line] = []
    for part in found[::-1]:
        piece = (_last(scene, part), part.style)
        if lines and width_of((*lines[-1], ("   ", part.style), piece)) <= width - 3:
            lines[-1] = (*lines[-1], ("   ", part.style), piece)
        else:
            lines.append((piece,))
    return lines
