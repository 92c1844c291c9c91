"""What the walk has reached, what the step just made computes, and what it reads for that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tuibp.core.network import Network
from tuibp.core.steps import KINDS, Computed, Read
from tuibp.session.place import Place, StepSize, Stop, phase_of, stops
from tuibp.session.state import State
from tuibp.session.stepping import last_place, neurons_in, start_of_phase, terms_in


@dataclass(frozen=True)
class Lit:
    """A quantity computed by the step just made, for neurons [first, until) of a layer."""

    quantity: Computed
    layer: int
    first: int
    until: int
    k_first: int = 0
    """Of a single neuron only the terms [k_first, k_until) were computed; the one after the weights is the bias."""
    k_until: int | None = None
    """None: to the last term."""

    def covers(self, j: int, k: int | None = None) -> bool:
        """Whether neuron j, or its term k, is lit."""
        if not self.first <= j < self.until:
            return False
        return k is None or (self.k_first <= k and (self.k_until is None or k < self.k_until))


def finished(state: State) -> bool:
    """Whether all five steps are done."""
    return state.place == last_place(state.network)


def progress(state: State, size: StepSize = "layer") -> tuple[int, int]:
    """(where one stands, of how many), counted from 1 in presses of the key at a step size: "step 3 of 5"."""
    counts = _presses(state.network, size)
    place, before = state.place, sum(counts[: state.place.stop])
    if size == "phase":
        return phase_of(state.stop) + 1, phase_of(state.stops[-1]) + 1
    if size == "layer" or place.neuron is None:
        return before + counts[place.stop], sum(counts)
    terms = terms_in(state.network, state.stop) if size == "term" else 1
    done = place.neuron * terms + (terms if place.term is None or size == "neuron" else place.term + 1)
    return before + done, sum(counts)


def _presses(network: Network, size: StepSize) -> list[int]:
    """How many presses each stop takes; setting the input takes none, and counts as one."""
    if size in ("phase", "layer"):
        return [1] * len(stops(network.layer_count))
    found = []
    for stop in stops(network.layer_count):
        whole = stop.step == "input" or stop.layer is None
        neurons = 1 if whole else neurons_in(network, stop)
        found.append(neurons * (1 if whole or size == "neuron" else terms_in(network, stop)))
    return found


@lru_cache(maxsize=1024)
def computing_stop(layer_count: int, quantity: Computed, layer: int) -> int | None:
    """Index of the stop that computes a quantity of a layer; None where there is no such quantity."""
    listed = enumerate(stops(layer_count))
    return next((i for i, s in listed if s.layer == layer and quantity in KINDS[s.step].computes), None)


def known_count(state: State, quantity: Computed, layer: int) -> int:
    """How many neurons of the layer have the quantity, counted from the first."""
    stop, place = computing_stop(state.network.layer_count, quantity, layer), state.place
    if stop is None or place.stop < stop:
        return 0
    if place.stop > stop or place.neuron is None:
        return state.network.sizes[layer]
    if quantity == "a" and state.network.couples(layer):
        return 0  # no softmax output is known before every z of its layer
    return place.neuron + (place.term is None)


def known(state: State, quantity: Computed, layer: int, j: int, k: int | None = None) -> bool:
    """Whether the walk has reached the number; of grad_w, k None asks for the neuron's whole row."""
    if j < known_count(state, quantity, layer):
        return True
    place = state.place
    if quantity != "grad_w" or k is None or place.term is None or place.neuron != j:
        return False
    return place.stop == computing_stop(state.network.layer_count, quantity, layer) and k <= place.term


def lit(state: State) -> tuple[Lit, ...]:
    """What the step just made has computed; after a jump, what its phase has computed so far."""
    return tuple(found for index, stop in _spanned(state) for found in _lit_in(state, index, stop))


def reads(state: State) -> tuple[tuple[Read, int], ...]:
    """The (quantity, layer) that the step just made read, in the order of the equations."""
    found = [pair for _, stop in _spanned(state) for pair in _reads_of(stop)]
    return tuple(dict.fromkeys(found))


def _spanned(state: State) -> Iterator[tuple[int, Stop]]:
    listed = state.stops
    for index in range(first_computed(state)[0], state.place.stop + 1):
        yield index, listed[index]


def first_computed(state: State) -> tuple[int, int, int]:
    """(stop, neuron, term) of the first number that the step just made computed, in the phase where it ended."""
    start, since = start_of_phase(state.network, state.place.stop), state.since
    if since is None or not _order(since) < _order(state.place):
        return start, 0, 0
    if since.neuron is None:
        return max(start, since.stop + 1), 0, 0
    if since.stop < start:
        return start, 0, 0
    return (since.stop, since.neuron + 1, 0) if since.term is None else (since.stop, since.neuron, since.term + 1)


def _order(place: Place) -> tuple[float, float, float]:
    end = float("inf")
    return place.stop, end if place.neuron is None else place.neuron, end if place.term is None else place.term


def _lit_in(state: State, index: int, stop: Stop) -> Iterator[Lit]:
    if stop.layer is None:
        return
    place, (begin, neuron, term) = state.place, first_computed(state)
    first, k_first = (neuron, term) if index == begin else (0, 0)
    here = index == place.stop and place.neuron is not None
    if here and place.term is not None:
        j = place.neuron or 0
        yield Lit(KINDS[stop.step].computes[0], stop.layer, j, j + 1, k_first if j == first else 0, place.term + 1)
        return
    until = (place.neuron or 0) + 1 if here else neurons_in(state.network, stop)
    for quantity in KINDS[stop.step].computes:
        if quantity == "a" and state.network.couples(stop.layer):
            if not here:  # all of a softmax at once, with the last z
                yield Lit("a", stop.layer, 0, until)
        else:
            terms = until - first == 1 and quantity not in ("a", "grad_b")
            yield Lit(quantity, stop.layer, first, until, k_first if terms else 0)


def _reads_of(stop: Stop) -> tuple[tuple[Read, int], ...]:
    if stop.layer is None:
        return ()
    return tuple((name, stop.layer + offset) for name, offset in KINDS[stop.step].reads)
