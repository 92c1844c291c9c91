"""Reads a file in the background, where that takes longer than a key may."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from tuibp.app.awaited import Awaited
from tuibp.files.errors import BadInput, printable
from tuibp.files.heed import heard_by
from tuibp.locale import _

if TYPE_CHECKING:
    from tuibp.app.background import Background

REASON = 400
"""Characters of a reason that are told."""
Value = TypeVar("Value")


class Reading(Awaited, Generic[Value]):
    """A file that is being read: what `read` gives is the value, or why there is none is told."""

    def __init__(
        self,
        what: str,
        read: Callable[[], Value],
        tick: Callable[[], None],
        done: Callable[[bool], object],
        background: Background,
    ) -> None:
        self._what, self._read = what, read
        self.value: Value | None = None
        self.refused = ""
        """Why it cannot be read."""
        super().__init__(what, tick, done, background)

    def make(self) -> None:
        with heard_by(self.heed):
            try:
                self.value = self._read()
            except BadInput as refused:
                self.refused = printable(refused, REASON)

    @property
    def told(self) -> str:
        done, total = self.so_far
        if not total:
            return _("Reading {what} …   esc stops").format(what=self._what)
        return _("Reading {what}: {share:.0%}   esc stops").format(what=self._what, share=min(done / total, 1.0))

    def in_the_way(self, key: str) -> str:
        return _("Still reading {what}; {key} stops it.").format(what=self._what, key=key)
