"""A sentence and what it claims: something that can be evaluated, by whoever computes the network's numbers anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from tuibp.core.notation import percent, short
from tuibp.locale import _

Number = Any
"""A real number of any precision."""


class Truth(Protocol):
    """A network and an example, as somebody else computes them. Indices are 0-based; k None is a bias."""

    def z(self, layer: int) -> Number:
        """z^l, (n_l,)."""

    def a(self, layer: int) -> Number:
        """a^l, (n_l,); layer 0 is x."""

    def y(self) -> Number:
        """The target, (n_L,)."""

    def delta(self, layer: int) -> Number:
        """∂C/∂z^l, (n_l,)."""

    def noise(self, layer: int) -> Number:
        """What of δ^l doubles cannot tell from 0, (n_l,)."""

    def noise_of_a(self, layer: int) -> Number:
        """The same of a^l."""

    def noise_of_z(self, layer: int) -> Number:
        """The same of z^l."""

    def terms(self, layer: int, j: int) -> Number:
        """w_jk a_k for each k and then b_j, (n_{l-1} + 1,)."""

    def blame(self, layer: int, j: int) -> Number:
        """w^{l+1}_kj δ^{l+1}_k for each k; where softmax couples the layer ∂C/∂a_k ∂a_k/∂z_j."""

    def slope_share(self, layer: int, j: int) -> Number:
        """f'(z) over the largest f' there is."""

    def at_corner(self, layer: int, j: int) -> bool:
        """Whether z is 0, as far as doubles can tell, and f has two slopes there."""

    def lowers(self, layer: int, j: int, sign: float, k: int | None = None) -> bool:
        """Whether C falls as z^l_j (so also b^l_j), or w^l_jk, is moved a little up (sign 1) or down (−1)."""

    def cost(self) -> Number:
        """C."""

    def moved(self, layer: int, j: int, k: int | None, by: float) -> Number:
        """ΔC of adding `by` to w^l_jk, or to b^l_j where k is None: exact, not to first order."""

    def moved_activation(self, layer: int, j: int, by: float) -> Number:
        """Δa^l_j of adding `by` to z^l_j."""

    def overflows(self) -> bool:
        """Whether a number of this pass is beyond what a double holds."""


Claim = Callable[[Truth], bool]


@dataclass(frozen=True)
class Sentence:
    """What is said, in markup, and whether it is so."""

    text: str
    claim: Claim


def about(true: Number, spoken: float, within: float = 0.07) -> bool:
    """Whether a number that was rounded to two digits is the true one; what is below 1e-300 counts as 0."""
    return bool(abs(true - spoken) <= within * max(abs(true), abs(spoken)) + 1e-290)


def times_said(ratio: float) -> str:
    """`25`, `82,000`: a ratio in two digits that count."""
    return f"{float(f'{ratio:.2g}'):,.0f}" if 10 <= ratio < 1e6 else short(ratio)


def part_said(share: float) -> str:
    """A part of something, within a sentence."""
    return _("a hundredth") if share == 0.01 else percent(share)


def both(*claims: Claim) -> Claim:
    """All of the claims."""
    return lambda t: all(claim(t) for claim in claims)
