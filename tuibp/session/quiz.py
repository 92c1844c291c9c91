"""Ask me first: the question for what the next step is going to compute."""

from __future__ import annotations

from collections.abc import Iterator

from tuibp.core.network import NetworkError
from tuibp.core.questions import Ask, question
from tuibp.session.asking import Asking, case_of
from tuibp.session.reach import finished
from tuibp.session.state import State
from tuibp.session.stepping import after
from tuibp.session.view import most_to_blame


class Quiz:
    """Before each step its question, as long as it is wanted; with a score."""

    def __init__(self, state: State) -> None:
        self.right = 0
        self.asked = 0
        self.asking: Asking | None = None
        self._about: tuple[object, ...] | None = None
        self.see(state)

    def see(self, state: State) -> None:
        """A question stays until the steps have told it; then the next one is asked."""
        about = state.network, state.example, state.own, state.place, state.nudge
        if about == self._about:
            return
        same = self._about is not None and self._about[:3] == about[:3]
        if self.asking is not None and same:
            self.asking.see(state)
        if self.asking is None or self.asking.is_over or not same:
            self.asking = next_question(state)
        self._about = about

    def answer(self, given: float) -> bool:
        assert self.asking is not None
        right = self.asking.answer(given)
        self.right, self.asked = self.right + right, self.asked + 1
        return right


def next_question(state: State) -> Asking | None:
    """About the layer that the next step by layers comes to; None where nothing can be asked."""
    if state.wants_target or state.nudge is not None:
        return None
    case = case_of(state)
    for ask in _asks(state):
        try:
            found = question(ask, case)
        except NetworkError:
            continue
        return Asking([found], state)
    return None


def _asks(state: State) -> Iterator[Ask]:
    """The best first. Which neuron is asked about changes with the example and the update, or answers were learned."""
    if finished(state):
        yield Ask("cost_of_update")
        return
    stop = state.stops[after(state.network, state.place, "layer").stop]
    if stop.layer is None:
        return
    layer, size = stop.layer, state.network.sizes[stop.layer]
    j = (state.example + state.update) % size
    if stop.step == "feedforward":
        if size > 1:
            yield Ask("largest_activation", layer)
        yield Ask("sign_of_z", layer, j)
    elif stop.step == "output_error":
        yield Ask("sign_of_delta", layer, most_to_blame(state))
    elif stop.step == "backpropagate":
        yield Ask("largest_delta", layer)
        yield Ask("sign_of_delta", layer, j)
    else:
        if not state.walk.a(layer - 1).all():
            yield Ask("zero_gradient", layer, j)
        yield Ask("which_way", layer, j, int((state.update + j) % state.network.sizes[layer - 1]))
