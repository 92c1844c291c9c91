"""How wrong a finite difference is over its ε, and Σ′(z) as a matrix against ⊙: the race's lower half."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tuibp.core.diagonal import Widths
from tuibp.core.epsilon import Differenced, gathered
from tuibp.locale import _
from tuibp.render.chart import Array, Chart, Mark, Series, drawn, tick
from tuibp.render.lines import EMPTY, Line, rows_of, wrapped
from tuibp.render.numbers import duration, ratio, significant
from tuibp.render.padding import at_left, at_right
from tuibp.render.palette import Palette
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence

FLOOR = 1e-17
"""Stands for an error of 0 on a log scale."""
EPS = (1e-15, 1e-1)


def sweep_plot(scene: Scene, width: int, height: int, points: Sequence[Differenced]) -> Panel:
    """Forward, central and complex differences, log–log, as far as the sweep has come."""
    palette, g = scene.palette, scene.glyphs
    title = sentence(_("Error of a difference over ε"), g)
    if len(points) < 2:
        key: Line = (("e", palette.accent), (sentence(" " + _("sweeps ε from 0.1 down to 1e−15."), g), palette.quiet))
        return Panel(title, "", rows_of([EMPTY, key], width, height, 2))
    ordered = sorted(points, key=lambda p: p.eps)
    x = np.log10([p.eps for p in ordered])
    lanes = {
        "complex": (_log([p.complex for p in ordered]), palette.accent_line),
        "forward": (_log([p.forward for p in ordered]), palette.positive),
        "central": (_log([p.central for p in ordered]), palette.negative),
    }
    highest = max(float(y.max()) for y, _style in lanes.values())
    across, up = (np.log10(EPS[0]), np.log10(EPS[1])), (-17.0, min(max(np.ceil(highest), 0.0), 6.0))
    series = [Series(x, y, style) for y, style in lanes.values()]
    marks = [_best(x, y, sentence("●", g), palette) for y, _s in (lanes["forward"], lanes["central"])]
    ticks = [(up[1], tick(10.0 ** up[1], g)), (-8.0, tick(1e-8, g)), (-16.0, tick(1e-16, g))]
    below = [(across[0], tick(EPS[0], g)), (across[1], sentence(_("ε = 0.1"), g))]
    return Panel(title, "", drawn(Chart(across, up, series, ticks, below, marks), width, height, palette, g).rows())


def _log(values: Sequence[float]) -> Array:
    return np.log10(np.maximum(np.nan_to_num(np.asarray(values, dtype=np.float64), nan=1e6, posinf=1e6), FLOOR))


def _best(x: Array, y: Array, character: str, palette: Palette) -> Mark:
    at = int(np.argmin(y))
    return Mark(float(x[at]), float(y[at]), character, palette.strong)


def sweep_text(scene: Scene, width: int, height: int, points: Sequence[Differenced]) -> Panel:
    """The best ε of each, and why the curve has two sides."""
    palette, g = scene.palette, scene.glyphs
    lines: list[Line] = [EMPTY]
    if len(points) >= 2:
        seen = gathered(list(points))
        for name, eps, style in (
            ("forward", seen.best_forward, palette.positive),
            ("central", seen.best_central, palette.negative),
        ):
            told = _("best ε {eps}").format(eps=significant(eps, 1, g)) if eps == eps else _("no number")
            lines.append(((at_left(_(name), 11), style), (sentence(told, g), palette.ink)))
        if (limit := seen.complex_up_to) is not None:
            free = sentence(_("any ε up to {eps}").format(eps=significant(limit, 1, g)), g)
            lines.append(((at_left(_("complex"), 11), palette.accent_line), (free, palette.ink)))
        lines.append(EMPTY)
        told_of = [(_("Too large: the curve bends."), seen.bends), (_("Too small: digits cancel."), seen.cancels)]
        for text in (text for text, holds in told_of if holds):
            lines += wrapped(text, max(width - 2, 8), palette.quiet)
    return Panel("", "", rows_of(lines, width, height, 1))


def widths_table(scene: Scene, width: int, height: int, raced: Sequence[Widths]) -> Panel:
    """Σ′(z) as a matrix (33) against ⊙ (BP1): the same δ, at the cost of n² products."""
    palette, g = scene.palette, scene.glyphs
    title = sentence(_("Σ′(z) or ⊙"), g)
    formulas = f"{sentence('Σ′(z) ∇C', g):>12}{sentence('∇C ⊙ σ′(z)', g):>14}"
    head = at_right(_("width"), 7) + formulas + at_right(_("faster"), 10)
    lines: list[Line] = [((head, palette.quiet),)]
    room = max(height - 1, 1)
    for row in raced if len(raced) <= room else [raced[0], *raced[len(raced) - room + 1 :]][:room]:
        lines.append(
            (
                (f"{row.width:>7,}", palette.ink),
                (f"{duration(row.seconds_matrix, g):>12}", palette.positive),
                (f"{duration(row.seconds_hadamard, g):>14}", palette.accent_line),
                (sentence(f"{ratio(row.ratio)}×".rjust(10), g), palette.strong),
            )
        )
    return Panel(title, "(33)", rows_of(lines, width, height, 1))


def widths_text(scene: Scene, width: int, height: int, raced: Sequence[Widths]) -> Panel:
    """Why the matrix is slower, and that it says the same."""
    same = all(r.equal for r in raced)
    told = [_("Σ′(z) is n × n, and 0 but for its diagonal: n² products where ⊙ makes n.")]
    if raced:
        told.append(_("Both give the same δ to the bit.") if same else _("Both give the same δ but for rounding."))
    lines: list[Line] = [EMPTY]
    for text in told:
        lines += wrapped(sentence(text, scene.glyphs), max(width - 2, 8), scene.palette.quiet)
    return Panel("", "", rows_of(lines, width, height, 1))
