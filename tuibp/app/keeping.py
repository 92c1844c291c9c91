"""Keeps what the person is doing on the shelf: what changed soon after it did, all of it now and then."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

from tuibp.app.shelf import Shelf

if TYPE_CHECKING:
    from tuibp.app.desk import Desk
    from tuibp.session.journal import Journal

RATE = 2_000_000
"""Bytes a second that saving all writes at the most, on the average."""
SHARE = 20
"""Seconds between saves of all, in times that one of them takes."""


class Keeping:
    """Called from several threads, never two at once; needs no event loop."""

    def __init__(self, shelf: Shelf, now: Callable[[], Desk]) -> None:
        self._shelf, self._now = shelf, now
        self._journal: Journal | None = None
        self._whole_from = 0.0

    def save(self, last: bool = False) -> None:
        """Write what changed; after the `last` the disk has finished. Raises OSError; BadInput where it is too large.

        All is written where reading would have to compute for long, if the disk has had its rest or it is the last.
        """
        from tuibp.session.journal import REPLAY, Journal

        journal = self._journal = self._journal or Journal()
        desk = self._now()
        line = journal.line(*desk.kept)
        written = line is not None and self._append(journal, line, last)
        rested = last or monotonic() >= self._whole_from
        if not written or (journal.behind > REPLAY and rested):
            self._save_whole(journal, desk, last)

    def _append(self, journal: Journal, line: str, last: bool) -> bool:
        try:
            return self._shelf.append(line.encode(), last)
        except BaseException:
            journal.forget()
            raise

    def _save_whole(self, journal: Journal, desk: Desk, last: bool) -> None:
        started = monotonic()
        try:
            content = journal.whole(*desk.kept).encode()
            self._shelf.write(content, last)
        except BaseException:
            journal.forget()
            raise
        self._whole_from = monotonic() + max(SHARE * (monotonic() - started), len(content) / RATE)
