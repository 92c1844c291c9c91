"""∂C/∂a of one neuron: the error before the slope, which others call δ."""

from __future__ import annotations

import math

from tuibp.core.example import Example
from tuibp.core.explanation import Explanation
from tuibp.core.five_steps import Pass
from tuibp.core.network import Network
from tuibp.core.notation import of_neuron, short, weight, weights_out_of
from tuibp.core.output_terms import output_terms
from tuibp.core.rate_factors import cost_rates
from tuibp.core.terms import Factor, Term, prime_of, product, total
from tuibp.locale import _

Form = tuple[tuple[Term, ...], tuple[Factor, ...], str, str]
"""Terms, what their sum is multiplied by, the right side for a layer, and for the neuron."""


def rate_of_activation(network: Network, example: Example, given: Pass, layer: int, j: int) -> Explanation:
    """∂C/∂a^l_j: of a hidden neuron the sum of BP2 without the slope, of an output what the cost says. 0-based."""
    name = f"∂C/∂{of_neuron('a', layer, j)}"
    terms, times, general, right = (
        _of_output(network, example, given, j) if layer == network.last else _of_hidden(network, given, layer, j)
    )
    result = math.prod([total(terms), *(factor.value for factor in times)])
    return Explanation(
        "delta", layer, j, None, "∂a", general, f"{name} = {right}", terms, times, total(terms), result,
        _whose_error(network, given, layer, j, result), "",
    )  # fmt: skip


def _of_hidden(network: Network, given: Pass, layer: int, j: int) -> Form:
    after = layer + 1
    columns = zip(network.w(after)[:, j].tolist(), given.delta(after).tolist(), strict=True)
    terms = tuple(
        product(Factor(weight(after, k, j), w), Factor(of_neuron("δ", after, k), delta))
        for k, (w, delta) in enumerate(columns)
    )
    right = f"Σ_k {weights_out_of(after, j)} δ^{after + 1}_k"
    return terms, (), "∂C/∂a^l = (w^{l+1})^T δ^{l+1}", right


def _of_output(network: Network, example: Example, given: Pass, j: int) -> Form:
    """BP1 without its slope; of a softmax, and far out, where that cannot be taken away, the cost's own rate."""
    layer, general = network.last, "∂C/∂a^L = ∇_a C"
    if not network.couples(layer):
        made, prime = output_terms(network, example, given, j), prime_of(network, given, layer, j)
        left = tuple(factor for factor in made.times if factor != prime)
        if len(left) < len(made.times):
            return made.terms, left, general, made.indexed.split(" = ", 1)[1].removesuffix(f" · {prime.name}")
    rate = float(cost_rates(network, given.z(layer), given.a(layer), example.y)[j])
    name = f"∂C/∂{of_neuron('a', layer, j)}"
    return (
        (product(Factor(name, rate)),),
        (),
        general,
        _FORMULAS[network.cost].format(a=of_neuron("a", layer, j), y=f"y_{j + 1}"),
    )


_FORMULAS = {
    "quadratic": "{a} − {y}",
    "cross_entropy": "({a} − {y}) / ({a} (1 − {a}))",
    "log_likelihood": "−{y} / {a}",
}


def _whose_error(network: Network, given: Pass, layer: int, j: int, rate: float) -> str:
    """Who calls this δ, and what δ is here."""
    delta, z = of_neuron("δ", layer, j), of_neuron("z", layer, j)
    if network.couples(layer):
        return _(
            "Frameworks hand this back to a layer as the gradient of its output, and some texts call it δ. Here "
            "{delta} is ∂C/∂{z}, in which softmax brings together the rates of its whole layer."
        ).format(delta=delta, z=z)
    prime = prime_of(network, given, layer, j)
    if not math.isfinite(rate) or not math.isclose(rate * prime.value, given.delta(layer)[j], rel_tol=1e-6):
        return _("Frameworks hand this back to a layer as the gradient of its output, and some texts call it δ.")
    return _(
        "Frameworks hand this back to a layer as the gradient of its output, and some texts call it δ. Here {delta} is "
        "∂C/∂{z}: this times the slope {slope} = {value}."
    ).format(delta=delta, z=z, slope=prime.name, value=short(prime.value))
