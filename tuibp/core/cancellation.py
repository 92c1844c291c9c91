"""What a cost, a softmax or a neuron's own function changes in the equations: one note, with numbers."""

from __future__ import annotations

from tuibp.core.activations import ACTIVATIONS
from tuibp.core.example import Example
from tuibp.core.five_steps import Pass
from tuibp.core.network import Network
from tuibp.core.notation import of_neuron, short, symbol, target
from tuibp.core.terms import Derivation, prime_of
from tuibp.locale import _


def note_on_activation(network: Network, layer: int, j: int) -> str:
    """For a^l_j."""
    if network.couples(layer):
        return _("softmax couples the layer: its outputs share one whole and add up to 1.")
    return note_on_modified(network, layer, j)


def note_on_error(network: Network, example: Example, given: Pass, layer: int, j: int) -> str:
    """For δ^l_j."""
    if network.couples(layer):
        return _on_softmax(network, example, given, layer, j)
    if layer == network.last and network.cost != "quadratic":
        return _where_the_slope_went(network, example, given, j)
    return note_on_modified(network, layer, j)


def cancelled(network: Network, example: Example, derivation: Derivation, j: int) -> str:
    """`a^L_j − y_j`, where BP1 comes to that and does not say so already; otherwise empty."""
    if derivation.equation != "BP1":
        return ""
    layer = network.last
    if network.couples(layer):
        collapses = network.cost == "log_likelihood" and abs(float(example.y.sum()) - 1.0) < 1e-12
    else:
        collapses = network.cost == "cross_entropy" and bool(derivation.times)
    return f"{of_neuron('a', layer, j)} − {target(j)}" if collapses else ""


def note_on_modified(network: Network, layer: int, j: int) -> str:
    """That a neuron has a function of its own; empty where it has not."""
    if all(m.neuron != j for m in network.modified_in(layer)):
        return ""
    return _("This neuron has a function of its own: {own} where its layer has {others}.").format(
        own=symbol(network, layer, j), others=ACTIVATIONS[network.activations[layer - 1]].symbol
    )


def _where_the_slope_went(network: Network, example: Example, given: Pass, j: int) -> str:
    """Sigmoid with a cost of probabilities: σ' cancels."""
    layer = network.last
    a, y, delta = of_neuron("a", layer, j), target(j), of_neuron("δ", layer, j)
    numbers = {
        "a": a,
        "y": y,
        "delta": delta,
        "prime": short(prime_of(network, given, layer, j).value),
        "value": short(float(given.delta(layer)[j])),
        "a_value": short(float(given.a(layer)[j])),
        "y_value": short(float(example.y[j])),
    }
    if network.cost == "cross_entropy":
        return _(
            "{a} (1 − {a}) is σ′ itself, {prime}: cross-entropy and σ′ cancel, and {delta} = {a} − {y} "
            "= {a_value} − {y_value} = {value}, saturated or not."
        ).format(**numbers)
    return _(
        "σ′ is {a} (1 − {a}), so that {a} cancels: {delta} = −{y} (1 − {a}) = {value}. σ′ itself is {prime}."
    ).format(**numbers)


def _on_softmax(network: Network, example: Example, given: Pass, layer: int, j: int) -> str:
    a, z, y, delta = of_neuron("a", layer, j), of_neuron("z", layer, j), target(j), of_neuron("δ", layer, j)
    if layer < network.last or network.cost != "log_likelihood":
        return _(
            "Every output of softmax depends on {z}, so the sum goes over all of them: the full Jacobian, not ⊙."
        ).format(z=z)
    values = {"a": short(float(given.a(layer)[j])), "y": short(float(example.y[j]))}
    result = short(float(given.delta(layer)[j]))
    whole = float(example.y.sum())
    if abs(whole - 1.0) < 1e-12:
        return _(
            "Every output depends on {z}, yet with log-likelihood the sum collapses: {delta} = {a} − {y} "
            "= {values[a]} − {values[y]} = {result}."
        ).format(z=z, delta=delta, a=a, y=y, values=values, result=result)
    return _(
        "Every output depends on {z}, yet with log-likelihood the sum collapses: {delta} = {a} Σ_k y_k − {y} "
        "= {values[a]} · {whole} − {values[y]} = {result}."
    ).format(z=z, delta=delta, a=a, y=y, values=values, whole=short(whole), result=result)
