"""How far a step goes, what it computes and what it reads."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.session.made import preset
from tuibp.core.explanation import explain
from tuibp.core.network import Network
from tuibp.core.steps import KINDS, Computed
from tuibp.session.commands import GoTo, Step, apply, untrained
from tuibp.session.place import STEP_SIZES, Place, StepSize, phase_of
from tuibp.session.reach import Lit, finished, known, known_count, lit, progress, reads
from tuibp.session.state import State
from tuibp.session.stepping import canonical, neurons_in, terms_in

SHAPES: list[tuple[tuple[int, ...], tuple[str, ...], str]] = [
    ((2, 2), ("sigmoid",), "quadratic"),
    ((3, 4, 2), ("tanh", "sigmoid"), "cross_entropy"),
    ((2, 3, 3, 2), ("relu", "softmax", "softmax"), "log_likelihood"),
    ((1, 1, 1), ("linear", "linear"), "quadratic"),
]


def start(shape: tuple[tuple[int, ...], tuple[str, ...], str]) -> State:
    return untrained(preset(*shape))


def walked(state: State, size: StepSize) -> list[State]:
    """The state and all that steps of one size make of it, to the end."""
    states = [state]
    while not finished(states[-1]):
        states.append(apply(states[-1], Step(size)))
    return states


def unit_count(network: Network, size: StepSize, state: State) -> int:
    """How many steps of a size there must be after the input."""
    stops = state.stops[1:]
    if size == "phase":
        return 4
    if size == "layer":
        return len(stops)
    if size == "neuron":
        return sum(max(neurons_in(network, s), 1) for s in stops)
    return sum(max(terms_in(network, s) * neurons_in(network, s), 1) for s in stops)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("size", STEP_SIZES)
def test_every_size_comes_to_the_end_in_as_many_steps_as_there_are_units(
    shape: tuple[tuple[int, ...], tuple[str, ...], str], size: StepSize
) -> None:
    state = start(shape)
    assert len(walked(state, size)) == unit_count(state.network, size, state) + 1


@pytest.mark.parametrize("shape", SHAPES)
def test_terms_are_as_many_as_the_explanation_has(shape: tuple[tuple[int, ...], tuple[str, ...], str]) -> None:
    state = start(shape)
    for stop in state.stops:
        for j in range(neurons_in(state.network, stop)):
            layer, n = stop.layer, terms_in(state.network, stop)
            assert layer is not None
            if stop.step == "feedforward":
                assert n == len(explain(state.network, state.shown, "z", layer, j).terms)
            elif stop.step == "backpropagate" or (stop.step == "output_error" and n > 1):
                assert n == len(explain(state.network, state.shown, "delta", layer, j).terms)
            elif stop.step == "gradient":
                assert n == state.network.sizes[layer - 1] + 1


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("size", STEP_SIZES)
def test_each_step_lights_what_it_adds_to_what_is_known_and_no_more(
    shape: tuple[tuple[int, ...], tuple[str, ...], str], size: StepSize
) -> None:
    states = walked(start(shape), size)
    for before, now in itertools.pairwise(states):
        quantities: tuple[Computed, ...] = ("a", "z", "delta", "grad_w", "grad_b")
        for quantity, (layer, n) in itertools.product(quantities, enumerate(now.network.sizes)):
            new = set(range(known_count(before, quantity, layer), known_count(now, quantity, layer)))
            lights = [x for x in lit(now) if (x.quantity, x.layer) == (quantity, layer)]
            shown = {j for x in lights for j in range(n) if x.covers(j)}
            assert new <= shown
            assert len(shown - new) <= (size == "term")  # a neuron under way is lit before it is known


def test_a_term_lights_itself_alone() -> None:
    state = start(SHAPES[1])
    first = apply(state, Step("term"))
    assert lit(first) == (Lit("z", 1, 0, 1, 0, 1),)
    assert reads(first) == (("a", 0), ("w", 1), ("b", 1))
    assert not known(first, "z", 1, 0)
    last = apply(apply(apply(first, Step("term")), Step("term")), Step("term"))
    assert last.place == Place(1, 0)
    assert lit(last) == (Lit("z", 1, 0, 1, 3), Lit("a", 1, 0, 1))
    assert known(last, "a", 1, 0)
    assert not known(last, "a", 1, 1)


def test_a_weights_gradient_is_known_term_by_term() -> None:
    state = start(SHAPES[1]).at(Place(5, 1, 2))
    assert [known(state, "grad_w", 2, 1, k) for k in range(4)] == [True, True, True, False]
    assert known(state, "grad_w", 2, 0)
    assert not known(state, "grad_w", 2, 1)
    assert not known(state, "grad_b", 2, 1)


def test_no_softmax_output_is_known_before_all_weighted_inputs_of_its_layer() -> None:
    state = start(SHAPES[2]).at(Place(3, 0))
    assert known_count(state, "z", 3) == 1
    assert known_count(state, "a", 3) == 0
    assert known_count(apply(state, Step("neuron")), "a", 3) == 2


@given(st.lists(st.sampled_from(STEP_SIZES), max_size=30), st.sampled_from(SHAPES))
def test_places_are_always_in_their_one_spelling_and_go_forward(
    sizes: list[StepSize], shape: tuple[tuple[int, ...], tuple[str, ...], str]
) -> None:
    state = start(shape)
    for size in sizes:
        after = apply(state, Step(size))
        assert after.place == canonical(after.network, after.place)
        assert (after is state) == finished(state)
        state = after


@given(st.lists(st.sampled_from(STEP_SIZES), max_size=30), st.sampled_from(SHAPES))
def test_a_larger_step_first_finishes_what_is_partly_done(
    sizes: list[StepSize], shape: tuple[tuple[int, ...], tuple[str, ...], str]
) -> None:
    state = start(shape)
    for size in sizes:
        state = apply(state, Step(size))
    by_neuron, by_layer = apply(state, Step("neuron")).place, apply(state, Step("layer")).place
    by_phase = apply(state, Step("phase"))
    if state.place.term is not None:
        assert by_neuron in (Place(state.place.stop, state.place.neuron), Place(state.place.stop))
    if state.place.neuron is not None:
        assert by_layer == Place(state.place.stop)
        assert phase_of(by_phase.stop) == phase_of(state.stop)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_phase_step_is_the_next_number_key(shape: tuple[tuple[int, ...], tuple[str, ...], str]) -> None:
    state = start(shape)
    for number in (2, 3, 4, 5):
        jumped = apply(state, GoTo(number))
        state = apply(state, Step("phase"))
        assert jumped.place == state.place
        assert lit(jumped) == lit(state)
        assert reads(jumped) == reads(state)


def test_without_a_hidden_layer_step_four_is_one_press_that_lights_nothing() -> None:
    state = start(SHAPES[0]).at(Place(2))
    for size in STEP_SIZES:
        there = apply(state, Step(size))
        assert (there.stop.step, there.stop.layer) == ("backpropagate", None)
        assert not lit(there)
        assert not reads(there)
        assert apply(there, Step("layer")).stop.step == "gradient"


def test_steps_share_one_walk() -> None:
    state = start(SHAPES[1])
    walk = state.walk
    assert all(s.walk is walk for s in walked(state, "term"))


def test_progress_counts_the_stops_from_one() -> None:
    state = start(SHAPES[1])
    assert progress(state) == (1, 7)
    assert progress(apply(state, GoTo("end"))) == (7, 7)


@pytest.mark.parametrize("size", STEP_SIZES)
@pytest.mark.parametrize("shape", SHAPES)
def test_progress_goes_up_by_one_with_each_press_at_any_step_size(
    shape: tuple[tuple[int, ...], tuple[str, ...], str], size: StepSize
) -> None:
    states = walked(start(shape), size)
    assert [progress(state, size) for state in states] == [(n, len(states)) for n in range(1, len(states) + 1)]


def test_every_stop_computes_what_the_walk_filed() -> None:
    state = start(SHAPES[2])
    for stop, frame in zip(state.stops, state.walk.frames, strict=True):
        for quantity in KINDS[stop.step].computes:
            assert np.all(np.isfinite(getattr(frame, quantity)))
