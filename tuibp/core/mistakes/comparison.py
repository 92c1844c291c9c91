"""Which known mistake makes exactly the numbers that somebody brought: a whole run is made with each, and compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, product

import numpy as np

from tuibp.core.gradient import cost
from tuibp.core.mistakes import hints
from tuibp.core.mistakes.caches import disagreeing, with_caches
from tuibp.core.mistakes.precision import Key, Precision, scales
from tuibp.core.mistakes.run import DoesNotFit, Run, Task
from tuibp.core.mistakes.table import BY_NAME, MISTAKES, OF_GRADIENTS, Mistake, Way
from tuibp.core.network import Array

QUANTITIES = ("z", "a", "delta", "grad_w", "grad_b", "new_w", "new_b")
"""In the order in which the first difference is looked for."""
EXACT = Precision("float64")
MOST_PAIRS = 3_000
"""That are tried: about two seconds."""


@dataclass(frozen=True)
class Compared:
    """One array beside ours."""

    quantity: str
    layer: int
    agrees: bool
    max_error: float
    """The largest difference; nan where the shapes differ."""
    j: int = 0
    k: int | None = None
    yours: float = float("nan")
    ours: float = float("nan")


@dataclass(frozen=True)
class Named:
    """A mistake that makes these numbers."""

    mistake: Mistake
    layers: tuple[int, ...]
    max_rel_error: float
    """Largest difference from theirs over all that was compared, relative to the array's scale."""
    everything: bool
    """Whether it makes all that was brought, not only what differs first."""
    way: Way = ()
    """The changes that it makes to a run; of two made together, those of both."""


@dataclass(frozen=True)
class Comparison:
    """What the comparison says."""

    compared: tuple[Compared, ...]
    mistakes: tuple[Named, ...] = ()
    """One, or two that were made together; none where no known form makes these numbers."""
    indistinguishable: tuple[Named, ...] = ()
    """Others that make the very same numbers here."""
    hints: tuple[hints.Hint, ...] = ()
    """Where none fits: what would have to change."""
    falls: tuple[float, float] | None = None
    """C before and after a step along the gradient that was brought, where it was brought whole."""

    caches: tuple[tuple[int, str], ...] = ()
    """Layers whose a is not f(z), each with what its f′ was taken from: z or a."""
    task: Task | None = None
    """What it was compared with; where z or a do not belong together, with those as they were brought."""

    @property
    def first(self) -> Compared | None:
        """The first that differs."""
        return next((c for c in self.compared if not c.agrees), None)

    @property
    def agrees(self) -> bool:
        return self.first is None


def beside(task: Task, brought: Mapping[Key, Array], precision: Precision) -> tuple[Compared, ...]:
    """Each array beside ours, in order, with no search for mistakes."""
    bench = Bench.of(task, brought, precision)
    return tuple(bench.compared(key) for key in bench.keys)


def compare(task: Task, brought: Mapping[Key, Array], precision: Precision) -> Comparison:
    """Hold what somebody brought beside the right numbers, and name the mistake where they differ."""
    layers = disagreeing(task, brought, precision)
    if layers:
        verdict = _judge(task, brought, precision)
        if len(verdict.mistakes) == 1 and verdict.mistakes[0].everything:  # a is made wrongly, not drawn apart from z
            return replace(verdict, task=task)
        task = with_caches(task, brought, layers, precision)
        brought = {key: array for key, array in brought.items() if key[0] not in ("z", "a")}
    verdict = _judge(task, brought, precision)
    caches = tuple((layer, "a" if layer in task.from_a else "z") for layer in layers)
    return replace(verdict, caches=caches, task=task)


def _judge(task: Task, brought: Mapping[Key, Array], precision: Precision) -> Comparison:
    right = Run(task)
    bench = Bench(right, brought, precision)
    compared = tuple(bench.compared(key) for key in bench.keys)
    falls = step_along(task, brought)
    if all(c.agrees for c in compared):
        return Comparison(compared, falls=falls)
    first = next(at for at, c in enumerate(compared) if not c.agrees)
    singles = list(bench.explaining(first))
    whole = [named for named, __ in singles if named.everything]
    if whole:
        return Comparison(compared, (whole[0],), tuple(_others(whole)), falls=falls)
    pair = bench.pair(singles, first)
    if pair:
        return Comparison(compared, pair, falls=falls)
    if singles:
        partly = [named for named, __ in singles]
        return Comparison(compared, (partly[0],), tuple(_others(partly)), falls=falls)
    return Comparison(compared, hints=tuple(hints.look(right, brought, bench.keys[first])), falls=falls)


def _others(named: Sequence[Named]) -> Iterator[Named]:
    """The names that are not the first one's, each once."""
    seen = {named[0].mistake.name}
    for other in named:
        if other.mistake.name not in seen:
            seen.add(other.mistake.name)
            yield other


class Bench:
    """Their numbers beside those of many runs."""

    def __init__(self, right: Run, brought: Mapping[Key, Array], precision: Precision) -> None:
        self._right, self._brought, self._precision = right, brought, precision
        self._scales = scales(right)
        self.keys = sorted(brought, key=_order)
        self._kept: list[tuple[Mistake, tuple[int, ...], Way, bool]] | None = None

    @staticmethod
    def of(task: Task, brought: Mapping[Key, Array], precision: Precision) -> Bench:
        return Bench(Run(task), brought, precision)

    def allows(self, name: str) -> bool:
        """Whether a mistake makes everything that was brought, or has no place in this network."""
        last, possible = len(self.keys) - 1, False
        for layers, way in BY_NAME[name].variants(self._right.task):
            possible = possible or self._touches(way, last) is not False
            if self._named(BY_NAME[name], layers, way, last) is not None:
                return True
        return not possible

    def compared(self, key: Key) -> Compared:
        theirs, ours = self._brought[key], _of(self._right, key)
        agrees = self._precision.same(theirs, ours, self._scales[key])
        if theirs.shape != ours.shape:
            return Compared(*key, False, float("nan"))
        with np.errstate(all="ignore"):
            error = np.abs(theirs - ours)
        if not error.size:
            return Compared(*key, agrees, 0.0)
        ranked = np.where(np.isnan(error), np.inf, error)
        at = np.unravel_index(int(ranked.argmax()), error.shape)
        j, k = (int(at[0]), int(at[1])) if key[0] in ("grad_w", "new_w") else (int(at[-1]), None)
        return Compared(*key, agrees, float(ranked[at]), j, k, float(theirs[at]), float(ours[at]))

    def explaining(self, first: int) -> Iterator[tuple[Named, Way]]:
        """Each single mistake that makes all numbers up to and with the first array that differs."""
        for mistake, layers, way, touches in self._made(first):
            named = touches and self._named(mistake, layers, way, first)
            if named:
                yield named, way

    def pair(self, singles: Sequence[tuple[Named, Way]], first: int) -> tuple[Named, ...]:
        """Two mistakes that together make everything: one for what differs first, another for the rest of it; or both
        in what differs first, also where the other one reaches it only through the first."""
        made = self._made(first)
        firsts = [(named.mistake, named.layers, way) for named, way in singles] or [v[:3] for v in made if v[3]]
        others = [v[:3] for v in made if singles or v[3]]
        fed = [a for a in firsts if not singles and a[0].name in OF_GRADIENTS]
        behind = [v[:3] for v in made if not v[3]]
        pairs = ((a, b) for a, b in chain(product(fed, behind), product(firsts, others)) if a[0].name != b[0].name)
        for (mistake, layers, way), (other, other_layers, other_way) in islice(pairs, MOST_PAIRS):
            both = self._named(mistake, layers, (*way, *other_way), first)
            if both is not None and both.everything:
                return replace(both, layers=layers), replace(both, mistake=other, layers=other_layers)
        return ()

    def _made(self, first: int) -> list[tuple[Mistake, tuple[int, ...], Way, bool]]:
        """Each way to make a mistake that leaves what agrees as it is, and whether it changes what differs first."""
        if self._kept is None:
            self._kept = []
            for mistake in MISTAKES:
                for layers, way in mistake.variants(self._right.task):
                    touches = self._touches(way, first)
                    if touches is not None:
                        self._kept.append((mistake, layers, way, touches))
        return self._kept

    def _touches(self, way: Way, first: int) -> bool | None:
        """Whether a way changes the array that differs first; None where it changes one before it, or fits nowhere."""
        try:
            wrong = Run(self._right.task, way)
        except DoesNotFit:
            return None
        right = self._right
        for key in self.keys[: first + 1]:
            if not EXACT.same(_of(wrong, key), _of(right, key), self._scales[key]):
                return True if key == self.keys[first] else None
        return False

    def _named(self, mistake: Mistake, layers: tuple[int, ...], way: Way, first: int) -> Named | None:
        try:
            wrong = Run(self._right.task, way)
        except DoesNotFit:
            return None
        named = self._judged(mistake, layers, wrong, first)
        return None if named is None else replace(named, way=way)

    def _judged(self, mistake: Mistake, layers: tuple[int, ...], wrong: Run, first: int) -> Named | None:
        worst, everything = 0.0, True
        for at, key in enumerate(self.keys):
            theirs, made, scale = self._brought[key], _of(wrong, key), self._scales[key]
            if not self._precision.same(theirs, made, max(scale, _largest(made))):
                if at <= first:
                    return None
                everything = False
            else:
                worst = max(worst, _relative(theirs, made, scale))
        return Named(mistake, layers, worst, everything)


def step_along(task: Task, brought: Mapping[Key, Array]) -> tuple[float, float] | None:
    """C before and after w − η g, b − η g with the gradients brought; None where one is missing or of another shape.

    Where nobody brought any for the biases, these stay.
    """
    network, parts = task.network, []
    fixed = not any(quantity == "grad_b" for quantity, __ in brought)
    for layer in range(1, network.layer_count):
        for name, like in (("grad_w", network.w(layer)), ("grad_b", network.b(layer))):
            found = np.zeros_like(like) if fixed and name == "grad_b" else brought.get((name, layer))
            if found is None or found.shape != like.shape:
                return None
            parts.append(found.ravel())
    with np.errstate(all="ignore"):
        moved = network.with_parameters(network.parameters - task.eta * np.concatenate(parts))
        return cost(network, task.x, task.y), cost(moved, task.x, task.y)


def _of(run: Run, key: Key) -> Array:
    quantity, layer = key
    assert quantity in QUANTITIES
    values: Array = getattr(run, quantity)[layer]
    return values


def _order(key: Key) -> tuple[int, int]:
    """z and a layer by layer from the input, what comes back from the output."""
    quantity, layer = key
    at = QUANTITIES.index(quantity)
    return (0, 2 * layer + at) if at < 2 else (at, -layer)


def _largest(values: Array) -> float:
    finite = np.abs(values[np.isfinite(values)])
    return float(finite.max()) if finite.size else 0.0


def _relative(theirs: Array, ours: Array, scale: float) -> float:
    with np.errstate(all="ignore"):
        error = np.abs(theirs - ours)
    finite = error[np.isfinite(error)]
    return float(finite.max() / scale) if finite.size and scale > 0.0 else 0.0
