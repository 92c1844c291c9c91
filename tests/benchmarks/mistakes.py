"""Slips planted in code that two people wrote: which mistake is named, alone and in pairs, by numbers and by code; and
whether right code is ever accused. Seeds from 5,000 on served for nothing else; nothing is tuned to them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from time import process_time

import numpy as np

from tests.benchmarks.timing import table
from tests.slips import KINDS, ROWS, SLIPS, Slip, networks, numbers, suits
from tuibp.core.mistakes.across import Trial, compare_all
from tuibp.core.mistakes.comparison import Comparison, compare
from tuibp.core.mistakes.precision import Key, Precision, precision_of
from tuibp.core.mistakes.run import Task
from tuibp.core.mistakes.trials import trials
from tuibp.core.network import Array

EXACT = Precision("float64")
SEEDS = range(5_000, 5_003)
PAIRS = 40
SEEDS_OF_RIGHT = range(6_000, 6_100)
"""Five networks each, in float64 and in float32."""
GOOD = frozenset({"first", "same"})


def outcome(verdict: Comparison, name: str) -> str:
    """What a comparison makes of one planted slip."""
    if verdict.agrees:
        return "no difference"
    if not verdict.mistakes:
        return "not named"
    first = verdict.mistakes[0].mistake.name
    if len(verdict.mistakes) > 1:
        return "as two: " + " + ".join(n.mistake.name for n in verdict.mistakes)
    if first == name:
        return "first" if verdict.mistakes[0].everything else "first, but not all of it"
    return "same" if name in {n.mistake.name for n in verdict.indistinguishable} else "WRONG: " + first


def brought(numbers: Mapping[Key, Array], what: str) -> dict[Key, Array]:
    """Of all numbers those of a person who brings `all`, or only the `gradients`."""
    return {key: array for key, array in numbers.items() if what == "all" or key[0].startswith("grad")}


def by_numbers(slip: Slip, task: Task, what: str) -> str:
    """The outcome for one slip on one network; where numpy stops there is nothing to bring."""
    found = numbers(slip.code, task)
    return "numpy stops" if found is None else outcome(compare(task, brought(found, what), EXACT), slip.name)


def by_code(slip: Slip, kinds: tuple[str, str, str]) -> str:
    """The outcome for one slip where the code itself is at hand, on the trials of `compare`; its gradients alone."""
    read, raised = [], []
    for task in trials(*kinds):
        if not suits(slip, task):
            continue
        found = numbers(slip.code, task)
        if found is None:
            raised.append(task)
        else:
            read.append(Trial(task, brought(found, "gradients"), EXACT))
    return outcome(compare_all(read, raised)[1], slip.name) if read else "numpy stops"


def pairs(seed: int) -> Iterator[tuple[Task, Slip, Slip, dict[Key, Array]]]:
    """Two slips in one text, both of which show on the network, by the seed."""
    random = np.random.default_rng(seed)
    tasks = list(networks(seed))
    while True:
        task = tasks[random.integers(len(tasks))]
        one, other = (SLIPS[at] for at in random.choice(len(SLIPS), 2, replace=False))
        if one.name == other.name or one.text is not other.text or not (suits(one, task) and suits(other, task)):
            continue
        orders = {_together(one, other), _together(other, one)}
        code = orders.pop()
        if orders or not code:
            continue  # they stand in one place
        both = numbers(code, task)
        alone = [numbers(slip.code, task) for slip in (one, other)]
        if both is None or None in alone:
            continue
        different = [numbers(one.text, task), *alone, both]
        if all(not _same(a, b) for at, a in enumerate(different) for b in different[:at]):
            yield task, one, other, both


def _together(one: Slip, other: Slip) -> str:
    """Both in one text; empty where the first leaves the second no place."""
    there = all(right in one.code for right, __ in other.changes)
    return Slip("", (*one.changes, *other.changes), one.text).code if there else ""


def _same(one: dict[Key, Array] | None, other: dict[Key, Array] | None) -> bool:
    assert one is not None
    assert other is not None
    return all(
        array.shape == other[key].shape and np.allclose(array, other[key], rtol=1e-9) for key, array in one.items()
    )


def of_pair(verdict: Comparison, names: set[str]) -> str:
    """What a comparison makes of two slips at once."""
    found = {n.mistake.name for n in verdict.mistakes}
    alike = {n.mistake.name for n in verdict.indistinguishable}
    if found == names:
        return "both named"
    if len(found) == 2:
        return "one of two named" if found & names else "two mistakes said, others"
    if found & names or alike & names:
        return "one named" if verdict.mistakes[0].everything else "one named, as not all of it"
    return "WRONG: " + ", ".join(sorted(found)) if found else "not named"


def right_code(seed: int, single: bool) -> Iterator[bool]:
    """Whether right code agrees, computed in float64 or in float32 from beginning to end."""
    for task in networks(seed):
        found = numbers(ROWS, task, np.float32 if single else np.float64)
        assert found is not None
        yield compare(task, found, precision_of(found.values(), single)).agrees


def run() -> None:
    """Print the confusion table."""
    began = process_time()
    _confusion()
    _pairs()
    for single in (False, True):
        told = [agrees for seed in SEEDS_OF_RIGHT for agrees in right_code(seed, single)]
        print(f"right code in {'float32' if single else 'float64'}: {sum(told)} of {len(told)} agree")
    print(f"{process_time() - began:.0f} s of processor")


def _confusion() -> None:
    told: dict[str, tuple[Counter[str], Counter[str], Counter[str]]] = defaultdict(
        lambda: (Counter(), Counter(), Counter())
    )
    for slip in SLIPS:
        for task in (task for seed in SEEDS for task in networks(seed) if suits(slip, task)):
            for at, what in enumerate(("all", "gradients")):
                told[slip.name][at][by_numbers(slip, task, what)] += 1
        for kinds in KINDS:
            told[slip.name][2][by_code(slip, kinds)] += 1
    rows = [(name, *map(_counted, counts)) for name, counts in told.items()]
    table(("planted", "all numbers", "gradients", "code"), rows)


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{what} {n}" for what, n in counts.most_common())


def _pairs() -> None:
    counts: Counter[str] = Counter()
    for at in range(PAIRS):
        task, one, other, both = next(pairs(7_000 + at))
        counts[of_pair(compare(task, both, EXACT), {one.name, other.name})] += 1
    print("pairs:", _counted(counts))
