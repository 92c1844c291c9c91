"""Which classes are taken for which; and behind each cell, and behind all that is wrong, the examples themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tuibp.app.key_row import KeyRow
from tuibp.app.panel_keys import arrows, leaving, own, table
from tuibp.app.screens.made import MadeScreen
from tuibp.core.datasets import Rows
from tuibp.core.scores import Reads
from tuibp.core.verdict import class_name
from tuibp.locale import _
from tuibp.render.confusion_page import PARTS, Mixed, cell_at, mixed_line, mixed_panel, rows_of_part
from tuibp.render.frame import framed, inside
from tuibp.render.scene import Scene
from tuibp.render.title import title_line
from tuibp.render.typeset import sentence
from tuibp.render.wall_page import Bricks, brick_at, bricks, wall, with_examples
from tuibp.render.window import page

if TYPE_CHECKING:
    from tuibp.app.desk import Desk

MOVES = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}


@dataclass(frozen=True, eq=False)
class Wall:
    """Examples that are looked at, one of them chosen."""

    title: str
    rows: Rows
    chosen: int = 0


class Confusions(MadeScreen[Reads]):
    """The matrix, and over it a wall of examples; esc goes back by one of the two."""

    WHEEL = ("move('up')", "move('down')")
    BINDINGS = [
        *arrows("move", _("choose"), _("Another cell, or another example")),
        table("scroll_up", "turn(-1)", "", _("The examples before")),
        table("scroll_down", "turn(1)", "", _("More examples")),
        own(
            "confusion_go",
            "enter",
            "go",
            _("its examples"),
            _("The cell’s examples; then one of them, step by step"),
        ),
        table("wrong", "wrong", _("all wrong"), _("Every example that is read wrongly, side by side")),
        own("confusion_part", "v", "part", _("which part"), _("Of the examples held out, of those trained on, of all")),
        *leaving(_("close"), _("Back to the matrix, or to the steps"), "confusion", action="back"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Which classes are taken for which"))
        state = desk.state
        data, network = state.preset.data, state.network
        self._part = 0 if len(data.test) else 1
        self._cell: tuple[int, int] | None = None
        self._wall: Wall | None = None
        self._making.make(network, lambda _told: Reads.of(network, data))

    @property
    def _mixed(self) -> Mixed | None:
        reads = self.made
        if reads is None:
            return None
        part = PARTS[self._part]
        rows = rows_of_part(self._desk.scene(), part)
        i, j = self._cell or reads.confusion(rows).largest
        return Mixed(reads, rows, part, i, j)

    def page(self, scene: Scene, made: Reads) -> None:
        mixed, width = self._mixed, self.size.width
        assert mixed is not None
        self.line("title", title_line(scene, width))
        self.line("steps", mixed_line(scene, mixed, width))
        slot = self.slot("whole")
        size = inside(scene, width, slot.size.height, "whole")
        shown = self._wall
        panel = with_examples(scene, mixed, mixed_panel(scene, mixed, *size), *size)
        if shown is not None:
            panel = wall(scene, made, shown.rows, shown.chosen, sentence(shown.title, scene.glyphs), *size)
        slot.show(framed(panel, scene, width, slot.size.height, "whole"))

    def label(self, row: KeyRow) -> str:
        if self._wall is not None:
            return {"go": _("open it"), "back": _("the matrix")}.get(row.action, super().label(row))
        return super().label(row)

    def enabled(self, row: KeyRow) -> bool:
        return self.made is not None and (row.action not in ("part", "wrong") or self._wall is None)

    def _laid(self) -> Bricks:
        scene, shown = self._desk.scene(), self._wall
        assert shown is not None
        size = inside(scene, self.size.width, self.slot("whole").size.height, "whole")
        return bricks(scene, len(shown.rows), *size)

    def action_move(self, direction: str) -> None:
        mixed, shown = self._mixed, self._wall
        if mixed is None:
            return
        down, right = MOVES[direction]
        if shown is not None:
            self._go_to(shown.chosen + down * self._laid().across + right)
            return
        last = mixed.reads.classes - 1
        cell = min(max(mixed.i + down, 0), last), min(max(mixed.j + right, 0), last)
        if cell == (mixed.i, mixed.j):
            self._desk.say(_("The matrix has no cell further on."))
        self._cell = cell
        self.repaint()

    def action_turn(self, by: int) -> None:
        if self._wall is not None:
            self._go_to(self._wall.chosen + by * self._laid().room)

    def _go_to(self, at: int) -> None:
        shown = self._wall
        assert shown is not None
        kept = min(max(at, 0), max(len(shown.rows) - 1, 0))
        if kept == shown.chosen:
            self._desk.say(_("That is the first example.") if at < kept else _("That is the last example."))
        self._wall = Wall(shown.title, shown.rows, kept)
        self.repaint()

    def action_go(self) -> None:
        """From a cell to its examples, from an example to its five steps."""
        from tuibp.app.actions.stepping import choose_row

        mixed, shown = self._mixed, self._wall
        if mixed is None:
            return
        if shown is None:
            data = self._desk.state.preset.data
            wanted, said = class_name(data, mixed.i), class_name(data, mixed.j)
            title = _("{wanted}, read as {said}").format(wanted=wanted, said=said)
            self._show(title, mixed.reads.cell(mixed.rows, mixed.i, mixed.j))
        elif len(shown.rows):
            self.action_leave()
            choose_row(self._desk, int(shown.rows[shown.chosen]))

    def action_wrong(self) -> None:
        if (mixed := self._mixed) is not None and self._wall is None:
            self._show(_("Read wrongly"), mixed.reads.wrong(mixed.rows))

    def _show(self, title: str, rows: Rows) -> None:
        if len(rows):
            self._wall = Wall(title, rows)
        else:
            self._desk.say(_("There is no such example."))
        self.repaint()

    def action_part(self) -> None:
        """The next of the parts that there are."""
        if self._wall is None:
            data = self._desk.state.preset.data
            there = [0, 1, 2] if len(data.test) else [1]
            self._part = there[(there.index(self._part) + 1) % len(there)]
            if len(there) == 1:
                self._desk.say(_("No example is held out: these are all."))
        self.repaint()

    def action_back(self) -> None:
        if self._wall is None:
            self.action_leave()
        else:
            self._wall = None
            self.repaint()

    def clicked_at(self, slot: str, size: tuple[int, int], x: int, y: int) -> None:
        """Choose it; the chosen one again is gone into."""
        mixed, shown = self._mixed, self._wall
        if slot != "whole" or mixed is None:
            return
        if shown is None:
            cell = cell_at(self._desk.scene(), mixed, size, x, y)
            here, self._cell = (mixed.i, mixed.j), cell or (mixed.i, mixed.j)
            if cell == here:
                self.action_go()
            return
        laid = self._laid()
        at = brick_at(laid, page(len(shown.rows), laid.room, shown.chosen), x, y)
        if at == shown.chosen:
            self.action_go()
        elif at is not None:
            self._wall = Wall(shown.title, shown.rows, at)
