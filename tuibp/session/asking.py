"""Questions about a state, asked one after the other, and the answers given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tuibp.core.network import NetworkError
from tuibp.core.questions import Ask, Case, Question, question
from tuibp.core.questions.question import Number
from tuibp.files.errors import BadInput
from tuibp.session.reach import known
from tuibp.session.state import State


@dataclass(frozen=True)
class Answer:
    """To one question."""

    given: float | None
    """None where it was shown before it was answered: that counts neither way."""
    right: bool = False


class Asking:
    """Some questions about the same state."""

    def __init__(self, questions: Sequence[Question], state: State) -> None:
        self.questions = tuple(questions)
        self.answers: list[Answer] = []
        self._hidden = [q.told_by is not None and not _is_known(state, q.told_by) for q in questions]
        self._network = state.network

    @property
    def open(self) -> Question | None:
        """The question that waits for its answer."""
        return None if self.is_over else self.questions[len(self.answers)]

    @property
    def last(self) -> tuple[Question, Answer] | None:
        """The one that was answered last."""
        return (self.questions[len(self.answers) - 1], self.answers[-1]) if self.answers else None

    @property
    def is_over(self) -> bool:
        return len(self.answers) >= len(self.questions)

    def answer(self, given: float) -> bool:
        """Take an answer to the open question; whether it is right."""
        asked = self.open
        assert asked is not None
        self.answers.append(Answer(given, asked.is_right(given)))
        return self.answers[-1].right

    def show(self) -> None:
        """Give the answer away."""
        self.answers.append(Answer(None))

    def see(self, state: State) -> None:
        """Where the steps, or a change of the network, have shown what was to be predicted, the question is over."""
        while (asked := self.open) is not None:
            moved = state.network is not self._network
            told = self._hidden[len(self.answers)] and asked.told_by is not None and _is_known(state, asked.told_by)
            if not (moved or told):
                return
            self.show()


def asked_of(state: State, asks: Sequence[Ask], place: str = "") -> Asking:
    """The questions, about this state. Raises BadInput with the `place` where one of them cannot be asked."""
    case = case_of(state)
    try:
        return Asking([question(ask, case) for ask in asks], state)
    except NetworkError as problem:
        raise BadInput(f"{place}: {problem}" if place else str(problem)) from None


def case_of(state: State) -> Case:
    return Case(state.network, state.shown, state.walk, state.settings, state.preset.data, state.update)


def _is_known(state: State, number: Number) -> bool:
    return known(state, number.quantity, number.layer, number.j, number.k)
