"""The runs of a session: curves of the chosen ones over each other, and the list of all with their settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from rich.cells import set_cell_size
from rich.style import Style

from tuibp.core.index import shown
from tuibp.locale import _
from tuibp.render.canvas import Canvas
from tuibp.render.chart import Array, Chart, Series, decades, drawn, linear
from tuibp.render.cost_plot import reduced
from tuibp.render.lines import EMPTY, Line, fitted, rows_of, wrapped
from tuibp.render.numbers import grouped, percent, significant
from tuibp.render.padding import at_left, at_right
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence
from tuibp.render.window import window
from tuibp.session.kept_runs import KeptRun
from tuibp.session.run_words import described
from tuibp.session.shares import ShareCurve

What = Literal["cost", "log cost", "held out", "right"]
WHATS: tuple[What, ...] = ("cost", "log cost", "held out", "right")
TITLES: dict[What, str] = {
    "cost": _("Cost of each update"),
    "log cost": _("Cost of each update, log"),
    "held out": _("Cost of the examples held out"),
    "right": _("Share right"),
}
NAMED = 60
"""Columns from which on a network's name has its own."""
LABEL = 4
"""Columns behind the curves, for the numbers of their runs."""


@dataclass(frozen=True, eq=False)
class RunRow:
    """A run as the list and the plot show it."""

    run: KeptRun
    label: str
    """What sets it apart from the others."""
    measured: ShareCurve
    over: bool
    """Whether its curve is drawn."""

    @property
    def held_out(self) -> bool:
        return len(self.run.preset.data.test) > 0


def style_of(scene: Scene, n: int) -> Style:
    """Of the n-th run in the list: what is told apart by few colours is also numbered at its end."""
    palette = scene.palette
    return (palette.accent_line, palette.positive, palette.negative, palette.ink, palette.quiet)[n % 5]


def runs_plot(scene: Scene, width: int, height: int, rows: Sequence[RunRow], what: What) -> Panel:
    """Those that are chosen, over the updates of the longest."""
    g, title = scene.glyphs, sentence(TITLES[what], scene.glyphs)
    curves = [(n, *found) for n, row in enumerate(rows) if row.over and (found := _curve(row, what, width))]
    if not curves:
        text = _("Nothing is drawn yet: space takes a run in or out.")
        if any(row.over for row in rows):
            text = _("Measuring …") if what in ("held out", "right") else _("These runs are too short for a curve.")
        return Panel(
            title, "", rows_of([EMPTY, *wrapped(sentence(text, g), width - 4, scene.palette.quiet)], width, height, 2)
        )
    said = _compared([rows[n] for n, _x, _y in curves], what)
    below = wrapped(sentence(said, g), max(width - 4, 8), scene.palette.quiet) if said and height > 9 else []
    values = np.concatenate([y for _n, _x, y in curves])
    up, ticks = decades(values, g) if what == "log cost" else linear(values, g)
    if what == "right":
        up = (max(np.floor(float(values.min()) * 10) / 10, 0.0), 1.0)
        up = up if up[1] > up[0] else (0.9, 1.0)
        ticks = [(v, percent(v)) for v in (1.0, sum(up) / 2, up[0])]
    last = float(max(rows[n].run.updates for n, _x, _y in curves))
    series = [Series(x, y, style_of(scene, n), marker=str(shown(n) % 10)) for n, x, y in curves]
    chart = Chart((0.0, last), up, series, ticks, [(0.0, "0"), (last, grouped(int(last)))])
    canvas = Canvas(width - 1, height - len(below))
    canvas.blit(0, 0, drawn(chart, width - 1 - LABEL, canvas.height, scene.palette, g))
    _number(canvas, scene, curves, up)
    note = ", ".join(f"{shown(n)}: {rows[n].label}" for n, _x, _y in curves)
    note = sentence(note, g)
    rows_made = [fitted(row, width) for row in canvas.rows()]
    room = width - len(title) - 6
    return Panel(title, note if len(note) <= room else "", [*rows_made, *rows_of(below, width, len(below), 2)])


def _number(canvas: Canvas, scene: Scene, curves: Sequence[tuple[int, Array, Array]], up: tuple[float, float]) -> None:
    """The number of each run at the height where its curve ends, each on a row of its own as far as they go."""
    plotted, taken = canvas.height - 1, -1
    order = sorted(curves, key=lambda curve: -curve[2][-1])
    for place, (n, _x, y) in enumerate(order):
        share = (up[1] - float(y[-1])) / (up[1] - up[0])
        row = min(max(int(share * plotted), taken + 1), plotted - (len(order) - place))
        if row <= taken:
            row = taken + 1
        if row >= plotted:
            return
        taken = row
        canvas.put(canvas.width - LABEL + 1, row, str(shown(n)), style_of(scene, n))


def _curve(row: RunRow, what: What, width: int) -> tuple[Array, Array] | None:
    """x and y of a run, None where there are no two points."""
    if what in ("held out", "right"):
        shares = row.measured
        x = shares.updates.astype(np.float64)
        if what == "held out":
            y = shares.held_out_costs
        elif row.run.preset.data.has_classes:
            y = shares.held_out if row.held_out else shares.trained
        else:
            return None
    else:
        line = reduced(row.run.curve, max(width - 12, 2))
        x, y = line.x, line.y
        if what == "log cost":
            y = np.log10(np.where(y > 0, y, np.nan))
    good = np.isfinite(y)
    return (x[good], y[good]) if good.sum() > 1 and x[good][-1] > x[good][0] else None


def _compared(rows: Sequence[RunRow], what: What) -> str:
    """What is to be known before curves are compared."""
    if what != "right" and len({row.run.preset.network.cost for row in rows}) > 1:
        return _("Different cost functions: compare how the curves bend, not how high they are.")
    if what != "right" and len({id(row.run.preset.data) for row in rows}) > 1:
        return _("Different data: compare how the curves bend, not how high they are.")
    if len({row.run.settings.batch_size for row in rows}) > 1:
        return _("Mini-batches differ: as many updates are not as many examples.")
    return ""


def runs_table(scene: Scene, width: int, height: int, rows: Sequence[RunRow], chosen: int) -> Panel:
    """A line each: number, network, settings, updates, cost and share right in the end."""
    palette, g = scene.palette, scene.glyphs
    roomy = width >= 100
    seen = window(len(rows), max(height - 1, 1), chosen)
    name = max((len(row.run.preset.name) for row in rows), default=0)
    name = min(max(name, 7), 16) if width >= NAMED else -2
    ends = _("updates").rjust(9), at_right(_("cost"), 9), at_right(_("correct"), 8)
    middle = width - 8 - name - 28
    head = (
        "      "
        + (at_left(_("network"), name + 2) if name > 0 else "")
        + at_left(_("settings"), middle)
        + "".join(ends)
    )
    lines: list[Line] = [((head, palette.quiet),)]
    for n in seen:
        row, here = rows[n], n == chosen
        style = palette.accent if here else palette.ink
        cost, right = _in_the_end(scene, row)
        settings = row.label if len(rows) > 1 and not roomy else described(row.run)
        settings = settings if len(settings) < middle else row.label
        cells = (
            (at_left(set_cell_size(row.run.preset.name[:name], name), name + 2) if name > 0 else "")
            + set_cell_size(sentence(settings, g)[: middle - 1].ljust(middle), middle)
            + f"{grouped(row.run.updates):>9}{cost:>9}{right:>8}"
        )
        mark = (g.pointer if here else " ") + str(shown(n)).rjust(2) + " "
        on = sentence("●", g) if row.over else g.dot
        lines.append(((mark, style), (on + " ", style_of(scene, n) if row.over else palette.quiet), (cells, style)))
    undone = rows[chosen].run.line is None
    note = sentence(_("this one was undone") if undone else _("enter goes to its end"), g)
    return Panel(_("Runs"), note, rows_of(lines, width, height))


def _in_the_end(scene: Scene, row: RunRow) -> tuple[str, str]:
    """Mean cost over all examples and share right (of those held out, if there are some) after the last update; a dot
    where that is not measured."""
    measured, dot = row.measured, scene.glyphs.dot
    if not len(measured.updates) or measured.updates[-1] != row.run.updates:
        return dot, dot
    right = measured.held_out if row.held_out else measured.trained
    return (
        significant(float(measured.costs[-1]), 3, scene.glyphs),
        percent(float(right[-1])) if row.run.preset.data.has_classes else dot,
    )


def run_at(height: int, count: int, chosen: int, y: int) -> int | None:
    """Which of so many runs stands in a line of the table."""
    seen = window(count, max(height - 1, 1), chosen)
    return seen[y - 1] if 1 <= y <= len(seen) else None
