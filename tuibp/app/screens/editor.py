"""An image as the input: it starts from the example shown, is drawn on by hand, and is answered at every change."""

from __future__ import annotations

import numpy as np
from textual import events

from tuibp.app.actions.own import says_of, take
from tuibp.app.desk import Desk
from tuibp.app.panel_keys import arrows, leaving, own, table
from tuibp.app.screens.picture import PictureScreen
from tuibp.core.gradient import outputs
from tuibp.locale import _
from tuibp.render.drawing import drawing, pixel_at, shades_of
from tuibp.render.scene import Scene
from tuibp.render.title import title_line

AWAY = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}
"""Rows and columns to the next pixel."""


class Editor(PictureScreen):
    """Nothing is done to the session before `enter`."""

    SLOTS = ("title", "drawing", "footer", "small")
    BINDINGS = [
        *arrows("move", _("move"), _("Another pixel")),
        own("editor_turn", "space", "turn", _("brighter"), _("Brighter; after the brightest dark again"), "␣"),
        own("editor_take", "enter", "take", _("take it"), _("Take it as the example")),
        *leaving(_("close"), _("Back to the steps")),
        own("editor_clear", "c", "clear", _("clear"), _("All pixels dark")),
        table("choose", "ask('')", _("by number"), _("Choose an example by number or label")),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        state = desk.state
        shape = state.preset.data.image
        assert shape is not None
        self._shape = shape
        self._pixels = np.array(state.shown.x).reshape(shape)
        self._shades = shades_of(state.preset.data.x)
        self._at = (shape[0] // 2, shape[1] // 2)

    def picture(self, scene: Scene) -> None:
        self.line("title", title_line(scene, self.size.width, without=("says", "C", "change")))
        state = self._desk.state
        a = outputs(state.network, self._pixels.reshape(1, -1))[0]
        told = says_of(a, state.preset.data, scene.glyphs)
        self.panel(
            "drawing", scene, lambda w, h: drawing(scene, w, h, self._pixels, self._at, self._shades, told), "whole"
        )
        self.keys("footer", scene)

    def on_key(self, event: events.Key) -> None:
        """A digit or = begins the name of an example."""
        if event.character is not None and event.character in "0123456789=":
            self.action_ask(event.character)
            return
        super().on_key(event)

    def action_move(self, direction: str) -> None:
        down, right = AWAY[direction]
        row, column = self._at
        self._at = (
            min(max(row + down, 0), self._shape[0] - 1),
            min(max(column + right, 0), self._shape[1] - 1),
        )
        self.repaint()

    def action_turn(self) -> None:
        self._pixels[self._at] = self._shades.after(float(self._pixels[self._at]))
        self.repaint()

    def action_clear(self) -> None:
        self._pixels[:] = self._shades.low
        self.repaint()

    def action_take(self) -> None:
        if not take(self._desk, tuple(self._pixels.ravel().tolist())):
            self.dismiss()
        self.program.repaint()

    def action_ask(self, begun: str) -> None:
        from tuibp.app.actions.stepping import ask_which

        self.dismiss()
        ask_which(self.program, begun)

    def clicked_at(self, slot: str, size: tuple[int, int], x: int, y: int) -> None:
        """A click turns the pixel that is drawn there."""
        at = pixel_at(self._shape, *size, x, y) if slot == "drawing" else None
        if at is not None:
            self._at = at
            self.action_turn()
