"""What the error of an output means here (BP1). The first rule of the table that applies speaks."""

from __future__ import annotations

from tuibp.core.meaning.rule import Rule, ran_away
from tuibp.core.meaning.sight import SATURATED, Sight
from tuibp.core.notation import percent, short
from tuibp.locale import _

HALF = 0.5
"""A slope of this share of its steepest and more lets the error through."""


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
        _("Too high: it has {own} of the whole and should have {y}. Less {z} lowers C.")
        if s.miss > 0
        else _("Too low: it has {own} of the whole and should have {y}. More {z} lowers C.")
    )
    return template.format(own=percent(s.a), y=percent(s.y), z=s.name("z"))


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
    return template.format(miss=short(abs(s.miss)), slope=s.slope_of_most)


def output_cost_takes_it_whole(s: Sight) -> str | None:
    if s.network.cost == "quadratic":
        return None
    return _("{verdict} The cost cancels σ′, so the error starts out whole.").format(verdict=_verdict(s))


def output_has_no_bend(s: Sight) -> str | None:
    if s.bends:
        return None
    template = (
        _("{verdict} A linear neuron passes the error whole.")
        if s.activation.name == "linear"
        else _("{verdict} {z} is above 0, so the error passes whole.")
        if s.z > 0
        else _("{verdict} {z} is below 0, so a hundredth of the error passes.")
    )
    return template.format(verdict=_verdict(s), z=s.name("z"))


def output_misses(s: Sight) -> str:
    template = (
        _("{verdict} {slope}, so the error passes through.")
        if s.passes >= HALF
        else _("{verdict} {slope}, so a part of the error passes.")
    )
    return template.format(verdict=_verdict(s), slope=s.slope_of_most)


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
    output_has_no_bend,
    output_misses,
)


def _verdict(s: Sight) -> str:
    template = _("Too high: less {z}, less C.") if s.miss > 0 else _("Too low: more {z}, less C.")
    return template.format(z=s.name("z"))
