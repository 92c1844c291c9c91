"""The key that takes away what is under the cursor."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tuibp.locale import _

if TYPE_CHECKING:
    from tuibp.app.program import Program
    from tuibp.render.copied import Copied, Form


def copy(app: Program) -> None:
    """To the clipboard: the number; at the same place again: its equation; and again: as code."""
    from tuibp.render.copied import copied
    from tuibp.render.equation import with_symbol

    scene = with_symbol(app.desk.scene())
    here = (scene.state, scene.cursor, scene.lens, app.desk.view.symbol)
    take(app, here, lambda form: copied(scene, form))


def take(app: Program, here: object, copied: Callable[[Form], Copied]) -> None:
    """One form of what is `here`: the first, or the next of those that were taken here before."""
    from tuibp.app.output.clipboard import has_clipboard
    from tuibp.render.copied import FORMS

    desk = app.desk
    before, at = desk.copied
    at = (at + 1) % len(FORMS) if before == here else 0
    desk.copied = (here, at)
    found = copied(FORMS[at])
    if not found.text:
        desk.say(found.told)
    elif has_clipboard(app.terminal):
        app.copy_to_clipboard(found.text)
        desk.say(_("Copied: {what}").format(what=found.told))
    else:
        desk.say(_("This terminal has no clipboard: {what}").format(what=found.told))
