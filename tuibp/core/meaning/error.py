"""What an error δ means here: of an output, and of a hidden neuron. The first rule of a table that applies speaks."""

from __future__ import annotations

import numpy as np

from tuibp.core.index import shown
from tuibp.core.meaning.forward import ran_away
from tuibp.core.meaning.sight import CANCELLED, FADED, GROWN, SATURATED, Rule, Sight
from tuibp.core.notation import of_neuron, short
from tuibp.core.terms import Term
from tuibp.locale import _

# Output errors: δ^L_j


def cost_does_not_look(s: Sight) -> str | None:
    if s.network.cost != "log_likelihood" or s.activation.couples or s.y != 0:
        return None
    return _("No blame: log-likelihood looks only at outputs that are wanted, and {y} is 0.").format(y=f"y_{s.number}")


def one_softmax_learns_nothing(s: Sight) -> str | None:
    if not s.activation.couples or s.network.sizes[s.layer] > 1:
        return None
    return _("A softmax of one neuron is always 1: no weight can change it, so there is no error.")


def output_has_no_blame(s: Sight) -> str | None:
    if not s.is_right:
        return None
    return _("Right: {a} is {value} and should be {y}. Hardly any error starts here.").format(
        a=s.name("a"), value=short(s.a), y=short(s.y)
    )


def softmax_goes_round(s: Sight) -> str | None:
    """Where coupling outvotes the output's own miss."""
    if not s.activation.couples or s.miss * s.delta >= 0:
        return None
    template = (
        _("{a} is too low, yet less {z} lowers C: what it takes from the other outputs counts for more.")
        if s.delta > 0
        else _("{a} is too high, yet more {z} lowers C: what it takes from the other outputs counts for more.")
    )
    return template.format(a=s.name("a"), z=s.name("z"))


def softmax_misses(s: Sight) -> str | None:
    if not s.activation.couples:
        return None
    template = (
        _("Too high: it has {own} % of the whole and should have {y} %. Less {z} lowers C.")
        if s.miss > 0
        else _("Too low: it has {own} % of the whole and should have {y} %. More {z} lowers C.")
    )
    return template.format(own=short(round(100 * s.a, 1)), y=short(round(100 * s.y, 1)), z=s.name("z"))


def output_relu_is_off(s: Sight) -> str | None:
    if s.activation.name != "relu" or s.slope:
        return None
    return _("Off by {miss}, but {z} is not above 0: relu is flat there and the error is lost.").format(
        miss=short(abs(s.miss)), z=s.name("z")
    )


def saturation_does_not_matter(s: Sight) -> str | None:
    if s.network.cost == "quadratic" or s.passes >= SATURATED:
        return None
    return _("{verdict} σ′ is only {slope}, but this cost cancels it: the error starts out whole.").format(
        verdict=_verdict(s), slope=short(s.slope)
    )


def output_is_saturated(s: Sight) -> str | None:
    if not s.bends or s.passes >= SATURATED:
        return None
    template = (
        _("Too high by {miss}, but {slope}: the neuron is saturated and little error passes.")
        if s.miss > 0
        else _("Too low by {miss}, but {slope}: the neuron is saturated and little error passes.")
    )
    return template.format(miss=short(abs(s.miss)), slope=_slope_of_most(s))


def output_cost_takes_it_whole(s: Sight) -> str | None:
    if s.network.cost == "quadratic":
        return None
    return _("{verdict} The cost cancels σ′, so the error starts out whole.").format(verdict=_verdict(s))


def output_passes_it_whole(s: Sight) -> str | None:
    if s.bends:
        return None
    return _("{verdict} {prime} is {slope}.").format(verdict=_verdict(s), prime=f"{s.f}′", slope=short(s.slope))


def output_misses(s: Sight) -> str:
    return _("{verdict} {slope}, so the error passes through.").format(verdict=_verdict(s), slope=_slope_of_most(s))


OUTPUT_ERROR: tuple[Rule, ...] = (
    ran_away,
    one_softmax_learns_nothing,
    cost_does_not_look,
    output_has_no_blame,
    softmax_goes_round,
    softmax_misses,
    output_relu_is_off,
    saturation_does_not_matter,
    output_is_saturated,
    output_cost_takes_it_whole,
    output_passes_it_whole,
    output_misses,
)


def _verdict(s: Sight) -> str:
    template = _("Too high: less {z}, less C.") if s.miss > 0 else _("Too low: more {z}, less C.")
    return template.format(z=s.name("z"))


def _slope_of_most(s: Sight) -> str:
    """`σ′ is 0.0045 of at most 0.25`."""
    return _("{prime} is {slope} of at most {steepest}").format(
        prime=f"{s.f}′", slope=short(s.slope), steepest=short(s.activation.steepest)
    )


# Hidden errors: δ^l_j


def relu_ends_it(s: Sight) -> str | None:
    if s.activation.couples or s.slope:
        return None
    if not sum(t.value for t in s.derivation.terms):
        return None
    return _("{z} is {value}, where {f} is flat: the blame that comes back ends here.").format(
        z=s.name("z"), value=short(s.z), f=s.f
    )


def nothing_to_send_back(s: Sight) -> str | None:
    if np.abs(s.errors(s.layer + 1)).max() >= 1e-9:
        return None
    return _("Layer {after} has no error to send back: nothing here is to blame.").format(after=shown(s.layer + 1))


def not_connected(s: Sight) -> str | None:
    if s.network.w(s.layer + 1)[:, s.j].any():
        return None
    return _("All weights out of this neuron are 0: nothing it does reaches C, so it is not to blame.")


def demands_cancel(s: Sight) -> str | None:
    inner = sum(t.value for t in s.derivation.terms)
    if abs(inner) >= CANCELLED * s.flow:
        return None
    (first, one), (second, other) = s.loudest()[:2]
    more, less = (first, second) if one.value < other.value else (second, first)
    return _("{more} wants more of it and {less} less: they nearly cancel, and little blame is left.").format(
        more=_voice(s, more), less=_voice(s, less)
    )


def hidden_is_saturated(s: Sight) -> str | None:
    if not s.bends or s.passes >= SATURATED:
        return None
    template = (
        _("Lowering {z} lowers C, but {slope}: the neuron is saturated and little error passes.")
        if s.delta > 0
        else _("Raising {z} lowers C, but {slope}: the neuron is saturated and little error passes.")
    )
    return template.format(z=s.name("z"), slope=_slope_of_most(s))


def error_has_faded(s: Sight) -> str | None:
    share = _ratio(s, s.network.last)
    if s.network.last - s.layer < 2 or share >= FADED:
        return None
    return _("The error has faded on its way back: the largest here is {share} of the largest at the output.").format(
        share=short(share)
    )


def error_has_grown(s: Sight) -> str | None:
    times = _ratio(s, s.layer + 1)
    if times <= GROWN:
        return None
    return _("The error grows on its way back: the largest here is {times} times that of layer {after}.").format(
        times=short(times), after=shown(s.layer + 1)
    )


def softmax_shares_the_blame(s: Sight) -> str | None:
    if not s.activation.couples:
        return None
    k, _term = s.loudest()[0]
    way = _("through itself") if k == s.j else _("through {a}").format(a=of_neuron("a", s.layer, k))
    return _("The blame comes mostly {way}: softmax couples the layer. {advice}").format(way=way, advice=_advice(s))


def one_voice(s: Sight) -> str | None:
    terms = s.loudest()
    if len(terms) > 1 and abs(terms[1][1].value) >= 0.5 * abs(terms[0][1].value):
        return None
    return _("{demand} {advice}").format(demand=_demand(s, *terms[0], _("{who}, {how}.")), advice=_advice(s))


def two_voices(s: Sight) -> str:
    (one, term), (two, other) = s.loudest()[:2]
    template = (
        _("{first}; {second}. {advice}")
        if term.value * other.value > 0
        else _("{first}; against it {second}. {advice}")
    )
    return template.format(first=_demand(s, one, term, _("{who}, {how}")), second=_wish(s, two), advice=_advice(s))


HIDDEN_ERROR: tuple[Rule, ...] = (
    ran_away,
    nothing_to_send_back,
    not_connected,
    relu_ends_it,
    demands_cancel,
    hidden_is_saturated,
    error_has_faded,
    error_has_grown,
    softmax_shares_the_blame,
    one_voice,
    two_voices,
)


def _ratio(s: Sight, layer: int) -> float:
    """The largest error here over the largest in another layer."""
    largest = float(np.abs(s.errors(layer)).max())
    return float(np.abs(s.errors(s.layer)).max()) / largest if largest else 1.0


def _advice(s: Sight) -> str:
    template = _("Lowering {z} lowers C.") if s.delta > 0 else _("Raising {z} lowers C.")
    return template.format(z=s.name("z"))


def _voice(s: Sight, k: int) -> str:
    """A neuron downstream (or, for a softmax, beside it)."""
    if s.activation.couples:
        return of_neuron("a", s.layer, k)
    if s.layer + 1 == s.network.last:
        return _("output {number}").format(number=shown(k))
    return _("neuron {number} of layer {layer}").format(number=shown(k), layer=shown(s.layer + 1))


def _wish(s: Sight, k: int) -> str:
    """What a neuron downstream asks for: `output 1 is too high and asks for less`."""
    after, error = s.layer + 1, float(s.errors(s.layer + 1)[k])
    miss = float(s.given.a[after][k] - s.example.y[k]) if after == s.network.last else 0.0
    if miss * error > 0:
        template = _("{who} is too high and asks for less") if error > 0 else _("{who} is too low and asks for more")
    else:
        template = _("{who} asks for less") if error > 0 else _("{who} asks for more")
    return template.format(who=_voice(s, k))


def _demand(s: Sight, k: int, term: Term, template: str) -> str:
    sign = _("through a positive weight") if term.factors[0].value > 0 else _("through a negative weight")
    sentence = template.format(who=_wish(s, k), how=sign)
    return sentence[0].upper() + sentence[1:]
