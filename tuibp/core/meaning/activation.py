"""What an activation means here. The first rule of the table that applies speaks."""

from __future__ import annotations

import numpy as np

from tuibp.core.kinks import kink_at
from tuibp.core.meaning.claim import Claim, Sentence, about, both, part_said
from tuibp.core.meaning.rule import Rule, corner_named, ran_away
from tuibp.core.meaning.sight import SATURATED, Sight, largest_of, tied_with
from tuibp.core.notation import of_neuron, percent, short
from tuibp.locale import _

STEEP = 0.9
"""A slope of this share of its steepest and more is as good as the steepest."""


def tied_choice(s: Sight) -> Sentence | None:
    if not s.has_target or s.wanted() is None or s.a < max(s.given.output.max(), 1e-290):
        return None
    tied = tied_with(s.given.output, s.j)
    if tied == 1:
        return None
    return Sentence(
        _("{n} outputs tie for the largest: the network does not decide.").format(n=tied),
        lambda t: tied_with(t.a(s.layer), s.j) == tied and bool(t.a(s.layer)[s.j] >= t.a(s.layer).max() * (1 - 1e-12)),
    )


def wrong_choice(s: Sight) -> Sentence | None:
    wanted, chosen = s.wanted(), s.chosen()
    if not s.has_target or wanted is None or chosen is None or wanted == chosen or s.j not in (wanted, chosen):
        return None
    rival = of_neuron("a", s.layer, chosen if s.j == wanted else wanted)
    template = (
        _("The network’s answer, and wrong: {a} is largest, but y wants {rival}.")
        if s.j == chosen
        else _("It should be the largest output, but {rival} is: the network is wrong here.")
    )
    return Sentence(
        template.format(a=s.name("a"), rival=rival),
        lambda t: largest_of(t.a(s.layer), 0.0 * t.a(s.layer)) == chosen and int(t.y().argmax()) == wanted,
    )


def right_choice(s: Sight) -> Sentence | None:
    if not s.has_target or s.wanted() != s.j or s.chosen() != s.j:
        return None
    runner_up = float(np.delete(s.given.output, s.j).max())
    if abs(runner_up) <= s.certainty.a[s.layer].max():  # it may be as good as nothing
        return Sentence(
            _("The network’s answer, and right."),
            lambda t: largest_of(t.a(s.layer), 0.0 * t.a(s.layer)) == s.j == int(t.y().argmax()),
        )
    return Sentence(
        _("The network’s answer, and right: the next largest output is {next}.").format(next=short(runner_up)),
        lambda t: (
            largest_of(t.a(s.layer), 0.0 * t.a(s.layer)) == s.j == int(t.y().argmax())
            and about(np.delete(t.a(s.layer), s.j).max(), runner_up)
        ),
    )


def output_is_right(s: Sight) -> Sentence | None:
    if not s.has_target or not s.is_right:
        return None
    return Sentence(
        _("As it should be: {a} is {value} and the target {y}.").format(a=s.name("a"), value=short(s.a), y=short(s.y)),
        lambda t: s.is_near(t),
    )


def share_of_the_whole(s: Sight) -> Sentence | None:
    if not s.activation.couples:
        return None
    if s.network.sizes[s.layer] == 1:
        return Sentence(_("A softmax of one neuron is always 1: it can learn nothing."), softmax_of_one(s))
    other = float(np.delete(s.given.a(s.layer), s.j).max())
    return Sentence(
        _("It takes {own} of the whole that its layer shares; the largest of the others takes {other}.").format(
            own=percent(s.a), other=percent(other)
        ),
        lambda t: bool(
            abs(t.a(s.layer)[s.j] - s.a) < 0.005 and abs(np.delete(t.a(s.layer), s.j).max() - other) < 0.005
        ),
    )


def output_misses(s: Sight) -> Sentence | None:
    if not s.has_target:
        return None
    noise = float(s.certainty.a[s.layer][s.j])
    if abs(s.miss) <= noise:  # nobody can say on which side it is
        return Sentence(
            _("As near to its target, {y}, as rounding can tell.").format(y=short(s.y)),
            lambda t: bool(abs(t.a(s.layer)[s.j] - t.y()[s.j]) <= 4 * noise),
        )
    template = _("Too high by {miss}: the target is {y}.") if s.miss > 0 else _("Too low by {miss}: the target is {y}.")
    return Sentence(
        template.format(miss=short(abs(s.miss)), y=short(s.y)),
        lambda t: about(t.a(s.layer)[s.j] - t.y()[s.j], s.miss),
    )


def at_its_corner(s: Sight) -> Sentence | None:
    if not s.certainty.corner[s.layer][s.j]:
        return None
    return Sentence(
        _("{corner}: {a} changes otherwise below than above.").format(
            corner=corner_named(kink_at(s.network, s.given, s.layer, s.j)), a=s.name("a")
        ),
        lambda t: t.at_corner(s.layer, s.j),
    )


def relu_is_off(s: Sight) -> Sentence | None:
    if not s.activation.turns_off or s.z > 0:
        return None
    return Sentence(
        _("{z} is {value}, below 0: {f} is off, so this neuron gives 0 and no error passes back.").format(
            z=s.name("z"), value=short(s.z), f=s.f
        ),
        lambda t: bool(t.z(s.layer)[s.j] < 0 and t.a(s.layer)[s.j] == 0 and t.delta(s.layer)[s.j] == 0),
    )


def leak_is_left(s: Sight) -> Sentence | None:
    if not s.activation.leaks or s.z > 0:
        return None
    left = s.activation.below or 0.0
    return Sentence(
        _("{z} is below 0: only the leak, {part} of it, comes through.").format(z=s.name("z"), part=part_said(left)),
        lambda t: bool(t.z(s.layer)[s.j] < 0) and about(t.a(s.layer)[s.j], left * s.z),
    )


def passed_on_whole(s: Sight) -> Sentence | None:
    if s.bends or s.activation.couples:
        return None
    template = (
        _("A linear neuron hands on {z} as it is.") if s.activation.straight else _("{z} is above 0 and passes whole.")
    )
    return Sentence(
        template.format(z=s.name("z")),
        lambda t: bool(t.a(s.layer)[s.j] == t.z(s.layer)[s.j] and (s.activation.straight or t.z(s.layer)[s.j] > 0)),
    )


def activation_is_saturated(s: Sight) -> Sentence | None:
    if s.passes >= SATURATED:
        return None
    return Sentence(
        _("Saturated: {f} is flat at {z} = {value}. 0.1 more of it moves {a} by only about {moved}.").format(
            f=s.f, z=s.name("z"), value=short(s.z), a=s.name("a"), moved=short(0.1 * s.slope)
        ),
        both(s.is_flat(), moves(s)),
    )


def activation_is_steepest(s: Sight) -> Sentence | None:
    if s.passes < STEEP or s.activation.ends is None:
        return None
    return Sentence(
        _("Near 0, where {f} is steepest: 0.1 more of {z} moves {a} by about {moved}.").format(
            f=s.f, z=s.name("z"), a=s.name("a"), moved=short(0.1 * s.slope)
        ),
        both(moves(s), lambda t: bool(t.slope_share(s.layer, s.j) >= 0.999 * STEEP)),
    )


def activation_is_on_the_slope(s: Sight) -> Sentence:
    return Sentence(
        _("On the slope of {f}: 0.1 more of {z} moves {a} by about {moved}.").format(
            f=s.f, z=s.name("z"), a=s.name("a"), moved=short(0.1 * s.slope)
        ),
        both(moves(s), lambda t: bool(t.slope_share(s.layer, s.j) >= 0.999 * SATURATED)),
    )


ACTIVATION: tuple[Rule, ...] = (
    ran_away,
    tied_choice,
    wrong_choice,
    right_choice,
    output_is_right,
    share_of_the_whole,
    output_misses,
    at_its_corner,
    relu_is_off,
    leak_is_left,
    passed_on_whole,
    activation_is_saturated,
    activation_is_steepest,
    activation_is_on_the_slope,
)


def moves(s: Sight) -> Claim:
    """That 0.1 more of z moves a by about a tenth of the slope."""
    return lambda t: about(t.moved_activation(s.layer, s.j, 0.1), 0.1 * s.slope, 0.17)


def softmax_of_one(s: Sight) -> Claim:
    """That nothing changes the only output of a softmax."""
    return lambda t: len(t.a(s.layer)) == 1 and bool(t.a(s.layer)[0] == 1 and t.delta(s.layer)[0] == 0)
