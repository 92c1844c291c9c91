"""The one place where 0-based indices of the code become the 1-based ones that people read, and back."""

from __future__ import annotations


def shown(index: int) -> int:
    """A layer, neuron or example as people count it."""
    return index + 1


def counted(number: int) -> int:
    """What a person typed, as the code counts it."""
    return number - 1


def pair(j: int, k: int) -> str:
    """Subscript of a weight: `12`, or `1,12` where an index has more than one digit."""
    left, right = shown(j), shown(k)
    return f"{left}{right}" if left < 10 and right < 10 else f"{left},{right}"
