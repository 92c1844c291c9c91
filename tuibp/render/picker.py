"""The picker: what there is to open, and a preview of the one that is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from tuibp.core.words import cost_name
from tuibp.files.summary import Summary
from tuibp.locale import _
from tuibp.render.lines import EMPTY, Line, Row, blank, row_of, rows_of, spread, wrapped
from tuibp.render.network import network
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence
from tuibp.render.window import window


def picker_title(scene: Scene, width: int, count: int) -> Row:
    palette = scene.palette
    left: Line = (("tuibp", palette.accent), ("   " + _("a microscope for backpropagation"), palette.quiet))
    right: Line = ((_("{n} networks").format(n=count), palette.quiet),)
    return row_of(spread(left, right, width - 2), width, indent=1)


def picker_list(
    scene: Scene, width: int, height: int, listed: Sequence[Summary], chosen: int, searched: str = ""
) -> Panel:
    """Names and sizes, the chosen one lit. What is searched for stands in the title's line."""
    palette, g = scene.palette, scene.glyphs
    lines: list[Line] = [EMPTY] if height > len(listed) else []
    if not listed:
        lines.append(((" " + _("Nothing is called so."), palette.quiet),))
    for i in window(len(listed), height - len(lines), chosen):
        item, here = listed[i], i == chosen
        sizes = ("-" if g.ascii else "·").join(map(str, item.sizes))
        ground = palette.raised if here else None
        name_style, size_style = (palette.accent, palette.quiet) if here else (palette.ink, palette.quiet)
        if ground is not None:
            name_style, size_style = ground + palette.accent, ground + palette.quiet
        name: Line = ((f" {g.pointer if here else ' '} {item.name}", name_style),)
        gap = width - 1 - cell_len(name[0][0]) - len(sizes)
        if gap < 1:
            sizes, gap = "", width - 1 - cell_len(name[0][0])
        lines.append((*name, (" " * max(gap, 0), size_style), (sizes + " ", size_style)))
    return Panel(_("Open"), f"/{searched}" if searched else "", rows_of(lines, width, height))


def network_at(height: int, count: int, chosen: int, y: int) -> int | None:
    """Which of so many networks stands in a line of the list."""
    row = y - (height > count)
    rows = window(count, height - (height > count), chosen)
    return rows[row] if 0 <= row < len(rows) else None


def picker_preview(scene: Scene, width: int, height: int, item: Summary | None, opened: Scene | None = None) -> Panel:
    """Title, what to look at, the network itself once it has been `opened`, and its figures."""
    palette, g = scene.palette, scene.glyphs
    if item is None:
        return Panel("", "", rows_of([], width, height))
    inner = max(width - 2, 8)
    head: list[Line] = [EMPTY, ((sentence(item.title, g), palette.strong),), EMPTY]
    head += wrapped(sentence(item.about, g), inner - 1, palette.quiet)[: max(height - 8, 1)]
    foot = _figures(scene, item)
    top, bottom = rows_of(head, width, len(head), 2), rows_of(foot, width, len(foot), 2)
    room = height - len(top) - len(bottom) - 1
    middle = [blank(width)] * max(room, 0)
    if opened is not None and room >= 4:
        middle = network(opened, width, room).lines[:room]
        middle += [blank(width)] * (room - len(middle))
    return Panel("", "", [*top, *middle, blank(width), *bottom][:height])


def _figures(scene: Scene, item: Summary) -> list[Line]:
    palette, g = scene.palette, scene.glyphs
    sizes = ("-" if g.ascii else "·").join(map(str, item.sizes))
    functions = " ".join(name.replace("_", " ") for name in item.activations)
    training = item.training
    return [
        (
            (sizes, palette.ink),
            (f"   {functions}, {cost_name(item.cost)}", palette.quiet),
        ),
        (
            (_("{n:,} parameters").format(n=item.parameters), palette.ink),
            (
                sentence(_("   η {eta:g}   mini-batch {size}").format(eta=training.eta, size=training.batch_size), g),
                palette.quiet,
            ),
        ),
    ]
