"""What each example of a mini-batch asks for, as a bar, the mean, and whether they agree."""

from __future__ import annotations

import numpy as np
from rich.cells import cell_len

from tuibp.core.index import shown
from tuibp.core.mini_batch import MiniBatch, Shares
from tuibp.locale import _, ngettext
from tuibp.render.batch_pictures import batch_pictures, height_of_pictures
from tuibp.render.lines import Line, Row, row_of, rows_of, shortened, spread, wrapped
from tuibp.render.numbers import NumberFormat, plain, significant
from tuibp.render.padding import at_right
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence, typeset


def batch_title(scene: Scene, batch: MiniBatch, width: int) -> Row:
    """`iris  4·5·3      mini-batch 5/15  update 4  C 1.355584`."""
    palette, g, state = scene.palette, scene.glyphs, scene.state
    sizes = ("-" if g.ascii else "·").join(map(str, state.network.sizes))
    left: Line = ((sentence(state.preset.name, g), palette.strong), ("  " + sizes, palette.ink))
    number: Line = (
        (_("mini-batch "), palette.quiet), (f"{shown(batch.number)}/{batch.of}", palette.ink),
    )  # fmt: skip
    update: Line = ((_("  update "), palette.quiet), (str(state.update), palette.ink))
    cost: Line = (("  C ", palette.quiet), (significant(batch.cost, 7, g), palette.strong))
    for right in ((*number, *update, *cost), (*number, *cost), cost):
        line = spread(left, right, width - 2)
        if line is not left:
            break
    return row_of(line, width, indent=1)


def batch_line(scene: Scene, batch: MiniBatch, width: int) -> Row:
    """Which examples they are."""
    palette, g = scene.palette, scene.glyphs
    badge: Line = ((f" {_('Mini-batch')} ", palette.badge), (" ", palette.quiet))
    head = ngettext("mean of {n} example: ", "mean of {n} examples: ", len(batch)).format(n=len(batch))
    room = width - cell_len(_("Mini-batch")) - 4 - cell_len(head) - 2
    names, text = [str(shown(int(row))) for row in batch.rows], ""
    for n, name in enumerate(names):
        more = f"{text} {name}".strip()
        if len(more) > room - (4 if n + 1 < len(names) else 0):
            text += " " + g.ellipsis
            break
        text = more
    return row_of((*badge, (head, palette.quiet), (text, palette.ink)), width)


def shares_panel(scene: Scene, shares: Shares, width: int, height: int) -> Panel:
    """A bar an example, left of the line for a negative number and right for a positive one."""
    palette, g = scene.palette, scene.glyphs
    inner = width - 2
    text = wrapped(sentence(typeset(shares.meaning, g), g), inner, palette.ink)
    number = plain([*shares.values.tolist(), shares.mean], 11, glyphs=g)
    label = max(cell_len(_("mean")), len(str(shown(int(shares.rows.max())))))
    room = max(height - len(text) - 5, 1)
    listed = np.arange(len(shares.values))
    if len(listed) > room:  # the loudest, in their own order
        listed = np.sort(np.argsort(-np.abs(shares.values), kind="stable")[: max(room - 1, 1)])
    half = max((inner - label - 13) // 2, 2)
    largest = float(np.abs(shares.values).max())
    letter = shares.name.removeprefix("∂C/∂")[0]
    of_one = f"∂C_x/∂{letter}" if shares.name.startswith("∂C") else f"{letter}_x"
    equation = f"{shares.name.split('^')[0]} = 1/m Σ_x {of_one}"
    lines: list[Line] = [((typeset(equation, g), palette.ink),), ()]
    for at in listed.tolist():
        value = float(shares.values[at])
        lines.append(_bar(scene, str(shown(int(shares.rows[at]))).rjust(label), value, number, largest, half))
    if len(listed) < len(shares.values):
        left = len(shares.values) - len(listed)
        lines.append(((" " * label + "  " + _("and {n} smaller ones").format(n=left), palette.quiet),))
    mean = _bar(scene, at_right(_("mean"), label), shares.mean, number, largest, half)
    lines.append(tuple((part, palette.accent) for part, _style in mean))
    lines += [(), *shortened(text, height - len(lines) - 1, inner, g.ellipsis)]
    pictures = height_of_pictures(scene)
    over = len(lines) + pictures - height
    empty = [n for n, line in enumerate(lines) if not line]
    if pictures and 0 < over <= len(empty):  # what is seen is worth more than the lines between
        lines = [line for n, line in enumerate(lines) if n not in empty[:over]]
    drawn = batch_pictures(scene, shares, inner, height - len(lines))
    lines += [*([()] if len(lines) + len(drawn) < height else []), *drawn]
    title = typeset(_("{name}: a mean of {n}").format(name=shares.name, n=len(shares.values)), g)
    return Panel(title, "", rows_of(lines[:height], width, height, indent=1), title_accent=True)


def _bar(scene: Scene, name: str, value: float, number: NumberFormat, largest: float, half: int) -> Line:
    palette, g = scene.palette, scene.glyphs
    cells = round(half * abs(value) / largest) if largest > 0.0 and np.isfinite(value) else 0
    style = palette.signed(value)
    return (
        (name + " ", palette.quiet),
        (number(value) + " ", palette.ink),
        ((g.bar * cells if value < 0 else "").rjust(half), style),
        (g.vertical, palette.quiet),
        (g.bar * cells if value > 0 else "", style),
    )
