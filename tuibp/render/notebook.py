"""The notebook: the experiments made so far, a line each."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import set_cell_size
from rich.style import Style

from tuibp.locale import _, ngettext
from tuibp.render.lines import EMPTY, Line, rows_of, wrapped
from tuibp.render.numbers import plain, significant
from tuibp.render.padding import at_left, at_right
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence, typeset
from tuibp.render.window import window
from tuibp.session.experiments import Experiment


def notebook(
    scene: Scene, width: int, height: int, experiments: Sequence[Experiment], chosen: int | None = None
) -> Panel:
    """As a table, the error only where there is room for it. `chosen` is lit, or the last one."""
    palette, g = scene.palette, scene.glyphs
    title = _("Notebook")
    if not experiments:
        text = _("Each nudge is written down here: [ and ] make one.")
        return Panel(title, "", rows_of([EMPTY, *wrapped(text, max(width - 4, 8), palette.quiet)], width, height, 2))
    at = len(experiments) - 1 if chosen is None else chosen
    roomy = width >= 58
    note = (
        ngettext("{n} experiment", "{n} experiments", len(experiments)).format(n=len(experiments))
        if chosen is None
        else _("enter goes back to it")
    )
    rows = window(len(experiments), max(height - 2, 1), at)
    columns = [_("first order"), _("exact"), *([_("error")] if roomy else [])]
    names = at_left(_("parameter"), 10)
    deltas = sentence("Δ", g).rjust(8)
    head: Line = ((names + deltas, palette.quiet), *((at_right(c, 12), palette.quiet) for c in columns))
    lines = [head, *([EMPTY] if len(rows) + 2 <= height else [])]
    lines += [_row(scene, experiments[i], i == at, chosen is not None, roomy) for i in rows]
    return Panel(title, note, rows_of(lines, width, height, 2))


def experiment_at(height: int, count: int, chosen: int, y: int) -> int | None:
    """Which of so many experiments stands in a line of the table."""
    rows = window(count, max(height - 2, 1), chosen)
    row = y - 1 - (len(rows) + 2 <= height)
    return rows[row] if 0 <= row < len(rows) else None


def _row(scene: Scene, made: Experiment, here: bool, choosing: bool, roomy: bool) -> Line:
    palette, g = scene.palette, scene.glyphs
    style: Style = palette.accent if here else palette.ink
    values = [made.predicted, made.actual, *([made.error] if roomy else [])]
    # Digits of a small number beyond the decimals of the others say nothing.
    numbers = [plain([v], 8 if abs(v) < 1e-6 else 11, most_decimals=6, plus=True, glyphs=g)(v) for v in values]
    delta = ("+" if made.nudge.delta > 0 else "") + significant(made.nudge.delta, 4, g, typed=True)
    mark = g.pointer if here and choosing else " "
    name = f"{mark}{typeset(made.parameter, g)}" if choosing else typeset(made.parameter, g)
    return ((set_cell_size(name, 10) + delta.rjust(8), style), *((n.rjust(12), style) for n in numbers))
