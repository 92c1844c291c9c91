"""The list of lessons, with what is done of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from tuibp.core.index import shown
from tuibp.locale import N_, _
from tuibp.render.lines import EMPTY, Line, rows_of, wrapped
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence
from tuibp.render.window import window
from tuibp.session.marks import Mark

HEAD = N_("Each is a few minutes at the network itself, and every key goes on working.")


@dataclass(frozen=True)
class Row:
    """A lesson of the list."""

    name: str
    title: str
    pages: int
    mark: Mark


def lesson_list(scene: Scene, width: int, height: int, rows: Sequence[Row], chosen: int) -> Panel:
    palette, g = scene.palette, scene.glyphs
    done = sum(row.mark.finished for row in rows)
    head = wrapped(sentence(_(HEAD), g),
                   max(width - 4, 8), palette.quiet)  # fmt: skip
    listed = window(len(rows), max(height - len(head) - 1, 1), chosen)
    lines: list[Line] = [*head, EMPTY, *(_line(scene, rows[i], i, i == chosen, width - 4) for i in listed)]
    note = _("{done} of {n} done").format(done=done, n=len(rows))
    return Panel(_("Lessons"), note, rows_of(lines, width, height, 2), title_accent=True)


def lesson_at(width: int, height: int, count: int, chosen: int, y: int) -> int | None:
    """Which lesson stands in a line of the list."""
    from tuibp.render.lines import wrap

    head = len(wrap(_(HEAD), max(width - 4, 8)))
    rows, at = window(count, max(height - head - 1, 1), chosen), y - head - 1
    return rows[at] if 0 <= at < len(rows) else None


def _line(scene: Scene, row: Row, i: int, here: bool, room: int) -> Line:
    palette, g = scene.palette, scene.glyphs
    mark = sentence("✓", g) if row.mark.finished else ""
    style = palette.accent if here else palette.ink
    pointer = g.pointer if here else " "
    title = sentence(row.title, g)
    state = _state(row)
    left = f"{pointer} {shown(i):>2}  {title}"
    gap = max(room - cell_len(left) - cell_len(state) - 4, 1)
    return (
        (left, style),
        (" " * gap + state, palette.quiet),
        (f" {mark:>3}", palette.accent),
    )


def _state(row: Row) -> str:
    """Where one stands in it."""
    if row.mark.page:
        return _("at page {page} of {pages}").format(page=shown(row.mark.page), pages=row.pages)
    return _("{right} of {asked} right").format(right=row.mark.right, asked=row.mark.asked) if row.mark.asked else ""
