"""What was looked at between one command of the log and the next: beside the log, which holds what was done.

A screen over the main one is kept as its name and the actions of the keys that were pressed on it: pressing them again
on the same state and view leads to the same picture. Those that change anything, or whose outcome depends on a clock,
are not among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tuibp.session.entry import Entry
from tuibp.session.log import Log
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
