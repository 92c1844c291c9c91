"""The text of a preset that names a file of data."""

from __future__ import annotations


def naming(
    file: str,
    sizes: object,
    more: str = "",
    cost: str = "quadratic",
    activation: str = "sigmoid",
    scheme: str = "zeros",
) -> str:
    """A network of one activation; `more` are further lines under [data]."""
    return f"""
[network]
sizes = {sizes}
activations = "{activation}"
cost = "{cost}"
init = {{ scheme = "{scheme}", seed = 1 }}
[data]
file = "{file}"
{more}
"""
