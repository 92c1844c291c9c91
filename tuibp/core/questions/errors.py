"""Questions about errors: their signs, the largest of a layer, the layer that learns slowest."""

from __future__ import annotations

import numpy as np

from tuibp.core.index import shown
from tuibp.core.network import NetworkError
from tuibp.core.notation import of_layer, of_neuron, short
from tuibp.core.questions.case import Ask, Case
from tuibp.core.questions.question import Number, Question
from tuibp.locale import _

CLEAR = 1.02
"""The largest is asked for only where it is so many times the next: digits on a tile must tell them apart."""


def signs() -> tuple[str, str, str]:
    return _("positive"), _("negative"), _("zero")


def sign_choice(value: float) -> int:
    """Which of `signs` a number has."""
    return 0 if value > 0 else 1 if value < 0 else 2


def sign_of_delta(ask: Ask, case: Case) -> Question:
    layer, j = ask.at
    delta, name = float(case.errors(layer)[j]), of_neuron("δ", layer, j)
    chosen = sign_choice(delta)
    text = _("What sign will {delta} have?").format(delta=name)
    if layer == case.network.last:
        a, y = float(case.given.output[j]), float(case.example.y[j])
        text = _("{a} is {value}, the target is {y}. What sign will {delta} have?").format(
            a=of_neuron("a", layer, j), value=short(a), y=short(y), delta=name
        )
    return Question(
        text, chosen, f"{name} = {short(delta)}", case.meaning("delta", layer, j), signs(),
        told_by=Number("delta", layer, j),
    )  # fmt: skip


def largest_delta(ask: Ask, case: Case) -> Question:
    assert ask.layer is not None
    layer = ask.layer
    errors = np.abs(case.errors(layer))
    j = clearly_largest(errors)
    name = of_neuron("δ", layer, j)
    return Question(
        _("Which neuron of layer {layer} will have the largest |δ|?").format(layer=shown(layer)),
        j,
        _("neuron {j}: {name} = {value}").format(j=shown(j), name=name, value=short(float(case.errors(layer)[j]))),
        case.meaning("delta", layer, j),
        layer=layer,
        told_by=Number("delta", layer, len(errors) - 1),
    )


def clearly_largest(sizes: np.ndarray) -> int:
    """Index of the largest. Raises NetworkError where no number is clearly that."""
    order = np.sort(sizes)
    if not np.isfinite(sizes).all() or order[-1] == 0 or (len(order) > 1 and order[-1] < CLEAR * order[-2]):
        raise NetworkError(_("no number here is clearly the largest"))
    return int(sizes.argmax())


def slowest_layer(ask: Ask, case: Case) -> Question:  # noqa: ARG001  # as all makers
    """By ‖δ^l‖, which is the speed of its biases."""
    last = case.network.last
    norms = {layer: float(np.linalg.norm(case.errors(layer))) for layer in range(1, last + 1)}
    slowest = min(norms, key=lambda layer: norms[layer])
    offered = sorted({slowest, 1, last, (1 + last) // 2})
    while len(offered) > 3:
        offered.remove(next(layer for layer in offered[1:-1] if layer != slowest))
    fastest = max(norms, key=lambda layer: norms[layer])
    if norms[slowest] * CLEAR > min((v for layer, v in norms.items() if layer != slowest), default=0.0):
        raise NetworkError(_("no layer here is clearly the slowest"))
    return Question(
        _("Which layer will learn slowest, by the size of its errors?"),
        offered.index(slowest),
        _("layer {layer}: ‖{delta}‖ = {value}").format(
            layer=shown(slowest), delta=of_layer("δ", slowest), value=short(norms[slowest])
        ),
        _("In layer {fastest} ‖{delta}‖ is {value}: a layer’s biases move by η times its δ.").format(
            fastest=shown(fastest), delta=of_layer("δ", fastest), value=short(norms[fastest])
        ),
        tuple(_("layer {layer}").format(layer=shown(layer)) for layer in offered),
        told_by=Number("delta", 1, case.network.sizes[1] - 1),
        of_network=True,
    )
