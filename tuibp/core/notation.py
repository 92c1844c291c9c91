"""How quantities are named and numbers written in explanations: plain-text markup, 1-based, as in the book.

`^x`, `^12` or `^{l+1}` is an index above, `_jk`, `_13,k` or `_{...}` one below (no comma ends it), `'` a derivative.
A sentence may hold such names; an apostrophe in it is ’.
"""

from __future__ import annotations

import math

from tuibp.core.index import pair, shown
from tuibp.core.network import Network


def of_neuron(letter: str, layer: int, j: int) -> str:
    """`z^2_1`, `δ^3_12`: one neuron's number, from 0-based indices."""
    return f"{of_layer(letter, layer)}_{shown(j)}"


def of_layer(letter: str, layer: int) -> str:
    """`δ^3`, `w^3`: a whole layer's numbers."""
    return f"{letter}^{shown(layer)}"


def weight(layer: int, j: int, k: int) -> str:
    """`w^3_11`, `w^2_13,7`."""
    return f"w^{shown(layer)}_{pair(j, k)}"


def of_parameter(layer: int, j: int, k: int | None) -> str:
    """`w^3_11`, or `b^3_1` where k is None."""
    return f"b^{shown(layer)}_{shown(j)}" if k is None else weight(layer, j, k)


def weights_into(layer: int, j: int, running: str = "k") -> str:
    """`w^2_1k`, `w^2_13,k`: the row of weights into neuron j, with a letter for the neuron they come from."""
    return f"w^{shown(layer)}_{shown(j)}{'' if shown(j) < 10 else ','}{running}"


def weights_out_of(layer: int, j: int, running: str = "k") -> str:
    """`w^3_k1`, `w^3_k,13`: the column of weights from neuron j of the layer before into `layer`."""
    return f"w^{shown(layer)}_{running}{'' if shown(j) < 10 else ','}{shown(j)}"


def target(j: int) -> str:
    return f"y_{shown(j)}"


def symbol(network: Network, layer: int, j: int) -> str:
    """The neuron's own function, as written: σ, tanh, relu …"""
    return network.function(layer, j).symbol


def short(value: float, digits: int = 2) -> str:
    """A number inside a sentence: the digits that count, a true minus, no exponent where it can be avoided.

    An exact 0.5 is 0.5, while 0.4999 is 0.50.
    """
    if math.isnan(value):
        return "nan"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if value == 0:
        return "0"
    size = abs(value)
    if size >= 1e5 or size < 1e-4:
        mantissa, exponent = f"{size:.{digits - 1}e}".split("e")
        text = f"{mantissa.removesuffix('.0')}e{exponent[0].strip('+')}{int(exponent[1:])}"
    else:
        decimals = digits - 1 - math.floor(math.log10(size)) if size < 1 else 2 if size < 100 else 0
        text = f"{size:.{decimals}f}"
        bare = text.rstrip("0").rstrip(".") if "." in text else text
        text = bare if float(bare) == size else text
    return ("−" if value < 0 else "") + text.replace("-", "−")


def percent(share: float) -> str:
    """A share as `67 %`; below one per cent with a digit more."""
    hundredths = 100.0 * share
    return f"{short(round(hundredths, 1) if abs(hundredths) < 1 else float(round(hundredths)))} %"
