"""Which mistake made these numbers: right numbers agree, planted mistakes are named, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from rich.cells import cell_len

from tuibp.core.mistakes.apart import teller
from tuibp.core.mistakes.comparison import QUANTITIES, Comparison, compare
from tuibp.core.mistakes.precision import Key, Precision, precision_of
from tuibp.core.mistakes.run import DoesNotFit, Run, Task
from tuibp.core.mistakes.table import BY_NAME, MISTAKES
from tuibp.core.mistakes.titles import TITLES
from tuibp.core.network import Array, initialise

EXACT = Precision("float64")
OUTPUTS = (("sigmoid", "quadratic"), ("sigmoid", "cross_entropy"), ("softmax", "log_likelihood"), ("tanh", "quadratic"))


def made(seed: int, sizes: tuple[int, ...], m: int, hidden: str = "sigmoid", output: int = 0) -> Task:
    """A mini-batch through a random network."""
    random = np.random.default_rng(seed)
    last, cost = OUTPUTS[output]
    network = initialise(sizes, [hidden] * (len(sizes) - 2) + [last], cost, "gaussian", seed)
    x = random.standard_normal((m, sizes[0]))
    y = np.eye(sizes[-1])[random.integers(0, sizes[-1], m)]
    return Task(network, x, y, eta=0.5, l2=0.1, n=50)


def numbers(run: Run) -> dict[Key, Array]:
    return {(q, layer): getattr(run, q)[layer] for q in QUANTITIES for layer in range(1, run.task.network.layer_count)}


def tasks(seeds: range) -> Iterator[Task]:
    for seed in seeds:
        sizes = ((4, 4, 4, 3), (3, 5, 4, 2), (2, 3, 3), (5, 6, 4, 4, 3))[seed % 4]
        yield made(seed, sizes, (1, 4)[seed % 2], ("sigmoid", "tanh", "relu")[seed % 3], seed // 2 % 4)


@pytest.mark.parametrize("single", [False, True])
def test_right_numbers_agree(single: bool, whole: bool) -> None:
    for task in tasks(range(400 if whole else 40)):
        brought = numbers(Run(task))
        precision = EXACT
        if single:
            brought = {key: array.astype(np.float32).astype(np.float64) for key, array in brought.items()}
            precision = precision_of(brought.values())
            assert precision.kind == "float32"
        assert compare(task, brought, precision).agrees


def named(verdict: Comparison) -> set[str]:
    return {n.mistake.name for n in (*verdict.mistakes[:1], *verdict.indistinguishable)}


def test_a_planted_mistake_is_named_or_makes_no_difference(whole: bool) -> None:
    """From the table itself, so that no form hides another: what is named makes the very same numbers."""
    for task in tasks(range(24 if whole else 1)):
        right = numbers(Run(task))
        for mistake in MISTAKES if whole else MISTAKES[::4]:
            for __, way in list(mistake.variants(task))[: 9 if whole else 1]:
                try:
                    brought = numbers(Run(task, way))
                except DoesNotFit:
                    continue
                same = all(EXACT.same(brought[key], right[key], max(1.0, float(np.abs(right[key]).max())))
                           for key in right)  # fmt: skip
                verdict = compare(task, {k: v for k, v in brought.items() if v.ndim}, EXACT)
                assert (verdict.agrees and same) or mistake.name in named(verdict), mistake.name


def test_two_mistakes_at_once_are_both_named() -> None:
    task = made(7, (4, 5, 4, 3), 3)
    brought = numbers(Run(task, next(iter(BY_NAME["slope_missing_hidden"].variants(task)))[1]))
    brought = {key: array for key, array in brought.items() if not key[0].startswith("new")}
    brought.update({key: 0.0 * array for key, array in brought.items() if key[0] == "grad_b"})
    verdict = compare(task, brought, EXACT)
    assert [n.mistake.name for n in verdict.mistakes] == ["slope_missing_hidden", "bias_zero"]


def _first(verdict: Comparison) -> tuple[str, int, int, int | None]:
    first = verdict.first
    assert first is not None
    return first.quantity, first.layer, first.j, first.k


def test_noise_is_no_known_mistake_and_its_place_is_told() -> None:
    task = made(3, (3, 4, 2), 1)
    brought = numbers(Run(task))
    spoilt = brought["grad_w", 1].copy()
    spoilt[2, 1] += 1e-3
    brought["grad_w", 1] = spoilt
    verdict = compare(task, brought, EXACT)
    assert not verdict.mistakes
    assert _first(verdict) == ("grad_w", 1, 2, 1)


@pytest.mark.parametrize(
    ("kind", "spoil"),
    [("factor", lambda g: 3.7 * g), ("transposed", lambda g: g.T), ("shape", lambda g: g[:, :2])],
)
def test_where_none_fits_it_says_what_the_numbers_have_in_common(kind: str, spoil: Callable[[Array], Array]) -> None:
    task = made(5, (4, 4, 2), 1)
    brought: dict[Key, Array] = {("delta", 2): Run(task).delta[2], ("grad_w", 1): spoil(Run(task).grad_w[1])}
    verdict = compare(task, brought, EXACT)
    if kind == "transposed":
        assert named(verdict) == {"grad_w_transposed"}
    else:
        assert [hint.kind for hint in verdict.hints] == [kind]


@pytest.mark.parametrize("of", ["z", "a"])
def test_caches_that_do_not_belong_together_are_told_and_gone_on_from(of: str) -> None:
    """As graders feed them: z and a drawn apart, and gradients that are right for either reading of f′."""
    task = made(11, (3, 4, 2), 2)
    random = np.random.default_rng(11)
    w3, z2, z3 = task.network.w(2), random.standard_normal((2, 4)), random.standard_normal((2, 2))
    a2, a3 = random.random((2, 4)), random.random((2, 2))

    def prime(z: Array, a: Array) -> Array:
        s = a if of == "a" else 1.0 / (1.0 + np.exp(-z))
        return s * (1.0 - s)

    d3 = (a3 - task.y) * prime(z3, a3)
    d2 = (d3 @ w3) * prime(z2, a2)
    brought: dict[Key, Array] = {("z", 1): z2, ("a", 1): a2, ("z", 2): z3, ("a", 2): a3, ("delta", 2): d3}
    brought |= {("delta", 1): d2, ("grad_w", 2): d3.T @ a2 / 2, ("grad_w", 1): d2.T @ task.x / 2}
    verdict = compare(task, brought, EXACT)
    assert verdict.agrees
    assert verdict.caches == ((1, of), (2, of))
    brought["grad_w", 1] = 2.0 * brought["grad_w", 1]
    assert not compare(task, brought, EXACT).agrees


@pytest.mark.parametrize(
    ("name", "sizes", "quantities", "told"),
    [
        ("w_not_transposed", (2, 2, 2), "delta grad_w grad_b", "width"),  # .reshape to the same shape is no change
        ("mean_over_neurons", (3, 4, 2), "grad_w grad_b", "width"),  # of two, 1/n is ½
        ("factor_two", (3, 4, 4), "grad_w grad_b", "nothing"),  # every example twice is the same number
    ],
)
def test_what_would_tell_two_mistakes_apart_is_tried(
    name: str, sizes: tuple[int, ...], quantities: str, told: str
) -> None:
    task = made(5, sizes, 1)
    way = next(iter(BY_NAME[name].variants(task)))[1]
    brought = {key: a for key, a in numbers(Run(task, way)).items() if key[0] in quantities.split()}
    verdict = compare(task, brought, EXACT)
    assert verdict.indistinguishable
    assert teller(task, verdict) == told


def test_every_mistake_has_a_title_that_fits_a_list() -> None:
    assert list(TITLES) == [mistake.name for mistake in MISTAKES]
    assert len(set(TITLES.values())) == len(TITLES)
    assert max(map(cell_len, TITLES.values())) <= 26
