"""Which classes are taken for which: a row for each class, a column for what was read in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from rich.cells import cell_len, set_cell_size

from tuibp.core.datasets import Rows
from tuibp.core.scores import Confusion, Reads
from tuibp.core.verdict import class_name
from tuibp.locale import _, ngettext
from tuibp.render.lines import EMPTY, Line, Row, row_of, rows_of, wrapped
from tuibp.render.numbers import grouped, percent
from tuibp.render.padding import at_left, at_right
from tuibp.render.scene import Panel, Scene
from tuibp.render.typeset import sentence
from tuibp.render.window import page

NAME, RIGHT = 12, 9
"""Columns of the classes' names, and of the share that is right."""
LEAST_CELL, ROOMY_CELL, MOST_CELL = 5, 8, 13
"""Columns of a number: at the least, where there is room, and for the sake of long names."""
PARTS = ("held out", "trained on", "all")
PART_TITLES = {"held out": _("held out"), "trained on": _("trained on"), "all": _("all")}


@dataclass(frozen=True, eq=False)
class Mixed:
    """What is looked at: some of the examples, and a cell."""

    reads: Reads
    rows: Rows
    part: str
    """One of PARTS."""
    i: int
    """The class of the cursor's row,"""
    j: int
    """and what it was read as."""

    @property
    def confusion(self) -> Confusion:
        return self.reads.confusion(self.rows)


def rows_of_part(scene: Scene, part: str) -> Rows:
    data = scene.state.preset.data
    return {"held out": data.test, "trained on": data.train}.get(part, np.arange(len(data)))


def mixed_line(scene: Scene, mixed: Mixed, width: int) -> Row:
    """How many are right, and of which examples."""
    palette, g = scene.palette, scene.glyphs
    badge: Line = ((f" {_('Confusion')} ", palette.badge), (" ", palette.quiet))
    right = int(mixed.confusion.counts.trace())
    forms = [_("{right} of {n} right ({share}), {part}")]
    if scene.state.nudge is not None:
        forms = [
            _("{right} of {n} right ({share}), {part}, without the nudge"),
            _("without the nudge {right} of {n} right"),
        ]
    texts = [
        form.format(
            right=grouped(right),
            n=grouped(len(mixed.rows)),
            share=percent(right / max(len(mixed.rows), 1)),
            part=PART_TITLES[mixed.part],
        )
        for form in forms
    ]
    room = width - sum(cell_len(part) for part, __ in badge)
    text = next((text for text in texts if cell_len(text) <= room), texts[-1])
    return row_of((*badge, (sentence(text, g), palette.ink)), width)


def seen_of(scene: Scene, mixed: Mixed, width: int, height: int) -> tuple[range, range, int]:
    """(rows, columns, cells of a column) of the matrix that there is room for, the cursor's among them."""
    n = mixed.reads.classes
    longest = max(cell_len(class_name(scene.state.preset.data, label)) for label in range(n))
    counts = len(grouped(int(mixed.confusion.counts.max()))) + 3
    least = max(LEAST_CELL, counts)
    cell = max(min(longest + 3, MOST_CELL), least, min((width - NAME - RIGHT - 1) // n, ROOMY_CELL))
    if n * cell > width - NAME - RIGHT - 1:
        cell = least
    columns = page(n, max((width - NAME - RIGHT - 1) // cell, 1), mixed.j)
    return page(n, max(height, 1), mixed.i), columns, cell


def mixed_panel(scene: Scene, mixed: Mixed, width: int, height: int) -> Panel:
    """Numbers of examples, on a ground as dark as their share of the row: those that are right grey, wrong ones
    orange."""
    palette, g, data = scene.palette, scene.glyphs, scene.state.preset.data
    below = _said(scene, mixed, width)
    room = height - 2 - len(below) - 1
    listed, columns, cell = seen_of(scene, mixed, width - 2, room)
    made = mixed.confusion
    head = at_left(_("class"), NAME) + "".join(
        at_right(set_cell_size(name, min(cell - 3, cell_len(name))), cell - 2) + "  "
        for name in (class_name(data, j) for j in columns)
    )
    named: Line = ((sentence(_("read as"), g).rjust(NAME + cell), palette.quiet),)
    lines: list[Line] = [named, ((sentence(head, g) + at_right(_("correct"), RIGHT), palette.quiet),)]
    for i in listed:
        name = sentence(class_name(data, i), g)
        style = palette.strong if i == mixed.i else palette.ink
        line: Line = ((at_left(set_cell_size(name, min(cell_len(name), NAME - 1)), NAME), style),)
        of_class = max(int(made.counts[i].sum()), 1)
        for j in columns:
            line += _cell(scene, int(made.counts[i, j]), of_class, i == j, (i, j) == (mixed.i, mixed.j), cell)
        share = made.right[i]
        line += ((at_right(percent(float(share)) if np.isfinite(share) else g.dot, RIGHT), palette.quiet),)
        lines.append(line)
    left_out = mixed.reads.classes - min(len(listed), len(columns))
    note = _("{n} classes more by the arrows").format(n=left_out) if left_out else _("rows: class, columns: read as")
    lines += [EMPTY, *below]
    return Panel(_("Which classes are taken for which"), note, rows_of(lines, width, height, 1))


def _cell(scene: Scene, count: int, of_class: int, right: bool, here: bool, width: int) -> Line:
    palette = scene.palette
    share = count / of_class
    style = palette.activation(share * 0.6) if right else palette.diverging(share**0.5, 1.0)
    text = grouped(count) if count else scene.glyphs.dot
    if not count:
        style = palette.quiet
    if here:
        return (("[", palette.accent), (text.rjust(width - 3), style), ("]", palette.accent), (" ", palette.quiet))
    return ((" ", palette.quiet), (text.rjust(width - 3), style), ("  ", palette.quiet))


def _said(scene: Scene, mixed: Mixed, width: int) -> list[Line]:
    """Of the cursor's cell, and of the class that is most often taken for another."""
    data, made, g = scene.state.preset.data, mixed.confusion, scene.glyphs
    count, whole = int(made.counts[mixed.i, mixed.j]), int(made.counts[mixed.i].sum())
    wanted, said = class_name(data, mixed.i), class_name(data, mixed.j)
    text = ngettext(
        "{count} of {n} example of class {wanted} is read as {said}.",
        "{count} of {n} examples of class {wanted} are read as {said}.",
        whole,
    ).format(count=grouped(count), n=grouped(whole), wanted=wanted, said=said)
    worst = made.worst
    if worst is not None and worst[2] > 1 and worst[:2] != (mixed.i, mixed.j):
        names = {"wanted": class_name(data, worst[0]), "said": class_name(data, worst[1])}
        text += " " + _("Most often wrong: {wanted} is taken for {said}, {n} times.").format(n=worst[2], **names)
    return wrapped(sentence(text, g), max(width - 3, 8), scene.palette.ink)


def cell_at(scene: Scene, mixed: Mixed, size: tuple[int, int], x: int, y: int) -> tuple[int, int] | None:
    """The cell of the matrix at a cell of the panel's inside."""
    width, height = size
    room = height - 2 - len(_said(scene, mixed, width)) - 1
    listed, columns, cell = seen_of(scene, mixed, width - 2, room)
    row, column = y - 2, (x - 1 - NAME) // cell
    if not (0 <= row < len(listed) and x > NAME and 0 <= column < len(columns)):
        return None
    return listed[row], columns[column]
