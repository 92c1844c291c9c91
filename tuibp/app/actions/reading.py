"""What is read when a key asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from tuibp.app.awaited import AT_ONCE
from tuibp.app.reading import Reading
from tuibp.locale import _

if TYPE_CHECKING:
    from tuibp.app.program import Program

Value = TypeVar("Value")


def read(app: Program, what: str, work: Callable[[], Value], take: Callable[[Value], str]) -> str:
    """Read what `work` gives, and take it: at once where that is quick, otherwise when it has been read.

    `take` answers with an objection or with nothing. Returns why not, as far as that is known at once; what comes to
    light later is said.
    """
    desk = app.desk
    if desk.awaited is not None:
        return desk.awaited.in_the_way(desk.keymap.said("put_back", "esc"))

    def outcome() -> str:
        if reading.value is not None:
            return take(reading.value)
        return reading.refused or (desk.message if reading.failed else _("Stopped; nothing was opened."))

    def arrived(_reached: bool) -> None:
        if desk.awaited is reading:
            desk.awaited = None
            if objection := outcome():
                desk.say(objection, wrong=bool(reading.refused) or reading.failed)
            app.repaint()

    reading = Reading(what, work, desk.changed, lambda reached: app.call_later(arrived, reached), desk.background)
    if reading.wait(AT_ONCE):
        return outcome()
    desk.awaited = reading
    return ""
