"""Words that are names inside and are read by people too: their translations are asked for by the name itself."""

from __future__ import annotations

from tuibp.locale import N_, _

WORDS = (
    N_("quadratic"), N_("cross-entropy"), N_("log-likelihood"),
    N_("phase"), N_("layer"), N_("neuron"), N_("term"),
    N_("image"), N_("box"), N_("double"), N_("single"), N_("speck"),
    N_("was"), N_("is"), N_("forward"), N_("central"), N_("complex"),
)  # fmt: skip
"""Costs, step sizes, tiles, rows of an update, differences."""


def cost_name(cost: str) -> str:
    """What a cost is called: `cross-entropy`."""
    name = cost.replace("_", "-")
    return _(name)
