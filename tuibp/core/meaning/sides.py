"""The two sides of a sum: what raises it, and what lowers it."""

from __future__ import annotations

from collections.abc import Callable

from tuibp.core.meaning.claim import Claim, Number, Truth, about
from tuibp.core.meaning.sight import Sight


def sides(s: Sight) -> tuple[float, float]:
    """The sums of its positive and of its negative terms."""
    values = [t.value for t in s.derivation.terms]
    return sum(v for v in values if v > 0), sum(v for v in values if v < 0)


def has_sides(s: Sight, terms_of: Callable[[Truth], Number], within: float) -> Claim:
    """That they are so; what is smaller than `within` of all terms together is not judged."""
    said = sides(s)

    def claim(t: Truth) -> bool:
        terms = terms_of(t)
        near, true = within * abs(terms).sum(), (terms[terms > 0].sum(), terms[terms < 0].sum())
        return all(about(got, side) or abs(got - side) <= near for got, side in zip(true, said, strict=True))

    return claim
