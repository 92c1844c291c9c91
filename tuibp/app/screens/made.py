"""A screen about one value that may take a while to make: a title, a line, the value's page, and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic

from tuibp.app.making import Making, Value
from tuibp.app.screens.picture import PictureScreen
from tuibp.core.notation import percent
from tuibp.render.frame import framed, inside
from tuibp.render.lines import blank
from tuibp.render.scene import Scene
from tuibp.render.title import title_line
from tuibp.render.waiting import waiting_panel

if TYPE_CHECKING:
    from tuibp.app.desk import Desk


class MadeScreen(PictureScreen, Generic[Value]):
    """Paints the page of the last value that was made; until there is one, how far it is."""

    def __init__(self, desk: Desk, what: str) -> None:
        """`what` is made, as a person would say it."""
        super().__init__(desk)
        self._making: Making[Value] = Making(what, self.tick, desk.background)

    def on_unmount(self) -> None:
        self._making.stop()

    @property
    def made(self) -> Value | None:
        """The value that is seen."""
        return self._making.value

    @property
    def told(self) -> str:
        """How far the next value is, or why there is none: in place of what the line under the title always says."""
        making = self._making
        if making.under_way and making.share is not None:
            return f"{making.what}: {percent(making.share)}"
        return making.refused

    def picture(self, scene: Scene) -> None:
        made, making = self.made, self._making
        if made is not None:
            self.page(scene, made)
        else:
            width = self.size.width
            slot = self.slot("whole")
            size = inside(scene, width, slot.size.height, "whole")
            panel = waiting_panel(scene, *size, making.what, making.share, making.refused)
            self.line("title", title_line(scene, width))
            self.line("steps", blank(width))
            slot.show(framed(panel, scene, width, slot.size.height, "whole"))
        self.keys("footer", scene)

    def page(self, scene: Scene, made: Value) -> None:
        """Fill the slots above the footer."""
        raise NotImplementedError
