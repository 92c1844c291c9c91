"""The question for one number: its equation with all numbers but the last."""

from __future__ import annotations

import math

from tuibp.core.explanation import QUANTITIES, Explanation, explain
from tuibp.core.network import NetworkError
from tuibp.core.notation import short
from tuibp.core.questions.case import Ask, Case
from tuibp.core.questions.question import Number, Question
from tuibp.core.steps import Computed, Quantity
from tuibp.core.terms import Factor
from tuibp.locale import _

DIGITS = 4
FEW = 3
"""Terms that are written out; a longer sum is named."""


def value(ask: Ask, case: Case) -> Question:
    layer, j = ask.at
    quantity = next((known for known in QUANTITIES if known == ask.of), None)
    if quantity is None:
        raise NetworkError(_("there are {known} to ask for").format(known=", ".join(QUANTITIES)))
    found = explain(case.network, case.example, quantity, layer, j, ask.weight, case.given)
    return Question(
        _("{equation} = ?").format(equation=f"{found.name} = {formula(case, found)}"),
        found.result,
        f"{found.name} = {short(found.result, DIGITS)}",
        found.meaning,
        told_by=Number(_computed(quantity, ask.weight), layer, j, ask.weight),
    )


def _computed(quantity: Quantity, weight: int | None) -> Computed:
    if quantity == "gradient":
        return "grad_b" if weight is None else "grad_w"
    return quantity


def formula(case: Case, found: Explanation) -> str:
    """The right side with its numbers: `0.4 · 0.5933 + 0.6`, `σ(1.106)`, `(0.7514 − 0.01) · 0.1868`."""
    if found.quantity == "a" and found.layer and not case.network.couples(found.layer):
        function = case.network.function(found.layer, found.j).symbol
        return f"{function}({short(float(case.given.z(found.layer)[found.j]), DIGITS)})"
    if found.cancelled:
        a, y = float(case.given.output[found.j]), float(case.example.y[found.j])
        return f"{short(a, DIGITS)} − {_in_product(y)}"
    if len(found.terms) > FEW:
        return _("a sum of {n} terms").format(n=len(found.terms))
    inner = _sum([_product(term.factors) for term in found.terms])
    if not found.times:
        return inner
    many = len(found.terms) > 1
    return " · ".join([f"({inner})" if many else inner, _product(found.times)])


def _product(factors: tuple[Factor, ...]) -> str:
    """A single factor that is subtracted keeps its sign in front."""
    if len(factors) == 1:
        alone = factors[0].value
        return "−0" if alone == 0 and math.copysign(1.0, alone) < 0 else short(alone, DIGITS)
    return " · ".join(_in_product(f.value) for f in factors)


def _sum(products: list[str]) -> str:
    """`a + b`, and `a − b` where b stands with its sign in front."""
    text = products[0]
    for product in products[1:]:
        text += f" − {product[1:]}" if product.startswith("−") else f" + {product}"
    return text


def _in_product(number: float) -> str:
    text = short(number, DIGITS)
    return f"({text})" if number < 0 else text
