"""How one number came to be, as structure: equation, terms with their factors, result, and what it means here.

The equation panel and `tuibp explain` only set it in type. All names and formulas are markup (`tuibp.core.notation`),
and so are meaning and note, which may name quantities (`z^2_1`).
"""

from __future__ import annotations

from dataclasses import dataclass

from tuibp.core.cancellation import cancelled, note_on_activation, note_on_error
from tuibp.core.example import Example
from tuibp.core.explained_step import StepExplanation, explain_step
from tuibp.core.five_steps import Pass, walk
from tuibp.core.meaning import meaning
from tuibp.core.meaning.sight import Sight
from tuibp.core.network import Network, NetworkError
from tuibp.core.output_terms import output_terms
from tuibp.core.steps import Quantity
from tuibp.core.terms import (
    Derivation,
    Factor,
    Term,
    activation_terms,
    backward_terms,
    bias_gradient_terms,
    input_terms,
    total,
    weight_gradient_terms,
    weighted_input_terms,
)
from tuibp.locale import _

__all__ = [
    "QUANTITIES",
    "Explanation",
    "Factor",
    "Quantity",
    "StepExplanation",
    "Term",
    "explain",
    "explain_step",
    "look",
]

QUANTITIES: tuple[Quantity, ...] = ("z", "a", "delta", "gradient")


@dataclass(frozen=True)
class Explanation:
    """One number: `inner`, the sum of the terms, times each of `times` is `result`. Indices are 0-based."""

    quantity: Quantity
    layer: int
    j: int
    k: int | None
    """None but for the gradient of a weight."""
    equation: str
    """FF, BP1, BP2, BP3 or BP4; x for the input."""
    general: str
    indexed: str
    terms: tuple[Term, ...]
    times: tuple[Factor, ...]
    """Factors outside the sum."""
    inner: float
    result: float
    """The number itself, as the step computed it."""
    meaning: str
    """One plain sentence about this number in this network."""
    note: str
    """What softmax or the cost changes in the equation; empty where nothing."""
    cancelled: str = ""
    """All that is left of BP1 where the cost cancels the slope: `a^3_1 − y_1`; empty where it does not."""

    @property
    def name(self) -> str:
        """The number's own name, in markup: `δ^2_1`, `∂C/∂w^3_12`."""
        return self.indexed.split(" = ", 1)[0]

    def so_far(self, count: int) -> float:
        """The sum inside after its first `count` terms, where one goes through it term by term."""
        return total(self.terms[:count])


def explain(
    network: Network,
    example: Example,
    quantity: Quantity,
    layer: int,
    j: int,
    k: int | None = None,
    given: Pass | None = None,
) -> Explanation:
    """Explain z^l_j, a^l_j, δ^l_j, ∂C/∂b^l_j (gradient without k) or ∂C/∂w^l_jk; indices 0-based.

    `given` saves the walk where it has been made. Raises NetworkError where there is no such number.
    """
    sight = look(network, example, quantity, layer, j, k, given)
    derivation = sight.derivation
    return Explanation(
        quantity=quantity,
        layer=layer,
        j=j,
        k=k,
        equation=derivation.equation,
        general=derivation.general,
        indexed=derivation.indexed,
        terms=derivation.terms,
        times=derivation.times,
        inner=total(derivation.terms),
        result=sight.result,
        meaning=meaning(sight, quantity),
        note=_note(sight, quantity),
        cancelled=cancelled(network, example, sight.derivation, j) if quantity == "delta" else "",
    )


def look(
    network: Network,
    example: Example,
    quantity: Quantity,
    layer: int,
    j: int,
    k: int | None = None,
    given: Pass | None = None,
) -> Sight:
    """One number with all that was computed around it: what the rules of meaning judge by."""
    require_number(network, quantity, layer, j, k)
    known = walk(network, example) if given is None else given
    derivation = _derive(network, example, known, quantity, layer, j, k)
    return Sight(network, example, known, derivation, _result(known, quantity, layer, j, k), layer, j, k)


def _note(s: Sight, quantity: Quantity) -> str:
    if quantity == "delta":
        return note_on_error(s.network, s.example, s.given, s.layer, s.j)
    return note_on_activation(s.network, s.layer, s.j) if quantity == "a" and s.layer else ""


def _derive(
    network: Network, example: Example, given: Pass, quantity: Quantity, layer: int, j: int, k: int | None
) -> Derivation:
    if quantity == "a":
        return activation_terms(network, given, layer, j) if layer else input_terms(given, j)
    if quantity == "z":
        return weighted_input_terms(network, given, layer, j)
    if quantity == "delta":
        hidden = layer < network.last
        return backward_terms(network, given, layer, j) if hidden else output_terms(network, example, given, j)
    return bias_gradient_terms(given, layer, j) if k is None else weight_gradient_terms(given, layer, j, k)


def _result(given: Pass, quantity: Quantity, layer: int, j: int, k: int | None) -> float:
    if quantity == "a":
        return float(given.a(layer)[j])
    if k is not None:
        return float(given.grad_w(layer)[j, k])
    by_layer = {"z": given.z, "delta": given.delta, "gradient": given.grad_b}[quantity]
    return float(by_layer(layer)[j])


def require_number(network: Network, quantity: Quantity, layer: int, j: int, k: int | None) -> None:
    """Raise NetworkError where the network has no such number."""
    if quantity not in QUANTITIES:
        raise NetworkError(
            _("unknown quantity {quantity!r}; there are {known}").format(quantity=quantity, known=", ".join(QUANTITIES))
        )
    if not 0 <= layer < network.layer_count:
        raise NetworkError(
            _("there are layers 1 to {count}, not {layer}").format(count=network.layer_count, layer=layer + 1)
        )
    if not 0 <= j < network.sizes[layer]:
        raise NetworkError(
            _("layer {layer} has neurons 1 to {count}, not {j}").format(
                layer=layer + 1, count=network.sizes[layer], j=j + 1
            )
        )
    if layer == 0 and quantity != "a":
        raise NetworkError(_("layer 1 is the input: it has activations only, no {quantity}").format(quantity=quantity))
    if k is not None:
        if quantity != "gradient":
            raise NetworkError(_("a weight has a gradient, no {quantity}").format(quantity=quantity))
        network.index_of(layer, j, k)
