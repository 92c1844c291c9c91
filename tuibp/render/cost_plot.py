"""The cost panel: how the run went and where in it one stands, or another plot in its place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tuibp.locale import _
from tuibp.render.chart import Array, Chart, Mark, Series, decades, drawn, left_of, linear
from tuibp.render.lines import EMPTY, Line, fitted, rows_of, width_of, wrapped
from tuibp.render.numbers import grouped, percent, significant
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence
from tuibp.session.curve import LearningCurve
from tuibp.session.plots import COSTS, LAYERWISE, plots_of

WINDOW = 25
"""Mini-batch costs are noisy: each point is the mean of so many."""
FEW = 100
"""A run of fewer updates is drawn as it is."""


def cost(scene: Scene, width: int, height: int) -> Panel:
    """What `view.plot` chooses."""
    plot = scene.view.plot if scene.view.plot in plots_of(scene.state) else "cost"
    if plot in LAYERWISE:
        from tuibp.render.error_plot import layerwise

        return layerwise(scene, width, height)
    if plot == "histogram":
        from tuibp.render.histogram_plot import histogram

        return histogram(scene, width, height)
    if plot == "held out":
        from tuibp.render.parts_plot import parts

        return parts(scene, width, height)
    if plot == "right":
        return _right(scene, width, height)
    curve = scene.curve
    if curve is None or (_means(scene) is None and np.isfinite(curve.costs).sum() < 2):
        return _nothing_yet(scene, width, height)
    return _run(scene, curve, width, height, scene.view.plot == "log cost")


def _nothing_yet(scene: Scene, width: int, height: int) -> Panel:
    if scene.compact and scene.state.stop.step != "input":  # a large equation panel has room for it itself
        from tuibp.render.function_curve import curve_panel

        if (panel := curve_panel(scene, width, height)) is not None:
            return panel
    from tuibp.render.cost_here import cost_here

    curve = cost_here(scene, width, height - 2)
    if curve:
        note = _("of this example")
        return Panel(_("Cost"), note, [*curve, *rows_of([EMPTY, _ways_on(scene, width - 2)], width, 2, 2)])
    lines = _hints(scene, width)
    top = max((height - len(lines)) // 2 - 1, 0)
    return Panel(_("Cost"), "", rows_of([*[EMPTY] * top, *lines], width, height, 2))


def _ways_on(scene: Scene, room: int) -> Line:
    """The keys that will make a run to plot, as far as there is room."""
    palette, line = scene.palette, EMPTY
    for key, does in (("u", _("one step downhill")), ("t", _("train"))):
        piece: Line = ((key, palette.accent), (f" {does}", palette.quiet))
        joined: Line = (*line, ("   ", palette.quiet), *piece) if line else piece
        line = joined if width_of(joined) <= room else line
    return line


def _hints(scene: Scene, width: int) -> list[Line]:
    """What will fill the panel, and with which keys."""
    palette, g = scene.palette, scene.glyphs
    key, text = palette.accent, palette.quiet
    cost = _("C here is {cost}.").format(cost=significant(scene.state.walk.cost, 6, g))
    if scene.state.wants_target:
        cost = _("Without a target there is no C.")
    return [
        *wrapped(cost, max(width - 3, 8), text),
        (("u", key), (" " + _("takes one step downhill,"), text)),
        (("t", key), (" " + _("trains; the curve grows."), text)),
    ]


FEW_POINTS = 12
"""So few means are marked one by one."""


def _means(scene: Scene) -> Reduced | None:
    """The mean over all examples along the run, where that has been measured; a moment measured twice counts once."""
    shares = scene.shares
    if shares is None or len(shares.updates) < 2:
        return None
    finite = np.isfinite(shares.costs)
    updates, first = np.unique(shares.updates[finite], return_index=True)
    if len(updates) < 2:
        return None
    return Reduced(updates.astype(np.float64), shares.costs[finite][first], 0)


@dataclass(frozen=True, eq=False)
class Reduced:
    """A run as its columns can show it."""

    x: Array
    y: Array
    window: int
    """Each value is the mean of so many updates."""


def reduced(curve: LearningCurve, columns: int) -> Reduced:
    """Two points for each half column of cells: the least and the largest of the smoothed costs in it."""
    x, y = curve.updates.astype(np.float64), curve.costs
    finite = np.isfinite(y)
    if not finite.all():
        x, y = x[finite], y[finite]
    window = 1
    if len(y) > FEW and _noisy(y):
        window = min(WINDOW, len(y) // 4)
        sums = np.cumsum(np.concatenate([[0.0], y]))
        y = np.concatenate([sums[1:window] / np.arange(1, window), (sums[window:] - sums[:-window]) / window])
    buckets = max(columns * 2, 2)
    if len(y) <= buckets:
        return Reduced(x, y, window * curve.stretch)
    starts = (np.arange(buckets) * len(y)) // buckets
    low, high = np.minimum.reduceat(y, starts), np.maximum.reduceat(y, starts)
    return Reduced(np.repeat(x[starts], 2), np.stack([high, low], axis=1).ravel(), window * curve.stretch)


def _noisy(y: Array) -> bool:
    """Whether neighbours differ more than the run as a whole moves in the same time."""
    steps = np.abs(np.diff(y[-1000:]))
    return bool(steps.sum() > 3 * (y[-1000:].max() - y[-1000:].min()))


def update_at(scene: Scene, width: int, x: int) -> int | None:
    """How many updates had been made, of the line of them that is plotted, at a column of the cost's plot."""
    curve = scene.curve
    if scene.view.plot in LAYERWISE:
        from tuibp.render import error_plot

        return error_plot.update_at(scene, width, x)
    if curve is None or curve.count < 2 or scene.view.plot not in COSTS:
        return None
    line = _means(scene) or reduced(curve, width - 8)
    y = line.y[line.y > 0] if scene.view.plot == "log cost" else line.y
    if len(y) < 2:
        return None
    ticks = (decades(np.log10(y), scene.glyphs) if scene.view.plot == "log cost" else linear(y, scene.glyphs))[1]
    left = left_of(ticks)
    share = (x - left + 0.5) / max(width - 1 - left, 1)
    return round(min(share, 1.0) * curve.count) if share > 0 else None


def _run(scene: Scene, curve: LearningCurve, width: int, height: int, log: bool) -> Panel:
    palette, g = scene.palette, scene.glyphs
    means = _means(scene)
    line = reduced(curve, width - 8) if means is None else means
    x, y = line.x, line.y
    if log:
        positive = y > 0
        x, y = x[positive], np.log10(y[positive])
    if len(y) < 2 or not x[-1] > x[0]:
        return _nothing_yet(scene, width, height)
    up, ticks = decades(y, g) if log else linear(y, g)
    first, last = int(curve.updates[0]), int(curve.updates[0]) + curve.count
    stands = first + curve.now
    before, after = x <= stands, x >= stands
    series, marks = [Series(x[before], y[before], palette.accent_line)], []
    if curve.now < curve.count and before.any():
        series.insert(0, Series(x[after], y[after], palette.quiet))
        marks.append(Mark(stands, float(y[before][-1]), "O" if g.ascii else "●", palette.strong))
    if means is not None and len(x) <= FEW_POINTS:
        marks += [Mark(at, value, sentence("●", g), palette.accent_line) for at, value in zip(x, y, strict=True)]
    chart = Chart((first, last), up, series, ticks, [(first, grouped(first)), (last, grouped(last))], marks)
    canvas = drawn(chart, width - 1, height, palette, g)
    note = _plotted(scene, curve, line, width, means is not None)
    if curve.now < curve.count:
        note = _("at {now} of {n}").format(now=grouped(curve.now), n=grouped(curve.count))
    title = _("Cost") + (sentence(_(" · log"), g) if log else "")
    return Panel(title, note, [fitted(row, width) for row in canvas.rows()], title_accent=scene.view.panel == "cost")


def _plotted(scene: Scene, curve: LearningCurve, line: Reduced, width: int, means: bool) -> str:
    """What the cost that is drawn is of."""
    if means:
        return _("all {n} examples").format(n=grouped(len(scene.state.preset.data)))
    if len(scene.state.preset.data) == 1:
        return _("{n} updates").format(n=grouped(curve.count))
    if line.window > 1:
        text = _("mini-batches, {n} together") if width >= 38 else _("{n} mini-batches")
        return text.format(n=grouped(line.window))
    return _("each mini-batch")


def _right(scene: Scene, width: int, height: int) -> Panel:
    """The share of examples that are right: of those held out, and quietly of those trained on."""
    palette, g, data, shares = scene.palette, scene.glyphs, scene.state.preset.data, scene.shares
    held_out = len(data.test) > 0
    title = _("Right")
    if shares is None or (shares.here is None and len(shares.updates) < 2):
        return Panel(title, "", rows_of([EMPTY, ((sentence(_("Counting …"), g), palette.quiet),)], width, height, 2))
    note = whole = ""
    if shares.here is not None:
        right = shares.here.held_out if held_out else shares.here.trained
        count = len(data.test) if held_out else len(data.train)
        share, n = percent(right), grouped(count)
        note = (_("{share} held out") if held_out else _("{share} of all")).format(share=share)
        whole = (_("{share} of {n} held out") if held_out else _("{share} of {n} examples")).format(share=share, n=n)
        if count == 1:
            note = whole = _("the one example is right") if right else _("the one example is wrong")
        if held_out and width >= 50:
            note += sentence(_(", dotted: trained on"), g)
    x, curve = shares.updates.astype(np.float64), scene.curve
    if len(x) < 2 or x[-1] <= x[0] or curve is None or not curve.count:
        lines: list[Line] = [
            EMPTY,
            ((whole, palette.ink),),
            (("t", palette.accent), (" " + _("trains; the curve grows."), palette.quiet)),
        ]
        return Panel(title, "", rows_of(lines, width, height, 2))
    series = [Series(x, shares.held_out if held_out else shares.trained, palette.accent_line)]
    if held_out:
        series.insert(0, Series(x, shares.trained, palette.quiet, lines=False))
    first, last = int(curve.updates[0]), int(curve.updates[0]) + curve.count
    marks, update = [], scene.state.update
    if shares.here is not None and not scene.training and update < last:
        stands = shares.here.held_out if held_out else shares.here.trained
        marks.append(Mark(float(update), stands, "O" if g.ascii else "●", palette.strong))
    lowest = min(float(np.nanmin(s.y)) for s in series)
    bottom = np.floor(lowest * 10) / 10 if lowest < 1 else 0.9
    up = (float(bottom), 1.0)
    ticks = [(v, percent(v)) for v in (1.0, (1.0 + up[0]) / 2, up[0])]
    below = [(float(n), grouped(n)) for n in (first, last)]
    chart = Chart((float(first), float(last)), up, series, ticks, below, marks)
    return Panel(
        title, note, [fitted(row, width) for row in drawn(chart, width - 1, height, palette, g).rows()],
        title_accent=scene.view.panel == "cost",
    )  # fmt: skip
