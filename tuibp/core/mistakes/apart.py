"""What would tell mistakes apart that make the same numbers here: the same forms are tried where one thing is other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Literal

import numpy as np

from tuibp.core.mistakes.comparison import Comparison, Named
from tuibp.core.mistakes.precision import Precision, scales
from tuibp.core.mistakes.run import DoesNotFit, Run, Task
from tuibp.core.network import Array, initialise

EXACT = Precision("float64")
Teller = Literal["example", "batch", "width", "nothing"]


@lru_cache(maxsize=64)
def teller(task: Task, verdict: Comparison) -> Teller:
    """The first of another example, a mini-batch and layers of unequal width on which the mistake that is named makes
    other numbers than all the others, in the kinds of array that were brought; `nothing` where none of them does."""
    kinds = {c.quantity for c in verdict.compared}
    for name, altered in ALTERED:
        try:
            other_task = altered(task)
            if all(_differ(other_task, verdict.mistakes[0], other, kinds) for other in verdict.indistinguishable):
                return name
        except (ValueError, IndexError):
            continue
    return "nothing"


def _example(task: Task) -> Task:
    return replace(task, x=task.x[:, ::-1] * 1.3 + 0.4, z=None, a=None, history=())


def _batch(task: Task) -> Task:
    x = np.concatenate([task.x, task.x[:1] * 0.6 - 0.3, task.x[:1] * 1.7 + 0.2])
    y = np.concatenate([task.y, task.y[-1:], task.y[:1]])
    return replace(task, x=x, y=y, z=None, a=None, history=())


def _width(task: Task) -> Task:
    """Every layer wider, and no two of them alike where they were."""
    network = task.network
    sizes = [n + 1 + layer for layer, n in enumerate(network.sizes)]
    wide = initialise(sizes, network.activations, network.cost, "gaussian", 1)
    x = np.pad(task.x, ((0, 0), (0, sizes[0] - network.sizes[0])), constant_values=0.7)
    y = np.pad(task.y, ((0, 0), (0, sizes[-1] - network.sizes[-1])))
    return replace(task, network=wide, x=x, y=y, z=None, a=None, history=())


ALTERED: tuple[tuple[Teller, Callable[[Task], Task]], ...] = (
    ("example", _example), ("batch", _batch), ("width", _width),
)  # fmt: skip


def _differ(task: Task, one: Named, other: Named, kinds: set[str]) -> bool:
    """Whether no way to make the one gives the numbers of a way to make the other."""
    scale = scales(Run(task))
    mine, theirs = list(_made(task, one, kinds)), list(_made(task, other, kinds))
    return not any(all(EXACT.same(a, b[key], scale[key]) for key, a in first.items()) for first in mine for b in theirs)


def _made(task: Task, named: Named, kinds: set[str]) -> Iterator[dict[tuple[str, int], Array]]:
    for __, way in named.mistake.variants(task):
        try:
            run = Run(task, way)
        except DoesNotFit:
            continue
        layers = range(1, task.network.layer_count)
        yield {(kind, layer): getattr(run, kind)[layer] for kind in kinds for layer in layers}
