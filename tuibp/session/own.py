"""An example of one's own: an input that is in no data set, and what is wanted for it once somebody said so."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tuibp.core.costs import requires_probabilities
from tuibp.core.example import Example
from tuibp.core.network import Network
from tuibp.files.errors import BadInput
from tuibp.locale import _


@dataclass(frozen=True)
class Own:
    """Plain numbers, so that two of them are equal where their numbers are."""

    x: tuple[float, ...]
    y: tuple[float, ...] | None = None
    """None as long as nobody said what is wanted: then there is no cost, and steps 3 to 5 have nothing to go on."""

    def example(self, outputs: int) -> Example:
        """As the five steps walk it; what nobody said is no number."""
        return Example.of(self.x, np.full(outputs, np.nan) if self.y is None else self.y)


def checked(own: Own, network: Network) -> Own:
    """The same. Raises BadInput where it does not fit the network, or its cost."""
    for values, size, what in (
        (own.x, network.sizes[0], _("inputs")),
        (own.y, network.sizes[-1], _("outputs")),
    ):
        if values is None:
            continue
        if len(values) != size:
            raise BadInput(_("The network has {size:,} {what}, not {n:,}.").format(size=size, what=what, n=len(values)))
        if not np.isfinite(values).all():
            raise BadInput(_("An example is made of finite numbers."))
    if own.y is not None and requires_probabilities(network.cost) and not all(0.0 <= v <= 1.0 for v in own.y):
        raise BadInput(_("The cost {cost} takes targets from 0 to 1.").format(cost=network.cost.replace("_", "-")))
    return own
