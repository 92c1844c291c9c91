"""Which example a person means: by its number, by its label, or the next one that is read wrong."""

from __future__ import annotations

import numpy as np

from tuibp.core.datasets import decided
from tuibp.core.gradient import outputs
from tuibp.core.index import counted
from tuibp.files.columns import one_hot
from tuibp.files.errors import BadInput
from tuibp.locale import _
from tuibp.session.state import State

AHEAD = 256
"""Examples that are looked at together for the next wrong one: most networks are wrong on one of them."""


def wrong_after(state: State) -> int | None:
    """Row of the next example that is read wrong, after the present one and round the end; None where all are right."""
    data = state.preset.data
    rows = np.roll(np.arange(len(data)), -state.example - 1)
    for at in range(0, len(rows), AHEAD):
        some = rows[at : at + AHEAD]
        wrong = np.flatnonzero(
            decided(outputs(state.nudged, data.x[some]), data.middle) != decided(data.y[some], data.middle)
        )
        if wrong.size:
            return int(some[wrong[0]])
    return None


def named(state: State, text: str) -> int | None:
    """Row of the example that a person named: `12`, or `=7` for the next one labelled 7; None where there is none."""
    data, word = state.preset.data, text.strip()
    if word.startswith("="):
        names, label = data.class_names or ("0", "1"), word[1:].strip()
        if data.labels is None or label not in names:
            return None
        rows = np.flatnonzero(data.labels == names.index(label))
        after = rows[rows > state.example]
        return int(after[0] if after.size else rows[0]) if rows.size else None
    known = word.isdecimal() and len(word) <= len(str(len(data))) + 9 and 1 <= int(word) <= len(data)
    return counted(int(word)) if known else None


def numbers_in(text: str) -> tuple[float, ...] | None:
    """The numbers of `0.3 0.7` or `0.3, 0.7`; None where something else stands there."""
    words = text.replace("−", "-").replace(",", " ").replace(";", " ").split()
    try:
        return tuple(map(float, words)) or None
    except ValueError:
        return None


def is_input(text: str) -> bool:
    """Whether numbers that a person typed are an input; a single whole one is the number of an example."""
    return not text.strip().isdecimal()


def target_named(state: State, text: str) -> tuple[float, ...]:
    """What is wanted, as a label (`7` or `=7`) or as a number for each output. Raises BadInput where it is neither."""
    names, size, word = state.preset.data.class_names, state.network.sizes[-1], text.strip().removeprefix("=").strip()
    if word in names:
        return tuple(one_hot(np.array([names.index(word)]), size)[0].tolist())
    numbers = numbers_in(word)
    if numbers is None or len(numbers) != size:
        if names:
            raise BadInput(_("A target is one of {names}, or {n} numbers.").format(names=", ".join(names[:10]), n=size))
        raise BadInput(_("A target is made of {n} numbers here.").format(n=size))
    return numbers
