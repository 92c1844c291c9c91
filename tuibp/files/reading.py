"""How somebody's arrays are to be read: which layer each belongs to, whether rows or columns are neurons and examples.

Shapes decide where they can. Where they leave it open (square layers), every reading is given, the likeliest first, and
whoever compares takes the one that fits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product
from typing import Any

import numpy as np

from tuibp.core.mistakes.precision import Key, Precision, precision_of
from tuibp.core.mistakes.run import Run, Task
from tuibp.core.mistakes.steps import NAMES, Rule
from tuibp.core.network import Network, NetworkError, explicit
from tuibp.files.brought import Brought, Numbers
from tuibp.files.errors import BadInput, printable
from tuibp.locale import _

MOST_EXAMPLES = 4_096
"""In a mini-batch that is compared."""
USUAL_RATE = 0.5
MOST_HISTORY = 64
"""Updates that are made again for an optimiser that remembers; after so many its steps are not compared."""
MATRICES = ("grad_w", "new_w")


@dataclass(frozen=True, eq=False)
class Reading:
    """One way to read what was brought."""

    task: Task
    arrays: Mapping[Key, Numbers]
    precision: Precision
    transposed: bool
    """Whether their weights are (n_in, n_out)."""
    columns: bool
    """Whether their examples are columns."""


@dataclass(frozen=True)
class Fallback:
    """What the target or options say, where the file does not."""

    network: Network | None = None
    x: Numbers | None = None
    y: Numbers | None = None
    activations: str | Sequence[str] | None = None
    cost: str | None = None
    eta: float | None = None
    """None: nobody said, and USUAL_RATE stands for it."""
    l2: float = 0.0
    n: int | None = None
    orientations: tuple[bool, ...] = (False, True)
    """Whether weights may be (n_in, n_out): False, True, or both, the likelier first."""


def readings(brought: Brought, settings: Fallback) -> Iterator[Reading]:
    """Every way in which the arrays fit together. Raises BadInput where there is none."""
    reason = ""
    seen: list[Reading] = []
    for transposed, columns in product(settings.orientations, (False, True)):
        try:
            reading = _read(brought, settings, transposed, columns)
        except (NetworkError, ValueError) as problem:
            reason = reason or str(problem)
            continue
        if not any(_alike(reading, other) for other in seen):
            seen.append(reading)
            yield reading
    if not seen:
        raise BadInput(_("{file}: {reason}").format(file=brought.file, reason=reason))


def _alike(one: Reading, other: Reading) -> bool:
    """Whether two readings are the same: where shapes leave nothing open."""
    return (
        np.array_equal(one.task.network.parameters, other.task.network.parameters)
        and np.array_equal(one.task.x, other.task.x)
        and all(np.array_equal(array, other.arrays[key], equal_nan=True) for key, array in one.arrays.items())
    )


def _read(brought: Brought, settings: Fallback, transposed: bool, columns: bool) -> Reading:
    task = _task(brought, settings, transposed, columns)
    earlier = list(_earlier(brought, MOST_HISTORY if task.rule else 1))
    whole = not task.rule or brought.number == len(earlier)
    runs = [Run(_task(one, settings, transposed, columns)) for one in reversed(earlier)]
    task = replace(task, history=tuple(runs))
    network, arrays = task.network, dict[Key, Numbers]()
    for kind in ("z", "a", "delta", "grad_w", "grad_b", "new_w", "new_b")[: 7 if whole else 5]:
        for layer, array in _layers(brought, kind, network):
            arrays[kind, layer] = _shaped(array, kind, network.sizes[layer], task.m, transposed, columns)
    if not arrays:
        raise ValueError(_("holds none of z, a, delta, grad_w, grad_b, new_w, new_b to compare"))
    given = [array for kind in ("z", "a", "delta", "grad_w", "grad_b") for array in brought.arrays.get(kind, ())]
    return Reading(task, arrays, precision_of(given, brought.single), transposed, columns)


def _task(brought: Brought, settings: Fallback, transposed: bool, columns: bool) -> Task:
    network = _network(brought, settings, transposed)
    x, y = _examples(brought, settings, network, columns)
    facts = brought.facts
    eta, n = facts.get("eta", settings.eta), int(facts.get("n") or settings.n or len(x))
    return Task(
        network, x, y, float(USUAL_RATE if eta is None else eta), float(facts.get("l2", settings.l2)), max(n, 1),
        eta_known=eta is not None, rule=_rule(facts),
    )  # fmt: skip


def _rule(facts: Mapping[str, Any]) -> Rule | None:
    """The optimiser that the file names; one with momentum alone is that one."""
    name = str(facts.get("optimiser", "momentum" if facts.get("momentum") else "sgd")).lower()
    if name == "sgd" and not facts.get("momentum"):
        return None
    name = "momentum" if name == "sgd" else name
    if name not in NAMES:
        raise ValueError(_("optimiser is {name}, which is none of sgd, {names}").format(
            name=printable(name, 20), names=", ".join(NAMES)))  # fmt: skip
    constants = {key: float(facts[key]) for key in ("momentum", "rho", "beta1", "beta2", "epsilon") if key in facts}
    return Rule(name, **constants)


def _earlier(brought: Brought, most: int) -> Iterator[Brought]:
    """The recorded updates right before one another, the last first."""
    one = brought.before
    while one is not None and most:
        yield one
        one, most = one.before, most - 1


def _network(brought: Brought, settings: Fallback, transposed: bool) -> Network:
    weights = [np.atleast_2d(w) for w in brought.arrays.get("w", ())]
    if not weights:
        if settings.network is None:
            raise ValueError(_("holds no weights, and no --target gives any"))
        return settings.network
    if transposed:
        weights = [w.T for w in weights]
    for before, after in pairwise(weights):
        if after.shape[1] != before.shape[0]:
            raise ValueError(
                _("weights of shapes {shapes} do not chain").format(shapes=", ".join(str(w.shape) for w in weights))
            )
    biases = [b.reshape(-1) for b in brought.arrays.get("b", ())] or [np.zeros(len(w)) for w in weights]
    sizes = [weights[0].shape[1], *map(len, weights)]
    old = settings.network
    like = old if old is not None and list(old.sizes) == sizes else None
    activations = _names(brought, settings, "activations") or (like.activations if like else "sigmoid")
    cost = _names(brought, settings, "cost") or (like.cost if like else "quadratic")
    return explicit(weights, biases, activations, str(cost), like.modified if like else ())


def _names(brought: Brought, settings: Fallback, fact: str) -> Any:
    return brought.facts.get(fact) or getattr(settings, fact)


def _examples(brought: Brought, settings: Fallback, network: Network, columns: bool) -> tuple[Numbers, Numbers]:
    x = _rows(brought.arrays.get("x", (settings.x,))[0], network.sizes[0], columns, "x")
    y = brought.arrays.get("y", (settings.y,))[0]
    if y is not None and y.size == len(x) and network.sizes[-1] > 1 and len(x) * network.sizes[-1] != y.size:
        y = _one_hot(y.reshape(-1), network.sizes[-1])
        columns = False
    rows = _rows(y, network.sizes[-1], columns, "y")
    if len(rows) != len(x):
        raise ValueError(_("x has {m} examples, y {n}").format(m=len(x), n=len(rows)))
    if len(x) > MOST_EXAMPLES:
        raise ValueError(_("x has {m} examples; at most {most} are compared").format(m=len(x), most=MOST_EXAMPLES))
    return x, rows


def _rows(values: Numbers | None, n: int, columns: bool, name: str) -> Numbers:
    """Values as rows of n; one example may stand as a vector, a row or a column."""
    if values is None:
        raise ValueError(_("holds no {name}, and no --target gives one").format(name=name))
    if values.size == n:
        return values.reshape(1, n)
    if values.ndim == 1 and n == 1:
        return values.reshape(-1, 1)
    rows = values.T if columns else values
    if rows.ndim != 2 or rows.shape[1] != n:
        raise ValueError(_("{name} of shape {shape} does not fit {n} neurons").format(
            name=name, shape=values.shape, n=n))  # fmt: skip
    return rows


def _one_hot(labels: Numbers, n: int) -> Numbers:
    """Labels 0 … n − 1 as vectors."""
    whole = labels.astype(np.int64)
    if not (whole == labels).all() or whole.min() < 0 or whole.max() >= n:
        raise ValueError(_("y holds labels that are not 0 to {most}").format(most=n - 1))
    return np.eye(n)[whole]


def _layers(brought: Brought, kind: str, network: Network) -> Iterator[tuple[int, Numbers]]:
    """(layer, array) of a kind: by count where one a layer is there, else by the numbers in the weights' names, else
    by size."""
    arrays, numbers = brought.arrays.get(kind, ()), brought.numbers.get(kind, ())
    last = network.last
    if len(arrays) == last + 1:  # with the input's
        yield from ((layer, array) for layer, array in enumerate(arrays) if layer)
    elif len(arrays) == last:
        yield from enumerate(arrays, start=1)
    else:
        known = {number: layer for layer, number in enumerate(brought.numbers.get("w", ()), start=1)}
        for number, array in zip(numbers, arrays, strict=True):
            fitting = [known[number]] if number is not None and number in known else _by_size(array, kind, network)
            if len(fitting) != 1:
                raise ValueError(_("{name}: which layer it belongs to is not clear").format(name=kind))
            yield fitting[0], array


def _by_size(array: Numbers, kind: str, network: Network) -> list[int]:
    """Layers whose numbers are as many."""
    layers = range(1, network.layer_count)
    if kind in MATRICES:
        return [layer for layer in layers if array.size == network.w(layer).size]
    return [layer for layer in layers if array.size % network.sizes[layer] == 0]


def _shaped(array: Numbers, kind: str, n: int, m: int, transposed: bool, columns: bool) -> Numbers:
    """An array as ours stand: ∂C/∂w rows by neuron, z, a, δ rows by example, ∂C/∂b (n,). What fits no such shape is
    left as it is: it may be the mistake."""
    if kind in MATRICES:
        return array.T if transposed and array.ndim == 2 else array
    if kind in ("grad_b", "new_b"):
        if array.size == n:
            return array.reshape(n)
        if array.size == 1:
            return np.full(n, float(array.reshape(-1)[0]))
        return array.T if columns and array.ndim == 2 else array
    if array.size == n and m == 1:
        return array.reshape(1, n)
    if array.ndim == 1 and n == 1:
        return array.reshape(-1, 1)
    return array.T if columns and array.ndim == 2 else array
