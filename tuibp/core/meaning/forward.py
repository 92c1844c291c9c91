"""What an input, a weighted input or an activation means here. In each table the first rule that applies speaks."""

from __future__ import annotations

import numpy as np

from tuibp.core.meaning.sight import CANCELLED, DOMINANT, SATURATED, Rule, Sight, finite
from tuibp.core.notation import of_neuron, short
from tuibp.core.terms import Term
from tuibp.locale import _


def ran_away(s: Sight) -> str | None:
    if finite(s.result):
        return None
    return _("Not a finite number: the weights have run away. A smaller η, or an earlier update, brings it back.")


# Input: x_j


def input_is_dark(s: Sight) -> str | None:
    if s.a != 0:
        return None
    return _("{x} is 0: it adds nothing to any neuron, and the weights from it learn nothing.").format(x=s.name("a"))


def input_is_alone(s: Sight) -> str | None:
    if s.network.sizes[0] > 1:
        return None
    return _("The only input: all that the network knows of this example is {value}.").format(value=short(s.a))


def input_is_largest(s: Sight) -> str | None:
    x = np.abs(s.example.x)
    if abs(s.a) < x.max():
        return None
    if int((x == x.max()).sum()) > 1:
        return _("As large as any of the {n} inputs: the weights from it learn most.").format(n=len(x))
    return _("The largest of the {n} inputs: the weights from it learn most.").format(n=len(x))


def input_is_negative(s: Sight) -> str | None:
    if s.a > 0:
        return None
    return _("Given, and negative: it turns round what its weights do, and their gradients’ signs.")


def input_is_given(s: Sight) -> str:
    share = s.a / float(np.abs(s.example.x).max())
    return _("Given, not computed: {share} % of the largest input, and so much of its gradients.").format(
        share=round(100 * share)
    )


INPUT: tuple[Rule, ...] = (
    ran_away,
    input_is_dark,
    input_is_alone,
    input_is_largest,
    input_is_negative,
    input_is_given,
)


# Weighted input: z^l_j


def nothing_comes_in(s: Sight) -> str | None:
    if any(t.value for t in s.derivation.terms[:-1]):
        return None
    if s.derivation.terms[-1].value == 0:
        return _("Nothing comes in and there is no bias: {z} is 0, whatever the example.").format(z=s.name("z"))
    return _("Nothing comes in: {z} is the bias alone.").format(z=s.name("z"))


def one_term_makes_it(s: Sight) -> str | None:
    k, term = s.loudest()[0]
    if abs(term.value) < DOMINANT * s.flow:
        return None
    if k == len(s.derivation.terms) - 1:
        return _("Nearly all of it is the bias, {value}: the inputs say little here.").format(value=short(term.value))
    return _("Nearly all of it is one term, {term} = {value}.").format(term=_written(term), value=short(term.value))


def for_and_against_cancel(s: Sight) -> str | None:
    if abs(s.result) >= CANCELLED * s.flow:
        return None
    plus, minus = _sides(s)
    return _("For and against nearly cancel, {plus} and {minus}: a little more of either decides.").format(
        plus=short(plus), minus=short(minus)
    )


def bias_overrules(s: Sight) -> str | None:
    bias = s.derivation.terms[-1].value
    said = s.result - bias
    if said * s.result >= 0:
        return None
    return _("The inputs say {said}, and the bias {bias} overrules them.").format(said=short(said), bias=short(bias))


def far_out(s: Sight) -> str | None:
    if not s.bends or s.passes >= SATURATED:
        return None
    side = _("1") if s.z > 0 else (_("0") if s.f == "σ" else _("−1"))
    return _("So far out that {f} is flat here: {a} will be nearly {side}, and little can change it.").format(
        f=s.f, a=s.name("a"), side=side
    )


def one_side_outweighs(s: Sight) -> str:
    plus, minus = _sides(s)
    k, term = s.loudest()[0]
    named = _("the bias") if k == len(s.derivation.terms) - 1 else _written(term)
    if not plus or not minus:
        return _("All terms pull one way; the largest is {term}, {value}.").format(term=named, value=short(term.value))
    template = (
        _("What speaks for it, {plus}, outweighs what speaks against, {minus}. Largest: {term}, {value}.")
        if s.result > 0
        else _("What speaks against it, {minus}, outweighs what speaks for it, {plus}. Largest: {term}, {value}.")
    )
    return template.format(plus=short(plus), minus=short(minus), term=named, value=short(term.value))


WEIGHTED_INPUT: tuple[Rule, ...] = (
    ran_away,
    nothing_comes_in,
    for_and_against_cancel,
    one_term_makes_it,
    bias_overrules,
    far_out,
    one_side_outweighs,
)


def _sides(s: Sight) -> tuple[float, float]:
    values = [t.value for t in s.derivation.terms]
    return sum(v for v in values if v > 0), sum(v for v in values if v < 0)


def _written(term: Term) -> str:
    return " ".join(f.name for f in term.factors)


# Activation: a^l_j


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
    runner_up = short(float(np.delete(s.given.a[-1], s.j).max()))
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
    others = np.delete(s.given.a[s.layer], s.j)
    return _("It takes {own} % of the whole that its layer shares; the largest of the others takes {other} %.").format(
        own=_percent(s.a), other=_percent(float(others.max()))
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
    template = (
        _("Well on; 0.1 more of {z} still moves {a} by {moved}.")
        if s.z > 0
        else _("Mostly off; 0.1 more of {z} moves {a} by {moved}.")
    )
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


def _percent(share: float) -> str:
    return short(round(100 * share, 1))
