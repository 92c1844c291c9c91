"""Somebody's own numbers on the grid: right ones, wrong ones, the mistake that made them; of a run, its updates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tuibp.app.arrangement import arrange, beside
from tuibp.app.key_row import KeyRow
from tuibp.app.lanes import Lanes
from tuibp.app.panel_keys import arrows, leaving, table
from tuibp.app.screens.picture import PictureScreen
from tuibp.core.index import shown
from tuibp.core.mistakes.precision import Key
from tuibp.files.errors import BadInput
from tuibp.locale import _
from tuibp.render.compare_network import Spot, compare_network
from tuibp.render.compare_number import number_panel
from tuibp.render.compare_page import compare_title, compared_panel, first_line, sure_panel
from tuibp.render.frame import framed, inside
from tuibp.render.scene import Scene
from tuibp.session.cursor import Cursor, to_neuron, to_weight

if TYPE_CHECKING:
    from tuibp.app.compared import Compared, Update
    from tuibp.app.desk import Desk

LOWER = 7
"""Rows of the lower panels in a small window, their rule counted."""
OF_WEIGHTS = ("grad_w", "new_w")


class ComparisonScreen(PictureScreen):
    """It has a cursor of its own. On leaving, the desk has the network that was looked at."""

    BINDINGS = [
        *arrows("move", _("look"), _("Another number of this kind")),
        table("tab", "weights", _("weights"), _("From δ to the derivatives by weights and bias, and back")),
        table("step", "walk(1)", _("on"), _("On, as you compute")),
        table("back", "walk(-1)", _("back"), _("Back by one array")),
        table("earlier", "update(-1)", _("update"), _("Another recorded update"), beside=("later",)),
        table("later", "update(1)"),
        table("start", "first", _("first wrong"), _("To what differs first, in the first wrong update")),
        table("next", "example(1)", _("example"), _("The next example of the mini-batch")),
        table("previous", "example(-1)", "", _("The example before")),
        *leaving(_("steps"), _("To the five steps on your network"), "comparison"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        assert desk.compared is not None
        self._compared: Compared = desk.compared
        if desk.state.preset is self._now.preset:
            self._compared.histories[self._compared.at] = desk.history
        self._work = Lanes(_("The search for the mistake"), self.tick, desk.background)
        self._spot, self._at = Spot("a", 1, 0), 0
        self._to_first()

    @property
    def _now(self) -> Update:
        return self._compared.now

    def on_mount(self) -> None:
        self._look()

    def on_unmount(self) -> None:
        self._work.stop()

    def _look(self) -> None:
        """Look for the mistake in the update that is seen, where nobody has."""
        if self._now.judged is None:
            self._work.drain(self._judging(self._now), lambda _update: None)

    @staticmethod
    def _judging(update: Update) -> Iterator[Update]:
        update.judge()
        yield update

    def _to_first(self) -> None:
        """To the array that differs first; where none does, to the last one."""
        sides = self._now.sides
        walk, first = sides.walk(), sides.verdict.first
        key: Key = walk[-1] if first is None else (first.quantity, first.layer)
        self._at = walk.index(key) if key in walk else len(walk) - 1
        wrong = np.argwhere(~sides.near(key)) if first is not None else np.zeros((0, 1), dtype=np.intp)
        at = wrong[0].tolist() if len(wrong) else [0] * sides.near(key).ndim
        of_weights = key[0] in OF_WEIGHTS
        self._spot = Spot(*key, at[0 if of_weights else -1], at[1] if of_weights else None,
                          at[0] if len(at) > 1 and not of_weights else 0)  # fmt: skip

    def picture(self, scene: Scene) -> None:
        sides, spot = self._now.sides, self._spot
        searching = self._now.judged is None
        scene = replace(scene, state=self._now.state, cursor=Cursor(spot.layer, spot.j), lens="a")
        width = self.size.width
        self.line("title", compare_title(scene, self._compared.file, sides, width))
        self.line("steps", first_line(scene, sides, self._which(), width))
        sizes = arrange(*self.size)
        left, right, height = sizes.left, sizes.right, self.slot("whole").size.height
        lower = min(LOWER if sizes.compact else sizes.lower, height // 2)
        upper = height - lower
        known = set(sides.walk()[: self._at + 1])
        network = compare_network(scene, sides, spot, known, *inside(scene, left, upper))
        number = number_panel(scene, sides, spot, searching, *inside(scene, right, upper, "right"))
        list_of = compared_panel(scene, sides, *inside(scene, left, lower))
        sure = sure_panel(scene, sides, self._now.notes, searching, *inside(scene, right, lower, "right"))
        panels = ((network, number, upper, ""), (list_of, sure, lower, "cross"))
        rows = []
        for one, other, high, joint in panels:
            rows += beside(framed(one, scene, left, high), framed(other, scene, right, high, "right", joint))
        self.slot("whole").show(rows)
        self.keys("footer", scene)

    def _which(self) -> str:
        now, count = self._now, len(self._compared.updates)
        if now.number is None:
            return ""
        return _("update {n}, {at} of {count} recorded").format(
            n=shown(now.number), at=shown(self._compared.at), count=count)  # fmt: skip

    def enabled(self, row: KeyRow) -> bool:
        action = row.action
        if action == "update(-1)":
            return len(self._compared.updates) > 1
        if action == "example(1)":
            return self._now.sides.task.m > 1
        return {"walk(1)": self._at + 1 < len(self._now.sides.walk()), "walk(-1)": self._at > 0}.get(action, True)

    def action_walk(self, by: int) -> None:
        walk = self._now.sides.walk()
        if not 0 <= self._at + by < len(walk):
            self._desk.say(_("That is the first array.") if by < 0 else _("That is the last array."))
        else:
            self._at += by
            self._put(walk[self._at])
        self.repaint()

    def _put(self, key: Key) -> None:
        """The cursor into an array, at the neuron where it is, if the layer has one."""
        spot, sizes = self._spot, self._now.sides.task.network.sizes
        j = min(spot.j, sizes[key[1]] - 1)
        k = min(spot.k or 0, sizes[key[1] - 1] - 1) if key[0] in OF_WEIGHTS else None
        self._spot = Spot(*key, j, k, spot.row)

    def action_move(self, direction: str) -> None:
        spot, network = self._spot, self._now.sides.task.network
        if spot.k is not None:
            at = to_weight(Cursor(spot.layer, spot.j, spot.k), network.sizes, direction)
            moved = spot if at.bias else replace(spot, j=at.j, k=at.k)
        else:
            at = to_neuron(Cursor(spot.layer, spot.j), network.sizes, direction, network.sizes)
            moved = replace(spot, layer=max(at.layer, 1), j=at.j if at.layer else spot.j)
        if moved == spot:
            self._desk.say(_("There is nothing further that way."))
        self._spot = moved
        self.repaint()

    def action_weights(self) -> None:
        """δ → ∂C/∂w → ∂C/∂b → δ of the same neuron."""
        following = {"grad_w": "grad_b", "grad_b": "delta", "new_w": "new_b", "new_b": "delta"}
        key: Key = following.get(self._spot.quantity, "grad_w"), self._spot.layer
        walk = self._now.sides.walk()
        if key not in walk:
            self._desk.say(_("You brought none of these, and no known form makes them."))
        else:
            self._at = max(self._at, walk.index(key))
            self._put(key)
        self.repaint()

    def action_update(self, by: int) -> None:
        compared = self._compared
        if not 0 <= compared.at + by < len(compared.updates):
            one = len(compared.updates) == 1 and compared.now.number is None
            first, last = _("That is the first recorded update."), _("That is the last recorded update.")
            self._desk.say(_("Only a recorded run has other updates.") if one else first if by < 0 else last)
        else:
            self._see(compared.at + by)
        self.repaint()

    def _see(self, at: int) -> None:
        before, self._compared.at = self._compared.at, at
        try:
            assert self._now.state
            self._to_first()
            self._look()
        except BadInput as error:
            self._compared.at = before
            self._desk.say(str(error), wrong=True)

    def action_first(self) -> None:
        before, spot = self._compared.at, self._spot
        first = self._compared.first_wrong
        if first is not None and first != before:
            self._see(first)
        self._to_first()
        if (self._compared.at, self._spot) == (before, spot):
            agree = self._now.sides.verdict.agrees
            self._desk.say(_("All of it agrees.") if agree else _("This is what differs first."))
        self.repaint()

    def action_example(self, by: int) -> None:
        m, row = self._now.sides.task.m, self._spot.row
        if m == 1:
            self._desk.say(_("There is only this example."))
        else:
            self._spot = replace(self._spot, row=(row + by) % m)
        self.repaint()

    def action_leave(self) -> None:
        """To the steps, on the network that was looked at; where somebody was before, their log is there again."""
        from tuibp.app.desk import Desk

        preset, known = self._now.preset, self._compared.histories.get(self._compared.at)
        if self._desk.state.preset is not preset:
            self.program.replace(Desk.of(preset) if known is None else Desk(known))
        super().action_leave()
