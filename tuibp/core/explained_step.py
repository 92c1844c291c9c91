"""What a whole step does, for one layer or for all: its equation, what it reads, and one sentence."""

from __future__ import annotations

from dataclasses import dataclass

from tuibp.core.activations import ACTIVATIONS
from tuibp.core.five_steps import StepName, order
from tuibp.core.network import Network, NetworkError
from tuibp.core.notation import of_layer
from tuibp.locale import _


@dataclass(frozen=True)
class StepExplanation:
    """A step for one layer (0-based), or for all its layers where `layer` is None. Texts are markup."""

    step: StepName
    layer: int | None
    equation: str
    """FF, BP1, BP2 or BP4 (the gradient step, which is BP3 as well); x for the input."""
    general: tuple[str, ...]
    """The equations for a layer, one a line."""
    meaning: str
    reads: tuple[str, ...]
    """The arrays that it reads: ("δ^3", "w^3", "z^2"); for all layers by their letters."""


def explain_step(network: Network, step: StepName, layer: int | None) -> StepExplanation:
    """Raises NetworkError where the step does not touch the layer (`backpropagate` with None is always allowed)."""
    if layer is not None and (step, layer) not in order(network.layer_count):
        raise NetworkError(f"step {step} does not touch layer {layer + 1}")
    return StepExplanation(
        step,
        layer,
        _EQUATION[step],
        _general(network, step, layer),
        _meaning(network, step),
        _reads(network, step, layer),
    )


_EQUATION: dict[StepName, str] = {
    "input": "x",
    "feedforward": "FF",
    "output_error": "BP1",
    "backpropagate": "BP2",
    "gradient": "BP4",
}


def _general(network: Network, step: StepName, layer: int | None) -> tuple[str, ...]:
    f = _symbol(network, layer)
    if step == "input":
        return ("a^1 = x",)
    if step == "feedforward":
        return ("z^l = w^l a^{l-1} + b^l", f"a^l = {f}(z^l)")
    if step == "output_error":
        f = _symbol(network, network.last)
        return ("δ^L_j = Σ_k ∂C/∂a^L_k · ∂a^L_k/∂z^L_j",) if f == "softmax" else (f"δ^L = ∇_a C ⊙ {f}'(z^L)",)
    if step == "backpropagate":
        return (f"δ^l = ((w^{{l+1}})^T δ^{{l+1}}) ⊙ {f}'(z^l)",)
    return ("∂C/∂b^l_j = δ^l_j", "∂C/∂w^l_jk = a^{l-1}_k δ^l_j")


def _symbol(network: Network, layer: int | None) -> str:
    """The function's symbol where all neurons in question share it, otherwise f."""
    layers = range(1, network.layer_count) if layer is None else (layer,)
    names = {network.activations[at - 1] for at in layers if at} | {
        m.activation for m in network.modified if m.layer in layers
    }
    return ACTIVATIONS[names.pop()].symbol if len(names) == 1 else "f"


def _meaning(network: Network, step: StepName) -> str:
    if step == "input":
        return _("The example becomes the activations of layer 1.")
    if step == "feedforward":
        return _("Each neuron weighs what the layer before says, adds its bias and squashes the sum.")
    if step == "output_error":
        return _("How C would change with each output’s weighted input.")
    if step == "backpropagate":
        if network.layer_count == 2:
            return _("There is no hidden layer: nothing to send back.")
        return _("The errors go back over the same weights, read as columns.")
    return _("Each weight’s gradient is what came in times the error behind it; a bias’s is the error itself.")


def _reads(network: Network, step: StepName, layer: int | None) -> tuple[str, ...]:
    if step == "input":
        return ("x",)
    if layer is None:
        return {
            "feedforward": ("a", "w", "b"),
            "output_error": (of_layer("a", network.last), "y", of_layer("z", network.last)),
            "backpropagate": ("δ", "w", "z") if network.layer_count > 2 else (),
            "gradient": ("a", "δ"),
        }[step]
    return {
        "feedforward": (of_layer("a", layer - 1), of_layer("w", layer), of_layer("b", layer)),
        "output_error": (of_layer("a", layer), "y", of_layer("z", layer)),
        "backpropagate": (of_layer("δ", layer + 1), of_layer("w", layer + 1), of_layer("z", layer)),
        "gradient": (of_layer("a", layer - 1), of_layer("δ", layer)),
    }[step]
