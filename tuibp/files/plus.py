"""A target with lines that change what it opens: `xor + [training] eta = 1.0`; see `changed`."""

from __future__ import annotations

PLUS = " + ["
"""Stands between a target and the lines."""


def with_lines(target: str, lines: str) -> str:
    """The target that opens it with these lines (`Cure.change`) as well; of a key that stands twice the last holds."""
    return f"{target}; {lines}" if PLUS in target else f"{target} + {lines}"
