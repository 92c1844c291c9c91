"""A target with lines that change what it opens: `xor + [training] eta = 1.0`; see `changed`."""

from __future__ import annotations

PLUS = " + ["
"""Stands between a target and the lines."""


def with_lines(target: str, lines: str) -> str:
    """The target that opens it with these lines (`Cure.change`) as well; of a key that stands twice the last holds."""
    return f"{target}; {lines}" if PLUS in target else f"{target} + {lines}"


def with_options(target: str, activations: str | None, cost: str | None, data: str | None) -> str:
    """The target with what the command line says of its network and data: `tanh,softmax`, `log_likelihood`, a file."""
    import json  # most command lines say nothing of the kind

    network: dict[str, str | list[str]] = {}
    if activations is not None:
        names = [name.strip() for name in activations.split(",")]
        network["activations"] = names[0] if len(names) == 1 else names
    if cost is not None:
        network["cost"] = cost.strip()
    for table, values in (("network", network), ("data", {} if data is None else {"file": data})):
        if values:  # JSON's texts and lists are TOML's as well; a semicolon would end the line
            lines = (f"{key} = {json.dumps(value)}".replace(";", "\\u003b") for key, value in values.items())
            target = with_lines(target, f"[{table}] {'; '.join(lines)}")
    return target
