"""How far one step goes. All places here are canonical: a last term is its neuron, a last neuron is its stop."""

from __future__ import annotations

from typing import Literal

from tuibp.core.network import Network
from tuibp.session.place import Place, StepSize, Stop, phase_of, stops

Where = Literal["start", "end", 1, 2, 3, 4, 5]
WHERES: tuple[Where, ...] = ("start", "end", 1, 2, 3, 4, 5)


def neurons_in(network: Network, stop: Stop) -> int:
    """How many neurons the stop computes something for."""
    return 0 if stop.layer is None else network.sizes[stop.layer]


def terms_in(network: Network, stop: Stop) -> int:
    """How many terms each neuron takes in a stop, as the explanation of its number counts them.

    feedforward: one a weight, then the bias (the activation comes with it); output_error: one, softmax one an output;
    backpropagate: one a neuron of the next layer (σ' comes with the last), softmax one a neuron of its own layer;
    gradient: one a weight, then the bias.
    """
    if stop.layer is None:
        return 0
    layer = stop.layer
    if stop.step == "input":
        return 1
    if stop.step in ("feedforward", "gradient"):
        return network.sizes[layer - 1] + 1
    if network.couples(layer):
        return network.sizes[layer]
    return 1 if stop.step == "output_error" else network.sizes[layer + 1]


def last_place(network: Network) -> Place:
    return Place(len(stops(network.layer_count)) - 1)


def after(network: Network, place: Place, size: StepSize) -> Place:
    """The place one step on; what is partly done is finished first. After the last step the same place."""
    if place == last_place(network):
        return place
    begun = place.neuron is not None
    stop = place.stop if begun else place.stop + 1
    if size == "phase":
        return Place(end_of_phase(network, stop))
    if size == "layer":
        return Place(stop)
    neuron, term = place.neuron if place.neuron is not None else -1, place.term
    if term is None:
        neuron, term = neuron + 1, -1
    return canonical(network, Place(stop, neuron, term + 1 if size == "term" else None))


def canonical(network: Network, place: Place) -> Place:
    """The same place in its one spelling."""
    stop = stops(network.layer_count)[place.stop]
    neuron, term = place.neuron, place.term
    if neuron is None or stop.layer is None:
        return Place(place.stop)
    if term is not None and term >= terms_in(network, stop) - 1:
        term = None
    if term is None and neuron >= neurons_in(network, stop) - 1:
        return Place(place.stop)
    return Place(place.stop, neuron, term)


def destination(network: Network, where: Where) -> Place:
    """The start, the end, or the end of one of the five steps."""
    if where == "start":
        return Place(0)
    if where == "end":
        return last_place(network)
    listed = stops(network.layer_count)
    return Place(max(i for i, stop in enumerate(listed) if phase_of(stop) == where - 1))


def is_forwards(network: Network, place: Place) -> bool:
    """Whether the place is in step 1 or 2, which need no target."""
    return phase_of(stops(network.layer_count)[place.stop]) < 2


def forwards(network: Network, place: Place) -> Place:
    """The same place, or the end of step 2 where it lies beyond."""
    return place if is_forwards(network, place) else destination(network, 2)


def start_of_phase(network: Network, stop: int) -> int:
    """Index of the first stop of the phase that a stop belongs to."""
    listed = stops(network.layer_count)
    return min(i for i, s in enumerate(listed) if phase_of(s) == phase_of(listed[stop]))


def end_of_phase(network: Network, stop: int) -> int:
    """Index of the last stop of the phase that a stop belongs to."""
    listed = stops(network.layer_count)
    return max(i for i, s in enumerate(listed) if phase_of(s) == phase_of(listed[stop]))
