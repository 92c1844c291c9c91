"""Work that takes longer than a key may: in threads of its own, and what fails there is told."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

from tuibp.files.errors import printable

REASON = 200
"""Characters of a reason that are told."""


class Background:
    """Starts work, each in a thread. They end with the program: nobody who leaves waits for what is being computed, as
    for the threads of a pool, which Python joins."""

    def __init__(self, failed: Callable[[str, str], object]) -> None:
        """`failed` gets what could not be computed and the reason, from any thread."""
        self._failed = failed
        self.directly = False
        """Whether work is done before it is gone on with, for where nobody presses keys meanwhile."""

    def __call__(self, what: str, work: Callable[[], object]) -> Event:
        """Start `work`; the event is set when it is over. `what` is computed there, as a person would say it."""
        over = Event()
        if self.directly:
            self._work(what, work, over)
        else:
            Thread(target=self._work, args=(what, work, over), name=work.__qualname__, daemon=True).start()
        return over

    def _work(self, what: str, work: Callable[[], object], over: Event) -> None:
        try:
            work()
        except Exception as error:  # whatever it is: without a word the picture would wait for ever
            self._failed(what, printable(error, REASON) or type(error).__name__)
        finally:
            over.set()
