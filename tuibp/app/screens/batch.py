"""The mini-batch that training would take next: means on the tiles, and each example's share of a gradient."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tuibp.app.arrangement import arrange, beside
from tuibp.app.key_row import KeyRow
from tuibp.app.panel_keys import arrows, leaving, table
from tuibp.app.screens.made import MadeScreen
from tuibp.app.screens.picture import PictureScreen
from tuibp.core.explanation import Quantity
from tuibp.core.mini_batch import MiniBatch, Shares, mini_batch
from tuibp.locale import _, ngettext
from tuibp.render.batch_matrix import mean_matrix
from tuibp.render.batch_means import of_means
from tuibp.render.batch_shares import batch_line, batch_title, shares_panel
from tuibp.render.frame import framed, inside
from tuibp.render.network import network, power_of_tiles
from tuibp.render.scene import Scene
from tuibp.render.weights import weights_of
from tuibp.session.commands import Train
from tuibp.session.cursor import Cursor
from tuibp.session.state import State
from tuibp.session.view import cursor_of, move_cursor

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuibp.app.desk import Desk
    from tuibp.render.copied import Copied, Form

LENSES = ("grad_b", "delta", "a", "z")
QUANTITIES: dict[str, Quantity] = {"grad_b": "gradient", "delta": "delta", "a": "a", "z": "z"}


class Batch(MadeScreen[tuple[MiniBatch, State]]):
    """It has a cursor and a lens of its own; `u` is the one key that changes anything."""

    BINDINGS = [
        PictureScreen.COPY,
        *leaving(_("one example"), _("Back to one example"), "batch"),
        *arrows("move", _("look"), _("Another neuron or weight")),
        table("tab", "turn", _("weights"), _("From the neurons to their weights, and back")),
        table("lens", "lens", _("lens"), _("Lens: ∂C/∂b, δ, a, z; means of each")),
        table("update", "update", _("update by the mean"), _("The update that training would make next")),
        table("train", "train"),
        table("back", "back", _("back"), _("The update taken back")),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("The mini-batch"))
        self._updates = 0
        view = desk.view
        self._view = replace(view, lens="grad_b", cursor=cursor_of(desk.state, view), zoom=())
        self._take()

    def _take(self) -> None:
        state = self._desk.state

        def made() -> tuple[MiniBatch, State]:
            batch = mini_batch(state.network, state.preset.data, state.settings, state.update)
            return batch, of_means(replace(state, nudge=None), batch)

        self._making.make(state.network, lambda _told: made())

    @property
    def _state(self) -> State:
        """With the means in it, as soon as they are there."""
        return self.made[1] if self.made is not None else self._desk.state

    def page(self, scene: Scene, made: tuple[MiniBatch, State]) -> None:
        batch, state = made
        cursor, width = cursor_of(state, self._view), self.size.width
        lens = self._view.lens or "grad_b"
        drawn = replace(scene, state=state, view=self._view, cursor=cursor, lens=lens, checked=None, message=self.told)
        self.line("title", batch_title(drawn, batch, width))
        self.line("steps", batch_line(drawn, batch, width))
        slot, sizes = self.slot("whole"), arrange(*self.size)
        height, left, right = slot.size.height, sizes.left, sizes.right
        upper = height - sizes.lower
        note = ngettext("mean of {n} example", "mean of {n} examples", len(batch)).format(n=len(batch))
        size = inside(drawn, left, upper)
        grid = replace(network(drawn, *size), note=f"{note}  {power_of_tiles(drawn, *size)}".rstrip())
        weights = mean_matrix(drawn, batch, weights_of(drawn), *inside(drawn, left, sizes.lower))
        shares = shares_panel(drawn, shares_of(batch, cursor, lens), *inside(drawn, right, height, "right"))
        column = [*framed(grid, drawn, left, upper), *framed(weights, drawn, left, sizes.lower)]
        slot.show(beside(column, framed(shares, drawn, right, height, "right")))

    def under_cursor(self) -> tuple[object, Callable[[Form], Copied]] | None:
        from tuibp.render.copied_pages import of_mean

        if self.made is None:
            return None
        at, lens, glyphs = cursor_of(self._state, self._view), self._view.lens or "grad_b", self._desk.glyphs
        network, shares, of = self._desk.state.network, shares_of(self.made[0], at, lens), number_at(at, lens)
        return (self.made, at, lens), lambda form: of_mean(network, shares, of, form, glyphs)

    def enabled(self, row: KeyRow) -> bool:
        return self._updates > 0 if row.action == "back" else True

    def action_move(self, direction: str) -> None:
        self._view = replace(self._view, cursor=move_cursor(self._state, self._view, direction))
        self.repaint()

    def action_turn(self) -> None:
        at = cursor_of(self._state, self._view)
        if self._view.panel == "matrix":
            self._view = replace(self._view, panel="network", cursor=Cursor(at.layer, at.j))
        else:
            layer, j = (at.layer, at.j) if at.layer else (1, 0)
            self._view = replace(self._view, panel="matrix", cursor=Cursor(layer, j, 0))
        self.repaint()

    def action_lens(self) -> None:
        at = LENSES.index(self._view.lens or "grad_b")
        self._view = replace(self._view, lens=LENSES[(at + 1) % len(LENSES)])
        self.repaint()

    def action_update(self) -> None:
        """Train by one mini-batch: this one."""
        if self.made is None or self._making.under_way:
            return
        cost, update = self.made[0].cost, self._desk.state.update
        refused = self._desk.do(Train(1))
        if self._desk.state.update > update:
            self._updates += 1
            self._take()
            self._desk.say(_("Updated by the mean; C of that mini-batch was {cost:.6g}.").format(cost=cost))
        elif not refused:
            self._desk.say(_("This update would not be finite: η is too high, or the network too far out."))
        self.repaint()

    def action_train(self) -> None:
        self._desk.say(_("u makes this one update. Training goes on and on: esc, then t."))
        self.repaint()

    def action_back(self) -> None:
        if self._updates:
            self._desk.history.go("back")
            self._updates -= 1
            self._take()
        self.repaint()


def shares_of(batch: MiniBatch, at: Cursor, lens: str) -> Shares:
    """Each example's share of what is under the cursor."""
    return batch.shares(*number_at(at, lens))


def number_at(at: Cursor, lens: str) -> tuple[Quantity, int, int, int | None]:
    """What is under the cursor: the quantity, its layer, j and k."""
    if at.layer == 0:
        return "a", 0, at.j, None
    if at.k is not None or at.bias:
        return "gradient", at.layer, at.j, at.k
    return QUANTITIES[lens], at.layer, at.j, None
