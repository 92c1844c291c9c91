"""What a network says of an example, in the words of its data, and what is right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tuibp.core.datasets import DataSet, decided
from tuibp.core.network import Array


@dataclass(frozen=True)
class Verdict:
    """The class that the outputs speak for and the class that is wanted, each by its name."""

    says: str
    right: str
    """Empty where nobody said what is right."""
    is_right: bool
    a_says: float
    """The activation of the output that speaks for what is said; of a single output its own."""
    a_right: float
    """nan where nobody said what is right."""
    single: bool
    """One output says yes or no: both numbers are the same."""


def verdict(a: Array, data: DataSet, wanted: int | None) -> Verdict | None:
    """What outputs a (n_L,) say where the class `wanted` is right, or None of which that is known; None where a is not
    finite or there are no two classes."""
    labels = data.labels
    if labels is None or not np.isfinite(a).all() or (labels == labels[0]).all():
        return None
    said, single = int(decided(a[None], data.middle)[0]), a.size == 1
    a_says = float(a[0 if single else said])
    if wanted is None:
        return Verdict(class_name(data, said), "", False, a_says, np.nan, single)
    numbers = a_says, float(a[0 if single else wanted])
    return Verdict(class_name(data, said), class_name(data, wanted), said == wanted, *numbers, single)


def class_name(data: DataSet, label: int) -> str:
    """A class by its name; without names an output by its number, and a single output's 0 or 1 as it stands."""
    names = data.class_names
    return names[label] if names else str(label if data.y.shape[1] == 1 else label + 1)
