"""What a whole step does, for one layer or for all: its equation, what it reads, and one sentence."""

from __future__ import annotations

from dataclasses import dataclass

from tuibp.core.activations import ACTIVATIONS
from tuibp.core.example import Example
from tuibp.core.five_steps import Pass, order, walk
from tuibp.core.meaning.layer import LayerSight
from tuibp.core.meaning.step import meaning_of_step
from tuibp.core.network import Network, NetworkError
from tuibp.core.notation import of_layer
from tuibp.core.steps import KINDS, StepName
from tuibp.locale import _


@dataclass(frozen=True)
class StepExplanation:
    """A step for one layer (0-based), or for all its layers where `layer` is None. Texts are markup."""

    step: StepName
    layer: int | None
    equation: str
    """FF, BP1, BP2 or BP4 (the gradient step, which is BP3 as well); x for the input."""
    general: str
    meaning: str
    """One sentence, by the numbers where an example was given."""
    reads: tuple[str, ...]
    """The arrays that it reads: ("δ^3", "w^3", "z^2"); for all layers by their letters."""


def explain_step(
    network: Network,
    step: StepName,
    layer: int | None = None,
    example: Example | None = None,
    given: Pass | None = None,
) -> StepExplanation:
    """Explain a layer-level step, or a whole phase where layer is None.

    With an example the meaning goes by its numbers (`given` saves the walk); without, it says what the step does.
    Raises NetworkError where the step does not touch the layer.
    """
    layers = [at for name, at in order(network.layer_count) if name == step]
    if layer is not None and layer not in layers:
        raise NetworkError(_("step {step} does not touch layer {layer}").format(step=step, layer=layer + 1))
    if example is None or not layers:
        meaning = _what_it_does(network, step)
    else:
        known = walk(network, example) if given is None else given
        meaning = meaning_of_step(LayerSight(network, example, known, layers[-1] if layer is None else layer), step)
    return StepExplanation(
        step, layer, KINDS[step].equation, _general(network, step, layer), meaning, _reads(network, step, layer)
    )


def _general(network: Network, step: StepName, layer: int | None) -> str:
    if step == "input":
        return "a^1 = x"
    if step == "feedforward":
        return f"a^l = {_symbol(network, step, layer)}(w^l a^{{l-1}} + b^l)"
    if step == "output_error":
        f = _symbol(network, step, network.last)
        return "δ^L_j = Σ_k ∂C/∂a^L_k · ∂a^L_k/∂z^L_j" if f == "softmax" else f"δ^L = ∇_a C ⊙ {f}'(z^L)"
    if step == "backpropagate":
        f = _symbol(network, step, layer)
        back = "(w^{l+1})^T δ^{l+1}"
        return f"δ^l = J^T {back}" if f == "softmax" else f"δ^l = ({back}) ⊙ {f}'(z^l)"
    return "∂C/∂w^l_jk = a^{l-1}_k δ^l_j, ∂C/∂b^l_j = δ^l_j"


def _symbol(network: Network, step: StepName, layer: int | None) -> str:
    """The function's symbol where all neurons in question share it, otherwise f."""
    layers = {at for name, at in order(network.layer_count) if name == step} if layer is None else {layer}
    names = {network.activations[at - 1] for at in layers}
    names |= {m.activation for m in network.modified if m.layer in layers}
    return ACTIVATIONS[names.pop()].symbol if len(names) == 1 else "f"


def _what_it_does(network: Network, step: StepName) -> str:
    if step == "backpropagate" and network.layer_count == 2:
        return _("There is no hidden layer: nothing to send back.")
    return KINDS[step].does


def _reads(network: Network, step: StepName, layer: int | None) -> tuple[str, ...]:
    if layer is None and step == "backpropagate" and network.layer_count == 2:
        return ()
    at = network.last if step == "output_error" else layer
    named = ((name.replace("delta", "δ"), offset) for name, offset in KINDS[step].reads)
    return tuple(n if at is None or n in ("x", "y") else of_layer(n, at + offset) for n, offset in named)
