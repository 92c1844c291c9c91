"""z and a that somebody brought and that do not belong together: graders feed such caches.

Then a is not f(z), and a derivative is right if it was taken from either: f′(z), or its short form in a. Which of the
two it was is told for each layer, and everything else is compared from the caches on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import product

import numpy as np

from tuibp.core.five_steps import activate
from tuibp.core.mistakes.precision import Key, Precision, scales
from tuibp.core.mistakes.run import Run, Task
from tuibp.core.network import Array

MOST_LAYERS = 6
"""So many choices of z or a are tried layer by layer; with more, all layers alike."""


def disagreeing(task: Task, brought: Mapping[Key, Array], precision: Precision) -> tuple[int, ...]:
    """Layers (0-based) where both z and a were brought and a is not f(z)."""
    found = []
    for layer in range(1, task.network.layer_count):
        z, a = brought.get(("z", layer)), brought.get(("a", layer))
        if z is None or a is None or z.shape != a.shape or z.shape != (task.m, task.network.sizes[layer]):
            continue
        with np.errstate(all="ignore"):
            right = activate(task.network, layer, z)
        # Rounded z may move a by as much as z itself: f′ is at most 1, but for relu's like it is that.
        scale = max(1.0, float(np.abs(z).max(initial=0.0)))
        if not precision.same(a, right, scale):
            found.append(layer)
    return tuple(found)


def with_caches(task: Task, brought: Mapping[Key, Array], layers: tuple[int, ...], precision: Precision) -> Task:
    """The task that goes on from the z and a brought, each f′ from the one of the two that fits more of the rest."""
    count = task.network.layer_count
    z = tuple(brought.get(("z", layer)) if layer else None for layer in range(count))
    a = tuple(brought.get(("a", layer)) if layer else None for layer in range(count))
    given = replace(task, z=z, a=a)
    choices = product((False, True), repeat=len(layers)) if len(layers) <= MOST_LAYERS else ((False,), (True,))
    tasks = [
        replace(given, from_a=frozenset(layer for layer, of_a in zip(layers, choice, strict=False) if of_a))
        if len(choice) == len(layers)
        else replace(given, from_a=frozenset(layers if choice[0] else ()))
        for choice in choices
    ]
    return max(tasks, key=lambda candidate: _agreeing(candidate, brought, precision))


def _agreeing(task: Task, brought: Mapping[Key, Array], precision: Precision) -> int:
    """How many arrays of what comes back are as they should be."""
    run = Run(task)
    of = scales(run)
    return sum(
        precision.same(theirs, getattr(run, quantity)[layer], of[quantity, layer])
        for (quantity, layer), theirs in brought.items()
        if quantity not in ("z", "a")
    )
