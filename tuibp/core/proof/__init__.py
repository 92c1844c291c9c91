"""The proofs of BP1 to BP4 (36)–(45), line by line, on one number of one network."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tuibp.core.example import Example
from tuibp.core.network import Network, NetworkError
from tuibp.core.notation import of_neuron, weight
from tuibp.core.proof.gradient import proof_of_gradient
from tuibp.core.proof.hidden_error import proof_of_hidden_error
from tuibp.core.proof.line import AGREE, Equation, FactorColumn, Highlight, Proof, ProofLine
from tuibp.core.proof.measured import measured
from tuibp.core.proof.output_error import proof_of_output_error
from tuibp.locale import _

__all__ = ["AGREE", "Equation", "FactorColumn", "Highlight", "Proof", "ProofLine", "equation_of_error", "prove"]

MOST_ON_A_LINE = 4_000_000
"""Numbers that one line may speak of: (44) of two layers of 2,000 neurons."""


def equation_of_error(network: Network, layer: int) -> Equation:
    """Which equation says the errors of a layer."""
    return "BP1" if layer == network.last else "BP2"


def prove(
    network: Network,
    example: Example,
    equation: Equation,
    layer: int,
    j: int,
    k: int | None = None,
    told: Callable[[float], object] = float,
) -> Proof:
    """Prove `equation` for δ^l_j (BP1, BP2), ∂C/∂b^l_j (BP3) or ∂C/∂w^l_jk (BP4); indices 0-based.

    The left sides are measured by complex steps, the right sides made of the lines' own symbols; all in long doubles,
    told as doubles. `told` gets the share that is done, 0 to 1, and ends the work by raising. Raises NetworkError where
    the network has no such number.
    """
    _require(network, equation, layer, j, k)
    with np.errstate(all="ignore"):
        m = measured(network, example, told)
        if equation == "BP1":
            about, step, lines = of_neuron("δ", layer, j), 2, proof_of_output_error(m, j)
        elif equation == "BP2":
            about, step, lines = of_neuron("δ", layer, j), 3, proof_of_hidden_error(m, layer, j)
        else:
            name = of_neuron("b", layer, j) if k is None else weight(layer, j, k)
            about, step, lines = f"∂C/∂{name}", 4, proof_of_gradient(m, layer, j, k)
    return Proof(equation, layer, j, k, about, step, lines)


def _require(network: Network, equation: Equation, layer: int, j: int, k: int | None) -> None:
    if (k is None) == (equation == "BP4"):
        reason = _("{equation} is about a weight") if equation == "BP4" else _("{equation} is about a neuron")
        raise NetworkError(reason.format(equation=equation))
    network.index_of(layer, j, k)
    if equation == "BP1" and layer != network.last:
        raise NetworkError(
            _("BP1 is about the output layer, {count}, not layer {layer}").format(
                count=network.layer_count, layer=layer + 1
            )
        )
    if equation == "BP2" and layer == network.last:
        raise NetworkError(
            _("BP2 is about hidden layers; layer {layer} is the output, and BP1 says its error").format(layer=layer + 1)
        )
    if equation == "BP2" and network.w(layer + 1).size > MOST_ON_A_LINE:
        raise NetworkError(
            _("(44) would have {n:,} terms here: a proof takes at most {most:,}").format(
                n=network.w(layer + 1).size, most=MOST_ON_A_LINE
            )
        )
