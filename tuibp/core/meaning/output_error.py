"""What the error of an output means here (BP1). The first rule of the table that applies speaks."""

from __future__ import annotations

from tuibp.core.meaning.activation import softmax_of_one
from tuibp.core.meaning.claim import Claim, Sentence, Truth, about, both, part_said
from tuibp.core.meaning.rule import Rule, at_a_corner, lost_in_rounding, no_error, ran_away
from tuibp.core.meaning.sight import RIGHT, SATURATED, Sight
from tuibp.core.notation import percent, short
from tuibp.locale import _

HALF = 0.5
"""A slope of this share of its steepest and more lets the error through."""


def cost_does_not_look(s: Sight) -> Sentence | None:
    if s.network.cost != "log_likelihood" or s.activation.couples or s.y != 0:
        return None
    return Sentence(
        _("{y} is 0, and log-likelihood looks only at outputs whose target is not: no error.").format(
            y=f"y_{s.number}"
        ),
        both(s.is_zero(), lambda t: bool(t.y()[s.j] == 0)),
    )


def one_softmax_learns_nothing(s: Sight) -> Sentence | None:
    if not s.activation.couples or s.network.sizes[s.layer] > 1:
        return None
    return Sentence(
        _("A softmax of one neuron is always 1: no weight can change it, so there is no error."), softmax_of_one(s)
    )


def output_relu_is_off(s: Sight) -> Sentence | None:
    if not s.activation.turns_off or s.slope or s.miss == 0:
        return None
    return Sentence(
        _("Off by {miss}, but {z} is {value}, below 0: {f} is flat there and no error passes.").format(
            miss=short(abs(s.miss)), z=s.name("z"), value=short(s.z), f=s.f
        ),
        both(
            s.is_zero(),
            lambda t: about(t.a(s.layer)[s.j] - t.y()[s.j], s.miss) and bool(t.z(s.layer)[s.j] < 0),
        ),
    )


def output_has_no_blame(s: Sight) -> Sentence | None:
    if not s.is_right or abs(s.delta) > RIGHT:
        return None
    return Sentence(
        _("Right: {a} is {value} and should be {y}. The error is only {delta}.").format(
            a=s.name("a"), value=short(s.a), y=short(s.y), delta=short(s.delta)
        ),
        lambda t: s.is_near(t) and about(t.delta(s.layer)[s.j], s.delta),
    )


def cost_wants_more(s: Sight) -> Sentence | None:
    """A softmax or log-likelihood, where the output's own miss points the other way than its error."""
    if s.miss * s.delta > 0:
        return None
    move = _("lowering {z} lowers C") if s.delta > 0 else _("raising {z} lowers C")
    place = (
        _("Output on target, yet {move}")
        if s.miss == 0
        else _("Output too low, yet {move}")
        if s.delta > 0
        else _("Output too high, yet {move}")
    )
    reason = (
        _(": the other outputs, which share one whole with it, count for more.")
        if s.activation.couples
        else _(": log-likelihood always wants more of it.")
    )
    return Sentence(place.format(move=move.format(z=s.name("z"))) + reason, both(_misses(s), s.lowers()))


def softmax_misses(s: Sight) -> Sentence | None:
    if not s.activation.couples:
        return None
    template = (
        _("Too high: it has {own} of the whole and should have {y}. Lowering {z} lowers C.")
        if s.miss > 0
        else _("Too low: it has {own} of the whole and should have {y}. Raising {z} lowers C.")
    )
    return Sentence(template.format(own=percent(s.a), y=percent(s.y), z=s.name("z")), both(_misses(s), s.lowers()))


def saturation_does_not_matter(s: Sight) -> Sentence | None:
    if s.network.cost != "cross_entropy" or s.passes >= SATURATED:
        return None
    return Sentence(
        _("{verdict} σ′ is only {slope}, but this cost cancels it: the error starts out whole.").format(
            verdict=_verdict(s), slope=short(s.slope)
        ),
        both(_verdict_holds(s), s.is_flat(), _whole(s)),
    )


def output_is_saturated(s: Sight) -> Sentence | None:
    if not s.bends or s.network.cost != "quadratic" or s.passes >= SATURATED:
        return None
    return Sentence(
        _("{verdict} But {slope}: the neuron is saturated and little error passes.").format(
            verdict=_verdict(s), slope=s.slope_of_most
        ),
        both(_verdict_holds(s), s.is_flat()),
    )


def output_cost_takes_it_whole(s: Sight) -> Sentence | None:
    if s.network.cost != "cross_entropy":
        return None
    return Sentence(
        _("{verdict} The cost cancels σ′, so the error starts out whole.").format(verdict=_verdict(s)),
        both(_verdict_holds(s), _whole(s)),
    )


def output_has_no_bend(s: Sight) -> Sentence | None:
    if s.bends or s.activation.couples:
        return None
    template, share = (
        (_("{verdict} A linear neuron passes the error whole."), 1.0)
        if s.activation.straight
        else (_("{verdict} {z} is above 0, so the error passes whole."), 1.0)
        if s.z > 0
        else (_("{verdict} {z} is below 0, so {part} of the error passes."), s.activation.below or 0.0)
    )
    said = template.format(verdict=_verdict(s), z=s.name("z"), part=part_said(share))
    return Sentence(said, both(_verdict_holds(s), _whole(s, share)))


def output_misses(s: Sight) -> Sentence:
    if s.passes >= HALF or s.network.cost != "quadratic":
        return Sentence(_verdict(s), _verdict_holds(s))
    return Sentence(
        _("{verdict} {slope}, so only a part of the error passes.").format(verdict=_verdict(s), slope=s.slope_of_most),
        both(_verdict_holds(s), lambda t: bool(t.slope_share(s.layer, s.j) < 1.001 * HALF)),
    )


OUTPUT_ERROR: tuple[Rule, ...] = (
    ran_away,
    one_softmax_learns_nothing,
    cost_does_not_look,
    at_a_corner,
    output_relu_is_off,
    no_error,
    lost_in_rounding,
    output_has_no_blame,
    cost_wants_more,
    softmax_misses,
    saturation_does_not_matter,
    output_is_saturated,
    output_cost_takes_it_whole,
    output_has_no_bend,
    output_misses,
)


def _verdict(s: Sight) -> str:
    template = (
        _("Output too high: lowering {z} lowers C.") if s.miss > 0 else _("Output too low: raising {z} lowers C.")
    )
    return template.format(z=s.name("z"))


def _verdict_holds(s: Sight) -> Claim:
    return both(_misses(s), s.lowers())


def _misses(s: Sight) -> Claim:
    """That the output is on the side of its target that is said, or on it but for rounding."""

    def claim(t: Truth) -> bool:
        miss = t.a(s.layer)[s.j] - t.y()[s.j]
        near = 1e-14 * (abs(t.a(s.layer)[s.j]) + abs(t.y()[s.j])) + 1e-15
        return bool(miss * s.miss > 0 or abs(miss) <= near)

    return claim


def _whole(s: Sight, share: float = 1.0) -> Claim:
    """That δ is this share of a − y."""
    return lambda t: (
        about(t.delta(s.layer)[s.j], share * s.miss, 1e-3)
        or bool(abs(t.delta(s.layer)[s.j] - share * s.miss) <= 1e4 * t.noise(s.layer)[s.j])
    )
