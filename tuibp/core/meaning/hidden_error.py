"""What the error of a hidden neuron means here (BP2). The first rule of the table that applies speaks."""

from __future__ import annotations

import numpy as np

from tuibp.core.index import shown
from tuibp.core.meaning.rule import Rule, ran_away
from tuibp.core.meaning.sight import CANCELLED, FADED, GROWN, SATURATED, Sight
from tuibp.core.notation import of_neuron, short
from tuibp.core.terms import Term
from tuibp.locale import _


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
    more = next(k for k, term in s.loudest() if term.value < 0)
    less = next(k for k, term in s.loudest() if term.value > 0)
    return _("{more} wants more of it and {less} less: they nearly cancel, and little blame is left.").format(
        more=_capital(_voice(s, more)), less=_voice(s, less, again=True)
    )


def only_a_leak_passes(s: Sight) -> str | None:
    if s.activation.name != "leaky_relu" or s.z > 0:
        return None
    return _("{z} is below 0: only a hundredth of the blame leaks through. {advice}").format(
        z=s.name("z"), advice=_advice(s)
    )


def hidden_is_saturated(s: Sight) -> str | None:
    if not s.bends or s.passes >= SATURATED:
        return None
    template = (
        _("Lowering {z} lowers C, but {slope}: the neuron is saturated and little error passes.")
        if s.delta > 0
        else _("Raising {z} lowers C, but {slope}: the neuron is saturated and little error passes.")
    )
    return template.format(z=s.name("z"), slope=s.slope_of_most)


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
    first = _demand(s, one, term, _("{who}, {how}"))
    if term.value * other.value > 0:
        return _("{first}; {second}. {advice}").format(first=first, second=_wish(s, two, again=True), advice=_advice(s))
    how = _("through a positive one") if other.factors[0].value > 0 else _("through a negative one")
    return _("{first}; but {second}, {how}. {advice}").format(
        first=first, second=_wish(s, two, again=True), how=how, advice=_advice(s)
    )


HIDDEN_ERROR: tuple[Rule, ...] = (
    ran_away,
    nothing_to_send_back,
    not_connected,
    relu_ends_it,
    softmax_shares_the_blame,
    demands_cancel,
    hidden_is_saturated,
    only_a_leak_passes,
    error_has_faded,
    error_has_grown,
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


def _voice(s: Sight, k: int, again: bool = False) -> str:
    """A neuron downstream (or, for a softmax, beside it); its layer need not be named `again`."""
    if s.activation.couples:
        return of_neuron("a", s.layer, k)
    if s.layer + 1 == s.network.last:
        return _("output {number}").format(number=shown(k))
    if again:
        return _("neuron {number}").format(number=shown(k))
    return _("neuron {number} of layer {layer}").format(number=shown(k), layer=shown(s.layer + 1))


def _wish(s: Sight, k: int, again: bool = False) -> str:
    """What a neuron downstream asks for: `output 1 is too high and asks for less`."""
    after, error = s.layer + 1, float(s.errors(s.layer + 1)[k])
    miss = float(s.given.a(after)[k] - s.example.y[k]) if after == s.network.last else 0.0
    if miss * error > 0:
        template = _("{who} is too high and asks for less") if error > 0 else _("{who} is too low and asks for more")
    else:
        template = _("{who} asks for less") if error > 0 else _("{who} asks for more")
    return template.format(who=_voice(s, k, again))


def _demand(s: Sight, k: int, term: Term, template: str) -> str:
    sign = _("through a positive weight") if term.factors[0].value > 0 else _("through a negative weight")
    return _capital(template.format(who=_wish(s, k), how=sign))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
