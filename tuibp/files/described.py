"""What a reader makes of a network file: the tables of a preset, and what it had to take for granted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from tuibp.locale import _

ASSUMED = {"activations": "sigmoid", "cost": "quadratic"}
"""Where a file of others says nothing."""
EXAMPLES = "examples"
"""Is assumed as well: where a file holds none, some are made up."""


class Described(NamedTuple):
    tables: dict[str, Any]
    notes: tuple[str, ...] = ()
    """A sentence each."""


def missing(tables: Mapping[str, Any]) -> tuple[str, ...]:
    """The keys of ASSUMED that a description does not give, and EXAMPLES where it has no data."""
    network = tables.get("network")
    if not isinstance(network, Mapping):
        return ()
    return (*(key for key in ASSUMED if key not in network), *(() if "data" in tables else (EXAMPLES,)))


def assumption(file: str, keys: tuple[str, ...]) -> tuple[str, ...]:
    """What is said of that, a sentence each."""
    said = {
        ("activations",): _("{file} names no activations: sigmoid is assumed (--activations)."),
        ("cost",): _("{file} names no cost: quadratic is assumed (--cost)."),
        ("activations", "cost"): _(
            "{file} names no activations, no cost: sigmoid, quadratic are assumed (--activations, --cost)."
        ),
        (EXAMPLES,): _("It holds no examples: they are made up (--data)."),
    }
    of_network = tuple(key for key in keys if key != EXAMPLES)
    groups = (of_network, keys[len(of_network) :])
    return tuple(said[group].format(file=file) for group in groups if group)
