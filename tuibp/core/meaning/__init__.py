"""One plain sentence about a number in its network, chosen by the numbers; it may hold markup (`z^2_1`).

Each kind of number has a table of rules. A rule looks at the number and its surroundings and speaks or passes; the
first that speaks is heard, so special cases stand above general ones, and the last of a table always speaks. What a
rule says it claims: with each sentence goes a function that tells from numbers computed anew whether it is so.
"""

from __future__ import annotations

import numpy as np

from tuibp.core.meaning.activation import ACTIVATION
from tuibp.core.meaning.bias_gradient import BIAS_GRADIENT
from tuibp.core.meaning.claim import Sentence
from tuibp.core.meaning.hidden_error import HIDDEN_ERROR
from tuibp.core.meaning.input import INPUT
from tuibp.core.meaning.output_error import OUTPUT_ERROR
from tuibp.core.meaning.rule import Rule, first
from tuibp.core.meaning.sight import Sight
from tuibp.core.meaning.weight_gradient import WEIGHT_GRADIENT
from tuibp.core.meaning.weighted_input import WEIGHTED_INPUT

TABLES: dict[str, tuple[Rule, ...]] = {
    "input": INPUT,
    "z": WEIGHTED_INPUT,
    "a": ACTIVATION,
    "output_error": OUTPUT_ERROR,
    "hidden_error": HIDDEN_ERROR,
    "weight_gradient": WEIGHT_GRADIENT,
    "bias_gradient": BIAS_GRADIENT,
}


def meaning(sight: Sight, quantity: str) -> str:
    """The sentence for z, a, delta or gradient."""
    return spoken(sight, quantity).text


def spoken(sight: Sight, quantity: str) -> Sentence:
    """The same with what it claims."""
    with np.errstate(all="ignore"):
        return first(TABLES[kind_of(sight, quantity)], sight)


def kind_of(sight: Sight, quantity: str) -> str:
    """Which table speaks."""
    if quantity == "a" and sight.layer == 0:
        return "input"
    if quantity == "delta":
        return "output_error" if sight.is_output else "hidden_error"
    if quantity == "gradient":
        return "bias_gradient" if sight.k is None else "weight_gradient"
    return quantity
