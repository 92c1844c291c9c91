"""At step 3 a table of the outputs, a row an output: what makes each error. It stands in place of the weights."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

from tuibp.core.index import shown
from tuibp.core.network import largest
from tuibp.core.output_errors import Column, error_columns, forecast
from tuibp.locale import _
from tuibp.render.canvas import Canvas
from tuibp.render.lines import Line, wrap
from tuibp.render.numbers import plain, significant
from tuibp.render.scene import Panel, Scene
from tuibp.render.tiles import name_of
from tuibp.render.typeset import sentence, typeset
from tuibp.render.weights import Weights
from tuibp.render.window import page
from tuibp.session.reach import known_count

NARROWEST, WIDEST = 8, 12
"""Cells of a column, its gap included."""


def errors_fit(scene: Scene, seen: Weights) -> bool:
    """Whether the table stands here: at step 3, while no weight is asked about."""
    state = scene.state
    asked = seen.exact or scene.view.panel == "matrix" or scene.cursor.layer != state.network.last
    return state.stop.step == "output_error" and not asked


def errors_panel(scene: Scene, width: int, height: int) -> Panel:
    state, palette, g = scene.state, scene.palette, scene.glyphs
    canvas = Canvas(width, height)
    columns = error_columns(state.network, state.walk, state.shown.y)
    n = state.network.sizes[-1]
    told = _forecast(scene, width - 2)
    spare = height - 1 - n
    top, rows = _rows(scene, height, len(told))
    label = min(
        max(cell_len(name_of(scene, state.network.last, j)) for j in range(n)), width - 2 - NARROWEST * len(columns)
    )
    label = max(label, 2)
    cell = max(min((width - 2 - label) // len(columns), WIDEST), NARROWEST - 1)
    for i, column in enumerate(columns):
        style = palette.accent_line if i == len(columns) - 1 else palette.quiet
        canvas.right(1 + label + (i + 1) * cell, top, typeset(column.name, g), style)
    for y, j in enumerate(rows, start=top + 1):
        _row(canvas, scene, columns, y, j, label, cell)
    y = top + 1 + len(rows) + int(spare > len(told))
    for line in told if y + len(told) <= height else []:
        x = 1
        for text, style in line:
            x = canvas.put(x, y, text, style)
        y += 1
    note = _("what makes each error") if len(rows) == n else f"{shown(rows.start)}–{rows.stop} / {n}"
    return Panel(_("Outputs"), sentence(note, g), canvas.rows())


def _rows(scene: Scene, height: int, told: int) -> tuple[int, range]:
    """The row of the columns' names, and the outputs that stand below it; `told` lines are said under them."""
    n = scene.state.network.sizes[-1]
    top = int(height - 1 - n >= told + 2)
    return top, page(n, max(height - 1 - top, 1), scene.cursor.j)


def output_at(scene: Scene, width: int, height: int, y: int) -> int | None:
    """The output whose row this is; None above and below the table."""
    top, rows = _rows(scene, height, len(_forecast(scene, width - 2)))
    return rows[y - top - 1] if 0 <= y - top - 1 < len(rows) else None


def _row(canvas: Canvas, scene: Scene, columns: tuple[Column, ...], y: int, j: int, label: int, cell: int) -> None:
    state, palette = scene.state, scene.palette
    here, last = j == scene.cursor.j, state.network.last
    if here:
        canvas.put(0, y, " " * canvas.width, palette.raised)
    ground = palette.raised if here else palette.ink
    name = set_cell_size(name_of(scene, last, j), label)
    canvas.put(1, y, name, ground + (palette.accent if here else palette.quiet))
    for i, column in enumerate(columns):
        is_error = i == len(columns) - 1
        known = not is_error or j < known_count(state, "delta", last)
        form = plain([largest(column.values)], min(cell - 1, 9), most_decimals=max(cell - 4, 2), glyphs=scene.glyphs)
        text = (
            _given(column.values[j], scene) if column.name == "y" else form(float(column.values[j]) if known else None)
        )
        canvas.right(1 + label + (i + 1) * cell, y, text, ground + (palette.accent if is_error and known else ground))


def _given(value: float, scene: Scene) -> str:
    """What is wanted, as it was written."""
    return significant(value, 4, scene.glyphs, typed=True)


def _forecast(scene: Scene, width: int) -> list[Line]:
    """`raise z³₁ by 0.1 and C grows by about 0.0138`, where that is about right."""
    state, palette, g = scene.state, scene.palette, scene.glyphs
    j, last = scene.cursor.j, state.network.last
    found = forecast(state.network, state.walk, state.shown.y, j) if j < known_count(state, "delta", last) else None
    if found is None:
        return []
    z = typeset(f"z^{shown(last)}_{shown(j)}", g)
    words = (
        _("δ is how fast C grows with z: raise {z} by {step} and C grows by about {change}.")
        if found.foretold > 0
        else _("δ is how fast C grows with z: raise {z} by {step} and C falls by about {change}.")
    ).format(z=z, step=f"{found.step:g}", change=significant(abs(found.foretold), 3, g))
    lines: list[Line] = [((line, palette.quiet),) for line in wrap(sentence(words, g), width)]
    tries = _("tries it.")
    if cell_len(lines[-1][0][0]) + len(tries) + 4 <= width:
        lines[-1] = (*lines[-1], ("  d", palette.accent), (" " + tries, palette.quiet))
    return lines
