"""Every gradient that is shown is checked: all its partial derivatives against a complex step."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from tuibp.core.five_steps import Pass
from tuibp.locale import _
from tuibp.session.answered import checked
from tuibp.session.place import phase_of
from tuibp.session.state import State

if TYPE_CHECKING:
    from tuibp.app.background import Background
    from tuibp.core.finite_difference import GradientCheck

AT_ONCE = 3_000
"""So many parameters take two milliseconds or less; more are compared in the background."""


class Checks:
    """Results by the pass they belong to; each pass is checked once."""

    def __init__(self, background: Background) -> None:
        self._background = background
        self._results: WeakKeyDictionary[Pass, GradientCheck | None] = WeakKeyDictionary()

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
                self._background(_("The check of the gradient"), lambda: self._work(state, ready))
        return self._results[seen]

    def _work(self, state: State, ready: Callable[[], None]) -> None:
        self._results[state.walk] = checked(state)
        ready()
