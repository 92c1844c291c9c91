"""What was looked at between one command of the log and the next: beside the log, which holds what was done.

A screen over the main one is kept as its name and the actions of the keys that were pressed on it: pressing them again
on the same state and view leads to the same picture. Those that change anything, or whose outcome depends on a clock,
are not among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from tuibp.files.table import Table
from tuibp.locale import _
from tuibp.session.entry import Entry
from tuibp.session.log import Log
from tuibp.session.saved_state import view_of, view_table
from tuibp.session.view import View

MOST = 600
"""Looks that are kept; of more, every second of the older half goes."""
PRESSED = 200
"""Keys on one screen that are kept."""
SCREENS = frozenset({"paths", "proof", "matrices", "batch", "function"})
"""Screens whose picture follows from state, view and keys."""
ACTIONS = frozenset({"turn", "edge", "choose", "move", "neuron", "layer", "lens", "weight", "more", "bracket", "leave"})
"""Names of the actions that only look."""
FORM = re.compile(r"[a-z]+(\((-?\d{1,3}|'[a-z]{1,9}')?\))?")
USUAL = view_table(View())


@dataclass(frozen=True)
class Look:
    after: int
    """So many commands of the log,"""
    entry: Entry | None
    """the last of which was this one."""
    view: View
    pressed: tuple[str, ...] = ()
    """The name of a screen over the main one, and the actions of the keys that were pressed there."""


class Looks:
    """In the order in which they were taken."""

    def __init__(self, looks: Iterable[Look] = ()) -> None:
        self._all = list(looks)

    def see(self, log: Log, after: int, view: View, pressed: tuple[str, ...] = ()) -> None:
        """Look at this; the same again counts once."""
        look = Look(after, log.entries[after - 1] if after else None, view, pressed)
        if self._all and self._all[-1] == look:
            return
        self._all.append(look)
        if len(self._all) > MOST:
            half = MOST // 2
            self._all = [*self._all[:half:2], *self._all[half:]]

    def press(self, action: str) -> None:
        """A key on the screen that was looked at last, if it only looks."""
        last = self._all[-1] if self._all else None
        if last is not None and last.pressed and only_looks(action) and len(last.pressed) < PRESSED:
            self._all.append(Look(last.after, last.entry, last.view, (*last.pressed, action)))

    def standing(self, log: Log) -> list[Look]:
        """Those whose command is still in the log, by command."""
        count = len(log.entries)
        kept = [at for at in self._all if at.after <= count and (not at.after or log.entries[at.after - 1] is at.entry)]
        return sorted(kept, key=lambda look: look.after)


def only_looks(action: str) -> bool:
    """Whether an action is written as this program writes them, and changes nothing."""
    return FORM.fullmatch(action) is not None and action.partition("(")[0] in ACTIONS


def looks_table(looks: Looks, log: Log) -> list[dict[str, Any]]:
    """As JSON; of a view, what is not usual."""
    return [
        {
            "after": look.after,
            "view": {key: value for key, value in view_table(look.view).items() if value != USUAL[key]},
            **({} if look.view.symbol is None else {"symbol": look.view.symbol}),
            **({"pressed": list(look.pressed)} if look.pressed else {}),
        }
        for look in looks.standing(log)
    ]


def looks_of(top: Table, log: Log) -> Looks:
    """The looks of a saved session, none where it has none. Raises BadInput."""
    if not top.has("looks"):
        return Looks()
    return Looks(_look_of(table, top, log) for table in top.tables("looks", 2 * MOST))


def _look_of(table: Table, top: Table, log: Log) -> Look:
    table.only(("after", "view", "symbol", "pressed"))
    after = table.whole("after", high=len(log.entries))
    view = view_of(top.nested("looks", {**USUAL, **table.table("view").values}))
    if table.has("symbol"):
        view = replace(view, symbol=table.whole("symbol", high=1_000))
    pressed = table.items("pressed", PRESSED) if table.has("pressed") else []
    screen, *actions = pressed or [""]
    known = not pressed or (screen in SCREENS and all(isinstance(a, str) and only_looks(a) for a in actions))
    if not known:
        raise table.bad("pressed", _("is no screen with keys that only look"))
    return Look(after, log.entries[after - 1] if after else None, view, tuple(pressed))
