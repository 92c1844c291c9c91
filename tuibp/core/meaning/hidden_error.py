"""What the error of a hidden neuron means here (BP2). The first rule of the table that applies speaks."""

from __future__ import annotations

from tuibp.core.index import shown
from tuibp.core.meaning.between_layers import errors_fade, errors_grow
from tuibp.core.meaning.claim import Claim, Sentence, Truth, about, both, part_said
from tuibp.core.meaning.rule import Rule, at_a_corner, lost_in_rounding, no_error, ran_away
from tuibp.core.meaning.sides import has_sides, sides
from tuibp.core.meaning.sight import CANCELLED, DOMINANT, SATURATED, Sight
from tuibp.core.notation import of_neuron, short
from tuibp.core.terms import Term
from tuibp.locale import _

HEARD = 2 / 3
"""A term of so large a share is twice all others together: it tells what becomes of them all."""
CLEAR = 1.05
"""Times that a term is another one where it is said to outweigh it."""


def nothing_to_send_back(s: Sight) -> Sentence | None:
    if s.errors(s.layer + 1).any():
        return None
    return Sentence(
        _("All errors of layer {after} are 0, so {delta} is 0 too.").format(
            after=shown(s.layer + 1), delta=s.name("δ")
        ),
        both(s.is_zero(), lambda t: bool((abs(t.delta(s.layer + 1)) <= t.noise(s.layer + 1)).all())),
    )


def not_connected(s: Sight) -> Sentence | None:
    if s.activation.couples or s.network.w(s.layer + 1)[:, s.j].any():
        return None
    return Sentence(
        _("All weights out of this neuron are 0: nothing it does changes C, so its error is 0."),
        both(s.is_zero(), lambda t: not t.lowers(s.layer, s.j, 1.0) and not t.lowers(s.layer, s.j, -1.0)),
    )


def relu_ends_it(s: Sight) -> Sentence | None:
    if s.activation.couples or s.slope or not any(t.value for t in s.derivation.terms):
        return None
    return Sentence(
        _("{z} is {value}, where {f} is flat: no error passes back through this neuron.").format(
            z=s.name("z"), value=short(s.z), f=s.f
        ),
        both(s.is_zero(), lambda t: bool(t.slope_share(s.layer, s.j) < 1e-290)),
    )


def softmax_shares_the_blame(s: Sight) -> Sentence | None:
    if not s.activation.couples:
        return None
    k, term = s.loudest()[0]
    if abs(term.value) < DOMINANT * s.flow:
        return Sentence(
            _("Softmax couples the layer: {z} moves every {a}. {advice}").format(
                z=s.name("z"), a=f"a^{shown(s.layer)}", advice=_advice(s)
            ),
            s.lowers(),
        )
    way = _("through itself") if k == s.j else _("through {a}").format(a=of_neuron("a", s.layer, k))
    return Sentence(
        _("The error comes mostly {way}: softmax couples the layer. {advice}").format(way=way, advice=_advice(s)),
        both(s.lowers(), _dominates(s, k)),
    )


def demands_cancel(s: Sight) -> Sentence | None:
    plus, minus = sides(s)
    if abs(plus + minus) >= CANCELLED * s.flow:
        return None
    return Sentence(
        _("The errors that come back, {plus} and {minus}, nearly cancel. {advice}").format(
            plus=short(plus), minus=short(minus), advice=_advice(s)
        ),
        both(s.lowers(), _has_sides(s)),
    )


def only_a_leak_passes(s: Sight) -> Sentence | None:
    if not s.activation.leaks or s.z > 0:
        return None
    left = s.activation.below or 0.0
    return Sentence(
        _("{z} is below 0: only {part} of the error passes back. {advice}").format(
            z=s.name("z"), part=part_said(left), advice=_advice(s)
        ),
        both(s.lowers(), lambda t: bool(t.z(s.layer)[s.j] < 0) and about(t.slope_share(s.layer, s.j), left)),
    )


def hidden_is_saturated(s: Sight) -> Sentence | None:
    if not s.bends or s.passes >= SATURATED:
        return None
    return Sentence(
        _("{advice} But {slope}: the neuron is saturated and little error passes.").format(
            advice=_advice(s), slope=s.slope_of_most
        ),
        both(s.lowers(), s.is_flat()),
    )


def one_voice(s: Sight) -> Sentence | None:
    k, term = s.loudest()[0]
    if abs(term.value) <= HEARD * s.flow or not s.is_sure_of(s.layer + 1, k):
        return None
    return Sentence(
        _("{demand} {advice}").format(demand=_demand(s, k, term, _("{who}, {how}.")), advice=_advice(s)),
        both(s.lowers(), _wishes(s, k), _dominates(s, k, HEARD)),
    )


def two_voices(s: Sight) -> Sentence | None:
    if len(s.derivation.terms) < 2:
        return None
    (one, term), (two, other) = s.loudest()[:2]
    heard = abs(term.value) + abs(other.value)
    if heard < DOMINANT * s.flow or not (s.is_sure_of(s.layer + 1, one) and s.is_sure_of(s.layer + 1, two)):
        return None
    lower, agree = s.delta > 0, (term.value > 0) == (other.value > 0)
    if (term.value > 0) != lower or (not agree and abs(term.value) < CLEAR * abs(other.value)):
        return None
    if agree:
        template = (
            _("{one} and {two} both want {z} lower. Lowering {z} lowers C.")
            if lower
            else _("{one} and {two} both want {z} higher. Raising {z} lowers C.")
        )
    else:
        template = (
            _("{one} wants {z} lower and outweighs {two}, which wants it higher. Lowering {z} lowers C.")
            if lower
            else _("{one} wants {z} higher and outweighs {two}, which wants it lower. Raising {z} lowers C.")
        )
    first, second = _capital(_voice(s, one)), _voice(s, two, again=True)
    return Sentence(
        template.format(one=first, two=second, z=s.name("z")), both(s.lowers(), _want(one, two, term, agree, s))
    )


def many_voices(s: Sight) -> Sentence:
    plus, minus = sides(s)
    template = (
        _("The errors that come back all have one sign. {advice}")
        if not plus or not minus
        else _("Of the errors that come back, {plus} outweighs {minus}. {advice}")
        if plus > -minus
        else _("Of the errors that come back, {minus} outweighs {plus}. {advice}")
    )
    return Sentence(
        template.format(plus=short(plus), minus=short(minus), advice=_advice(s)),
        both(s.lowers(), _has_sides(s)),
    )


HIDDEN_ERROR: tuple[Rule, ...] = (
    ran_away,
    nothing_to_send_back,
    not_connected,
    at_a_corner,
    relu_ends_it,
    no_error,
    lost_in_rounding,
    softmax_shares_the_blame,
    demands_cancel,
    hidden_is_saturated,
    only_a_leak_passes,
    errors_fade,
    errors_grow,
    one_voice,
    two_voices,
    many_voices,
)


def _has_sides(s: Sight) -> Claim:
    return has_sides(s, lambda t: t.blame(s.layer, s.j), 1e-6)


def _dominates(s: Sight, k: int, share: float = DOMINANT) -> Claim:
    def claim(t: Truth) -> bool:
        terms = abs(t.blame(s.layer, s.j))
        return bool(terms[k] >= 0.999 * share * terms.sum())

    return claim


def _want(one: int, two: int, term: Term, agree: bool, s: Sight) -> Claim:
    """That the first of two terms has the sign that is said, and the second the same or, smaller, the other."""

    def claim(t: Truth) -> bool:
        terms = t.blame(s.layer, s.j)
        wants = terms[one] * (1 if term.value > 0 else -1) > 0
        return bool(wants and (terms[two] * terms[one] > 0 if agree else 0 < -terms[two] / terms[one] < 1))

    return claim


def _wishes(s: Sight, k: int) -> Claim:
    """That the neuron downstream wants what is said, and is too high or low as is said."""
    after, sign = s.layer + 1, _says_miss(s, k)
    wants = s.lowers(k, after)
    if sign == 0:
        return wants
    return both(wants, lambda t: bool((t.a(after)[k] - t.y()[k]) * sign > 0))


def _advice(s: Sight) -> str:
    template = _("Lowering {z} lowers C.") if s.delta > 0 else _("Raising {z} lowers C.")
    return template.format(z=s.name("z"))


def _voice(s: Sight, k: int, again: bool = False) -> str:
    """A neuron downstream; its layer need not be named `again`."""
    if s.layer + 1 == s.network.last:
        return _("output {number}").format(number=shown(k))
    if again:
        return _("neuron {number}").format(number=shown(k))
    return _("neuron {number} of layer {layer}").format(number=shown(k), layer=shown(s.layer + 1))


def _says_miss(s: Sight, k: int) -> int:
    """1 where an output is said to be too high, −1 too low, 0 where nothing of the kind is said."""
    after, error = s.layer + 1, float(s.errors(s.layer + 1)[k])
    miss = float(s.given.a(after)[k] - s.example.y[k]) if after == s.network.last else 0.0
    clear = after == s.network.last and abs(miss) > 4.0 * (s.certainty.a[after][k] + 1e-16 * abs(s.example.y[k]))
    return (1 if miss > 0 else -1) if clear and miss * error > 0 else 0


def _wish(s: Sight, k: int) -> str:
    """What a neuron downstream asks for: `output 1 is too high and asks for less`."""
    error = float(s.errors(s.layer + 1)[k])
    if _says_miss(s, k):
        template = _("{who} is too high and asks for less") if error > 0 else _("{who} is too low and asks for more")
    else:
        template = _("{who} asks for less") if error > 0 else _("{who} asks for more")
    return template.format(who=_voice(s, k))


def _demand(s: Sight, k: int, term: Term, template: str) -> str:
    sign = _("through a positive weight") if term.factors[0].value > 0 else _("through a negative weight")
    return _capital(template.format(who=_wish(s, k), how=sign))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
