"""Every gradient that is shown is checked: all its partial derivatives against a complex step."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from tuibp.core.five_steps import Pass
from tuibp.session.answered import checked
from tuibp.session.place import phase_of
from tuibp.session.state import State

if TYPE_CHECKING:
    from tuibp.core.finite_difference import GradientCheck

AT_ONCE = 3_000
"""So many parameters take two milliseconds or less; more are compared in a thread."""


class Checks:
    """Results by the pass they belong to; each pass is checked once."""

    def __init__(self) -> None:
        self._results: WeakKeyDictionary[Pass, GradientCheck | None] = WeakKeyDictionary()
        self._thread: Thread | None = None

    def of(self, state: State, ready: Callable[[], None]) -> GradientCheck | None:
        """The check of the gradient shown, from step 5 on; None before, and while it is being made.

        `ready` is called, from another thread, when one that was being made is there.
        """
        if phase_of(state.stop) < 4:
            return None
        seen = state.walk
        if seen not in self._results:
            self._results[seen] = None
            if state.network.parameters.size <= AT_ONCE:
                self._results[seen] = checked(state)
            else:
                self._thread = Thread(target=self._work, args=(state, ready), name="check", daemon=True)
                self._thread.start()
        return self._results[seen]

    def wait(self) -> None:
        """Until the last that is being made is there."""
        if self._thread is not None:
            self._thread.join()

    def _work(self, state: State, ready: Callable[[], None]) -> None:
        self._results[state.walk] = checked(state)
        ready()
