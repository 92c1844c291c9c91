"""Examples side by side: a wall of pictures, or lines where an example is none; each with what it is and is read as."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rich.cells import cell_len, set_cell_size

from tuibp.core.datasets import Rows
from tuibp.core.index import shown
from tuibp.core.scores import Reads
from tuibp.core.verdict import class_name
from tuibp.locale import _, ngettext
from tuibp.render.canvas import Canvas
from tuibp.render.confusion_page import Mixed
from tuibp.render.lines import EMPTY, Line, rows_of, text_of
from tuibp.render.numbers import grouped, significant
from tuibp.render.padding import at_left
from tuibp.render.pictures import picture, size_of
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence
from tuibp.render.window import page

SCALES = (3, 2, 1, -2, -3, -4)
ENOUGH = 12
"""Pictures that are to be seen at once, even if they must be smaller for it."""
CAPTION = 9
"""Columns of what stands under a picture."""


@dataclass(frozen=True)
class Bricks:
    """How a wall is laid."""

    scale: int
    """Of the pictures; 0 where there are none, and each example is a line."""
    across: int
    down: int
    width: int
    """Cells from one picture to the next,"""
    height: int
    """and rows."""

    @property
    def room(self) -> int:
        return max(self.across * self.down, 1)


def bricks(scene: Scene, count: int, width: int, height: int) -> Bricks:
    """As large as can be with ENOUGH pictures, or all of them, in sight."""
    shape, lines = scene.state.preset.data.image, Bricks(0, 1, max(height - 1, 1), width, 1)
    if shape is None:
        return lines
    laid = lines
    for scale in SCALES:
        w, h = size_of(shape, scale)
        wide, tall = max(w, CAPTION) + 2, h + 2
        across, down = (width - 1) // wide, height // tall
        if across and down:
            laid = Bricks(scale, across, down, wide, tall)
            if across * down >= min(ENOUGH, count):
                break
    return laid


def wall(scene: Scene, reads: Reads, rows: Rows, chosen: int, title: str, width: int, height: int) -> Panel:
    """The page on which the chosen one stands."""
    laid = bricks(scene, len(rows), width, height)
    seen = page(len(rows), laid.room, max(chosen, 0))
    count = ngettext("{n} example", "{n} examples", len(rows)).format(n=grouped(len(rows)))
    note = _("{at} of {n}, most surely wrong first").format(at=grouped(shown(chosen)), n=grouped(len(rows)))
    if not len(rows):
        words = _("There is none.")
        return Panel(title, "", rows_of([EMPTY, ((words, scene.palette.quiet),)], width, height, 2))
    note = note if reads.sure[rows].any() else count
    if not laid.scale:
        lines = [_line(scene, reads, int(rows[n]), n == chosen, width - 2) for n in seen]
        return Panel(title, note, rows_of([EMPTY, *lines], width, height, 1))
    canvas = Canvas(width, height)
    data, shape = scene.state.preset.data, scene.state.preset.data.image
    assert shape is not None
    wide = size_of(shape, laid.scale)[0]
    for place, n in enumerate(seen):
        row, here = int(rows[n]), n == chosen
        x, y = 1 + place % laid.across * laid.width, place // laid.across * laid.height
        for down, line in enumerate(picture(scene, data.x[row], shape, laid.scale, "activation", _lightest(scene))):
            at = x + (max(wide, CAPTION) - wide) // 2
            for text, style in line:
                at = canvas.put(at, y + down, text, style)
        style = scene.palette.accent if here else scene.palette.quiet
        caption = (scene.glyphs.pointer if here else " ") + _caption(scene, reads, row)
        canvas.put(x - 1, y + laid.height - 2, set_cell_size(caption, min(cell_len(caption), laid.width)), style)
    return Panel(title, note, canvas.rows())


def _lightest(scene: Scene) -> float:
    x = scene.state.preset.data.x
    return float(max(x[: min(len(x), 256)].max(), 1e-300))


def _caption(scene: Scene, reads: Reads, row: int) -> str:
    """`8→1 .93`: what it is, what it is read as, and how far apart their outputs are."""
    data = scene.state.preset.data
    wanted, said = (sentence(class_name(data, int(label[row])), scene.glyphs) for label in (reads.wanted, reads.said))
    if reads.wanted[row] == reads.said[row]:
        return _("{name} right").format(name=wanted)
    return f"{wanted}{scene.glyphs.arrow}{said} {reads.sure[row]:.2f}".replace(" 0.", " .")


def _line(scene: Scene, reads: Reads, row: int, here: bool, width: int) -> Line:
    """`example 71  versicolor → virginica .33   x = 0.5, 0.42`."""
    g, palette = scene.glyphs, scene.palette
    name = _("example {n}").format(n=shown(row))
    values = ", ".join(significant(v, 3, g) for v in scene.state.preset.data.x[row][:8].tolist())
    more = ", " + g.ellipsis if scene.state.preset.data.x.shape[1] > 8 else ""
    head = at_left((g.pointer if here else " ") + name, 15) + at_left(_caption(scene, reads, row), 32)
    text = f"{head}  x = {values}{more}"
    return ((set_cell_size(text, min(cell_len(text), width)), palette.accent if here else palette.ink),)


def with_examples(scene: Scene, mixed: Mixed, panel: Panel, width: int, height: int) -> Panel:
    """The matrix, and below it as many examples of the cursor's cell as there is room for."""
    lines = [row for row in panel.lines if text_of(row).strip()]
    top = len(lines) + 2
    rows = mixed.reads.cell(mixed.rows, mixed.i, mixed.j)
    room = height - top
    laid = bricks(scene, min(len(rows), ENOUGH), width, room)
    if not len(rows) or room < laid.height + 1 or laid.scale < 0:
        return panel
    below = wall(scene, mixed.reads, rows[: laid.room], -1, "", width, room)
    kept = panel.lines[: height - room]
    return replace(panel, lines=[*kept, *below.lines][:height])


def brick_at(laid: Bricks, seen: range, x: int, y: int) -> int | None:
    """Which of those seen stands at a cell of the panel's inside."""
    if laid.scale:
        place = y // laid.height * laid.across + (x - 1) // laid.width
        return seen[place] if 0 <= place < len(seen) and (x - 1) // laid.width < laid.across else None
    return seen[y - 1] if 1 <= y <= len(seen) else None
