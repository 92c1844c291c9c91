"""The wrong forms by name: what was written, in which parts, and the line that is to be changed.

The names are a contract: `compare` prints them, courses grade by them. A way is one way to make the mistake, as the
changes that it makes to a run; what is said is markup (`tuibp.core.notation`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from tuibp.core.mistakes import errors, gradients, slopes, steps
from tuibp.core.mistakes.run import Change, Form, Part, Task
from tuibp.locale import _

Way = tuple[Change, ...]


@dataclass(frozen=True, eq=False)
class Mistake:
    """One wrong form."""

    name: str
    ways: tuple[Way, ...]
    place: str
    """Layers that can have it: "output", "hidden", "any", or "all" where it is in every layer or in none."""
    sentence: str
    """Which line to change, with the equation."""

    def variants(self, task: Task) -> Iterator[tuple[tuple[int, ...], Way]]:
        """(layers, changes) for this task: in all layers that can have it first, then in each alone."""
        last = task.network.last
        layers = {"output": (last,), "hidden": tuple(range(1, last))}.get(self.place, tuple(range(1, last + 1)))
        if not layers:
            return
        sets = [layers]
        if self.place in ("hidden", "any") and len(layers) > 1:
            most = [layers[:-1], layers[1:]] * (self.place == "any" and last > 2)
            sets += [*most, *((layer,) for layer in layers)]
        for where, way in product(sets, self.ways):
            yield where, tuple(Change(c.part, c.form, frozenset(where)) for c in way)


def _ways(part: Part, *forms: Form) -> tuple[Way, ...]:
    return tuple((Change(part, form),) for form in forms)


def _both(grad_w: Form, grad_b: Form) -> Way:
    return Change("grad_w", grad_w), Change("grad_b", grad_b)


def _scaled(*parts: Part, by: str) -> Way:
    """Each of the parts times a number: `m`, `1/m`, `1/n` (neurons) or figures."""
    factors = {
        "m": errors.times(lambda run, _layer: float(run.task.m)),
        "1/m": errors.times(lambda run, _layer: 1.0 / run.task.m),
        "1/n": errors.times(lambda run, layer: 1.0 / run.task.network.sizes[layer]),
        "2/n": errors.times(lambda run, layer: 2.0 / run.task.network.sizes[layer]),
        "m/n": errors.times(lambda run, layer: run.task.m / run.task.network.sizes[layer]),
        "2": errors.times(lambda _run, _layer: 2.0),
        "1/2": errors.times(lambda _run, _layer: 0.5),
        "-1": errors.times(lambda _run, _layer: -1.0),
    }
    return tuple(Change(part, factors[by]) for part in parts)


_OTHERS = ("sigmoid", "tanh", "relu", "leaky_relu")
_usual, _none = gradients.usual_decay, gradients.no_decay


def _update(step: gradients.Step) -> Way:
    """The update with another step."""
    return (Change("new_w", gradients.new_weights(step, _usual)), Change("new_b", gradients.new_biases(step, _none)))


def _step(slip: steps.Slip, *names: str) -> Way:
    return (Change("new_w", gradients.optimiser(slip, "w", *names)),
            Change("new_b", gradients.optimiser(slip, "b", *names)))  # fmt: skip


SLOPES = (
    Mistake("slope_missing_output", _ways("slope", slopes.one), "output",
            _("σ′ is missing in the output’s error: BP1 is ∇_a C ⊙ σ′(z^L), so multiply a − y by σ′(z^L).")),
    Mistake("slope_missing_hidden", _ways("slope", slopes.one), "hidden",
            _("σ′ is missing on the way back: BP2 is ((w^{l+1})^T δ^{l+1}) ⊙ σ′(z^l), so multiply by σ′(z^l).")),
    Mistake("slope_extra_cross_entropy", _ways("output", slopes.extra), "output",
            _("One σ′ too many: this cost has cancelled it, and δ^L is a^L − y alone.")),
    Mistake("slope_everywhere_one", _ways("slope", slopes.rectifier_open), "any",
            _("relu’s mask is missing: its f′ is 0 where z is 0 or less, so multiply by (z > 0).")),
    Mistake("slope_of_a", _ways("slope", slopes.of_a), "any",
            _("σ′ was taken at a: it is a function of z. Write σ′(z), or a(1 − a), not σ′(a).")),
    Mistake("slope_z_one_minus_z", _ways("slope", slopes.z_one_minus_z), "any",
            _("The short form of σ′ was given z: it is a(1 − a) for sigmoid and 1 − a² for tanh.")),
    Mistake("slope_of_next_layer",
            _ways("slope", slopes.of_layer(+1), slopes.own_at(+1, "z"), slopes.own_at(+1, "a")), "hidden",
            _("σ′ belongs to the layer whose δ is made: BP2 has σ′(z^l), not σ′(z^{l+1}).")),
    Mistake("slope_of_other_function",
            _ways("slope", *map(slopes.of_function, _OTHERS), *map(slopes.formula_of_a, ("sigmoid", "tanh"))), "any",
            _("Another function’s derivative was used: f′ must be the derivative of the f of this very layer.")),
    Mistake("relu_mask_at_zero", _ways("slope", slopes.mask("z", True), slopes.mask("a", True)), "any",
            _("relu’s mask lets 0 through: write z > 0, not ≥ 0 (a ≥ 0 is true everywhere).")),
    Mistake("relu_mask_of_a_before",
            _ways("slope", slopes.mask("a", False, -1), slopes.mask("z", False, -1)), "any",
            _("relu’s mask is that of the layer before: f′(z^l) asks whether z^l itself is above 0.")),
    Mistake("softmax_diagonal_only", _ways("slope", slopes.diagonal), "any",
            _("Only ∂a_j/∂z_j of softmax was used: every output depends on every z, so BP1 sums over all of them.")),
    Mistake("softmax_short_cut_quadratic", _ways("output", slopes.short_cut), "output",
            _("a − y is softmax’s error with log-likelihood; with the quadratic cost the Jacobian stays.")),
    Mistake("softmax_wrong_axis", ((Change("a", slopes.over_the_batch), Change("output", slopes.plain_error)),
                                   *_ways("a", slopes.over_the_batch)), "output",
            _("softmax was normalised over the examples: its outputs must add up to 1 for each example.")),
)  # fmt: skip

ERRORS = (
    Mistake("sign_of_error", (_scaled("output", by="-1"),), "output",
            _("The error has the wrong sign: ∇_a C is a − y, not y − a.")),
    Mistake("factor_two", (_scaled("output", by="2"),), "output",
            _("A factor of 2: with C = ½(a − y)² the derivative is a − y; the ½ was there to cancel it.")),
    Mistake("factor_half", (_scaled("output", by="1/2"),), "output",
            _("A factor of ½: the derivative of ½(a − y)² is a − y.")),
    Mistake("mean_over_neurons", (_scaled("output", by="1/n"), _scaled("grad_w", "grad_b", by="m/n")), "all",
            _("Divided by the number of neurons: C sums over the outputs, and only examples are averaged (1/m).")),
    Mistake("mse_loss", (_scaled("output", by="2/n"),), "output",
            _("This is MSELoss, 2/n of ours: it leaves out the ½ and divides by the n outputs as well. "
              "The same cost is 0.5 * ((a - y)**2).sum(dim=1).mean().")),
    Mistake("one_hot_off_by_one", _ways("target", errors.turned(1), errors.turned(-1)), "output",
            _("y is turned by one place: the 1 stands beside the label’s output. Do labels count from 0 or from 1?")),
    Mistake("label_broadcast",
            (*_ways("target", errors.label(0), errors.label(1)),
             *_ways("output", errors.less_label(0), errors.less_label(1))),
            "output",
            _("The label’s number was taken from every output: y must be the vector with a 1 at the label.")),
    Mistake("dot_for_hadamard",
            ((Change("delta", errors.summed), Change("output", errors.summed)),), "any",
            _("A dot product stands where ⊙ belongs: δ has one number for each neuron, not one for the layer.")),
    Mistake("broadcast_for_hadamard",
            tuple((*_ways("delta", f)[0], *_ways("output", f)[0]) for f in map(errors.spread, (True, False))), "any",
            _("(n,) times (n, 1) became a square: give both factors of ⊙ the same shape.")),
    Mistake("w_not_transposed", _ways("sent", errors.not_transposed), "hidden",
            _("w^{l+1} was not transposed: BP2 sends δ^{l+1} back along its columns, (w^{l+1})^T δ^{l+1}.")),
    Mistake("reshape_for_transpose", _ways("sent", errors.reshaped), "hidden",
            _("w^{l+1} was reshaped, not transposed: .reshape keeps the order of the numbers; write .T.")),
    Mistake("grad_w_for_w_delta",
            _ways("sent", errors.by_gradient, errors.by_own_gradient, errors.gradient_summed), "hidden",
            _("∂C/∂w^{l+1} was sent back where (w^{l+1})^T δ^{l+1} belongs.")),
    Mistake("w_missing", _ways("sent", errors.itself, errors.without_weights), "hidden",
            _("δ^{l+1} came back without w^{l+1}: BP2 weighs it, (w^{l+1})^T δ^{l+1}.")),
    Mistake("delta_from_updated_weights",
            _ways("sent", errors.updated(True), errors.updated(False), *map(errors.updated_by, errors.RATES)), "hidden",
            _("w^{l+1} was changed before δ^{l+1} went back through it: make all δ first, then update.")),
    Mistake("delta_reused", _ways("delta", errors.itself), "hidden",
            _("δ^{l+1} was used again as δ^l: a hidden layer has an error of its own, by BP2.")),
    Mistake("value_for_delta",
            (*_ways("sent", errors.activations), *_ways("grad_w", gradients.a_for_delta)), "any",
            _("a was sent back in the place of δ: BP2 passes on errors, not activations.")),
    Mistake("layer_off_by_one",
            (*_ways("sent", errors.own_weights), *_ways("slope", slopes.of_layer(-1)),
             *_ways("grad_w", gradients.of_activation(-2), gradients.of_z)), "any",
            _("The wrong layer’s numbers were taken: BP2 for layer l has w^{l+1} and z^l, BP4 has a^{l−1}.")),
)  # fmt: skip

GRADIENTS = (
    Mistake("grad_w_transposed", (*_ways("grad_w", gradients.transposed),
             (Change("grad_w", gradients.transposed), Change("new_w", gradients.turned_back))), "any",
            _("∂C/∂w is transposed: BP4 is ∂C/∂w_jk = a^{l−1}_k δ^l_j, rows by j as in w.")),
    Mistake("w_for_activation", _ways("grad_w", gradients.of_weights), "any",
            _("w was taken for ∂z/∂w: BP4 multiplies δ^l_j by a^{l−1}_k.")),
    Mistake("own_activation", _ways("grad_w", gradients.of_activation(0)), "any",
            _("a^l was used for a^{l−1}: BP4 takes the activation at the weight’s beginning.")),
    Mistake("bias_output_only", _ways("grad_b", gradients.zero), "hidden",
            _("Only the output’s biases get a gradient: BP3 holds in every layer.")),
    Mistake("bias_zero", _ways("grad_b", gradients.zero), "all",
            _("∂C/∂b is left at 0: BP3 says that it is δ itself.")),
    Mistake("bias_scalar",
            _ways("grad_b", gradients.one_number(lambda b: float(b.sum())),
                  gradients.one_number(lambda b: float(b.mean()))), "any",
            _("One number for all biases of the layer: sum over the examples (axis 0), not over the neurons.")),
    Mistake("bias_not_summed",
            (*_ways("grad_b", gradients.every_row(False), gradients.every_row(True)),
             *((Change("grad_b", gradients.example(at, divided)[1]),) for at in (0, -1) for divided in (False, True))),
            "any", _("∂C/∂b was not averaged over the mini-batch: it is the mean of δ over its examples.")),
    Mistake("bias_mean_for_sum", (_scaled("grad_b", by="1/m"),), "any",
            _("∂C/∂b was divided by m twice: δ has the mean’s 1/m already, so sum here.")),
    Mistake("mean_missing",
            (_scaled("grad_w", "grad_b", by="m"), _scaled("output", by="m"),
             _scaled("grad_b", by="m"), _scaled("grad_w", by="m"),
             _update(gradients.summed_up)), "all",
            _("1/m is missing: the gradient of a mini-batch is the mean over its examples.")),
    Mistake("mean_twice",
            (_scaled("grad_w", "grad_b", by="1/m"), _scaled("output", by="1/m"),
             _update(gradients.once_divided)),
            "all", _("1/m stands twice: divide by the number of examples once.")),
    Mistake("last_example_only", (_both(*gradients.example(-1, False)), _both(*gradients.example(-1, True))), "all",
            _("Only the last example counts: the loop overwrites the gradient; add to it.")),
    Mistake("first_example_only", (_both(*gradients.example(0, False)), _both(*gradients.example(0, True))), "all",
            _("Only the first example counts: go on through the whole mini-batch.")),
    Mistake("batch_duplicated", (_scaled("grad_w", "grad_b", by="2"),), "all",
            _("Every example counts twice: go through the mini-batch once.")),
    Mistake("gradients_not_zeroed", (_both(gradients.with_weights_before, gradients.with_biases_before),), "all",
            _("The last mini-batch’s gradient was still there: set it to zero before each one.")),
)  # fmt: skip

UPDATES = (
    Mistake("sign_of_update",
            (_update(-1.0), _step("up", *steps.NAMES),
             (Change("new_w", gradients.new_weights(-1.0, _usual)),)), "all",
            _("The update climbs: w − η ∂C/∂w goes down, w + η ∂C/∂w up.")),
    Mistake("decay_on_biases", ((Change("new_b", gradients.new_biases(1.0, _usual)),), ), "all",
            _("Weight decay was applied to the biases: λ/2n Σ w² holds weights only.")),
    Mistake("decay_not_divided",
            ((Change("new_w", gradients.new_weights(1.0, lambda run: _usual(run) * run.task.n)),), ), "all",
            _("λ was not divided by n: the decay of an update is ηλ/n.")),
    Mistake("decay_sign", ((Change("new_w", gradients.new_weights(1.0, lambda run: -_usual(run))),), ), "all",
            _("Weight decay has the wrong sign: weights shrink by 1 − ηλ/n, they do not grow.")),
)  # fmt: skip

_ADAM = ("adam", "adamw")


OPTIMISERS = (
    Mistake("adam_no_bias_correction", (_step("uncorrected", *_ADAM),), "all",
            _("Adam’s m and v were not corrected: both begin at 0, so divide by 1 − β₁^t and 1 − β₂^t.")),
    Mistake("adam_betas_swapped", (_step("swapped", *_ADAM), _step("crossed", *_ADAM)), "all",
            _("β₁ and β₂ have changed places: β₁ (0.9) belongs to m, β₂ (0.999) to v.")),
    Mistake("adam_epsilon_inside_root", (_step("inside", *_ADAM, "rmsprop"),), "all",
            _("ε stands inside the root: the divisor is √v + ε, not √(v + ε).")),
    Mistake("adam_time_off_by_one", (_step("early", *_ADAM), _step("late", *_ADAM)), "all",
            _("t is one off: the first update has t = 1 in 1 − β₁^t and 1 − β₂^t.")),
    Mistake("adamw_coupled_decay", (_step("coupled", "adamw"),), "all",
            _("λ went into the gradient: AdamW shrinks w by 1 − ηλ/n by itself, apart from m and v.")),
    Mistake("momentum_damped", (_step("damped", "momentum", "nesterov"),), "all",
            _("The gradient was damped: v becomes μv + g, not μv + (1 − μ)g.")),
)  # fmt: skip

MISTAKES = (*SLOPES, *ERRORS, *GRADIENTS, *UPDATES, *OPTIMISERS)
BY_NAME = {mistake.name: mistake for mistake in MISTAKES}
assert len(BY_NAME) == len(MISTAKES)
OF_GRADIENTS = ("delta_from_updated_weights", "grad_w_for_w_delta")
"""Those that make δ of gradients: with one of them a slip in BP4 shows in the next δ."""
