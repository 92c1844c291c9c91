"""A program without a screen, on which the keys that lead to a page of a lesson are pressed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from tuibp.app.key import Key
from tuibp.app.keys import BY_NAME
from tuibp.session.view import move_cursor

if TYPE_CHECKING:
    from tuibp.app.desk import Desk
    from tuibp.app.program import Program
    from tuibp.session.view import Cursor

MAY_PRESS = (
    "step", "phase1", "phase2", "phase3", "phase4", "phase5", "size", "start", "end", "up", "down", "left", "right",
    "tab", "untab", "lens", "lens_back", "update", "next", "previous", "wrong", "down_nudge", "up_nudge", "finer",
    "coarser", "zero", "demon", "direction", "keep", "put_back", "code", "undo", "redo", "reset", "reseed",
)  # fmt: skip
"""Names of the keys that a lesson's file may press: none of them needs a screen, or takes long."""


def _names() -> dict[str, Key]:
    """Those keys by what a file calls them: the sign on the key, or its name."""
    rows = [BY_NAME[name] for name in MAY_PRESS]
    named = {key.shown: key for key in rows}
    return {**named, **{key.keys[0]: key for key in rows}}


NAMES = _names()


class _OnBench:
    """Holds a desk as the program does; a `Program` as far as these keys ask."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def neighbour(self, direction: str) -> Cursor:
        """Every layer is one column, whatever the screen shows."""
        return move_cursor(self.desk.state, self.desk.view, direction)


class Bench:
    """See `Program.bench`."""

    known = frozenset(NAMES)

    @staticmethod
    def press(desk: Desk, keys: Iterable[str]) -> None:
        program = cast("Program", _OnBench(desk))
        for name in keys:
            key = NAMES[name]
            if not key.why_not(desk):
                key.run(program)
