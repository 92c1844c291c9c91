"""A lesson that somebody goes through: which page, whether it is done, what was answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tuibp.core.index import shown
from tuibp.files.lesson import Lesson, Page
from tuibp.session.asking import Asking, asked_of
from tuibp.session.marks import Mark
from tuibp.session.state import State


class Sitting:
    """One lesson, at one of its pages."""

    def __init__(self, lesson: Lesson, mark: Mark, state: State) -> None:
        """At the page of the mark, about the state as it is when it begins. Raises BadInput where it cannot ask."""
        self.lesson = lesson
        self.mark = replace(mark, page=min(mark.page, len(lesson.pages) - 1))
        self.hidden = False
        """Whether the plot has its place back for now."""
        self.warned = False
        """Whether it was said that the page is not done."""
        self._begin(state)

    def _begin(self, state: State) -> None:
        place = f"{self.lesson.source}: page[{shown(self.mark.page)}].ask"
        self.asking: Asking = asked_of(state, self.page.asks, place)
        self._met = not self.page.until
        self.warned = False

    @property
    def page(self) -> Page:
        return self.lesson.pages[self.mark.page]

    @property
    def is_done(self) -> bool:
        """Whether the state has been what the page asks for, and its questions are over."""
        return self._met and self.asking.is_over

    def turn(self, page: int, state: State) -> None:
        """To another page, which begins at this state. Raises BadInput, and stays, where it cannot be asked about."""
        before = self.mark
        self.mark = replace(before, page=page)
        try:
            self._begin(state)
        except BaseException:
            self.mark = before
            raise

    def finish(self) -> None:
        """It was gone through; the next time it begins with its first page."""
        self.mark = replace(self.mark, page=0, finished=True)

    def see(self, state: State, fields: Mapping[str, Any]) -> None:
        """Look whether the page is done, now that something may have changed."""
        self.asking.see(state)
        if not self._met and all(condition.met(fields) for condition in self.page.until):
            self._met = True

    def answer(self, given: float) -> bool:
        right = self.asking.answer(given)
        self.mark = self.mark.counting(self.asking.answers[-1])
        return right

    def fields(self) -> dict[str, Any]:
        """For `play --json`."""
        return {
            "name": self.lesson.name,
            "page": shown(self.mark.page),
            "pages": len(self.lesson.pages),
            "done": self.is_done,
            "asked": self.mark.asked,
            "right": self.mark.right,
        }
