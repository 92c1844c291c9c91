"""The smallest changes that would remove a cause: each is a line of the preset, and a copy on which it was made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from tuibp.core.activations import ACTIVATIONS
from tuibp.core.datasets import DataSet, Rows
from tuibp.core.diagnosis.case import Case, seconds_an_update
from tuibp.core.diagnosis.readings import Readings
from tuibp.core.diagnosis.trial import classes_of
from tuibp.core.network import Array
from tuibp.core.scaling import rescaled, with_balance, with_scale
from tuibp.core.training import updates_in_epoch
from tuibp.locale import _

SMALL_BATCH = 10
LONGER = (3, 10, 30)
"""How many times the epochs are tried."""
LONGEST = 1.5
"""Seconds, by estimate, of a trial that goes on for longer than the unchanged copy did."""


@dataclass(frozen=True, eq=False)
class Cure:
    """One change, made on a copy."""

    change: str
    """The very lines to write, as the preset has them, with a semicolon between."""
    says: str
    """What was done, in few words."""
    case: Case
    updates: int | None = None
    """How long it is trained; None: as long as the unchanged copy."""
    by: Literal["training", "held_out"] = "training"
    """Which examples say whether it helps."""
    against: Case | None = None
    """What it is compared with where that is not the unchanged copy."""
    control: bool = False
    """Whether it is no change that one would make, but shows that all else is in order."""


def trained(case: Case, change: str, says: str, **values: Any) -> Cure:
    """A change of [training]."""
    return Cure(f"[training] {change}", says, replace(case, training=replace(case.training, **values)))


def eta(r: Readings, factors: tuple[float, ...]) -> Iterator[Cure]:
    for factor in factors:
        value = float(f"{r.case.training.eta * factor:.2g}")
        if value > 0.0:
            yield trained(r.case, f"eta = {value:g}", _("η {eta:g}").format(eta=value), eta=value)


def lower_eta(r: Readings) -> Iterator[Cure]:
    yield from eta(r, (1 / 10, 1 / 100, 1 / 3, 1 / 1_000))


def higher_eta(r: Readings) -> Iterator[Cure]:
    yield from eta(r, (10.0, 100.0, 1_000.0))


def scaled(r: Readings) -> Iterator[Cure]:
    says = _("x scaled to mean 0, deviation 1")
    yield Cure('[data] scale = "standard"', says, replace(r.case, data=with_scale(r.case.data, "standard")))


def balanced(r: Readings) -> Iterator[Cure]:
    says = _("rare examples repeated until all classes are as large")
    yield Cure("[data] balance = true", says, replace(r.case, data=with_balance(r.case.data)))


def shuffled(r: Readings) -> Iterator[Cure]:
    yield trained(r.case, "shuffle = true", _("each epoch in an order of its own"), shuffle=True)


def smaller_batch(r: Readings) -> Iterator[Cure]:
    """The same epochs, so that no example is seen more often."""
    cure = trained(
        r.case, f"batch_size = {SMALL_BATCH}", _("mini-batches of {m}").format(m=SMALL_BATCH), batch_size=SMALL_BATCH
    )
    n = len(r.case.data.train)
    epochs = max(1, r.updates // updates_in_epoch(r.case.training, n))
    yield replace(cure, updates=min(epochs * updates_in_epoch(cure.case.training, n), longest(cure.case)))


def longest(case: Case) -> int:
    """Updates that the longest trial may take."""
    return int(LONGEST / seconds_an_update(case))


def more_epochs(r: Readings) -> Iterator[Cure]:
    for times in LONGER:
        epochs, updates = r.case.training.epochs * times, r.case.configured * times
        if updates > longest(r.case):
            return
        more = epochs - r.case.training.epochs
        yield replace(
            trained(r.case, f"epochs = {epochs}", _("{n} more epochs").format(n=more), epochs=epochs), updates=updates
        )


def less_decay(r: Readings) -> Iterator[Cure]:
    yield trained(r.case, "l2 = 0", _("no weight decay"), l2=0.0)


def biases(r: Readings) -> Iterator[Cure]:
    yield trained(r.case, "train_biases = true", _("biases trained as well"), train_biases=True)


def drawn(r: Readings) -> Iterator[Cure]:
    line = f'[network] init = {{ scheme = "scaled", seed = {r.case.seed} }}'
    says = _("weights drawn anew, N(0, 1)/√n of the layer before")
    yield Cure(line, says, r.case.redrawn("scaled"))


def drawn_gaussian(r: Readings) -> Iterator[Cure]:
    yield from drawn(r)
    line = f'[network] init = {{ scheme = "gaussian", seed = {r.case.seed} }}'
    yield Cure(line, _("weights drawn anew, N(0, 1)"), r.case.redrawn("gaussian"))


def quoted(names: tuple[str, ...]) -> str:
    """Names as a list of TOML, or the one name where it serves all layers."""
    one = len(set(names)) == 1
    return f'"{names[0]}"' if one else "[" + ", ".join(f'"{name}"' for name in names) + "]"


def with_output(r: Readings, activation: str, cost: str) -> Cure:
    """Another output function with the cost that belongs to it."""
    names = (*r.case.network.activations[:-1], activation)
    lines = f'[network] activations = {quoted(names)}; cost = "{cost}"'
    says = _("output {name} with cost {cost}").format(name=activation, cost=cost)
    return Cure(lines, says, r.case.reshaped(activations=names, cost=cost))


def fitting_output(r: Readings) -> Iterator[Cure]:
    """The output that can give the targets."""
    y = r.case.data.y
    if y.min() >= 0.0 and y.max() <= 1.0:
        yield with_output(r, "sigmoid", "cross_entropy")
        return
    first = with_output(r, "linear", "quadratic")
    yield first
    for factor in (1 / 10, 1 / 100):
        value = float(f"{r.case.training.eta * factor:.2g}")
        slower = replace(first.case, training=replace(r.case.training, eta=value))
        says = _("{says}, η {eta:g}").format(says=first.says, eta=value)
        yield Cure(f"{first.change}; [training] eta = {value:g}", says, slower)


def fitting_cost(r: Readings) -> Iterator[Cure]:
    softmax = r.case.network.activations[-1] == "softmax"
    yield with_output(r, r.case.network.activations[-1], "log_likelihood" if softmax else "cross_entropy")


def one_output_a_class(r: Readings) -> Iterator[Cure]:
    data, network = r.case.data, r.case.network
    count = int(data.y.max()) + 1
    labels = data.y[:, 0].astype(np.intp)
    y = one_hot(labels, count)
    sizes, names = (*network.sizes[:-1], count), (*network.activations[:-1], "softmax")
    shape = r.case.reshaped(sizes=sizes, activations=names, cost="log_likelihood")
    lines = f'[network] sizes = {list(sizes)}; activations = {quoted(names)}; cost = "log_likelihood"'
    case = replace(shape, data=replace(data, y=y, labels=labels, names=()))
    yield Cure(lines, _("one output a class, softmax with log_likelihood"), case)


def one_hot(labels: Rows, count: int) -> Array:
    """(n, count): a 1 among 0s; or the single output's 0 or 1."""
    y = labels[:, None].astype(np.float64) if count == 1 else np.eye(count)[labels]
    y.flags.writeable = False
    return y


def wider(r: Readings) -> Iterator[Cure]:
    """Hidden layers of at least so many; one of tanh where there is none.

    They have to be drawn anew, so they are compared with the old size drawn anew as well.
    """
    network, alike = r.case.network, None if r.case.scheme == "scaled" else r.case.redrawn("scaled")
    init = f'init = {{ scheme = "scaled", seed = {r.case.seed} }}'
    for least in (16, 48):
        if network.last > 1:
            sizes = (network.sizes[0], *(max(n, least) for n in network.sizes[1:-1]), network.sizes[-1])
            names = network.activations
            line = f"[network] sizes = {list(sizes)}; {init}"
        else:
            sizes, names = (network.sizes[0], least, network.sizes[-1]), ("tanh", network.activations[-1])
            line = f"[network] sizes = {list(sizes)}; activations = {quoted(names)}; {init}"
        case = r.case.reshaped(sizes, names, scheme="scaled")
        yield Cure(line, _("hidden layers of {n}").format(n=least), case, against=alike)


def leaky(r: Readings) -> Iterator[Cure]:
    """Neurons that cannot fall silent, or such as start where they speak."""
    kinds, last = r.case.network.activations, r.case.network.activations[-1]
    if ACTIVATIONS[last].turns_off:
        y = r.case.data.y
        names = (*kinds[:-1], "sigmoid" if y.min() >= 0.0 and y.max() <= 1.0 else "linear")
        line = f'[network] activations = {quoted(names)}; init = {{ scheme = "scaled", seed = {r.case.seed} }}'
        says = _("output {name}, weights drawn anew").format(name=names[-1])
        yield Cure(line, says, r.case.reshaped(activations=names, scheme="scaled"))
    names = (*("leaky_relu" if ACTIVATIONS[name].turns_off else name for name in kinds[:-1]), last)
    if names != kinds:
        line = f"[network] activations = {quoted(names)}"
        yield Cure(line, _("leaky_relu for relu"), r.case.reshaped(activations=names))
    yield from drawn(r)


def keeping_errors(r: Readings) -> Iterator[Cure]:
    """Hidden functions with a slope of 1 somewhere, and weights that keep the errors' size."""
    last = r.case.network.activations[-1]
    for name in ("tanh", "leaky_relu"):
        names = (*(name for _layer in r.case.network.activations[:-1]), last)
        line = f'[network] activations = {quoted(names)}; init = {{ scheme = "scaled", seed = {r.case.seed} }}'
        case = r.case.reshaped(activations=names, scheme="scaled")
        yield Cure(line, _("hidden layers of {name}, weights scaled").format(name=name), case)


def finite(r: Readings) -> Iterator[Cure]:
    yield from lower_eta(r)
    yield from scaled(r)
    yield from drawn(r)


def labels_that_follow(r: Readings) -> Iterator[Cure]:
    """Not a cure but a control: labels in the same shares that do follow from the inputs, cut along the direction in
    which the inputs differ most. If the same network learns those, it is the labels."""
    data = r.case.data
    labels = classes_of(r.case, np.arange(len(data)))
    assert labels is not None
    x = rescaled(data.x, data.train, "standard")
    direction = np.linalg.eigh(np.cov(x[r.case.rows].T).reshape(x.shape[1], -1))[1][:, -1]
    made = np.empty_like(labels)
    made[np.argsort(x @ direction, kind="stable")] = np.sort(labels)
    y = one_hot(made, data.y.shape[1])
    case = replace(r.case, data=replace(data, y=y, labels=made if data.labels is not None else None))
    by: Literal["training", "held_out"] = "held_out" if len(data.test) else "training"
    says = _("labels in the same shares that do follow from x")
    yield Cure(_("[data] the row of x that each label belongs to"), says, case, by=by, control=True)


def more_examples(r: Readings) -> Iterator[Cure]:
    """Decay that keeps the weights small; or, to see what more examples would do, half of them against all."""
    for l2 in (0.1, 1.0, 5.0):
        if l2 > r.case.training.l2:
            cure = trained(r.case, f"l2 = {l2:g}", _("weight decay λ = {l2:g}").format(l2=l2), l2=l2)
            yield replace(cure, by="held_out")
    half: DataSet = replace(r.case.data, train=r.case.data.train[::2])
    yield Cure(
        _("[data] more examples"), _("all examples against half of them"), r.case, by="held_out",
        against=replace(r.case, data=half),
    )  # fmt: skip
