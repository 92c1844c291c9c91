"""What an activation means here. The first rule of the table that applies speaks."""

from __future__ import annotations

import numpy as np

from tuibp.core.meaning.rule import Rule, ran_away
from tuibp.core.meaning.sight import SATURATED, Sight
from tuibp.core.notation import of_neuron, percent, short
from tuibp.locale import _


def wrong_choice(s: Sight) -> str | None:
    wanted, chosen = s.wanted(), s.chosen()
    if not s.is_output or wanted is None or wanted == chosen or s.j not in (wanted, chosen):
        return None
    a, rival = s.name("a"), of_neuron("a", s.layer, chosen if s.j == wanted else wanted)
    if s.j == chosen:
        return _("The network’s answer, and wrong: {a} is largest, but y wants {rival}.").format(a=a, rival=rival)
    return _("It should be the largest output, but {rival} is: the network is wrong here.").format(rival=rival)


def right_choice(s: Sight) -> str | None:
    if not s.is_output or s.wanted() != s.j or s.chosen() != s.j:
        return None
    runner_up = short(float(np.delete(s.given.output, s.j).max()))
    if s.is_right:
        return _("The network’s answer, and right, with nothing left to gain: the next is {next}.").format(
            next=runner_up
        )
    return _("The network’s answer, and right: the next largest output is {next}.").format(next=runner_up)


def output_is_right(s: Sight) -> str | None:
    if not s.is_output or not s.is_right:
        return None
    return _("As it should be: the target is {y}.").format(y=short(s.y))


def share_of_the_whole(s: Sight) -> str | None:
    if not s.activation.couples:
        return None
    if s.network.sizes[s.layer] == 1:
        return _("A softmax of one neuron is always 1: it can learn nothing.")
    others = np.delete(s.given.a(s.layer), s.j)
    return _("It takes {own} of the whole that its layer shares; the largest of the others takes {other}.").format(
        own=percent(s.a), other=percent(float(others.max()))
    )


def output_misses(s: Sight) -> str | None:
    if not s.is_output:
        return None
    template = _("Too high by {miss}: the target is {y}.") if s.miss > 0 else _("Too low by {miss}: the target is {y}.")
    return template.format(miss=short(abs(s.miss)), y=short(s.y))


def relu_is_off(s: Sight) -> str | None:
    if s.activation.name != "relu" or s.z > 0:
        return None
    return _("{z} is {value}, not above 0: relu is off, so this neuron says nothing and no error gets past it.").format(
        z=s.name("z"), value=short(s.z)
    )


def leak_is_left(s: Sight) -> str | None:
    if s.activation.name != "leaky_relu" or s.z > 0:
        return None
    return _("{z} is below 0: only the leak, a hundredth of it, comes through.").format(z=s.name("z"))


def passed_on_whole(s: Sight) -> str | None:
    if s.bends:
        return None
    if s.activation.name == "linear":
        return _("A linear neuron hands on {z} as it is.").format(z=s.name("z"))
    return _("{z} is above 0 and passes whole.").format(z=s.name("z"))


def activation_is_saturated(s: Sight) -> str | None:
    if s.passes >= SATURATED:
        return None
    return _("Saturated: {f} is flat at {z} = {value}. 0.1 more of it moves {a} by {moved} only.").format(
        f=s.f, z=s.name("z"), value=short(s.z), a=s.name("a"), moved=short(0.1 * s.slope)
    )


def activation_is_steepest(s: Sight) -> str | None:
    if s.passes < 0.9:
        return None
    return _("Undecided, where {f} is steepest: 0.1 more of {z} moves {a} by {moved}.").format(
        f=s.f, z=s.name("z"), a=s.name("a"), moved=short(0.1 * s.slope)
    )


def activation_is_on_the_slope(s: Sight) -> str:
    if s.z > 0:
        template = _("Well on; 0.1 more of {z} still moves {a} by {moved}.")
    elif s.activation.probability:
        template = _("Mostly off; 0.1 more of {z} moves {a} by {moved}.")
    else:
        template = _("Well on the negative side; 0.1 more of {z} moves {a} by {moved}.")
    return template.format(z=s.name("z"), a=s.name("a"), moved=short(0.1 * s.slope))


ACTIVATION: tuple[Rule, ...] = (
    ran_away,
    wrong_choice,
    right_choice,
    output_is_right,
    share_of_the_whole,
    output_misses,
    relu_is_off,
    leak_is_left,
    passed_on_whole,
    activation_is_saturated,
    activation_is_steepest,
    activation_is_on_the_slope,
)
